"""What a table is made of, and how it can fail."""

from typing import NamedTuple


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
