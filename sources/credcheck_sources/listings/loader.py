"""A listing read from its file, once, and indexed by number, license and name."""

import datetime as dt
import hashlib
import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from credcheck._util.files import modified_date
from credcheck.identity.license_number import read_license
from credcheck.identity.listing_index import ExactIndex, ListingIndex
from credcheck.identity.normalize import normalize
from credcheck.model import (
    EvidenceKind,
    Exclusion,
    License,
    Program,
    Provenance,
    Record,
    canonical_json,
)
from credcheck.reference.vocabulary import normalize_phrase
from credcheck.source import Claim, PersonRecord, Snapshot
from credcheck.tables import ReadOptions, RejectedRow, Row, Schema, UnusableTable, open_table
from credcheck.tables.columns import column_key, is_private
from credcheck_sources.listings.cells import CellForms, Cells
from credcheck_sources.listings.format import ListingFormat
from credcheck_sources.listings.options import ListingOptions

_BETWEEN = "\0"  # stands in no cell: such a row is a RejectedRow
_CACHE_SIZE = 1 << 13  # rows: namesakes ask for the same ones again and again
_TEN_DIGITS = re.compile(r"(?<![0-9])[0-9]{10}(?![0-9])")


class Entry(NamedTuple):
    """A row of the listing. ``record`` and ``problem`` are as in a Claim."""

    row: Row | RejectedRow
    about: PersonRecord
    record: Record | None
    problem: str | None


class LoadedListing:
    """A listing in memory: the text of its rows, and the numbers of those that lead to each key.

    Rows are read again when they are asked for, which is quick; to keep all that is read of them takes
    five times the memory.
    """

    def __init__(
        self,
        kind: EvidenceKind,
        raw: "RawRows",
        read: Callable[[Row | RejectedRow], Entry],
    ) -> None:
        """Begin with the kind, what is kept of a row for the proof, and the way to read one.

        ``unplaced`` leads to the rows that cannot be read, from every word in them: they may matter
        to whomever they mention.
        """
        self._kind = kind
        self._raw = raw
        self.snapshot = Snapshot(as_of=dt.date.min)
        self.unplaced: dict[str, list[int]] = defaultdict(list)
        self.by_npi: dict[str, list[int]] = {}
        self.by_license: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.by_name = ListingIndex()
        self.by_exact_name = ExactIndex()
        self.has_unnumbered = False  # are there rows that are found by license or name alone?
        self.has_numbered = False  # are there rows with an NPI, that are not filed by name too?
        self.by_code: dict[str, list[int]] = defaultdict(list)
        self.by_title: dict[str, list[int]] = defaultdict(list)
        self._read = read
        self.entry = lru_cache(_CACHE_SIZE)(self._entry_of)
        self.claim = lru_cache(_CACHE_SIZE)(self._claim_of)
        self._lines = array("q")
        self._texts: list[str] = []
        self._bad: dict[int, RejectedRow] = {}

    def add(self, entry: Entry) -> None:
        """Keep the next row, under everything that it can be found by."""
        row = entry.row
        self._lines.append(row.line)
        if isinstance(row, RejectedRow):
            self._bad[row.number] = row
        self._texts.append("" if isinstance(row, RejectedRow) else _BETWEEN.join(row.cells))
        self._index(entry, row.number)

    def _entry_of(self, number: int) -> Entry:
        row: Row | RejectedRow | None = self._bad.get(number)
        if row is None:
            cells = tuple(self._texts[number - 1].split(_BETWEEN))
            row = Row(number, self._lines[number - 1], cells)
        return self._read(row)

    def _claim_of(self, number: int) -> Claim:
        entry, snapshot = self.entry(number), self.snapshot
        return Claim(
            kind=self._kind,
            about=entry.about,
            record=entry.record,
            problem=entry.problem,
            provenance=Provenance(
                snapshot=snapshot.id,
                row=number,
                line=entry.row.line,
                as_of=snapshot.as_of,
                sha256=self._raw.digest(entry.row.cells),
                other=self._raw.others(entry.row.cells),
            ),
        )

    def _index(self, entry: Entry, number: int) -> None:
        about = entry.about
        if isinstance(entry.record, Program):
            self.by_code[normalize_phrase(entry.record.program_code)].append(number)
            self.by_title[normalize_phrase(entry.record.name)].append(number)
        elif about.npi is not None or about.names:
            self._index_person(about, number)
        elif entry.problem is not None:
            for word in list_words(entry):
                self.unplaced[word].append(number)

    def _index_person(self, about: PersonRecord, number: int) -> None:
        """File a row by its number, or by what else it says; one of exclusions by both."""
        if about.npi is not None:
            self.by_npi.setdefault(about.npi, []).append(number)
            if self._kind is not EvidenceKind.EXCLUSION:
                self.by_exact_name.add(about.names, number)
                self.has_numbered = True
                return
        if about.names:
            for license_ in about.licenses:
                for key in license_keys(license_):
                    self.by_license[key].append(number)
            self.by_name.add(about.names, number)
            self.has_unnumbered = True


