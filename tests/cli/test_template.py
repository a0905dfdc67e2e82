"""``sources template``: what is filled in is read back without a mapping."""

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook

from credcheck.setup.propose import find_schema
from credcheck.setup.questions import list_meanings
from credcheck.setup.template import KINDS, make_template
from credcheck.tables import ReadOptions, Row, TableOptions
from credcheck.tables.read import read_table
from tests.support.cli import credcheck

VALUES: dict[str, str | int | dt.date] = {
    "npi": "2000001075",
    "date": dt.date(2026, 3, 4),
    "count": 12,
    "board": "American Board of Anesthesiology",
    "certificate": "Pain Medicine",
}


def fill(path: Path, kind: str) -> dict[str, str]:
    """Fill in one row of a template; returns what was written."""
    path.write_bytes(make_template(kind))
    book = load_workbook(path)
    sheet = book["Table"]
    holds = {column.name: column for column in find_schema(kind).columns}
    written: dict[str, str] = {}
    for cell in sheet[3]:
        column = holds[str(cell.value)]
        words = list_meanings(column.words) if column.words else []
        usual: str | int | dt.date = words[0] if words else "007"
        value = VALUES.get(column.name, VALUES.get(column.holds, usual))
        assert cell.column is not None
        sheet.cell(4, cell.column, value)
        written[column.name] = str(value)
    book.save(path)
    return written


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_filled_in_is_read_back_without_a_mapping(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "t.xlsx"
    written = fill(path, kind)
    table = read_table(path, find_schema(kind), TableOptions(), ReadOptions())
    (row,) = table.rows()
    assert isinstance(row, Row)
    assert {name: table.read_cell(row, name) for name in written} == written
    assert table.reading.header_row == 3
    assert [each for each in table.reading.columns if each.not_understood] == []


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_notes_lists_and_an_explanation(tmp_path: Path, kind: str) -> None:
    (tmp_path / "t.xlsx").write_bytes(make_template(kind))
    book = load_workbook(tmp_path / "t.xlsx")
    assert all(cell.comment is not None for cell in book["Table"][3])
    assert len(list(book["How to fill it in"].rows)) >= len(find_schema(kind).columns)
    if kind != "roster":
        assert book["Table"].data_validations.dataValidation


@pytest.mark.slow
def test_the_command(tmp_path: Path) -> None:
    ran = credcheck("sources", "template", "roster", "-o", "r.xlsx", cwd=tmp_path)
    assert (ran.status, (tmp_path / "r.xlsx").exists()) == (0, True)
    ran = credcheck("sources", "template", "rooster", "-o", "x.xlsx", cwd=tmp_path)
    assert (ran.status, "did you mean 'roster'" in ran.err) == (2, True)
