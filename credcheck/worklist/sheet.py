"""The work list as a workbook: what is open is shown, what is to be filled in has drop-downs."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from credcheck.model import canonical_json
from credcheck.tables.xlsx_safe import escape_text
from credcheck.worklist.addressees import Wanted
from credcheck.worklist.columns import COLUMNS, INPUTS, PREFILLED, RECORD_COLUMNS, USED, SheetColumn
from credcheck.worklist.contacts import ContactDirectory
from credcheck.worklist.items import Item

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "Work"
CLOSED = "No longer open"
"""The sheet of earlier rows that are open no more, with what was written into them."""
_HELP = "How to fill it in"
_HEAD, _INPUT, _UNUSED, _SHOWN = "1F3864", "FFF9E5", "D9D9D9", "F2F2F2"
Kept = Mapping[str, Mapping[str, str]]
"""The rows of an earlier list into which somebody wrote, by item and column."""


def write_sheet(
    out: BinaryIO, items: Sequence[Item], directory: ContactDirectory, kept: Kept
) -> None:
    """Write the workbook; what was written into an earlier list is in it again."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has a sheet
    sheet.title = SHEET
    _write_head(sheet)
    for place, item in enumerate(items, 2):
        written = _keep_inputs(kept.get(item.id, {}))
        _write_row(sheet, place, item.wanted, make_cells(item, directory) | written)
    _add_drop_downs(sheet, len(items) + 1)
    _set_up_page(sheet)
    _write_help(book.create_sheet(_HELP))
    still = {item.id for item in items}
    _write_closed(book, [cells for ident, cells in kept.items() if ident not in still])
    book.properties.creator = "credcheck"
    book.save(out)


def _keep_inputs(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: cells[name] for name in INPUTS if cells.get(name)}


def _write_closed(book: "Workbook", rows: Sequence[Mapping[str, str]]) -> None:
    """Write what was filled in for items that are open no more: nothing that was written is lost."""
    if not rows:
        return
    sheet = book.create_sheet(CLOSED)
    _write_head(sheet)
    for place, cells in enumerate(rows, 2):
        known = cells.get("kind", "")
        wanted = Wanted(known) if known in set(Wanted) else Wanted.NOTHING
        _write_row(sheet, place, wanted, cells)
    _set_up_page(sheet)


def make_cells(item: Item, directory: ContactDirectory) -> dict[str, str]:
    """Return what a row shows, and what of an answer is known already."""
    contact = directory.find(item.ask)
    shown = {
        "ask": item.ask.name,
        "reach": "\n".join(filter(None, (contact.line, contact.address))),
        "letter": item.letter,
        "due": item.due.isoformat(),
        "name": item.name,
        "npi": item.npi,
        "requirement": item.requirement,
        "open": item.open,
        "kind": item.wanted,
        "item": item.id,
        "row": item.record,
    }
    known = {name: item.known[name] for name in PREFILLED if name in item.known}
    used = USED[item.wanted]
    cells = shown | {name: text for name, text in known.items() if name in used}
    return cells | {"check": check_of(cells)}


def check_of(cells: dict[str, str]) -> str:
    """Return the check of a row: what has to stay together when a sheet is sorted."""
    bound = [cells.get(name, "") for name in ("item", "npi", "requirement", "kind", "row")]
    return hashlib.sha256(canonical_json(bound)).hexdigest()[:12]


def _write_head(sheet: "Worksheet") -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(COLUMNS, 1):
        cell = sheet.cell(1, place, column.name)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=_HEAD)
        cell.alignment = Alignment(vertical="top")
        cell.comment = Comment(column.help, "credcheck", height=60, width=220)
        sheet.column_dimensions[get_column_letter(place)].width = column.width


def _write_row(sheet: "Worksheet", number: int, wanted: Wanted, cells: Mapping[str, str]) -> None:
    from openpyxl.styles import Alignment, PatternFill

    fills = {name: PatternFill("solid", fgColor=name) for name in (_INPUT, _UNUSED, _SHOWN)}
    for place, column in enumerate(COLUMNS, 1):
        cell = sheet.cell(number, place)
        _fill_cell(cell, column, cells.get(column.name, ""))
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        cell.fill = fills[_choose_fill(column, wanted)]


def _choose_fill(column: SheetColumn, wanted: Wanted) -> str:
    if not column.is_input:
        return _SHOWN
    is_unused = column.name in RECORD_COLUMNS and column.name not in USED[wanted]
    return _UNUSED if is_unused else _INPUT


def _fill_cell(cell: Any, column: SheetColumn, text: str) -> None:
    """Fill a cell: a day is a day, all else is text, whatever it looks like."""
    shown = escape_text(text)
    if column.is_date:
        cell.number_format = "yyyy-mm-dd"
        try:
            cell.value = dt.date.fromisoformat(text)
        except ValueError:
            _set_text(cell, shown)
        return
    cell.number_format = "@"
    if shown:
        _set_text(cell, shown)


def _set_text(cell: Any, text: str) -> None:
    cell.value = text
    cell.data_type = "s"


def _add_drop_downs(sheet: "Worksheet", last: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for place, column in enumerate(COLUMNS, 1):
        letter, rows = get_column_letter(place), f"2:{get_column_letter(place)}{max(last, 2)}"
        if column.words:
            words = ",".join(column.words)
            rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
            rule.error = f"One of: {', '.join(column.words)}"
        elif column.is_input and column.is_date:
            rule = DataValidation(type="date", operator="greaterThan", formula1="18264")
            rule.allow_blank = True
            rule.error = "A date, such as 2026-11-20"
            rule.errorStyle = "warning"  # a year alone may be all that a source says
        else:
            continue
        rule.errorTitle, rule.showErrorMessage = column.name, True
        rule.add(f"{letter}{rows}")
        sheet.add_data_validation(rule)


def _set_up_page(sheet: "Worksheet") -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{max(sheet.max_row, 2)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


_STEPS = """
Each row is one thing to find out. Fill in the yellow cells; gray cells do not apply to the row.
answer: "found" for what a source says, even where it says no; "is this person" or "is not this \
person" where it is not clear whose row of a list it is. Rows without an answer are skipped.
Write the status as the source has it, such as: Certified, Expired, Completed, Withdrawn.
how, verified_by and verified_on are needed, and a document or a named contact. Without them an answer \
is kept but does not count.
asked: "issuer" if it was the board, program or state itself, or its designated source.
document: a file's name, such as scan.pdf, in the folder of this sheet or in that of --documents.
Then: credcheck book import THIS-FILE. Nothing is recorded unless every row can be read.
""".strip().splitlines()


def _write_help(sheet: "Worksheet") -> None:
    from openpyxl.styles import Alignment, Font

    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, 90
    for number, step in enumerate(_STEPS, 1):
        sheet.cell(number, 1, number)
        sheet.cell(number, 2, step).alignment = Alignment(wrap_text=True, vertical="top")
    start = len(_STEPS) + 2
    sheet.cell(start, 1, "Columns").font = Font(bold=True)
    for number, column in enumerate(COLUMNS, start + 1):
        sheet.cell(number, 1, column.name)
        words = f": {', '.join(column.words)}" if column.words else ""
        sheet.cell(number, 2, f"{column.help}{words}").alignment = Alignment(wrap_text=True)
