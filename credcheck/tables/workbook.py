"""A workbook opened by openpyxl: its sheets, which of them is the table, and how it shows dates."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from credcheck._util.suggest import did_you_mean
from credcheck.tables.base import Remedy, UnusableTable
from credcheck.tables.options import ReadOptions

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

    from credcheck.tables.xlsx_parser import DateStyles, SheetParser

MARK = "credcheck_table"
"""The defined name by which a workbook says which of its sheets is the table (``sources template``)."""


@contextmanager
def open_book(path: Path) -> Iterator["Workbook"]:
    """Open a workbook for a while; what openpyxl warns of here is about looks, not about data."""
    from openpyxl import load_workbook

    with path.open("rb") as file:  # by its bytes: openpyxl goes by the name otherwise
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=True, data_only=True)
        try:
            yield book
        finally:
            book.close()


def choose_sheet(path: Path, book: "Workbook", options: ReadOptions) -> str:
    """Return the sheet to read: the one named or marked, or the only one that holds anything."""
    sheets = list(book.worksheets)
    names = [sheet.title for sheet in sheets]
    if options.sheet is not None:
        if options.sheet in names:
            return options.sheet
        raise UnusableTable(
            f"{path.name}: no sheet is called {options.sheet!r}{did_you_mean(options.sheet, names)}"
        )
    marked = book.defined_names.get(MARK)
    if marked is not None:
        return next((sheet for sheet, _ in marked.destinations if sheet in names), names[0])
    used = [x.title for x in sheets if x.sheet_state == "visible" and _has_cells(book, x.title)]
    if len(used) == 1:
        return used[0]
    if not used:
        raise UnusableTable(f"{path.name}: every visible sheet is empty")
    raise UnusableTable(
        f"{path.name}: has {len(used)} sheets: {', '.join(map(repr, used))};"
        f" choose one, such as {options.spell('sheet', used[-1])}",
        Remedy("sheet", tuple(used)),
    )


@contextmanager
def parse_sheet(book: "Workbook", name: str) -> Iterator["SheetParser"]:
    """Open a sheet's XML for the strict parser."""
    from credcheck.tables.xlsx_parser import SheetParser

    sheet = vars(book[name])
    with vars(book)["_archive"].open(sheet["_worksheet_path"]) as xml:
        yield SheetParser(xml, sheet["_shared_strings"], _read_styles(book))


def sheet_member(book: "Workbook", name: str) -> str:
    """Return which file of the workbook's zip holds a sheet."""
    return str(vars(book[name])["_worksheet_path"])


def _has_cells(book: "Workbook", name: str) -> bool:
    with parse_sheet(book, name) as parser:
        return any(text.strip() for _, cells in parser.read_rows() for _, text in cells)


def _read_styles(book: "Workbook") -> "DateStyles":
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    from credcheck.tables.xlsx_parser import DateStyles, list_zeros

    own = vars(book)
    forms: dict[int, str] = {}
    for style, each in enumerate(own["_cell_styles"]):
        at = each.numFmtId - BUILTIN_FORMATS_MAX_SIZE
        builtin = BUILTIN_FORMATS.get(each.numFmtId, "")
        forms[style] = (
            own["_number_formats"][at] if 0 <= at < len(own["_number_formats"]) else builtin
        )
    return DateStyles(
        own["_date_formats"], own["_timedelta_formats"], book.epoch, list_zeros(forms)
    )
