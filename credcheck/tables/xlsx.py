"""XLSX, read strictly, by openpyxl in its read-only mode with defusedxml.

Every cell becomes the text that a person sees, as far as that is safe: a number without ``.0``, a
date in ISO form, an error such as ``#N/A`` as it stands. A formula without a kept value is said to
be one: it must never read as an empty cell, which may mean "no expiry date".
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from credcheck._util.suggest import did_you_mean
from credcheck._util.text import pluralize
from credcheck.tables.base import (
    ReadOptions,
    RejectedRow,
    Row,
    UnusableTable,
    as_unusable,
    cell_text,
    check_row,
)
from credcheck.tables.columns import check_header
from credcheck.tables.lines import file_sha256
from credcheck.tables.xlsx_guard import check_workbook, scan_sheet

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_WIDEST = 1_000
_NO_VALUE = "(a formula without a value)"


class XlsxTable:
    """One sheet of a workbook, which open_table has checked: its header, its rows as they are read."""

    def __init__(self, path: Path, options: ReadOptions | None = None) -> None:
        """Read the header. Raises UnusableTable if the file or its header cannot be trusted."""
        check_workbook(path)
        self._path = path
        self._digest = file_sha256(path)
        self.blank = 0
        self.notes: list[str] = []
        with as_unusable(path, "workbook"), _open_book(path, values=True) as book:
            self._sheet = _choose_sheet(path, book, (options or ReadOptions()).sheet)
            self._formulas = self._scan(book)
        self._rows = self._all_rows()
        _, cells = next(self._rows, (0, []))
        self.header = check_header(path.name, _strip_empty_end(cells))

    is_terminated = True

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes."""
        return self._digest

    def rows(self) -> Iterator[Row | RejectedRow]:
        """Yield every data row in order. Raises UnusableTable where the rest cannot be trusted."""
        number, width = 0, len(self.header)
        for line, cells in self._rows:
            texts = _strip_empty_end(cells)
            if not texts:
                self.blank += 1
                continue
            number += 1
            padded = (*texts, *("" for _ in range(width - len(texts))))
            yield check_row(number, line, padded, width)

    def _scan(self, book: "Workbook") -> bool:
        member = str(vars(book[self._sheet])["_worksheet_path"])
        others = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
        seen = scan_sheet(self._path, member)
        if seen.hidden_rows:
            self.notes.append(
                f"{pluralize(seen.hidden_rows, 'hidden row')} of {self._sheet!r} read too"
            )
        if others:
            self.notes.append(f"hidden sheets not read: {', '.join(map(repr, others))}")
        return seen.has_formulas

    def _all_rows(self) -> Iterator[tuple[int, list[str]]]:
        with as_unusable(self._path, "workbook"), _open_book(self._path, values=True) as book:
            values = _sheet_rows(book, self._sheet)
            if not self._formulas:
                yield from ((line, [cell_text(x) for x in row]) for line, row in values)
                return
            with _open_book(self._path, values=False) as written:
                both = zip(values, _sheet_rows(written, self._sheet), strict=True)
                for (line, row), (_, as_written) in both:
                    yield line, [_merge_views(x, y) for x, y in zip(row, as_written, strict=True)]


@contextmanager
def _open_book(path: Path, *, values: bool) -> Iterator["Workbook"]:
    """Open a workbook for a while; openpyxl's warnings are about looks, not about data."""
    from openpyxl import load_workbook

    with path.open("rb") as file:  # by its bytes: openpyxl goes by the name otherwise
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=True, data_only=values)
        try:
            yield book
        finally:
            book.close()


def _choose_sheet(path: Path, book: "Workbook", wanted: str | None) -> str:
    """Return the sheet to read: the one that is named, or the only one with anything on it."""
    sheets = list(book.worksheets)
    names = [sheet.title for sheet in sheets]
    if wanted is not None:
        if wanted in names:
            return wanted
        raise UnusableTable(
            f"{path.name}: there is no sheet {wanted!r}{did_you_mean(wanted, names)}"
        )
    used = [x.title for x in sheets if x.sheet_state == "visible" and _has_cells(book, x.title)]
    if len(used) == 1:
        return used[0]
    if not used:
        raise UnusableTable(f"{path.name}: no visible sheet has anything on it")
    raise UnusableTable(
        f"{path.name}: has {len(used)} sheets: {', '.join(map(repr, used))};"
        f" say which with --sheet, such as --sheet {used[-1]!r}"
    )


def _has_cells(book: "Workbook", name: str) -> bool:
    return any(value is not None for _, row in _sheet_rows(book, name) for value in row)


def _sheet_rows(book: "Workbook", name: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    sheet = book[name]
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    for line, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if len(row) > _WIDEST:
            raise UnusableTable(f"row {line} of sheet {name!r} has a cell in column {len(row):,}")
        yield line, row


def _merge_views(value: Any, as_written: Any) -> str:
    is_formula = isinstance(as_written, str) and as_written.startswith("=")
    if value is None and (
        is_formula or (as_written is not None and not isinstance(as_written, str))
    ):
        return _NO_VALUE
    return cell_text(value)


def _strip_empty_end(cells: list[str]) -> list[str]:
    texts = list(cells)
    while texts and not texts[-1].strip():
        texts.pop()
    return texts
