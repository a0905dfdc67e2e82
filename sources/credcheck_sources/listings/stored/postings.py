"""Numbers under keys, in pages: only the page is read on which a key would stand.

A key is filed by a digest of eight bytes, keyed by the file's secret, so that a page tells no
word. Each page holds one share of all digests: the page that lacks one proves that nothing has it.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from credcheck.model import Model
from credcheck.storage.pages import PageFile, PagesDamaged, PageSeal

_A_PAGE = 96  # entries, about
_BITS = 64
_NUMBER_BITS = 32
_ENTRY = 12  # bytes
_CACHE_SIZE = 1 << 13  # pages
_LOWEST = (1 << _NUMBER_BITS) - 1
_SHARE = 16  # pages that are read at once in the time in which one is read by itself
_LARGEST = 1 << 22  # entries that may be held in memory: 50 MB

Entries = tuple["array[int]", "array[int]"]
"""Digests in their order, and the number beside each."""


class PageRange(Model, kw_only=True):
    """Where the pages of one sort stand: the first, how many, and how many entries they have."""

    first: int
    pages: int
    entries: int


class Filer:
    """Gives the digest under which a text is filed."""

    def __init__(self, seal: PageSeal) -> None:
        self._begun = seal.hasher()

    def __call__(self, key: str) -> int:
        """Return the digest of a key as a number."""
        digest = self._begun.copy()
        digest.update(key.encode("utf-8", "surrogatepass"))
        return int.from_bytes(digest.digest(), "little")


def pack_postings(entries: Iterable[tuple[int, int]], first: int) -> tuple[PageRange, list[bytes]]:
    """Return where digests with their numbers will stand, and their pages in order."""
    ordered = sorted([digest << _NUMBER_BITS | number for digest, number in entries])
    count = -(-len(ordered) // _A_PAGE)
    pages: list[list[int]] = [[] for _ in range(count)]
    for entry in ordered:
        pages[_page_of(entry >> _NUMBER_BITS, count)].append(entry)
    section = PageRange(first=first, pages=count, entries=len(ordered))
    return section, [_pack_page(page) for page in pages]


def _page_of(digest: int, pages: int) -> int:
    return digest * pages >> _BITS


def _pack_page(entries: Sequence[int]) -> bytes:
    digests = array("Q", [entry >> _NUMBER_BITS for entry in entries])
    numbers = array("I", [entry & _LOWEST for entry in entries])
    return digests.tobytes() + numbers.tobytes()


class Postings:
    """Finds the numbers under a key.

    Once so many pages were asked for one by one that it took as long as to read all of them at once,
    all are read, if they are not too many.
    """

    def __init__(self, file: PageFile, section: PageRange, digest: Filer) -> None:
        self._file = file
        self._section = section
        self._digest = digest
        self._page = lru_cache(_CACHE_SIZE)(self._read)
        self._left = section.pages // _SHARE
        self._whole: Entries | None = None

    def get(self, key: str, /) -> Sequence[int]:
        """Return the numbers that are filed under a key. Raises PagesDamaged."""
        section = self._section
        if not section.pages:
            return ()
        digest = self._digest(key)
        digests, numbers = self._whole or self._page(_page_of(digest, section.pages))
        place = bisect_left(digests, digest)
        if place == len(digests) or digests[place] != digest:
            return ()
        return tuple(_run(digests, numbers, place))

    def __len__(self) -> int:
        return self._section.entries

    def _read(self, page: int) -> Entries:
        section = self._section
        self._left -= 1
        if self._left < 0 and section.entries <= _LARGEST:
            self._whole = _unpack_pages(self._file.read_range(section.first, section.pages))
            return self._whole
        return _unpack_pages([self._file.read(section.first + page)])


def _unpack_pages(pages: Iterable[bytes]) -> Entries:
    digests, numbers = array("Q"), array("I")
    for body in pages:
        count, rest = divmod(len(body), _ENTRY)
        if rest:
            raise PagesDamaged("a page has no whole entries")
        digests.frombytes(body[: count * 8])
        numbers.frombytes(body[count * 8 :])
    return digests, numbers


def _run(digests: "array[int]", numbers: "array[int]", place: int) -> Iterator[int]:
    digest = digests[place]
    while place < len(digests) and digests[place] == digest:
        yield numbers[place]
        place += 1
