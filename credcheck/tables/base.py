"""What a table is made of, and how it can fail."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from credcheck._util.errors import InputError
from credcheck.model import Model


class UnusableTable(InputError):
    """The table as a whole cannot be trusted. The message says why and what to do."""


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

    ``blank`` counts the blank rows that were passed over, ``notes`` tells what the reader of the
    file should know (hidden rows). ``is_terminated`` is False where the last line has no end. These,
    and ``sha256``, are right when all rows have been read.
    """

    header: tuple[str, ...]
    blank: int
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


def check_row(number: int, line: int, cells: tuple[str, ...], width: int) -> Row | RejectedRow:
    """Return the row, or why it cannot be trusted where the header has ``width`` columns."""
    if len(cells) != width:
        problem = (
            f"has {len(cells)} fields where the header has {width}"
            " (an unquoted comma in a name shifts columns)"
        )
        return RejectedRow(number, line, cells, problem)
    if "\0" in "".join(cells):
        return RejectedRow(number, line, cells, "has a NUL character in it")
    return Row(number, line, cells)


ENCODINGS = ("utf-8", "cp1252", "latin-1")
DELIMITERS = (",", ";", "\t", "|")


class ReadOptions(Model, kw_only=True):
    """How a file is written: ``encoding`` and ``delimiter`` of a CSV, ``sheet`` of a workbook.

    Without a delimiter it is a comma, or a tab in a .tsv file.
    """

    encoding: str = "utf-8"
    delimiter: str | None = None
    sheet: str | None = None


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
