"""A sheet's XML as rows of text, by openpyxl's own parser with what it leaves open made strict.

Rows and cells must come in order, each once, within the bounds of a sheet: openpyxl fills gaps with
blank rows and lets the later of two cells win. A formula without a kept value is said to be one: it
must never read as an empty cell, which may mean "no expiry date". What openpyxl warns of (formats and
extensions that it does not keep) is about looks, and is not read at all.
"""

import re
from collections.abc import Collection, Generator, Iterator
from typing import IO, Any, NamedTuple

from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet._reader import DATA_TAG, FORMULA_TAG, MERGE_TAG, ROW_TAG, WorkSheetParser
from openpyxl.worksheet.merge import MergeCells
from openpyxl.xml.functions import iterparse

from credcheck.tables.base import UnusableTable, cell_text
from credcheck.tables.limits import SHEET_COLUMNS, SHEET_ROWS
from credcheck.tables.xlsx_safe import unescape_text

NO_VALUE = "(a formula without a value)"
NO_DATE = "#VALUE!"
_NUMBER = re.compile(r"[0-9]{1,9}")
_ONLY_ZEROS = re.compile(r"0{2,32}")


class DateStyles(NamedTuple):
    """Which styles show a number as a date, as a span of time, and from which day dates count."""

    dates: Collection[int]
    spans: Collection[int]
    epoch: Any
    zeros: dict[int, int]
    """Styles that show a whole number with so many digits, zeros before it (ZIP codes, licenses)."""


class SheetParser(WorkSheetParser):
    """Reads one sheet, strictly. ``merged`` are the ranges of merged cells, once all is read."""

    def __init__(self, source: IO[bytes], strings: Any, styles: DateStyles) -> None:
        super().__init__(source, strings, data_only=True, epoch=styles.epoch)
        self._styles = styles
        self._last_column = 0
        self._has_row = False

    def parse(self) -> Generator[Any, None, None]:
        """Yield the rows, and let each go when it is read: memory stays flat."""
        rows: Any = None
        for event, element in iterparse(self.source, events=("start", "end")):
            if event == "start":
                rows = element if element.tag == DATA_TAG else rows
            elif element.tag == ROW_TAG:
                yield self.parse_row(element)
                (element if rows is None else rows).clear()
            elif element.tag == MERGE_TAG:
                self.merged_cells = MergeCells.from_tree(element)

    def read_rows(self) -> Iterator[tuple[int, list[tuple[int, str]]]]:
        """Yield each row's number and its cells that hold something, by column."""
        for number, cells in self.parse():
            yield number, [(cell["column"], cell["value"]) for cell in cells if cell["value"]]

    @property
    def merged(self) -> list[str]:
        """The ranges of merged cells, such as ``A2:A5``."""
        return [each.ref for each in self.merged_cells.mergeCell] if self.merged_cells else []

    def parse_row(self, row: Any) -> Any:
        """Check the row's number before its cells are read."""
        said, before = row.get("r"), self.row_counter
        if said is not None:
            if not _NUMBER.fullmatch(said) or not 1 <= int(said) <= SHEET_ROWS.value:
                raise UnusableTable(
                    f"row {said[:20]!r} is not a valid row number; save it again from Excel"
                )
            if self._has_row and int(said) <= before:
                problem = "twice" if int(said) == before else f"after row {before}"
                raise UnusableTable(f"row {said} appears {problem}; save it again from Excel")
        self._has_row, self._last_column = True, 0
        parsed = super().parse_row(row)
        self.row_dimensions.clear()
        return parsed

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Read a cell as text, in its place."""
        cell: dict[str, Any] = super().parse_cell(element)
        column = cell["column"]
        if cell["row"] != self.row_counter or not self._last_column < column <= SHEET_COLUMNS.value:
            said = element.get("r")
            raise UnusableTable(f"cell {said} is out of place; save it again from Excel")
        self._last_column = column
        cell["value"] = self._text(cell, element)
        return cell

    def _text(self, cell: dict[str, Any], element: Any) -> str:
        value, style = cell["value"], cell["style_id"]
        if value is None:
            return NO_VALUE if element.find(FORMULA_TAG) is not None else ""
        if cell["data_type"] == "n" and style in self._styles.dates:
            try:
                value = from_excel(value, self._styles.epoch, timedelta=style in self._styles.spans)
            except (OverflowError, ValueError):
                return NO_DATE
        elif cell["data_type"] == "n" and isinstance(value, int) and style in self._styles.zeros:
            return str(value).zfill(self._styles.zeros[style])
        return unescape_text(cell_text(value))


def list_zeros(number_formats: dict[int, str]) -> dict[int, int]:
    """Return how many digits a style shows at least, for styles whose format is zeros alone."""
    return {
        style: len(form) for style, form in number_formats.items() if _ONLY_ZEROS.fullmatch(form)
    }
