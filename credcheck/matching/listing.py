"""A listing, row by row: whom each row is about, or why it cannot be read."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from credcheck.matching.people import bind_cells, describe_row
from credcheck.source import PersonRecord
from credcheck.tables import ReadOptions, RejectedRow, Table, open_table
from credcheck.tables.columns import bind_people_columns


class ListedRow(NamedTuple):
    """A row of a listing. ``number`` counts data rows from 1; ``problem`` says why it is unreadable."""

    number: int
    cells: tuple[str, ...]
    about: PersonRecord
    problem: str = ""


class ListingRows(NamedTuple):
    """A listing's header, and its rows as they are read."""

    header: tuple[str, ...]
    rows: Iterator[ListedRow]


def read_listing(
    path: Path, options: ReadOptions, said: Mapping[str, str], trained_in: str
) -> ListingRows:
    """Open a listing. Raises UnusableTable and ColumnsError, as they say; rows are read on demand."""
    table = open_table(path, options)
    columns = bind_people_columns(table.header, said)
    return ListingRows(table.header, _rows(table, columns, trained_in))


def _rows(table: Table, columns: Mapping[str, int], trained_in: str) -> Iterator[ListedRow]:
    for row in table.rows():
        if isinstance(row, RejectedRow):
            yield ListedRow(row.number, row.cells, PersonRecord(), row.problem)
            continue
        about = describe_row(bind_cells(row.cells, columns), trained_in)
        problem = "" if about.names or about.npi else "names no one"
        yield ListedRow(row.number, row.cells, about, problem)
