"""A sheet that is written row by row: real dates, wrapped text, links, filters, and ready to print.

Text from outside is text whatever it holds: nothing is a formula, no NPI becomes a number.
"""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from credcheck.model.dates import PartialDate
from credcheck.tables.xlsx_safe import escape_text

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_ROWS = 1_048_575  # what a sheet can hold, below its header
_LINE, _HIGHEST = 15.0, 409.0  # points: a line of text, and the highest row
_MOST_LINKS = 65_000  # Excel refuses a sheet with more than 65,530
_FILLS = {"good": "C6EFCE", "bad": "FFC7CE", "open": "FFEB9C", "head": "E7ECF3"}
TONES = {
    "meets": "good",
    "met": "good",
    "ok": "good",
    "does_not_meet": "bad",
    "not_met": "bad",
    "failed": "bad",
    "unverified": "open",
    "stale": "open",
    "expired": "bad",
    "0-30": "open",
}
"""The color of an outcome's, a state's or a bucket's cell, by its code; its word stands in it."""

Value = str | int | dt.date | PartialDate | None


class WorkbookColumn(NamedTuple):
    """A column: its title and how wide it is, in characters; the last ones may stay off paper."""

    title: str
    width: int = 16
    printed: bool = True


class Link(NamedTuple):
    """A text that leads to a row of a sheet of this workbook."""

    text: str
    sheet: str
    row: int = 1


class Toned(NamedTuple):
    """A text with the color of an outcome or a state."""

    text: str
    code: str


CellValue = Value | Link | Toned


class Sheet:
    """A sheet with a frozen header. ``cut`` counts the rows that it could not hold."""

    def __init__(self, book: "Workbook", title: str, columns: Sequence[WorkbookColumn]) -> None:
        self.title, self.rows, self.cut = title, 1, 0
        self._book = book
        self._sheet = book.create_sheet(title)
        self._columns = columns
        self._links = 0
        self._styles: dict[str, Any] = {}
        self._prepare()
        most = max(_count_lines(each.title, each.width - 2) for each in columns)
        self._sheet.row_dimensions[1].height = _LINE * most
        self._sheet.append([self._make_cell(escape_text(each.title), "head") for each in columns])

    def add(self, values: Sequence[CellValue]) -> int:
        """Add a row, and return its number in the sheet."""
        if self.rows > MOST_ROWS:
            self.cut += 1
            return self.rows
        self.rows += 1
        self._set_height(values)
        self._sheet.append([self._cell(place, value) for place, value in enumerate(values, 1)])
        return self.rows

    def close(self) -> None:
        """Set the filters over all rows, and what of them is printed."""
        printed = self._letter(sum(column.printed for column in self._columns))
        self._sheet.print_area = f"A1:{printed}{self.rows}"
        if self.rows > 1:
            self._sheet.auto_filter.ref = f"A1:{self._letter(len(self._columns))}{self.rows}"

    def _prepare(self) -> None:
        from openpyxl.worksheet.properties import PageSetupProperties

        sheet = self._sheet
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation = "landscape"
        sheet.page_margins.left = sheet.page_margins.right = 0.35  # inches
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.oddHeader.left.text = f"credcheck: {self.title}"
        sheet.oddFooter.right.text = "Page &P of &N"
        for place, column in enumerate(self._columns, 1):
            sheet.column_dimensions[self._letter(place)].width = column.width

    def _set_height(self, values: Sequence[CellValue]) -> None:
        """Make a row as high as its longest text needs: not every reader does so by itself."""
        pairs = zip(values, self._columns, strict=True)
        lines = max((_count_lines(value, column.width) for value, column in pairs), default=1)
        heights = self._sheet.row_dimensions
        heights.pop(self.rows - 1, None)  # it is written by now
        if lines > 1:
            heights[self.rows].height = min(_LINE * lines, _HIGHEST)

    def _cell(self, place: int, value: CellValue) -> Any:
        match value:
            case Link(text, sheet, row):
                return self._link(place, text, sheet, row)
            case Toned(text, code):
                return self._make_cell(escape_text(text), TONES.get(code, "text"))
            case PartialDate() if value.exact:
                return self._make_cell(value.earliest, "date")
            case dt.date():
                return self._make_cell(value, "date")
            case int():
                return self._make_cell(value, "number")
            case None | "":
                return None
            case _:
                return self._make_cell(escape_text(str(value)), "text")

    def _link(self, place: int, text: str, sheet: str, row: int) -> Any:
        from openpyxl.worksheet.hyperlink import Hyperlink

        if self._links >= _MOST_LINKS:
            return self._make_cell(escape_text(text), "text")
        self._links += 1
        # A sheet that is only written keeps the links itself, by the place of the cell.
        at = f"{self._letter(place)}{self.rows}"
        self._sheet._hyperlinks.append(Hyperlink(ref=at, location=f"'{sheet}'!A{row}"))  # noqa: SLF001
        return self._make_cell(escape_text(text), "link")

    def _make_cell(self, value: str | int | dt.date, style: str) -> Any:
        from openpyxl.cell import WriteOnlyCell

        cell: Any = WriteOnlyCell(self._sheet, value)  # type: ignore[arg-type] # dates are fine
        if isinstance(value, str):
            cell.data_type = "s"  # "=1+1" is a text too
        cell._style = self._style(style)  # noqa: SLF001 - one style for all cells alike: five times as fast
        return cell

    def _style(self, name: str) -> Any:
        if name not in self._styles:
            self._styles[name] = _make_style(self._sheet, name)
        return self._styles[name]

    @staticmethod
    def _letter(place: int) -> str:
        from openpyxl.utils import get_column_letter

        return get_column_letter(place)


def _make_style(sheet: Any, name: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    cell: Any = WriteOnlyCell(sheet, "")
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
    if name in _FILLS:
        cell.fill = PatternFill("solid", fgColor=_FILLS[name])
    if name == "head":
        cell.font = Font(name="Calibri", size=11, bold=True)
    elif name == "link":
        cell.font = Font(name="Calibri", size=11, color="0563C1", underline="single")
    elif name == "date":
        cell.number_format = "yyyy-mm-dd"
    elif name == "text":
        cell.number_format = "@"
    return cell._style  # noqa: SLF001


def _count_lines(value: CellValue, width: int) -> int:
    text = value[0] if isinstance(value, Link | Toned) else value
    if not isinstance(text, str):
        return 1
    return sum(max(1, -(-len(line) // width)) for line in text.split("\n"))
