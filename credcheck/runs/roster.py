"""Rosters: the rows of a user's file as queries. Rows in are rows out, readable or not."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from credcheck.identity.parse_name import NameParseError, parse_name
from credcheck.model import PersonName, Query, Reason, ReasonCode, RosterRef
from credcheck.model.birth_date import parse_birth_date
from credcheck.model.npi import Npi, NpiError, masked, read_cell
from credcheck.reference.states import usps
from credcheck.tables import (
    ColumnsError,
    ReadOptions,
    RejectedRow,
    Row,
    Table,
    guess_columns,
    open_table,
)
from credcheck.tables.columns import is_private

COLUMNS = (
    *("id", "npi", "name", "last_name", "first_name", "middle_name", "suffix"),
    *("city", "state", "license_number", "license_state"),
)
"""Our columns of a roster, beside that of birth dates. Any other column is handed through, save those
of private data."""

BIRTH_DATE = "birth_date"
_WHO = "give it a column npi, or last_name and first_name, or name"
_NOBODY = Reason(code=ReasonCode.NPI_INVALID, message="the row has neither an NPI nor a name")
_WILDCARD = re.compile(r"[*?]")
_read_birth_date = lru_cache(1 << 16)(parse_birth_date)  # so that equal days are one object


class Roster(NamedTuple):
    """An opened roster. ``columns`` and ``others`` are headers as they stand in the file.

    ``birth_dates`` are those of the rows that were read; they are no part of a query, since queries
    are stored and shown.
    """

    file: str
    table: Table
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
        born = self.places.get(BIRTH_DATE)
        for row in self.table.rows():
            if isinstance(row, RejectedRow):
                yield _reject_row(row)
            else:
                if born is not None and (day := _read_birth_date(row.cells[born])):
                    self.birth_dates[row.number] = day
                yield self._make_query(row, [cell.strip() for cell in ours((*row.cells, ""))])

    def read_birth_dates(self) -> None:
        """Read the birth dates alone, for a run that is gone on with."""
        if BIRTH_DATE in self.places:
            for _ in self.queries():
                pass

    def ref(self) -> RosterRef:
        """Return what a run's header says of the roster; right when all rows have been read."""
        return RosterRef(
            file=self.file,
            sha256=self.table.sha256,
            columns=self.columns,
            others=tuple(self.others),
            blank=self.table.blank,
        )

    def _make_query(self, row: Row, cells: Sequence[str]) -> Query:
        id_, number, *name, city, state, license_number, license_state = cells
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
            other={name: row.cells[place] for name, place in self.others.items()},
        )


def open_roster(
    path: Path, options: ReadOptions, said: Mapping[str, str], *, name: str | None = None
) -> Roster:
    """Open a roster and find its columns; ``name`` is what to call it (standard input).

    Raises UnusableTable if it cannot be trusted, and ColumnsError where it does not say whom its
    rows are about.
    """
    table = open_table(path, options)
    places = guess_columns(table.header, said, (*COLUMNS, BIRTH_DATE))
    if (
        "npi" not in places
        and "name" not in places
        and not {"last_name", "first_name"} <= set(places)
    ):
        shown = ", ".join(repr(each) for each in table.header[:12])
        raise ColumnsError(
            f"{name or path.name}: no column says whom a row is about, among {shown}; {_WHO},"
            " or say which they are, such as --columns npi='Provider Number'"
        )
    _drop_half_names(table, places)
    used = set(places.values())
    others = {
        header: place
        for place, header in enumerate(table.header)
        if header and place not in used and not is_private(header)
    }
    columns = {ours: table.header[place] for ours, place in places.items()}
    return Roster(name or path.name, table, places, columns, others, {})


def _drop_half_names(table: Table, places: dict[str, int]) -> None:
    """Hand half a name through: a number cannot be checked against it, and that is told."""
    halves = [name for name in ("last_name", "first_name") if name in places]
    if len(halves) == 1 and "name" not in places:
        del places[halves[0]]
        table.notes.append(f"NPIs are not checked against names: there is only a {halves[0]}")


def _read_npi(text: str) -> tuple[Npi | None, Reason | None]:
    if not text:
        return None, None
    try:
        return read_cell(text), None
    except NpiError as error:
        return None, Reason(code=ReasonCode.NPI_INVALID, message=str(error))


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
