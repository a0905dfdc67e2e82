"""A listing read from its file, once, and indexed by number, license and name."""

import datetime as dt
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from credcheck._util.files import modified_date
from credcheck.identity.license_number import read_license
from credcheck.identity.listing_index import ExactIndex, ListingIndex
from credcheck.identity.normalize import normalize, squash
from credcheck.identity.practice import list_practice_words
from credcheck.model import (
    EXCLUSION_KINDS,
    Certificate,
    EvidenceKind,
    Exclusion,
    License,
    Licensure,
    Program,
    Provenance,
    Record,
)
from credcheck.model.npi import Npi, is_valid
from credcheck.model.reading import ColumnReading, MissingColumn, Reading
from credcheck.reference.understanding import certificate_key, program_key
from credcheck.reference.vocabulary import normalize_phrase
from credcheck.source import Claim, PersonRecord, Snapshot
from credcheck.tables import ColumnsError, RejectedRow, Row, UnusableTable
from credcheck.tables.read import ReadTable, read_table
from credcheck_sources.listings.cells import CellForms, Cells
from credcheck_sources.listings.format import ListingFormat
from credcheck_sources.listings.options import ListingOptions
from credcheck_sources.listings.raw_rows import RawRows
from credcheck_sources.listings.wholeness import find_tear, is_footer, names_nobody

_BETWEEN = "\0"  # stands in no cell: such a row is a RejectedRow
_CACHE_SIZE = 1 << 13  # rows: namesakes ask for the same ones again and again
_QUOTED_REJECTS = 5
_TEN_DIGITS = re.compile(r"(?<![0-9])[0-9]{10}(?![0-9])")


class Entry(NamedTuple):
    """A row of the listing. ``record`` and ``problem`` are as in a Claim.

    ``npis`` are all numbers of a row that has several: it says what it says of each.
    """

    row: Row | RejectedRow
    about: PersonRecord
    record: Record | None
    problem: str | None
    npis: tuple[Npi, ...] = ()


class LoadedListing:
    """A listing in memory: the text of its rows, and the numbers of those that lead to each key.

    Rows are read again when they are asked for, which is quick; to keep all that is read of them takes
    five times the memory.
    """

    def __init__(
        self,
        kind: EvidenceKind,
        raw: RawRows,
        read: Callable[[Row | RejectedRow], Entry],
    ) -> None:
        """Begin with the kind, what is kept of a row for the proof, and the way to read one.

        ``unplaced`` leads to the rows that cannot be read, from every word and ten-digit number in
        them: they may matter to whomever they mention; ``by_part`` to those without a first
        name, from the last. ``issues`` are the boards and specialties of its certificates.
        """
        self._kind = kind
        self._raw = raw
        self.snapshot = Snapshot(as_of=dt.date.min)
        self.reading: Reading | None = None
        self.unplaced: dict[str, list[int]] = defaultdict(list)
        self.by_npi: dict[str, list[int]] = {}
        self.by_license: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.by_name = ListingIndex()
        self.by_exact_name = ExactIndex()
        self.has_unnumbered = False  # are there rows that are found by license or name alone?
        self.has_numbered = False  # are there rows with an NPI, that are not filed by name too?
        self.by_code: dict[str, list[int]] = defaultdict(list)
        self.by_title: dict[str, list[int]] = defaultdict(list)
        self.by_part: dict[str, list[int]] = defaultdict(list)
        self.by_business: dict[str, list[int]] = defaultdict(list)  # organizations, by each word
        self.issues: set[str] = set()
        self._nameless = 0
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
        if entry.record is not None and (about := _scope(entry.record)):
            self.issues.add(about)

    @property
    def nameless(self) -> int:
        """How many rows that cannot be read say nothing of whose they are."""
        return self._nameless

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
        """File a row under everything that it can be found by."""
        about, record = entry.about, entry.record
        if isinstance(record, Program):
            self._index_program(record, entry, number)
            return
        self._index_business(entry, number)
        if about.npi is not None:
            for npi in entry.npis or (about.npi,):
                self.by_npi.setdefault(npi, []).append(number)
            if self._kind not in EXCLUSION_KINDS:
                self.by_exact_name.add(about.names, number)
                self.has_numbered = True
                return
        if any(name.last and name.first for name in about.names):
            self._index_unnumbered(entry, number)
        elif about.npi is None and entry.problem is not None:
            self._index_unplaced(entry, number)

    def _index_program(self, record: Program, entry: Entry, number: int) -> None:
        self.by_title[normalize_phrase(record.name)].append(number)
        if key := program_key(record.program_code):
            self.by_code[key].append(number)
        elif entry.problem is not None:
            self._nameless += 1

    def _index_business(self, entry: Entry, number: int) -> None:
        """File an organization on a list of exclusions under each word of its name."""
        record = entry.record
        if isinstance(record, Exclusion) and record.business_name and not entry.about.names:
            for word in list_practice_words(record.business_name):
                self.by_business[word].append(number)

    def _index_unnumbered(self, entry: Entry, number: int) -> None:
        """File a row by its licenses and names; one of exclusions also where it has a number."""
        for license_ in entry.about.licenses:
            for key in license_keys(license_):
                self.by_license[key].append(number)
        self.by_name.add(entry.about.names, number)
        self.has_unnumbered = True
        if entry.problem is not None and entry.about.npi is None:
            for found in list_numbers(entry):
                self.unplaced[found].append(number)

    def _index_unplaced(self, entry: Entry, number: int) -> None:
        """File a row that cannot be read under all that it mentions, or count it as nobody's."""
        if is_footer(entry.row.cells, self._raw.width):
            return
        numbers = list_numbers(entry)
        for each in {*list_words(entry), *numbers}:
            self.unplaced[each].append(number)
        families = [squash(name.last) for name in entry.about.names if name.last]
        for family in families:
            self.by_part[family].append(number)
        shifted = isinstance(entry.row, RejectedRow)
        if not families and not any(map(is_valid, numbers)):
            self._nameless += not shifted or names_nobody(list_words(entry), numbers)


