"""A blank workbook for a kind of table: it reads back without a mapping."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from credcheck.setup.kinds import ROSTER, describe_kind
from credcheck.setup.propose import find_schema
from credcheck.setup.questions import list_meanings
from credcheck.tables import Column
from credcheck.tables.workbook import MARK

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

KINDS = (ROSTER, "board-certificates", "fellowships", "training-programs")
"""The kinds of tables that people fill in themselves."""

_HEADER_ROW = 3
_ROWS = 500  # rows that have drop-downs
_DAY = "YYYY-MM-DD, or a date cell"
_HOLDS = {
    "npi": "ten digits",
    "date": _DAY,
    "count": "a whole number",
    "name": "as on the license",
    "text": "text",
    "word": "a word from the list",
}
_EXAMPLES = {
    "npi": "e.g. 1234567893",  # no NPI by itself: a title row never holds one
    "name": "Doe, Jane Q.",
    "last_name": "Doe",
    "first_name": "Jane",
    "middle_name": "Q",
    "state": "OH",
    "city": "Columbus",
    "license_state": "OH",
    "license_number": "35.123456",
    "board": "American Board of Anesthesiology",
    "certificate": "Pain Medicine",
    "program_name": "Example University Pain Medicine",
    "specialty": "Pain Medicine",
    "id": "A-17",
}
_LONGEST_LIST = 255  # characters that a drop-down may have


def make_template(kind: str) -> bytes:
    """Return the workbook of a kind."""
    columns = _list_columns(kind)
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has one
    sheet.title = "Table"
    _fill_table(sheet, kind, columns)
    _explain(book.create_sheet("How to fill it in"), kind, columns)
    book.defined_names[MARK] = DefinedName(MARK, attr_text=f"'Table'!$A${_HEADER_ROW}")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _list_columns(kind: str) -> Sequence[Column]:
    """Return a kind's columns, what must be there first in its own order."""
    columns = find_schema(kind).columns
    return [each for each in columns if each.name != "name" or kind == ROSTER]


def _fill_table(sheet: "Worksheet", kind: str, columns: Sequence[Column]) -> None:
    sheet["A1"] = f"Fill in below the headers: {describe_kind(kind)}. The gray example is not read."
    sheet["A1"].font = Font(italic=True)
    for place, column in enumerate(columns, 1):
        letter = get_column_letter(place)
        example = sheet.cell(_HEADER_ROW - 1, place, _give_example(column))
        example.font = Font(color="808080", italic=True)
        header = sheet.cell(_HEADER_ROW, place, column.name)
        header.font = Font(bold=True)
        header.fill = PatternFill("solid", fgColor="DDE8F5" if column.required else "F2F2F2")
        header.comment = Comment(_describe(column), "credcheck")
        sheet.column_dimensions[letter].width = max(14, len(column.name) + 4)
        for row in range(_HEADER_ROW + 1, _HEADER_ROW + 1 + _ROWS):
            if column.holds in {"npi", "text"}:
                sheet.cell(row, place).number_format = "@"  # text: no zero and no digit is lost
        _add_list(sheet, column, letter)
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"


def _add_list(sheet: "Worksheet", column: Column, letter: str) -> None:
    words = ",".join(list_meanings(column.words)) if column.words else ""
    if not words or len(words) > _LONGEST_LIST:
        return
    choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
    choice.showErrorMessage = False  # other words may be typed; credcheck says if it knows them
    sheet.add_data_validation(choice)
    choice.add(f"{letter}{_HEADER_ROW + 1}:{letter}{_HEADER_ROW + _ROWS}")


def _explain(sheet: "Worksheet", kind: str, columns: Sequence[Column]) -> None:
    sheet.append([f"{describe_kind(kind)}, for credcheck"])
    sheet.append(["Leave empty what you do not know. Only the sheet 'Table' is read."])
    sheet.append([])
    sheet.append(["Column", "Needed", "What to enter", "Recognized words"])
    for column in columns:
        needed = "yes" if column.required else column.without or "no"
        words = ", ".join(list_meanings(column.words)) if column.words else ""
        sheet.append([column.name, needed, _HOLDS[column.holds], words])
    for letter, width in (("A", 22), ("B", 48), ("C", 28), ("D", 70)):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=4):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _describe(column: Column) -> str:
    words = list_meanings(column.words) if column.words else []
    listed = f": {', '.join(words)}" if words else ""
    needed = " Needed." if column.required else ""
    without = f" Without it: {column.without}." if column.without else ""
    return f"{_HOLDS[column.holds]}{listed}.{needed}{without}"


def _give_example(column: Column) -> str:
    if column.name in _EXAMPLES:
        return _EXAMPLES[column.name]
    if column.holds == "date":
        return "YYYY-MM-DD"
    words = list_meanings(column.words) if column.words else []
    return words[0] if words else "..."
