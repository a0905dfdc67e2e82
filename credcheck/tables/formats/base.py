"""What a format of tables is: how it is told from others, and its rows as they stand."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from credcheck.tables.options import ReadOptions


class GridRow(NamedTuple):
    """A row as it stands. ``number`` is that which a spreadsheet shows, ``line`` the file's line."""

    number: int
    line: int
    cells: tuple[str, ...]


class Grid(Protocol):
    """The rows of a file, before it is known which of them holds the headers.

    ``has_header`` says that the format itself names the columns: they are the first row then. ``facts``
    say how the file is written (``delimiter``, ``encoding``, ``sheet``), ``notes`` what its reader
    should know. ``sha256`` and ``is_terminated`` are right when all rows have been read.
    """

    has_header: bool
    facts: dict[str, str]
    notes: list[str]

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes."""
        ...

    @property
    def is_terminated(self) -> bool:
        """Whether the last line has its end; True where the format has no lines."""
        ...

    def rows(self) -> Iterator[GridRow]:
        """Yield every row, blank ones too. Raises UnusableTable where the rest cannot be trusted."""
        ...


class TableFormat(NamedTuple):
    """A format: its name, whether a file with such first bytes and name has it, how it is opened."""

    name: str
    fits: Callable[[bytes, Path], bool]
    open: Callable[[Path, ReadOptions], Grid]