def _scope(record: Record) -> str | None:
    """Return what a record says that its list is about: a certificate of a board, or a state."""
    if isinstance(record, Certificate):
        return certificate_key(record.board, record.certificate)
    return (record.state or None) if isinstance(record, Exclusion | Licensure) else None


def list_words(entry: Entry) -> set[str]:
    """Return the words in a row, wherever they stand."""
    return {word for cell in entry.row.cells for word in normalize(cell).split()}


def list_numbers(entry: Entry) -> set[str]:
    """Return the ten-digit numbers in a row, wherever they stand."""
    return {number for cell in entry.row.cells for number in _TEN_DIGITS.findall(cell)}


def license_keys(license_: License) -> tuple[tuple[str, str], ...]:
    """Return the key under which a license is found, or nothing for a placeholder."""
    read = read_license(license_)
    return () if read is None else (read.key,)


def load(
    path: Path, options: ListingOptions, form: ListingFormat, name: str = "NAME"
) -> LoadedListing:
    """Read a listing, whose source has a name. Raises UnusableTable if it cannot be trusted."""
    opened = open_listing(path, options, form, name)
    forms = CellForms(opened.dates, options.no_expiry)
    read_row = RowReader(opened, form, forms)
    table = opened.reading
    loaded = LoadedListing(form.kind, RawRows(opened.header, opened.binding), read_row)
    rejects: list[str] = []
    row: Row | RejectedRow | None = None
    for row in opened.rows():
        entry = read_row(row)
        loaded.add(entry)
        if entry.problem is not None:
            rejects.append(f"row {entry.row.number} (line {entry.row.line}): {entry.problem}")
    if row is None:
        raise UnusableTable(f"{path.name}: has a header but no rows")
    loaded.snapshot = Snapshot(
        id=table.sha256,
        as_of=options.as_of or modified_date(path),
        rows=row.number,
        rejects=tuple(rejects),
        nameless=loaded.nameless if options.unidentified_rows == "refuse" else 0,
        torn=None if table.totals else _find_tear(row, opened),
        partial=options.explain_partial(row.number),
        scope=tuple(sorted(loaded.issues)),
    )
    loaded.reading = complete_reading(table, rejects, read_row.understood)
    return loaded


