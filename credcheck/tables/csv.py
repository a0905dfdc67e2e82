"""CSV, read strictly.

Python's reader is lenient by default: it merges rows when a quote is not closed, lets NUL through,
keeps the last of two columns with one name, and fills short rows with nothing. Each of these can
turn a rejected row into a wrong verdict, so here each is refused or rejected by name.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from credcheck.tables.base import (
    DELIMITERS,
    ReadOptions,
    RejectedRow,
    Row,
    UnusableTable,
    check_row,
)
from credcheck.tables.columns import check_header
from credcheck.tables.lines import TextLines

_LONGEST_FIELD = 1 << 17


class CsvTable:
    """One CSV file: its header, and its rows as they are read.

    ``blank`` counts the blank rows that were passed over; it and ``sha256`` (of the file's bytes)
    are right when all rows have been read.
    """

    def __init__(self, path: Path, options: ReadOptions | None = None) -> None:
        """Read the header. Raises UnusableTable if the file or its header cannot be trusted."""
        options = options or ReadOptions()
        self._path = path
        self._lines = TextLines(path, options.encoding)
        csv.field_size_limit(_LONGEST_FIELD)
        self._open = self._lines.read()
        delimiter = options.delimiter or ("\t" if path.suffix.lower() == ".tsv" else ",")
        self._reader = csv.reader(self._open, delimiter=delimiter, strict=True)
        self.blank = 0
        self.notes: list[str] = []
        try:
            self.header = self._read_header(delimiter)
        except UnusableTable:
            self._open.close()
            raise
        self.first_line = self._reader.line_num + 1

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes."""
        return self._lines.sha256

    @property
    def is_terminated(self) -> bool:
        """Whether the last line has its end: a file that was cut off rarely has."""
        return self._lines.is_terminated

    def rows(self) -> Iterator[Row | RejectedRow]:
        """Yield every data row in order. Raises UnusableTable where the rest cannot be trusted."""
        number, line = 0, self.first_line
        while (cells := self._next()) is not None:
            if "".join(cells).strip():
                number += 1
                yield check_row(number, line, tuple(cells), len(self.header))
            else:
                self.blank += 1
            line = self._reader.line_num + 1

    def _next(self) -> list[str] | None:
        began = self._reader.line_num + 1
        try:
            return next(self._reader, None)
        except csv.Error as error:
            raise UnusableTable(
                f"{self._path.name}: the row that begins on line {began} cannot be read ({error});"
                " probably a quote is opened there and never closed"
            ) from error

    def _read_header(self, delimiter: str) -> tuple[str, ...]:
        cells = self._next() or []
        names = check_header(self._path.name, cells)
        if len(names) == 1:
            self._check_delimiter(names[0], delimiter)
        return names

    def _check_delimiter(self, only: str, delimiter: str) -> None:
        for other in DELIMITERS:
            if other != delimiter and other in only:
                raise UnusableTable(
                    f"{self._path.name}: found one column {only[:60]!r}; declare delimiter {other!r}"
                )
