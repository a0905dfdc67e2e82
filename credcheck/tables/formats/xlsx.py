"""XLSX, read strictly: every cell becomes the text that a person sees, as far as that is safe.

A number comes without ``.0``, a date in ISO form, an error such as ``#N/A`` as it stands. A cell that
is merged over several rows stands in each of them, since that is what it says.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from credcheck._util.files import file_sha256
from credcheck._util.text import pluralize
from credcheck.tables.base import UnusableTable, as_unusable
from credcheck.tables.formats.base import Grid, GridRow, TableFormat
from credcheck.tables.limits import COLUMNS
from credcheck.tables.options import ReadOptions
from credcheck.tables.workbook import choose_sheet, open_book, parse_sheet, sheet_member
from credcheck.tables.xlsx_guard import check_workbook, scan_sheet

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_BETWEEN = "\0"  # stands in no XML
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?[A-Z]{1,3}\$?([0-9]{1,7})")
_CONTAINERS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SUFFIXES = {".xlsx", ".xlsm"}


class XlsxGrid:
    """One sheet of a workbook, held as text."""

    has_header = False
    is_terminated = True

    def __init__(self, path: Path, options: ReadOptions) -> None:
        """Read the sheet. Raises UnusableTable if it cannot be trusted."""
        check_workbook(path)
        self._digest = file_sha256(path)
        self.notes: list[str] = []
        with as_unusable(path, "workbook"), open_book(path) as book:
            sheet = choose_sheet(path, book, options)
            self._note_hidden(path, book, sheet)
            with parse_sheet(book, sheet) as parser:
                self._rows = dict(_join_rows(sheet, parser.read_rows()))
                filled = sum(_fill_down(self._rows, each) for each in parser.merged)
        if filled:
            self.notes.append(f"{pluralize(filled, 'merged cell')} read in each row it covers")
        self.facts = {"sheet": sheet}

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes."""
        return self._digest

    def rows(self) -> Iterator[GridRow]:
        """Yield every row up to the last that holds something, in the order of the sheet."""
        last = 0
        for number, text in self._rows.items():
            yield from (GridRow(blank, blank, ()) for blank in range(last + 1, number))
            yield GridRow(number, number, tuple(text.split(_BETWEEN)))
            last = number

    def _note_hidden(self, path: Path, book: "Workbook", sheet: str) -> None:
        seen = scan_sheet(path, sheet_member(book, sheet))
        others = [each.title for each in book.worksheets if each.sheet_state != "visible"]
        if seen.hidden_rows:
            self.notes.append(f"{pluralize(seen.hidden_rows, 'hidden row')} of {sheet!r} also read")
        if others:
            self.notes.append(f"hidden sheets not read: {', '.join(map(repr, others))}")


def _join_rows(
    sheet: str, rows: Iterator[tuple[int, list[tuple[int, str]]]]
) -> Iterator[tuple[int, str]]:
    """Yield the rows that hold something as one text each: a third of the memory of separate cells."""
    for number, cells in rows:
        filled = [(column, text) for column, text in cells if text.strip()]
        if not filled:
            continue
        width = filled[-1][0]
        if width > COLUMNS.value:
            raise UnusableTable(
                f"row {number} of sheet {sheet!r} has a cell in column {width:,}, and at most"
                f" {COLUMNS.value:,} are read"
            )
        texts = [""] * width
        for column, text in filled:
            texts[column - 1] = text
        yield number, _BETWEEN.join(texts)


def _fill_down(rows: dict[int, str], merged: str) -> int:
    """Repeat a cell that is merged over rows in those that hold anything; returns whether it did."""
    found = _RANGE.fullmatch(merged)
    if found is None:
        return 0
    place, first, last = _column_number(found[1]) - 1, int(found[2]), int(found[3])
    if last <= first or first not in rows or place >= COLUMNS.value:
        return 0
    value = _cell(rows[first].split(_BETWEEN), place)
    below = [number for number in rows if first < number <= last] if value else []
    for number in below:
        cells = rows[number].split(_BETWEEN)
        cells += [""] * (place + 1 - len(cells))
        cells[place] = cells[place] or value
        rows[number] = _BETWEEN.join(cells)
    return int(bool(below))


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _fits(first: bytes, path: Path) -> bool:
    return first[:4] in _CONTAINERS or path.suffix.lower() in _SUFFIXES


def _open(path: Path, options: ReadOptions) -> Grid:
    return XlsxGrid(path, options)


FORMAT = TableFormat("xlsx", _fits, _open)