def open_listing(
    path: Path, options: ListingOptions, form: ListingFormat, name: str = "NAME"
) -> ReadTable:
    """Read a listing's table over. Raises UnusableTable if it cannot be told how it is to be read."""
    no_date = frozenset(map(normalize_phrase, options.no_expiry))
    try:
        read = replace(options.read, table=name)
        return read_table(path, form.schema, options.table, read, no_date=no_date)
    except ColumnsError as error:
        raise UnusableTable(str(error)) from error


def _find_tear(last: Row | RejectedRow, opened: ReadTable) -> str | None:
    needed = {column.name for column in opened.schema.columns if column.required}
    places = [place for name, place in opened.binding.places.items() if name in needed]
    return find_tear(last, len(opened.header), places, is_terminated=opened.is_terminated)


class RowReader:
    """Reads a row of a listing: whom it is about, what it says, and what in it cannot be read."""

    def __init__(self, opened: ReadTable, form: ListingFormat, forms: CellForms) -> None:
        """Take how the table is read, and the format of its kind."""
        constants = opened.binding.constants
        self._form = form
        self._forms = forms
        self._reader = opened.cells
        self._places = tuple(opened.binding.places.items())
        self._blank = {column.name: "" for column in form.columns} | dict(constants)
        self.lacking = frozenset(self._blank) - dict(self._places).keys() - constants.keys()
        self.understood: Counter[tuple[str, str]] = Counter()
        """What the rows themselves say that no column holds, and in how many of them."""

    def __call__(self, row: Row | RejectedRow) -> Entry:
        """Read a row."""
        if isinstance(row, RejectedRow):
            return Entry(row, PersonRecord(), None, row.problem)
        read, texts = self._reader.read, row.cells
        cells = Cells(
            self._blank | {ours: read(ours, texts[place]) for ours, place in self._places},
            self._forms,
            self.lacking,
        )
        about = self._form.person(cells)
        record = self._form.record(cells)
        for ours, value in cells.understood.items():
            self.understood[ours, value] += 1
        is_about_people = self._form.kind is not EvidenceKind.PROGRAM
        if is_about_people and about.npi is None and not _is_business(record):
            _check_names(cells, about)
        return Entry(row, about, record, "; ".join(cells.problems) or None, cells.npis)


def _check_names(cells: Cells, about: PersonRecord) -> None:
    """Note where a row without an NPI does not say whom it is about."""
    if not about.names:
        cells.problems.append(
            cells.name_problem or "neither an NPI nor a name says whom the row is about"
        )
    elif not any(name.last and name.first for name in about.names):
        cells.problems.append("without an NPI, a first and a last name must say whom it is about")


def complete_reading(
    table: Reading, rejects: Sequence[str], understood: Mapping[tuple[str, str], int]
) -> Reading:
    """Return the reading with what the rows themselves have shown."""
    shown = tuple(
        ColumnReading(
            column=0,
            header="",
            use="understood",
            ours=ours,
            value=value,
            why="by its own numbers and words",
            filled=count,
        )
        for (ours, value), count in sorted(understood.items())
    )
    known = {each.ours: each.filled for each in shown}
    return replace(
        table,
        rejected=len(rejects),
        rejects=tuple(rejects[:_QUOTED_REJECTS]),
        columns=(*table.columns, *shown),
        missing=tuple(
            _count_lacking(each, table.rows, known.get(each.ours, 0))
            for each in table.missing
            if known.get(each.ours) != table.rows
        ),
    )


def _count_lacking(missing: MissingColumn, rows: int, known: int) -> MissingColumn:
    """Say in how many rows a column is missed, where others show it by themselves."""
    if not known:
        return missing
    return replace(missing, without=f"in {rows - known:,} of {rows:,} rows {missing.without}")


def _is_business(record: Record | None) -> bool:
    return isinstance(record, Exclusion) and record.business_name is not None
