"""A listing read from its file, once, and indexed by number, license and name."""

from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from credcheck._util.progress import name_phase
from credcheck.identity.listing_index import ExactIndex, ListingIndex
from credcheck.identity.normalize import squash
from credcheck.identity.practice import list_practice_words
from credcheck.model import (
    EXCLUSION_KINDS,
    Certificate,
    EvidenceKind,
    Exclusion,
    Licensure,
    Program,
    Record,
)
from credcheck.model.npi import is_valid
from credcheck.model.reading import ColumnReading, MissingColumn, Reading
from credcheck.reference.understanding import certificate_key, is_program_number, program_key
from credcheck.reference.vocabulary import normalize_phrase
from credcheck.tables import ColumnsError, RejectedRow, Row, UnusableTable
from credcheck.tables.read import ReadTable, read_table
from credcheck_sources.listings.entry import (
    ODD_CODE,
    Entry,
    license_keys,
    list_numbers,
    list_words,
)
from credcheck_sources.listings.format import ListingFormat
from credcheck_sources.listings.options import ListingOptions
from credcheck_sources.listings.raw_rows import RawRows
from credcheck_sources.listings.row_reader import RowReader
from credcheck_sources.listings.searchable import ListingFacts, ListingLayout, SearchableListing
from credcheck_sources.listings.wholeness import find_tear, is_footer, names_nobody

BETWEEN = "\0"
"""Between the cells of a row that is kept. It stands in no cell: such a row is a RejectedRow."""

_QUOTED_REJECTS = 5


class FiledRows:
    """The numbers of rows by a key."""

    def __init__(self) -> None:
        self.rows: dict[str, list[int]] = {}

    def add(self, key: str, number: int) -> None:
        """File a row."""
        self.rows.setdefault(key, []).append(number)

    def get(self, key: str, /) -> Sequence[int]:
        """Return the numbers of the rows that are filed under a key."""
        return self.rows.get(key, ())

    def __len__(self) -> int:
        return len(self.rows)


