"""Rosters: the rows of a user's file as queries. Rows in are rows out, readable or not."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from credcheck.identity.typed_name import TypedNameError, parse_name
from credcheck.model import Code, PersonName, Query, Reason, RosterRef
from credcheck.npi import Npi, NpiError, masked, read_cell
from credcheck.reference.states import usps
from credcheck.tables import (
    BadRow,
    ColumnsError,
    ReadOptions,
    Row,
    Table,
    guess_columns,
    open_table,
)
from credcheck.tables.private import is_private

COLUMNS = (
    *("id", "npi", "name", "last_name", "first_name", "middle_name", "suffix"),
    *("city", "state", "license_number", "license_state"),
)
"""Our columns of a roster. Any other column is handed through, save those of private data."""

_WHO = "give it a column npi, or last_name and first_name, or name"
Cell = Callable[[str], str]


class Roster(NamedTuple):
    """An opened roster. ``columns`` and ``others`` are headers as they stand in the file."""

    file: str
    table: Table
    places: dict[str, int]
    columns: dict[str, str]
    others: dict[str, int]

    def queries(self) -> Iterator[Query]:
        """Yield a query for every row. Raises TableUnusable where the rest cannot be trusted."""
        for row in self.table.rows():
            yield _unreadable(row) if isinstance(row, BadRow) else self._query(row)

    def ref(self) -> RosterRef:
        """Return what a run's header says of the roster; right when all rows have been read."""
        return RosterRef(
            file=self.file,
            sha256=self.table.sha256,
            columns=self.columns,
            others=tuple(self.others),
            blank=self.table.blank,
        )

    def _query(self, row: Row) -> Query:
        def cell(name: str) -> str:
            place = self.places.get(name)
            return row.cells[place].strip() if place is not None else ""

        person, text, trouble = _person(cell)
        npi, bad_number = _npi(cell("npi"))
        nobody = npi is None and person is None
        problem = bad_number or trouble or (_nobody() if nobody else None)
        return Query(
            npi=npi,
            name=text or None,
            person=person,
            state=usps(cell("state")) or None,
            city=cell("city") or None,
            license_number=cell("license_number") or None,
            license_state=usps(cell("license_state")) or None,
            row=row.number,
            line=row.line,
            id=cell("id") or None,
            problem=problem,
            other={name: row.cells[place] for name, place in self.others.items()},
        )


def open_roster(
    path: Path, options: ReadOptions, said: Mapping[str, str], *, name: str | None = None
) -> Roster:
    """Open a roster and find its columns; ``name`` is what to call it (standard input).

    Raises TableUnusable if it cannot be trusted, and ColumnsError where it does not say whom its
    rows are about.
    """
    table = open_table(path, options)
    places = guess_columns(table.header, said, COLUMNS)
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
    _leave_half_names(table, places)
    used = set(places.values())
    others = {
        header: place
        for place, header in enumerate(table.header)
        if header and place not in used and not is_private(header)
    }
    columns = {ours: table.header[place] for ours, place in places.items()}
    return Roster(name or path.name, table, places, columns, others)


def _leave_half_names(table: Table, places: dict[str, int]) -> None:
    """Hand half a name through: a number cannot be checked against it, and that is told."""
    halves = [name for name in ("last_name", "first_name") if name in places]
    if len(halves) == 1 and "name" not in places:
        del places[halves[0]]
        table.notes.append(f"NPIs are not checked against names: there is only a {halves[0]}")


def _npi(text: str) -> tuple[Npi | None, Reason | None]:
    if not text:
        return None, None
    try:
        return read_cell(text), None
    except NpiError as error:
        return None, Reason(code=Code.NPI_INVALID, message=str(error))


def _person(cell: Cell) -> tuple[PersonName | None, str, Reason | None]:
    """Return the name in its parts, as text, and why it cannot be read, if so."""
    last, first = cell("last_name"), cell("first_name")
    if last and first and not {"*", "?"} & set(last + first):
        name = PersonName(last=last, first=first, middle=cell("middle_name"), suffix=cell("suffix"))
        return name, str(name), None
    text = cell("name") or " ".join(filter(None, (first, last)))
    if not text:
        return None, "", None
    try:
        return parse_name(text), text, None
    except TypedNameError as error:
        return None, masked(text), Reason(code=Code.RECORD_UNREADABLE, message=str(error))


def _nobody() -> Reason:
    return Reason(code=Code.NPI_INVALID, message="the row has neither an NPI nor a name")


def _unreadable(row: BadRow) -> Query:
    message = f"line {row.line} {row.problem}"
    reason = Reason(code=Code.RECORD_UNREADABLE, message=message)
    return Query(row=row.number, line=row.line, problem=reason)
