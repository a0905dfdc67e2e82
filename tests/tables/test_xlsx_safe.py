"""Text of a workbook's cells: shown as it stands, read back as it was, never longer than a cell."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from credcheck.tables import Row, open_table
from credcheck.tables.xlsx_safe import LONGEST, escape_text, unescape_text


@pytest.mark.parametrize(
    "text",
    ["Alma", "", "_x0041_", "_x_x0041__", "__x0041_", "_x005F_x0041_", "_xZZZZ_", "a\nb_x000D_"],
)
def test_what_is_written_is_read_back(text: str) -> None:
    assert unescape_text(escape_text(text)) == text


@pytest.mark.parametrize(
    ("written", "read"),
    [("Smith_x000D_", "Smith\r"), ("_x005F_x0041_", "_x0041_"), ("_xD83D_", "_xD83D_")],
)
def test_what_excel_writes_out_is_read_as_it_was(written: str, read: str) -> None:
    assert unescape_text(written) == read


@pytest.mark.parametrize(
    "text", ["x" * LONGEST, "x" * 40_000, "\U0001f642" * 16_383, "李" * 32_768]
)
def test_no_text_is_longer_than_a_cell_and_one_that_fits_is_whole(text: str) -> None:
    shown = escape_text(text)
    units = len(text.encode("utf-16-le")) // 2
    assert len(shown.encode("utf-16-le")) // 2 <= LONGEST
    assert (shown == text) is (units <= LONGEST)
    assert shown == text or shown.endswith("NDJSON)")


def test_a_line_end_that_excel_wrote_out_is_not_part_of_a_name(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (("npi", "last_name"), ("2000001075", "Abernathy_x000D_")):
        sheet.append(cells)
    book.save(tmp_path / "people.xlsx")
    (row,) = (x for x in open_table(tmp_path / "people.xlsx").rows() if isinstance(x, Row))
    assert row.cells[1].strip() == "Abernathy"
