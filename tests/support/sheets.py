"""Filling in a work list as its user does: in the workbook, cell by cell."""

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

SHEET = "Work"


def read_sheet(path: Path, sheet: str = SHEET) -> list[dict[str, str]]:
    """Return a work list's rows, with all cells as text."""
    book = load_workbook(path)
    rows = book[sheet].iter_rows(values_only=True)
    header = [str(cell) for cell in next(rows)]
    return [dict(zip(header, map(_text, row), strict=True)) for row in rows]


def fill_in(path: Path, answers: Mapping[str, Mapping[str, Any]], by: str = "kind") -> None:
    """Write answers into the rows whose cell ``by`` has that text."""
    book = load_workbook(path)
    sheet = book[SHEET]
    header = [str(cell.value) for cell in sheet[1]]
    for row in _rows(sheet):
        cells = answers.get(str(row[header.index(by)].value), {})
        for name, value in cells.items():
            row[header.index(name)].value = value
    book.save(path)


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    yield from sheet.iter_rows(min_row=2)


def _text(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)
