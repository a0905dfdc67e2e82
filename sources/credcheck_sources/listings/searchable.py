"""A listing that can be searched: in memory as it was read, or as an index in the store."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

from credcheck._util.files import modified_date
from credcheck.model import EvidenceKind, Model, Physician, Provenance
from credcheck.model.reading import Reading
from credcheck.source import Claim, Snapshot
from credcheck.tables import RejectedRow, Row
from credcheck.tables.columns import Binding
from credcheck.tables.dates import DateForms
from credcheck_sources.listings.entry import Entry
from credcheck_sources.listings.options import ListingOptions
from credcheck_sources.listings.raw_rows import RawRows

_CACHE_SIZE = 1 << 13  # rows: namesakes ask for the same ones again and again


class Filed(Protocol):
    """Rows by what they are found by."""

    def get(self, key: str, /) -> Sequence[int]:
        """Return the numbers of the rows that are filed under a key."""
        ...

    def __len__(self) -> int:
        """Return 0 where nothing is filed."""
        ...


class NameFinder(Protocol):
    """Finds rows by the names on them."""

    def find(self, physician: Physician, /) -> set[int]:
        """Return the numbers of the rows that may be of a physician by their names."""
        ...


class ListingLayout(NamedTuple):
    """How the rows of a listing stand: its columns, and the forms of its dates."""

    binding: Binding
    dates: Mapping[str, DateForms]


class ListingFacts(Model, kw_only=True):
    """What reading a listing as a whole has shown. Its day and its coverage are not among it.

    ``nameless`` counts rows that cannot be read and say nothing of whose they are. Else as in Snapshot.
    """

    reading: Reading
    rows: int
    rejects: tuple[str, ...]
    nameless: int
    torn: str | None
    scope: tuple[str, ...]

    def describe(self, path: Path, options: ListingOptions) -> Snapshot:
        """Return the snapshot that is the listing of a file, as the configuration speaks of it."""
        return Snapshot(
            id=self.reading.sha256,
            as_of=options.as_of or modified_date(path),
            rows=self.rows,
            rejects=self.rejects,
            nameless=self.nameless if options.unidentified_rows == "refuse" else 0,
            torn=self.torn,
            partial=options.explain_partial(self.rows),
            scope=self.scope,
        )


class SearchableListing:
    """The rows of a listing by number, and the numbers of those that lead to each key.

    ``unplaced`` leads to the rows that cannot be read, from every word and ten-digit number in
    them: they may matter to whomever they mention; ``by_part`` to those without a first name, from the
    last; ``by_business`` to organizations, from each word. ``has_unnumbered``: are there rows that are
    found by license or name alone? ``has_numbered``: are there rows with an NPI, that are not filed by
    every writing of their names too?
    """

    facts: ListingFacts
    unplaced: Filed
    by_npi: Filed
    by_license: Filed
    by_name: NameFinder
    by_exact_name: NameFinder
    by_code: Filed
    by_title: Filed
    by_part: Filed
    by_business: Filed
    has_unnumbered: bool
    has_numbered: bool

    def __init__(
        self, kind: EvidenceKind, raw: RawRows, read: Callable[[Row | RejectedRow], Entry]
    ) -> None:
        """Begin with the kind, what is kept of a row for the proof, and the way to read one."""
        self.kind = kind
        self.raw = raw
        self.snapshot = Snapshot(as_of=dt.date.min)
        self.discard: Callable[[], None] = lambda: None
        """Removes what the store keeps of it, if that cannot be trusted."""
        self._read = read
        self.entry = lru_cache(_CACHE_SIZE)(self._entry_of)
        self.claim = lru_cache(_CACHE_SIZE)(self._claim_of)

    @property
    def reading(self) -> Reading:
        """How the table is read."""
        return self.facts.reading

    def row(self, number: int) -> Row | RejectedRow:
        """Return a row. Its cells serve for reading it: those that nothing is read of may be empty."""
        raise NotImplementedError

    def mentions(self, number: int, words: Collection[str]) -> bool:
        """Tell whether a row that cannot be read has all these words in it, wherever they stand."""
        raise NotImplementedError

    def proof(self, entry: Entry) -> tuple[str, dict[str, str]]:
        """Return the digest of a row, and what it says in columns that credcheck has no name for."""
        return self.raw.digest(entry.row.cells), self.raw.others(entry.row.cells)

    def _entry_of(self, number: int) -> Entry:
        return self._read(self.row(number))

    def _claim_of(self, number: int) -> Claim:
        entry, snapshot = self.entry(number), self.snapshot
        digest, others = self.proof(entry)
        return Claim(
            kind=self.kind,
            about=entry.about,
            record=entry.record,
            problem=entry.problem,
            provenance=Provenance(
                snapshot=snapshot.id,
                row=number,
                line=entry.row.line,
                as_of=snapshot.as_of,
                sha256=digest,
                other=others,
            ),
        )
