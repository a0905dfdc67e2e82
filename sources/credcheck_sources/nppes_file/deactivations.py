"""CMS's report of deactivated numbers: a workbook whose first row is a title, or CSV."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from credcheck.model.npi import is_valid
from credcheck.tables import UnusableTable
from credcheck.tables.base import as_unusable, cell_text
from credcheck.tables.xlsx_guard import check_workbook
from credcheck_sources.nppes_file.columns import column_key
from credcheck_sources.nppes_file.encoding import DEACTIVATED, make_deactivated_record
from credcheck_sources.nppes_file.files import Part, Progress, open_rows
from credcheck_sources.nppes_file.reader import ReadTally
from credcheck_sources.nppes_file.writer import NewRecord

_COLUMNS = ("npi", "nppes deactivation date")


def read_deactivations(
    part: Part | None, tally: ReadTally, progress: Progress
) -> Iterator[NewRecord]:
    """Yield a record for each number of the report. Raises UnusableTable if it is no such report."""
    if part is None:
        return
    places: list[int] = []
    for row, cells in enumerate(_rows(part, progress)):
        if not places:
            places = _columns(cells)
        elif any(cells):
            number, day = (cells[place] if place < len(cells) else "" for place in places)
            record = make_deactivated_record(day)
            if is_valid(number) and record.status == DEACTIVATED:
                yield NewRecord(int(number), record)
            else:
                tally.reject(part.name, row, f"{number!r}, {day!r}: not an NPI and a date")
    if not places:
        raise UnusableTable(f"{part.name}: has no columns 'NPI' and 'NPPES Deactivation Date'")


def _columns(cells: Sequence[str]) -> list[int]:
    """Return where the columns are, or nothing if the row is a title."""
    header = [column_key(cell) for cell in cells]
    return [header.index(name) for name in _COLUMNS] if set(_COLUMNS) <= set(header) else []


def _rows(part: Part, progress: Progress) -> Iterator[Sequence[str]]:
    if not part.name.lower().endswith(".xlsx"):
        with open_rows(part, progress) as rows:
            yield from rows
        return
    with part.extract() as path:
        yield from _of_workbook(path)
    progress(part.size)


def _of_workbook(path: Path) -> Iterator[Sequence[str]]:
    import openpyxl

    check_workbook(path)
    with as_unusable(path, "workbook"), path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for cells in sheet.iter_rows(values_only=True):
            yield [cell_text(cell) for cell in cells]
