"""Workbooks: refused where they could hurt, read where a person would read them."""

import zipfile
from pathlib import Path

import pytest

from credcheck.tables import RejectedRow, Row, UnusableTable, open_table
from tests.badinputs.rosters import batch, refused
from tests.badinputs.world import FILES, GARCIA, judged, world
from tests.support.world import codes, findings

pytestmark = pytest.mark.slow


def rows(path: Path) -> list[Row | RejectedRow]:
    return list(open_table(path).rows())


def test_bi_155_one_cell_in_the_last_corner(tmp_path: Path) -> None:
    assert "column 16,384" in refused(tmp_path, "roster_sparse.xlsx")


@pytest.mark.parametrize("file", ["roster_billion_laughs.xlsx", "roster_xxe.xlsx"])
def test_bi_158_bi_159_entities(tmp_path: Path, file: str) -> None:
    said = refused(tmp_path, file)
    assert "declares XML entities" in said
    assert Path("/etc/hostname").read_text().strip() not in said


def test_bi_160_a_password(tmp_path: Path) -> None:
    assert "the workbook is encrypted" in refused(tmp_path, "roster_encrypted.xlsx")


def test_bi_161_text_that_is_named_xlsx(tmp_path: Path) -> None:
    assert "not an XLSX file" in refused(tmp_path, "roster_csv_named.xlsx")


def test_bi_163_half_a_workbook(tmp_path: Path) -> None:
    assert "or an incomplete one" in refused(tmp_path, "roster_truncated.xlsx")


def board(tmp_path: Path, file: str, form: str = "") -> dict[str, str]:
    folder = world(tmp_path, boards=form)
    text = (folder / "credcheck.toml").read_text().replace('"boards.csv"', f'"{file}"')
    (folder / file).write_bytes((FILES / file).read_bytes())
    (folder / "credcheck.toml").write_text(text)
    (verdict,) = judged(folder)
    return findings(verdict) | {"codes": " ".join(sorted(codes(verdict, "board_certification")))}


def test_bi_164_a_formula_without_a_value_is_no_empty_cell(tmp_path: Path) -> None:
    found = board(tmp_path, "board_uncached_formula.xlsx")
    assert found["board_certification"] == "unverified"
    assert any("a formula without a value" in c for r in rows(FILES / "board_uncached_formula.xlsx")
               for c in r.cells)  # fmt: skip


def test_bi_165_error_cells(tmp_path: Path) -> None:
    assert board(tmp_path, "board_error_cells.xlsx")["board_certification"] == "unverified"


def test_bi_166_two_sheets(tmp_path: Path) -> None:
    said = refused(tmp_path, "roster_two_sheets.xlsx")
    assert "'Cover', 'Roster'" in said
    assert "--sheet" in said
    assert len(batch(tmp_path, "roster_two_sheets.xlsx", "--sheet", "Roster").rows) == 3
    assert "no sheet is called 'Rooster' (did you mean" in refused(
        tmp_path, "roster_two_sheets.xlsx", "--sheet", "Rooster"
    )


def test_bi_167_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    found = batch(tmp_path, "roster_hidden_rows.xlsx")
    assert len(found.rows) == 3
    assert "1 hidden row" in found.ran.err


def test_bi_168_numbers_as_numbers(tmp_path: Path) -> None:
    found = batch(tmp_path, "roster_numeric_npi.xlsx")
    assert found.rows[0]["query"]["npi"] == GARCIA
    assert f"{GARCIA}.0" not in found.ran.out


def test_bi_170_a_bare_serial_number_is_no_date(tmp_path: Path) -> None:
    assert board(tmp_path, "board_serial_date.xlsx")["board_certification"] == "unverified"


def test_bi_171_the_date_system_of_1904(tmp_path: Path) -> None:
    (row,) = rows(FILES / "board_1904.xlsx")
    assert row.cells[-1] == "2026-12-31"
    assert board(tmp_path, "board_1904.xlsx")["board_certification"] == "met"


@pytest.mark.parametrize("name", ["roster_old.xls", "r.ods", "r.xlsb", "r.numbers"])
def test_bi_174_other_spreadsheets(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes((FILES / "roster_old.xls").read_bytes())
    with pytest.raises(UnusableTable, match=r"save it as \.xlsx or \.csv"):
        open_table(path)


def test_a_workbook_that_unpacks_to_too_much(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (60 << 20))
    with pytest.raises(UnusableTable, match="times its size"):
        open_table(path)
