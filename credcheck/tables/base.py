"""What a table is made of, and how it can fail."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

from credcheck._util.errors import InputError
from credcheck.tables.limits import CELL


class Remedy(NamedTuple):
    """What may be declared so that a table can be read: an option, and the values that it may have.

    For the option ``columns``, ``ours`` is the column of ours that one of the headers may be, and
    ``may_ignore`` says that it may also be none of them. ``is_certain``: only one way is left.
    """

    option: Literal["delimiter", "encoding", "sheet", "header_row", "columns", "ignore_columns"]
    choices: tuple[str | int, ...]
    ours: str = ""
    may_ignore: bool = False
    is_certain: bool = False


class UnusableTable(InputError):
    """The table as a whole cannot be trusted. The message says why and what to do."""

    def __init__(self, message: str, remedy: Remedy | None = None) -> None:
        super().__init__(message)
        self.remedy = remedy


class Row(NamedTuple):
    """A data row that is whole. ``number`` counts data rows from 1, ``line`` the file's lines."""

    number: int
    line: int
    cells: tuple[str, ...]


class RejectedRow(NamedTuple):
    """A data row that cannot be trusted: shifted columns, or a NUL in it. Its cells stay unread."""

    number: int
    line: int
    cells: tuple[str, ...]
    problem: str


class Table(Protocol):
    """A table in a file, whatever the format: a header, and rows of text as they are read.

    ``header_row`` is the row of the headers as a spreadsheet numbers it; 0 where the format itself
    names the columns, and ``header_reason`` says why it is that row. ``blank`` counts the blank rows
    that were passed over, ``titles`` are the rows above the headers, ``totals`` those at the end that
    are no data, ``repeats`` counts the headers met again. ``notes`` say what else the reader of the
    file should know. ``is_terminated`` is False where the last line has no end. These, and ``sha256``,
    are right when all rows have been read.
    """

    header: tuple[str, ...]
    header_row: int
    header_reason: str
    titles: tuple[str, ...]
    totals: list[str]
    repeats: int
    blank: int
    facts: dict[str, str]
    notes: list[str]

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes."""
        ...

    @property
    def is_terminated(self) -> bool:
        """Whether the last line has its end; True for a workbook."""
        ...

    def rows(self) -> Iterator[Row | RejectedRow]:
        """Yield every data row in order. Raises UnusableTable where the rest cannot be trusted."""
        ...


def check_row(
    number: int, line: int, cells: tuple[str, ...], header: tuple[str, ...]
) -> Row | RejectedRow:
    """Return the row, or why it cannot be trusted below a header.

    Empty cells beyond the header are nobody's. A cell that is over its bound would be slow to compare
    and is no name or word of anybody.
    """
    width = len(header)
    if len(cells) > width and not any(map(str.strip, cells[width:])):
        cells = cells[:width]
    problem = _find_problem(cells, header)
    return RejectedRow(number, line, cells, problem) if problem else Row(number, line, cells)


def _find_problem(cells: tuple[str, ...], header: tuple[str, ...]) -> str | None:
    whole = "".join(cells)
    if len(whole) > CELL.value:
        for place, cell in enumerate(cells):
            if len(cell) > CELL.value:
                name = header[place] if place < len(header) else ""
                return (
                    f"has a cell of {len(cell):,} characters in column {name or place + 1!r};"
                    f" the limit is {CELL.value:,}"
                )
    if len(cells) != len(header):
        return (
            f"has {len(cells)} fields where the header has {len(header)}"
            " (an unquoted comma in a name shifts columns)"
        )
    return "contains a NUL character" if "\0" in whole else None


@contextmanager
def as_unusable(path: Path, what: str) -> Iterator[None]:
    """Turn every error of a reader into UnusableTable: damage may show in any way."""
    try:
        yield
    except UnusableTable:
        raise
    except Exception as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        message = f"{path.name}: the {what} cannot be read: {reason}; save it again, or as .csv"
        raise UnusableTable(message) from error


def cell_text(value: Any) -> str:
    """Return the text: a number without ``.0``, a day in ISO form, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    return value.isoformat() if isinstance(value, dt.date) else str(value)
