"""A table found in the rows of a file: its header, and its data rows."""

from collections.abc import Collection, Iterator
from itertools import chain, islice

from credcheck.tables.base import RejectedRow, Row, UnusableTable, check_row
from credcheck.tables.csv_safe import unescape_cell
from credcheck.tables.formats.base import Grid, GridRow
from credcheck.tables.formats.csv import CsvGrid
from credcheck.tables.header import check_header, column_key
from credcheck.tables.layout import find_header, is_total
from credcheck.tables.limits import TITLE_ROWS, quote
from credcheck.tables.options import ReadOptions

_HELD = 50  # rows at the end that may be totals and notes


class SheetTable:
    """The table of a grid. Its rows are read once."""

    def __init__(
        self, file: str, grid: Grid, options: ReadOptions, wanted: Collection[str] = ()
    ) -> None:
        """Find the headers. Raises UnusableTable if there are none, or they cannot be trusted."""
        self._grid = grid
        self._all = grid.rows()
        self.notes = grid.notes
        self.facts = grid.facts
        self.blank, self.repeats = 0, 0
        self.totals: list[str] = []
        self._held: list[GridRow] = []
        first = list(islice(self._all, 1 if grid.has_header else TITLE_ROWS.value))
        if isinstance(grid, CsvGrid):
            grid.check_delimiter(first)
        if grid.has_header and options.header_row is not None:
            said = options.spell("header_row", options.header_row)
            raise UnusableTable(f"{file}: the format sets the columns itself; leave out {said}")
        if grid.has_header:
            place: int | None = 0
            self.header_reason = "the format sets the columns"
        else:
            place, self.header_reason = find_header(file, first, options, wanted)
        self._take_header(file, first, place)

    def _take_header(self, file: str, first: list[GridRow], place: int | None) -> None:
        if place is None:
            self.header: tuple[str, ...] = ("npi",)
            self.header_row = 0
            self.notes.append("no headers: a plain list of NPIs")
            self.titles: tuple[str, ...] = ()
            self._waiting: Iterator[GridRow] = chain(first, self._all)
            return
        row = first[place]
        cells = row.cells if isinstance(self._grid, CsvGrid) else _drop_empty_end(row.cells)
        self.header = check_header(file, cells)
        self.header_row = 0 if self._grid.has_header else row.number
        self.titles = tuple(
            _describe(each) for each in first[:place] if any(map(str.strip, each.cells))
        )
        self._waiting = chain(first[place + 1 :], self._all)

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes."""
        return self._grid.sha256

    @property
    def is_terminated(self) -> bool:
        """Whether the last line has its end, or is no data: a total comes after all of it."""
        return self._grid.is_terminated or bool(self.totals)

    def rows(self) -> Iterator[Row | RejectedRow]:
        """Yield every data row in order. Raises UnusableTable where the rest cannot be trusted."""
        number, width = 0, len(self.header)
        keys = [column_key(name) for name in self.header]
        beginning = self.header[0].casefold()
        pads = not isinstance(self._grid, CsvGrid)  # a sheet drops empty cells; a text has them
        for row in self._drop_totals():
            cells = row.cells
            if not any(map(str.strip, cells)):
                self.blank += 1
                continue
            if pads and len(cells) < width:
                cells = (*cells, *("" for _ in range(width - len(cells))))
            is_alike = cells[0].strip().casefold() == beginning
            if is_alike and keys == [column_key(cell) for cell in cells[:width]]:
                self.repeats += 1
                continue
            number += 1
            yield check_row(number, row.line, unescape_row(cells), self.header)

    def _drop_totals(self) -> Iterator[GridRow]:
        """Yield the rows without those at the end that are totals or notes."""
        for row in self._waiting:
            if len(self._held) < _HELD and (
                is_total(row.cells) or (self._held and not any(map(str.strip, row.cells)))
            ):
                self._held.append(row)
                continue
            if self._held:
                yield from self._held
                self._held = []
            yield row
        self.totals = [_describe(row) for row in self._held if any(map(str.strip, row.cells))]
        self.blank += sum(not any(map(str.strip, row.cells)) for row in self._held)


def unescape_row(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Undo what our own CSV did to keep a spreadsheet from running a cell."""
    if "'" not in "".join(cells):
        return cells
    return tuple(map(unescape_cell, cells))


def _drop_empty_end(cells: tuple[str, ...]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _describe(row: GridRow) -> str:
    filled = " | ".join(cell.strip() for cell in row.cells if cell.strip())
    return f"row {row.number}: {quote(filled)}"
