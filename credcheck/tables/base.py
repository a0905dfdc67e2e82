"""What a table is made of, and how it can fail."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol


class TableUnusable(Exception):
    """The table as a whole cannot be trusted. The message says why and what to do."""


class Row(NamedTuple):
    """A data row that is whole. ``number`` counts data rows from 1, ``line`` the file's lines."""

    number: int
    line: int
    cells: tuple[str, ...]


class BadRow(NamedTuple):
    """A data row that cannot be trusted: shifted columns, or a NUL in it. Its cells stay unread."""

    number: int
    line: int
    cells: tuple[str, ...]
    problem: str


class Table(Protocol):
    """A table in a file, whatever the format: a header, and rows of text as they are read.

    ``blank`` counts the blank rows that were passed over, ``notes`` tells what the reader of the
    file should know (hidden rows). Both, and ``sha256``, are right when all rows have been read.
    """

    header: tuple[str, ...]
    blank: int
    notes: list[str]

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes."""
        ...

    def rows(self) -> Iterator[Row | BadRow]:
        """Yield every data row in order. Raises TableUnusable where the rest cannot be trusted."""
        ...


def checked_row(number: int, line: int, cells: tuple[str, ...], width: int) -> Row | BadRow:
    """Return the row, or why it cannot be trusted where the header has ``width`` columns."""
    if len(cells) != width:
        problem = (
            f"has {len(cells)} fields where the header has {width}"
            " (an unquoted comma in a name shifts columns)"
        )
        return BadRow(number, line, cells, problem)
    if "\0" in "".join(cells):
        return BadRow(number, line, cells, "has a NUL character in it")
    return Row(number, line, cells)