def list_words(entry: Entry) -> set[str]:
    """Return the words and the ten-digit numbers in a row, wherever they stand."""
    words = {word for cell in entry.row.cells for word in normalize(cell).split()}
    numbers = {number for cell in entry.row.cells for number in _TEN_DIGITS.findall(cell)}
    return words | numbers


def license_keys(license_: License) -> tuple[tuple[str, str], ...]:
    """Return the key under which a license is found, or nothing for a placeholder."""
    read = read_license(license_)
    return () if read is None else (read.key,)


def load(path: Path, options: ListingOptions, form: ListingFormat) -> LoadedListing:
    """Read a listing. Raises UnusableTable if it cannot be trusted as a whole."""
    read = ReadOptions(encoding=options.encoding, delimiter=options.delimiter, sheet=options.sheet)
    table = open_table(path, read)
    schema = _bind_schema(path, table.header, options, form)
    forms = CellForms(options.dates, options.no_expiry)
    blank = {column.name: "" for column in form.columns} | options.constants
    read_row = partial(_read_entry, schema, blank, forms, form)
    loaded = LoadedListing(form.kind, RawRows(table.header, schema.others), read_row)
    rejects: list[str] = []
    rows = 0
    for row in table.rows():
        entry, rows = read_row(row), row.number
        loaded.add(entry)
        if entry.problem is not None:
            rejects.append(f"row {entry.row.number} (line {entry.row.line}): {entry.problem}")
    if not rows:
        raise UnusableTable(f"{path.name}: has a header but no rows")
    loaded.snapshot = Snapshot(
        id=table.sha256,
        as_of=options.as_of or modified_date(path),
        rows=rows,
        rejects=tuple(rejects),
    )
    return loaded


def _bind_schema(
    path: Path, header: tuple[str, ...], options: ListingOptions, form: ListingFormat
) -> Schema:
    wanted = [x for x in form.columns if x.name not in options.constants]
    schema = Schema(wanted, header, options.columns, path.name)
    for name in options.constants:
        if column_key(name) in {column_key(other) for other in schema.others}:
            raise UnusableTable(f"{path.name}: constants sets {name}, but the file has that column")
    return schema


def _read_entry(
    schema: Schema,
    blank: dict[str, str],
    forms: CellForms,
    form: ListingFormat,
    row: Row | RejectedRow,
) -> Entry:
    if isinstance(row, RejectedRow):
        return Entry(row, PersonRecord(), None, row.problem)
    cells = Cells(blank | schema.cells(row.cells), forms)
    about = form.person(cells)
    record = form.record(cells)
    if form.kind is not EvidenceKind.PROGRAM and _is_nobody(about) and not _is_business(record):
        cells.problems.append("neither an NPI nor a name says whom the row is about")
    return Entry(row, about, record, "; ".join(cells.problems) or None)


def _is_nobody(about: PersonRecord) -> bool:
    return about.npi is None and not about.names


def _is_business(record: Record | None) -> bool:
    return isinstance(record, Exclusion) and record.business_name is not None


class RawRows:
    """The rows of one listing without their private columns (Social Security numbers, birthdays)."""

    def __init__(self, header: Sequence[str], others: Iterable[str]) -> None:
        self._width = len(header)
        self._kept = [(x, at) for at, x in enumerate(header) if x and not is_private(x)]
        named = set(others)
        self._others = [(name, place) for name, place in self._kept if name in named]

    def digest(self, cells: Sequence[str]) -> str:
        """Return the SHA-256 of a row; one with shifted columns is known by its width alone."""
        kept = {name: cells[place] for name, place in self._kept} if self._fits(cells) else None
        whole = kept if kept is not None else {"cells": str(len(cells))}
        return hashlib.sha256(canonical_json(whole)).hexdigest()

    def others(self, cells: Sequence[str]) -> dict[str, str]:
        """Return what the row says in columns that credcheck has no name for."""
        if not self._others or not self._fits(cells):
            return {}
        return {name: cells[place] for name, place in self._others if cells[place]}

    def _fits(self, cells: Sequence[str]) -> bool:
        return len(cells) == self._width
