"""CSV and TSV, read strictly.

Python's reader is lenient by default: it merges rows when a quote is not closed and lets NUL through.
Each of these can turn a rejected row into a wrong verdict, so here each is refused or rejected by name.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from credcheck.tables.base import Remedy, UnusableTable
from credcheck.tables.formats.base import Grid, GridRow, TableFormat
from credcheck.tables.limits import COLUMNS, LINE, quote
from credcheck.tables.lines import TextLines
from credcheck.tables.options import DELIMITERS, ReadOptions

_SEPARATOR_LINE = re.compile(r'"?sep=(?P<delimiter>[^"\r\n])"?', re.IGNORECASE)
_NAMES = {".tsv": "\t", ".tab": "\t"}
_MAY_BE_TABBED = {".txt", ".xls"}  # Excel's "Unicode Text"; exports that only bear Excel's name
_LOOKED_AT = 100
_FEWEST = 3  # columns that make another delimiter likely
_MOST, _OF = 4, 5  # rows with as many of another delimiter, of all that are no titles


class CsvGrid:
    """One text file of rows."""

    has_header = False

    def __init__(self, path: Path, options: ReadOptions) -> None:
        """Find the delimiter. Raises UnusableTable if the file cannot be read at all."""
        self._path = path
        self._lines = TextLines(path, options)
        with closing(self._lines.read()) as lines:
            first = next(lines, "")
        said = _SEPARATOR_LINE.fullmatch(first.strip("\r\n "))
        self._has_separator_line = said is not None
        if said is not None:
            delimiter = _take_said(path, options, said["delimiter"])
        else:
            # "Unicode Text", as Excel calls UTF-16, has tabs, whatever the file is called
            is_unicode_text = self._lines.encoding == "utf-16"
            delimiter = _choose_delimiter(path, options, first, is_unicode_text=is_unicode_text)
        self._delimiter, self._options = delimiter, options
        self.facts = {"delimiter": delimiter, "encoding": self._lines.encoding}
        self.notes: list[str] = []

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes."""
        return self._lines.sha256

    @property
    def is_terminated(self) -> bool:
        """Whether the last line has its end: a file that was cut off rarely has."""
        return self._lines.is_terminated

    def rows(self) -> Iterator[GridRow]:
        """Yield every row. Raises UnusableTable where the rest cannot be trusted."""
        csv.field_size_limit(LINE.value)
        with closing(self._lines.read()) as lines:
            if self._has_separator_line:
                next(lines)
            yield from self._parse(lines, 2 if self._has_separator_line else 1)

    def check_delimiter(self, rows: list[GridRow]) -> None:
        """Raise UnusableTable where another delimiter parts the rows, and this one does not.

        Names such as "Abernathy, Alma" have commas in files that are parted by something else.
        """
        held = [row.cells for row in rows[:_LOOKED_AT] if any(map(str.strip, row.cells))]
        for other in DELIMITERS:
            if other == self._delimiter:
                continue
            widest = self._find_parted(held, other)
            if widest is not None:
                what = "found one column" if len(widest) == 1 else "its rows are parted otherwise:"
                raise UnusableTable(
                    f"{self._path.name}: {what} {quote(self._delimiter.join(widest))};"
                    f" use {self._options.spell('delimiter', other)}",
                    Remedy("delimiter", (other,), is_certain=True),
                )

    def _find_parted(self, rows: Sequence[tuple[str, ...]], other: str) -> tuple[str, ...] | None:
        """Return a row that shows that another delimiter parts all of them; None if it does not."""
        counts = [self._delimiter.join(cells).count(other) for cells in rows]
        most = max(counts, default=0)
        if all(len(cells) == 1 for cells in rows):
            is_parted = most + 1 >= _FEWEST or (bool(rows) and other in rows[0][0])
            return rows[counts.index(most)] if is_parted and most else None
        parted = [(x, cells) for x, cells in zip(counts, rows, strict=True) if x or len(cells) > 1]
        usual, often = Counter(x for x, _ in parted).most_common(1)[0]
        widths = {len(cells) for x, cells in parted if x == usual}
        if usual and often * _OF >= len(parted) * _MOST and len(widths) > 1 and 1 in widths:
            return next(cells for x, cells in parted if x == usual)
        return None

    def _parse(self, lines: Iterator[str], first_line: int) -> Iterator[GridRow]:
        reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
        number, line = 0, first_line
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise UnusableTable(
                    f"{self._path.name}: the row that begins on line {line} cannot be read ({error});"
                    " a quote is probably opened there and never closed"
                ) from error
            if cells is None:
                return
            number += 1
            if len(cells) > COLUMNS.value and any(map(str.strip, cells[COLUMNS.value :])):
                raise UnusableTable(
                    f"{self._path.name}: line {line} has {len(cells):,} columns, and at most"
                    f" {COLUMNS.value:,} are read"
                )
            yield GridRow(number, line, tuple(cells))
            line = reader.line_num + first_line


def _take_said(path: Path, options: ReadOptions, said: str) -> str:
    """Return the delimiter of a line ``sep=;``. Raises UnusableTable if something else is declared."""
    if options.delimiter not in {None, said}:
        declared = options.spell("delimiter", options.delimiter or "")
        raise UnusableTable(f"{path.name}: its first line says 'sep={said}', but {declared} is set")
    if said not in DELIMITERS:
        raise UnusableTable(
            f"{path.name}: its first line says 'sep={said}', a delimiter that cannot be used; save the"
            " file as CSV again"
        )
    return said


def _choose_delimiter(
    path: Path, options: ReadOptions, first: str, *, is_unicode_text: bool
) -> str:
    if options.delimiter is not None:
        return options.delimiter
    suffix = path.suffix.lower()
    if (suffix in _MAY_BE_TABBED or is_unicode_text) and "\t" in first:
        return "\t"
    return _NAMES.get(suffix, ",")


def _fits(first: bytes, path: Path) -> bool:
    del first, path
    return True  # what is nothing else is text


def _open(path: Path, options: ReadOptions) -> Grid:
    return CsvGrid(path, options)


FORMAT = TableFormat("csv", _fits, _open)
