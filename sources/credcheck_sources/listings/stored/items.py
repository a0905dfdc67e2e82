"""Items that stand on hidden pages in their order: only the page is read on which one is asked for."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from msgspec.msgpack import Decoder

from credcheck.storage.pages import PageFile
from credcheck_sources.listings.stored.postings import PageRange

_PAGES = 1 << 10

Item = TypeVar("Item")


class StoredItems(Generic[Item]):
    """The items of a section, by their places from 0."""

    def __init__(
        self,
        file: PageFile,
        section: PageRange,
        decoder: Decoder[list[Item]],
        a_page: int,
        held: int = _PAGES,
    ) -> None:
        """Take where they stand, how many are on a page, and how many pages are held in memory."""
        self._file = file
        self._section = section
        self._decoder = decoder
        self._a_page = a_page
        self._page = lru_cache(held)(self._read)

    def at(self, place: int) -> Item:
        """Return an item. Raises PagesDamaged."""
        page, rest = divmod(place, self._a_page)
        return self._page(page)[rest]

    def all(self) -> Iterator[Item]:
        """Yield every item, and keep no page of them. Raises PagesDamaged."""
        first = self._section.first
        pages = self._file.read_range(first, self._section.pages)
        for number, body in enumerate(pages, first):
            yield from self._decoder.decode(self._file.seal.hide(number, body))

    def __len__(self) -> int:
        return self._section.entries

    def _read(self, page: int) -> Sequence[Item]:
        return self._decoder.decode(self._file.read_hidden(self._section.first + page))
