"""Rosters: the rows of a user's file as queries. Rows in are rows out, readable or not."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from credcheck.identity.parse_name import NameParseError, parse_name
from credcheck.model import PersonName, Query, Reason, ReasonCode, RosterRef
from credcheck.model.birth_date import parse_birth_date
from credcheck.model.dates import find_year
from credcheck.model.npi import Npi, masked
from credcheck.model.reading import Reading
from credcheck.reference.headers import is_birth_date
from credcheck.reference.states import usps
from credcheck.tables import (
    Column,
    ColumnsError,
    ReadOptions,
    RejectedRow,
    Row,
    TableOptions,
    TableSchema,
)
from credcheck.tables.cells import read_npis
from credcheck.tables.columns import ColumnUse, column_key
from credcheck.tables.read import ReadTable, read_table

COLUMNS = (
    *("id", "npi", "name", "last_name", "first_name", "middle_name", "suffix"),
    *("city", "state", "license_number", "license_state", "medical_school", "graduation_year"),
)
"""Our columns of a roster. Any other column is copied unchanged, save those of private data."""

_COPIED = {"medical_school", "graduation_year"}
"""Our columns that are copied, too: they tell people apart, and are shown nowhere else."""


_NAMES = {"name", "last_name", "first_name", "middle_name", "suffix"}
SCHEMA = TableSchema(
    kind="roster",
    columns=tuple(
        Column(name=name, holds="npi" if name == "npi" else "name" if name in _NAMES else "text")
        for name in COLUMNS
    ),
    groups=("roster", "person"),
)
"""The columns of a roster, for the reader of tables."""

BIRTH_DATE = "birth_date"
_WHO = "give it a column npi, or last_name and first_name, or name"
_BORN = "compared with the birth dates of exclusion lists, and kept nowhere"
_NOBODY = Reason(code=ReasonCode.NPI_INVALID, message="the row has neither an NPI nor a name")
_WILDCARD = re.compile(r"[*?]")
_SHOWN = 12
_read_birth_date = lru_cache(1 << 16)(parse_birth_date)  # so that equal days are one object


class Roster(NamedTuple):
    """A roster that has been read over. ``columns`` and ``others`` are headers as the file has them.

    ``birth_dates`` are those of the rows that were read; they are no part of a query, since queries
    are stored and shown.
    """

    file: str
    table: ReadTable
    reading: Reading
    places: dict[str, int]
    columns: dict[str, str]
    others: dict[str, int]
    birth_dates: dict[int, dt.date]

    def queries(self) -> Iterator[Query]:
        """Yield a query for every row. Raises UnusableTable where the rest cannot be trusted."""
        beyond = len(
            self.table.header
        )  # there stands an empty cell, for columns that are not there
        ours = itemgetter(*[self.places.get(name, beyond) for name in COLUMNS])
        read = self.table.cells.read
        constants = self.table.binding.constants
        born = self.places.get(BIRTH_DATE)
        for row in self.table.rows():
            if isinstance(row, RejectedRow):
                yield _reject_row(row)
            else:
                cells = ours((*row.cells, ""))
                made = [
                    constants[name] if name in constants else read(name, cell)
                    for name, cell in zip(COLUMNS, cells, strict=True)
                ]
                if born is not None and (day := _read_birth_date(row.cells[born])):
                    self.birth_dates[row.number] = day
                yield self._make_query(row, made)

    def read_birth_dates(self) -> None:
        """Read the birth dates alone, for a run that is gone on with."""
        if BIRTH_DATE in self.places:
            for _ in self.queries():
                pass

    def ref(self) -> RosterRef:
        """Return what a run's header says of the roster."""
        return RosterRef(
            file=self.file,
            sha256=self.reading.sha256,
            columns=self.columns,
            others=tuple(self.others),
            blank=self.reading.blank,
            reading=self.reading,
        )

    def _make_query(self, row: Row, cells: Sequence[str]) -> Query:
        id_, number, *name, city, state, license_number, license_state, school, year = cells
        person, text, trouble = _read_name(*name)
        npi, bad_number = _read_npi(number)
        nobody = npi is None and person is None
        problem = bad_number or trouble or (_NOBODY if nobody else None)
        return Query(
            npi=npi,
            name=text or None,
            person=person,
            state=usps(state) or None if state else None,
            city=city or None,
            license_number=license_number or None,
            license_state=usps(license_state) or None if license_state else None,
            row=row.number,
            line=row.line,
            id=id_ or None,
            problem=problem,
            medical_school=school or UNSET,
            graduation_year=find_year(year) or UNSET,
            other={name: row.cells[place] for name, place in self.others.items()},
        )


