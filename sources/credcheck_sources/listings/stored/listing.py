"""A listing that is asked in its index. Nothing of it is read before it is asked for."""

from collections.abc import Callable, Collection
from pathlib import Path

import msgspec

from credcheck.identity.blocking import NameLookup
from credcheck.identity.listing_index import ListingLookup, Names
from credcheck.storage.pages import PageFile, PagesDamaged
from credcheck.tables import RejectedRow, Row
from credcheck.tables.columns import Binding
from credcheck_sources.listings.entry import Entry
from credcheck_sources.listings.format import ListingFormat
from credcheck_sources.listings.loader import BETWEEN
from credcheck_sources.listings.options import ListingOptions
from credcheck_sources.listings.raw_rows import RawRows
from credcheck_sources.listings.row_reader import RowReader
from credcheck_sources.listings.searchable import SearchableListing
from credcheck_sources.listings.stored.format import (
    FAMILIES_A_PAGE,
    FAMILIES_DECODER,
    GIVENS_A_PAGE,
    GIVENS_DECODER,
    HEAD,
    HEAD_DECODER,
    ROWS_A_PAGE,
    ROWS_DECODER,
    IndexHead,
)
from credcheck_sources.listings.stored.items import StoredItems
from credcheck_sources.listings.stored.postings import Filer, Postings
from credcheck_sources.listings.stored.words import (
    StoredExactNames,
    StoredFamilies,
    StoredWords,
)

_PAGES_OF_NAMES = 1 << 15
"""How many pages of names are held: a long roster asks for the same ones again and again."""


class StoredListing(SearchableListing):
    """A listing in its index. Its rows are read by the same code as those in memory."""

    def __init__(
        self,
        path: Path,
        options: ListingOptions,
        form: ListingFormat,
        file: PageFile,
        discard: Callable[[], None],
    ) -> None:
        """Take the listing's own file, and the index of it. Raises PagesDamaged."""
        head = read_head(file)
        binding = Binding(head.uses, head.constants, ())
        raw = RawRows([use.header for use in head.uses], binding)
        super().__init__(form.kind, raw, RowReader(form, options, binding, head.dates))
        self.facts = head.facts
        self.snapshot = head.facts.describe(path, options)
        self.has_unnumbered, self.has_numbered = head.has_unnumbered, head.has_numbered
        self.discard = discard
        self._file, self._head = file, head
        self._rows = StoredItems(file, head.rows, ROWS_DECODER, ROWS_A_PAGE)
        self._digest = Filer(file.seal)
        self.by_npi, self.by_license = self._open("npi"), self._open("license")
        self.by_code, self.by_title = self._open("code"), self._open("title")
        self.by_part, self.by_business = self._open("part"), self._open("business")
        self.unplaced, self._mentions = self._open("unplaced"), self._open("mentions")
        self.by_exact_name = StoredExactNames(self._open("exact"))
        self.by_name = ListingLookup(self._open_names().find, self._names_of, head.damaged)

    def row(self, number: int) -> Row | RejectedRow:
        """Return a row; one that cannot be trusted without its cells. Raises PagesDamaged."""
        if (bad := self._head.rejects.get(number)) is not None:
            return RejectedRow(number, bad.line, (), bad.problem)
        line, text = self._rows.at(number - 1)
        return Row(number, line, tuple(text.split(BETWEEN)))

    def mentions(self, number: int, words: Collection[str]) -> bool:
        """Tell whether a row that cannot be read has all these words in it, wherever they stand."""
        return all(number in self._mentions.get(word) for word in words)

    def proof(self, entry: Entry) -> tuple[str, dict[str, str]]:
        """Return the digest of a row, and what it says in columns that credcheck has no name for."""
        bad = self._head.rejects.get(entry.row.number)
        return super().proof(entry) if bad is None else (bad.digest, bad.others)

    def _open(self, name: str) -> Postings:
        return Postings(self._file, self._head.posts[name], self._digest)

    def _open_names(self) -> NameLookup:
        near = self._open("near_families")
        file, head = self._file, self._head
        names = StoredItems(file, head.families, FAMILIES_DECODER, FAMILIES_A_PAGE, _PAGES_OF_NAMES)
        families = StoredFamilies(names, near)
        givens = StoredItems(file, head.givens, GIVENS_DECODER, GIVENS_A_PAGE, _PAGES_OF_NAMES)
        return NameLookup(
            families,
            StoredWords(near, families.word_at),
            StoredWords(self._open("near_givens"), givens.at),
        )

    def _names_of(self, number: int) -> Names:
        return self.entry(number).about.names


def read_head(file: PageFile) -> IndexHead:
    """Return what an index says of its listing. Raises PagesDamaged."""
    try:
        return HEAD_DECODER.decode(file.read_hidden(HEAD))
    except msgspec.MsgspecError as error:
        raise PagesDamaged(str(error)) from error
