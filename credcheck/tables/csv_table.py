"""CSV, read strictly.

Python's reader is lenient by default: it merges rows when a quote is not closed, lets NUL through,
keeps the last of two columns with one name, and fills short rows with nothing. Each of these can
turn a rejected row into a wrong verdict, so here each is refused or rejected by name.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from credcheck.model import Model
from credcheck.tables.lines import TextLines
from credcheck.tables.rows import BadRow, Row, TableUnusable

ENCODINGS = ("utf-8", "cp1252", "latin-1")
DELIMITERS = (",", ";", "\t", "|")
_LONGEST_FIELD = 1 << 17


class ReadOptions(Model, kw_only=True):
    """How a CSV file is written."""

    encoding: str = "utf-8"
    delimiter: str = ","


class CsvTable:
    """One CSV file: its header, and its rows as they are read.

    ``blank`` counts the blank rows that were passed over; it and ``sha256`` (of the file's bytes)
    are right when all rows have been read.
    """

    def __init__(self, path: Path, options: ReadOptions | None = None) -> None:
        """Read the header. Raises TableUnusable if the file or its header cannot be trusted."""
        options = options or ReadOptions()
        self._path = path
        self._lines = TextLines(path, options.encoding)
        csv.field_size_limit(_LONGEST_FIELD)
        self._open = self._lines.read()
        self._reader = csv.reader(self._open, delimiter=options.delimiter, strict=True)
        self.blank = 0
        try:
            self.header = self._read_header(options.delimiter)
        except TableUnusable:
            self._open.close()
            raise
        self.first_line = self._reader.line_num + 1

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes."""
        return self._lines.sha256

    def rows(self) -> Iterator[Row | BadRow]:
        """Yield every data row in order. Raises TableUnusable where the rest cannot be trusted."""
        number, line = 0, self.first_line
        while (cells := self._next()) is not None:
            if any(cell.strip() for cell in cells):
                number += 1
                yield self._row(number, line, tuple(cells))
            else:
                self.blank += 1
            line = self._reader.line_num + 1

    def _row(self, number: int, line: int, cells: tuple[str, ...]) -> Row | BadRow:
        if len(cells) != len(self.header):
            problem = (
                f"has {len(cells)} fields where the header has {len(self.header)}"
                " (an unquoted comma in a name shifts columns)"
            )
            return BadRow(number, line, cells, problem)
        if any("\0" in cell for cell in cells):
            return BadRow(number, line, cells, "has a NUL character in it")
        return Row(number, line, cells)

    def _next(self) -> list[str] | None:
        began = self._reader.line_num + 1
        try:
            return next(self._reader, None)
        except csv.Error as error:
            raise TableUnusable(
                f"{self._path.name}: the row that begins on line {began} cannot be read ({error});"
                " probably a quote is opened there and never closed"
            ) from error

    def _read_header(self, delimiter: str) -> tuple[str, ...]:
        cells = self._next() or []
        names = tuple(cell.strip() for cell in cells)
        if not any(names):
            raise TableUnusable(f"{self._path.name}: the first line holds no column names")
        if len(names) == 1:
            self._check_delimiter(names[0], delimiter)
        self._check_duplicates(names)
        return names

    def _check_delimiter(self, only: str, delimiter: str) -> None:
        for other in DELIMITERS:
            if other != delimiter and other in only:
                raise TableUnusable(
                    f"{self._path.name}: found one column {only[:60]!r}; declare delimiter {other!r}"
                )

    def _check_duplicates(self, names: tuple[str, ...]) -> None:
        first: dict[str, int] = {}
        for place, name in enumerate(names, 1):
            plain = column_key(name)
            if plain and plain in first:
                raise TableUnusable(
                    f"{self._path.name}: column {name!r} appears twice ({first[plain]} and {place});"
                    " remove or rename one"
                )
            first[plain] = place


def column_key(name: str) -> str:
    """Return a column's name for comparison: case and spaces do not matter."""
    return "_".join(name.strip().casefold().replace("_", " ").split())
