"""The same table from every format: what a person sees is what is read."""

import datetime as dt
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from credcheck.tables import ReadOptions, RejectedRow, Row, UnusableTable, open_table

HEADER = ("npi", "when", "share", "note")
ROWS = [("2000001075", "2026-11-01", "0.5", "x"), ("2100000019", "", "2", "")]


def csv_file(folder: Path) -> Path:
    path = folder / "t.csv"
    path.write_text("\n".join(",".join(row) for row in (HEADER, *ROWS)) + "\n")
    return path


def tsv_file(folder: Path) -> Path:
    path = folder / "t.tsv"
    path.write_text("\n".join("\t".join(row) for row in (HEADER, *ROWS)) + "\n")
    return path


def xlsx_file(folder: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER)
    sheet.append([2000001075, dt.date(2026, 11, 1), 0.5, "x"])
    sheet.append([2100000019.0, None, 2, None])
    path = folder / "t.xlsx"
    book.save(path)
    return path


def parquet_file(folder: Path) -> Path:
    table = pa.table(
        {
            "npi": pa.array([2000001075, 2100000019]),
            "when": pa.array([dt.date(2026, 11, 1), None]),
            "share": pa.array([0.5, 2.0]),
            "note": pa.array(["x", None]),
        }
    )
    path = folder / "t.parquet"
    pq.write_table(table, path)
    return path


FILES = [csv_file, tsv_file, xlsx_file, parquet_file]


@pytest.mark.parametrize("make", FILES)
def test_every_format_reads_the_same(tmp_path: Path, make: object) -> None:
    assert callable(make)
    table = open_table(make(tmp_path))
    assert table.header == HEADER
    assert [row.cells for row in table.rows()] == ROWS
    assert len(table.sha256) == 64


@pytest.mark.parametrize("make", FILES)
def test_the_first_bytes_decide_and_not_the_name(tmp_path: Path, make: object) -> None:
    assert callable(make)
    path = make(tmp_path)
    if path.suffix == ".tsv":
        return
    other = tmp_path / "stdin"
    other.write_bytes(path.read_bytes())
    assert [row.cells for row in open_table(other).rows()] == ROWS


def test_a_cell_beyond_the_header_makes_a_row_untrusted(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["npi", "name"], ["2000001075", "A", "shifted"], [None, None], ["2100000019", "B"]):
        sheet.append(row)
    book.save(tmp_path / "t.xlsx")
    table = open_table(tmp_path / "t.xlsx")
    bad, good = table.rows()
    assert isinstance(bad, RejectedRow)
    assert isinstance(good, Row)
    assert (good.number, good.line, table.blank) == (2, 4, 1)


def test_formulas_give_their_kept_values(tmp_path: Path) -> None:
    """A value that Excel has kept is what the person sees; without one, the cell says so."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["npi", "expires"])
    sheet.append(["2000001075", "=DATE(2030,12,31)"])
    book.save(tmp_path / "t.xlsx")
    (row,) = open_table(tmp_path / "t.xlsx").rows()
    assert row.cells == ("2000001075", "(a formula without a value)")


def test_a_sheet_of_a_csv(tmp_path: Path) -> None:
    with pytest.raises(UnusableTable, match="not a workbook"):
        open_table(csv_file(tmp_path), ReadOptions(sheet="A"))


@pytest.mark.parametrize("name", ["t.parquet", "t.xlsx"])
def test_damage_is_told_and_never_crashes(tmp_path: Path, name: str) -> None:
    whole = (parquet_file if name.endswith("parquet") else xlsx_file)(tmp_path).read_bytes()
    path = tmp_path / f"damaged-{name}"
    for place in range(0, len(whole), max(1, len(whole) // 150)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with suppress(UnusableTable):
            list(open_table(path).rows())