class LoadedListing(SearchableListing):
    """A listing in memory: the text of its rows, and the numbers of those that lead to each key.

    Rows are read again when they are asked for, which is quick; to keep all that is read of them takes
    five times the memory.
    """

    unplaced: FiledRows
    by_npi: FiledRows
    by_license: FiledRows
    by_name: ListingIndex
    by_exact_name: ExactIndex
    by_code: FiledRows
    by_title: FiledRows
    by_part: FiledRows
    by_business: FiledRows

    def __init__(
        self,
        kind: EvidenceKind,
        raw: RawRows,
        read: Callable[[Row | RejectedRow], Entry],
        layout: ListingLayout,
    ) -> None:
        """Begin, with how its rows stand. ``issues`` are the boards and specialties of its rows."""
        super().__init__(kind, raw, read)
        self.layout = layout
        self.unplaced = FiledRows()
        self.by_npi = FiledRows()
        self.by_license = FiledRows()
        self.by_name = ListingIndex()
        self.by_exact_name = ExactIndex()
        self.has_unnumbered = False
        self.has_numbered = False
        self.by_code = FiledRows()
        self.by_title = FiledRows()
        self.by_part = FiledRows()
        self.by_business = FiledRows()
        self.issues: set[str] = set()
        self.nameless = 0
        self.rejects: list[str] = []
        self.bad: dict[int, RejectedRow] = {}
        self._lines = array("q")
        self._texts: list[str] = []

    def add(self, entry: Entry) -> None:
        """Keep the next row, under everything that it can be found by."""
        row = entry.row
        self._lines.append(row.line)
        if isinstance(row, RejectedRow):
            self.bad[row.number] = row
        self._texts.append("" if isinstance(row, RejectedRow) else BETWEEN.join(row.cells))
        self._index(entry, row.number)
        if entry.record is not None and (about := _scope(entry.record)):
            self.issues.add(about)
        if entry.problem is not None:
            self.rejects.append(f"row {row.number} (line {row.line}): {entry.problem}")

    def row(self, number: int) -> Row | RejectedRow:
        """Return a row."""
        if (bad := self.bad.get(number)) is not None:
            return bad
        line, text = self.text(number)
        return Row(number, line, tuple(text.split(BETWEEN)))

    def text(self, number: int) -> tuple[int, str]:
        """Return the line of a row, and its cells with BETWEEN between them."""
        return self._lines[number - 1], self._texts[number - 1]

    def mentions(self, number: int, words: Collection[str]) -> bool:
        """Tell whether a row that cannot be read has all these words in it, wherever they stand."""
        return list_words(self.entry(number)).issuperset(words)

    def _index(self, entry: Entry, number: int) -> None:
        """File a row under everything that it can be found by."""
        about, record = entry.about, entry.record
        if isinstance(record, Program):
            self._index_program(record, entry, number)
            return
        self._index_business(entry, number)
        if about.npi is not None:
            for npi in entry.npis or (about.npi,):
                self.by_npi.add(npi, number)
            if self.kind not in EXCLUSION_KINDS:
                self.by_exact_name.add(about.names, number)
                self.has_numbered = True
                return
        if any(name.last and name.first for name in about.names):
            self._index_unnumbered(entry, number)
        elif about.npi is None and entry.problem is not None:
            self._index_unplaced(entry, number)

    def _index_program(self, record: Program, entry: Entry, number: int) -> None:
        self.by_title.add(normalize_phrase(record.name), number)
        if key := program_key(record.program_code):
            self.by_code.add(key, number)
            if not is_program_number(key):
                self.by_code.add(ODD_CODE, number)
        elif entry.problem is not None:
            self.nameless += 1

    def _index_business(self, entry: Entry, number: int) -> None:
        """File an organization on a list of exclusions under each word of its name."""
        record = entry.record
        if isinstance(record, Exclusion) and record.business_name and not entry.about.names:
            for word in list_practice_words(record.business_name):
                self.by_business.add(word, number)

    def _index_unnumbered(self, entry: Entry, number: int) -> None:
        """File a row by its licenses and names; one of exclusions also where it has a number."""
        for license_ in entry.about.licenses:
            for key in license_keys(license_):
                self.by_license.add(key, number)
        self.by_name.add(entry.about.names, number)
        self.has_unnumbered = True
        if entry.problem is not None and entry.about.npi is None:
            for found in list_numbers(entry):
                self.unplaced.add(found, number)

    def _index_unplaced(self, entry: Entry, number: int) -> None:
        """File a row that cannot be read under all that it mentions, or count it as nobody's."""
        if is_footer(entry.row.cells, self.raw.width):
            return
        numbers = list_numbers(entry)
        for each in {*list_words(entry), *numbers}:
            self.unplaced.add(each, number)
        families = [squash(name.last) for name in entry.about.names if name.last]
        for family in families:
            self.by_part.add(family, number)
        shifted = isinstance(entry.row, RejectedRow)
        if not families and not any(map(is_valid, numbers)):
            self.nameless += not shifted or names_nobody(list_words(entry), numbers)


def _scope(record: Record) -> str | None:
    """Return what a record says that its list is about: a certificate of a board, or a state.

    A list of actions alone, without the status of any license, is about the licenses of no state.
    """
    if isinstance(record, Certificate):
        return certificate_key(record.board, record.certificate)
    if isinstance(record, Licensure):
        return (record.state or None) if record.status.strip() else None
    return (record.state or None) if isinstance(record, Exclusion) else None


def load(
    path: Path, options: ListingOptions, form: ListingFormat, name: str = "NAME"
) -> LoadedListing:
    """Read a listing, of the source of a name. Raises UnusableTable if it cannot be trusted."""
    opened = open_listing(path, options, form, name)
    read_row = RowReader(form, options, opened.binding, opened.dates)
    raw = RawRows(opened.header, opened.binding)
    layout = ListingLayout(opened.binding, opened.dates)
    loaded = LoadedListing(form.kind, raw, read_row, layout)
    row: Row | RejectedRow | None = None
    with name_phase(f"reading {path.name}"):
        for row in opened.rows():
            loaded.add(read_row(row))
    if row is None:
        raise UnusableTable(f"{path.name}: has a header but no rows")
    loaded.facts = ListingFacts(
        reading=complete_reading(opened.reading, loaded.rejects, read_row.understood),
        rows=row.number,
        rejects=tuple(loaded.rejects),
        nameless=loaded.nameless,
        torn=_find_tear(row, opened),
        scope=tuple(sorted(loaded.issues)),
    )
    loaded.snapshot = loaded.facts.describe(path, options)
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
    width, ended = len(opened.header), opened.is_terminated
    return find_tear(last, width, places, is_terminated=ended, totals=opened.reading.totals)


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