def open_roster(
    path: Path,
    options: ReadOptions,
    said: Mapping[str, str] | TableOptions,
    *,
    name: str | None = None,
) -> Roster:
    """Read a roster over and find its columns; ``name`` is what to call it (standard input).

    ``said`` is which column is which, or all that is declared. Raises UnusableTable if it cannot be
    trusted, and ColumnsError where it does not say whom its rows are about.
    """
    declared = said if isinstance(said, TableOptions) else _declare(said)
    declared, born = _take_birth_date(declared)
    table = read_table(path, SCHEMA, declared, options, name=name)
    file = name or path.name
    if not table.binding.places.keys() & {"npi", "name"} and not _has_names(table):
        shown = ", ".join(repr(each) for each in table.header[:_SHOWN])
        raise ColumnsError(
            f"{file}: no column identifies the physician among {shown}; {_WHO},"
            " or name them, such as --columns 'npi=Provider Number'"
        )
    table = _drop_half_name(table)
    uses = table.binding.uses
    places = table.binding.places | _find_birth_date(file, table, born)
    table = _describe_birth_date(table, places.get(BIRTH_DATE))
    used = {place for ours, place in places.items() if ours not in _COPIED}
    taken = {*used, *(use.place for use in uses if use.use == "private")}
    others = {x.header: x.place for x in uses if x.header and x.place not in taken}
    columns = {use.ours: use.header for use in uses if use.ours}
    return Roster(file, table, table.reading, places, columns, others, {})


def _take_birth_date(said: TableOptions) -> tuple[TableOptions, str]:
    """Return the options without the column of birth dates, and that: no reading shows its cells."""
    born = said.columns.get(BIRTH_DATE, "")
    columns = {ours: theirs for ours, theirs in said.columns.items() if ours != BIRTH_DATE}
    ignored = (*said.ignore_columns, born) if born else said.ignore_columns
    return replace(said, columns=columns, ignore_columns=ignored), born


def _find_birth_date(file: str, table: ReadTable, said: str) -> dict[str, int]:
    """Return where the birth dates stand. Raises ColumnsError where that cannot be told."""
    headers = {x.header: x.place for x in table.binding.uses if x.header}
    key = column_key(said)
    found = [
        header
        for header in headers
        if (column_key(header) == key if said else is_birth_date(header))
    ]
    if said and not found:
        raise ColumnsError(f"{file}: --columns birth_date={said!r}: there is no such column")
    if len(found) > 1:
        shown = " and ".join(map(repr, found))
        raise ColumnsError(
            f"{file}: {shown} may both be birth dates; choose one: --columns birth_date=..."
        )
    return {BIRTH_DATE: headers[found[0]]} if found else {}


def _describe_birth_date(table: ReadTable, place: int | None) -> ReadTable:
    """Say in the reading what the birth dates are read for."""
    if place is None:
        return table
    columns = tuple(
        replace(each, use="private", why=_BORN) if each.column == place + 1 else each
        for each in table.reading.columns
    )
    return table._replace(reading=replace(table.reading, columns=columns))


def _declare(said: Mapping[str, str]) -> TableOptions:
    try:
        return TableOptions(columns=dict(said))
    except ValueError as error:
        raise ColumnsError(f"--columns: {error}") from error


def _has_names(table: ReadTable) -> bool:
    return {"last_name", "first_name"} <= table.binding.places.keys()


def _drop_half_name(table: ReadTable) -> ReadTable:
    """Copy half a name unchanged: a number cannot be checked against it, and that is said."""
    halves = [name for name in ("last_name", "first_name") if name in table.binding.places]
    if len(halves) != 1 or "name" in table.binding.places:
        return table
    why = f"the only name column is {halves[0]}"
    note = f"NPIs are not checked against names: {why}"
    uses = tuple(
        ColumnUse(use.place, use.header, "unused", why=why) if use.ours == halves[0] else use
        for use in table.binding.uses
    )
    columns = tuple(
        replace(each, ours=None, use="unused", why=why) if each.ours == halves[0] else each
        for each in table.reading.columns
    )
    reading = replace(table.reading, columns=columns, notes=(*table.reading.notes, note))
    return table._replace(binding=table.binding._replace(uses=uses), reading=reading)


def _read_npi(text: str) -> tuple[Npi | None, Reason | None]:
    if not text:
        return None, None
    found = read_npis(text)
    problem = found.problem
    if problem is None and len(found.numbers) > 1:
        problem = (
            f"{len(found.numbers)} NPIs in one row ({', '.join(found.numbers)}); give one per row"
        )
    if problem is not None or not found.numbers:
        return None, Reason(code=ReasonCode.NPI_INVALID, message=problem or "it holds no NPI")
    return found.numbers[0], None


def _read_name(
    whole: str, last: str, first: str, middle: str, suffix: str
) -> tuple[PersonName | None, str, Reason | None]:
    """Return the name in its parts, as text, and why it cannot be read, if so."""
    if last and first and not _WILDCARD.search(last + first):
        name = PersonName(last=last, first=first, middle=middle, suffix=suffix)
        return name, str(name), None
    text = whole or " ".join(filter(None, (first, last)))
    if not text:
        return None, "", None
    try:
        return parse_name(text), text, None
    except NameParseError as error:
        return None, masked(text), Reason(code=ReasonCode.RECORD_UNREADABLE, message=str(error))


def _reject_row(row: RejectedRow) -> Query:
    message = f"line {row.line} {row.problem}"
    reason = Reason(code=ReasonCode.RECORD_UNREADABLE, message=message)
    return Query(row=row.number, line=row.line, problem=reason)
