"""A listing in memory made into an index: its rows, and what they are found by."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from credcheck._util.progress import name_phase, report_bytes
from credcheck.identity.blocking import filing_keys
from credcheck.storage.pages import PageSeal, write_pages
from credcheck_sources.listings.entry import list_words
from credcheck_sources.listings.loader import BETWEEN, FiledRows, LoadedListing
from credcheck_sources.listings.stored.format import (
    ENCODER,
    FAMILIES_A_PAGE,
    GIVENS_A_PAGE,
    HEAD,
    ROWS_A_PAGE,
    IndexHead,
    StoredReject,
    StoredRow,
)
from credcheck_sources.listings.stored.postings import Filer, PageRange, pack_postings

_BETWEEN_REPORTS = 1_000  # rows
_SORTS = 11  # of keys, which take about as long as the rows do
Item = TypeVar("Item")
Page = tuple[int, bytes]


def write_index(path: Path, listing: Path, loaded: LoadedListing, seal: PageSeal) -> None:
    """Write the index of a listing. Raises sqlite3.Error, OSError, and ValueError for odd texts."""
    with name_phase(f"indexing {listing.name}"):
        write_pages(path, seal, _Builder(loaded, seal, listing.stat().st_size).pages())


class _Builder:
    """Makes the pages of a listing, the head last."""

    def __init__(self, loaded: LoadedListing, seal: PageSeal, size: int) -> None:
        """Take the listing; ``size`` is that of its file, in bytes, to say how far the work is."""
        self._loaded = loaded
        self._size = size
        self._seal = seal
        self._digest = Filer(seal)
        self._next = HEAD + 1

    def pages(self) -> Iterator[Page]:
        """Yield all pages, with their numbers."""
        loaded = self._loaded
        filed = loaded.by_name.names.filed
        families, givens = sorted(filed), sorted(set(loaded.by_name.names.givens))
        rows = yield from self._hidden(self._rows(), ROWS_A_PAGE)
        grouped = ((family, filed[family]) for family in families)
        stored_families = yield from self._hidden(grouped, FAMILIES_A_PAGE)
        stored_givens = yield from self._hidden(givens, GIVENS_A_PAGE)
        posts: dict[str, PageRange] = {}
        for name, entries in self._keys(families, givens):
            section, pages = pack_postings(entries, self._next)
            posts[name] = section
            yield from enumerate(pages, self._next)
            self._next += len(pages)
            report_bytes(self._size * (_SORTS + len(posts)) // (2 * _SORTS), self._size)
        head = IndexHead(
            facts=loaded.facts,
            uses=loaded.layout.binding.uses,
            constants=dict(loaded.layout.binding.constants),
            dates=dict(loaded.layout.dates),
            rejects=self._rejects(),
            damaged=tuple(loaded.by_name.damaged),
            has_unnumbered=loaded.has_unnumbered,
            has_numbered=loaded.has_numbered,
            rows=rows,
            families=stored_families,
            givens=stored_givens,
            posts=posts,
        )
        yield HEAD, self._seal.hide(HEAD, ENCODER.encode(head))

    def _hidden(self, items: Iterable[object], a_page: int) -> Generator[Page, None, PageRange]:
        """Yield hidden pages of so many items each; returns where they stand."""
        first = self._next
        entries = 0
        for some in _in_parts(items, a_page):
            yield self._next, self._seal.hide(self._next, ENCODER.encode(some))
            self._next += 1
            entries += len(some)
        return PageRange(first=first, pages=self._next - first, entries=entries)

    def _rows(self) -> Iterator[StoredRow]:
        """Yield the rows, without the cells that are neither read nor shown."""
        loaded = self._loaded
        kept = loaded.raw.kept_places
        for number in range(1, loaded.facts.rows + 1):
            if number % _BETWEEN_REPORTS == 0:
                report_bytes(self._size * number // (2 * loaded.facts.rows), self._size)
            line, text = loaded.text(number)
            if len(kept) < loaded.raw.width and text:
                cells = text.split(BETWEEN)
                text = BETWEEN.join(x if place in kept else "" for place, x in enumerate(cells))
            yield line, text

    def _rejects(self) -> dict[int, StoredReject]:
        raw = self._loaded.raw
        return {
            number: StoredReject(
                line=row.line,
                problem=row.problem,
                digest=raw.digest(row.cells),
                others=raw.others(row.cells),
            )
            for number, row in self._loaded.bad.items()
        }

    def _keys(
        self, families: Sequence[str], givens: Sequence[str]
    ) -> Iterator[tuple[str, Iterable[tuple[int, int]]]]:
        """Yield each sort of key, with the digests and numbers that are filed of it."""
        loaded, digest = self._loaded, self._digest
        yield "near_families", self._near(families)
        yield "near_givens", self._near(givens)
        yield "exact", ((digest(str(key)), number) for key, number in loaded.by_exact_name.pairs())
        yield "npi", self._list_entries(loaded.by_npi)
        yield "license", self._list_entries(loaded.by_license)
        yield "code", self._list_entries(loaded.by_code)
        yield "title", self._list_entries(loaded.by_title)
        yield "part", self._list_entries(loaded.by_part)
        yield "business", self._list_entries(loaded.by_business)
        yield "unplaced", self._list_entries(loaded.unplaced)
        unplaced = {number for numbers in loaded.unplaced.rows.values() for number in numbers}
        yield (
            "mentions",
            ((digest(word), x) for x in unplaced for word in list_words(loaded.entry(x))),
        )

    def _near(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        for place, word in enumerate(words):
            for key in filing_keys(word):
                yield self._digest(key), place

    def _list_entries(self, filed: FiledRows) -> Iterator[tuple[int, int]]:
        for key, numbers in filed.rows.items():
            digest = self._digest(key)
            for number in numbers:
                yield digest, number


def _in_parts(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    part: list[Item] = []
    for item in items:
        part.append(item)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
