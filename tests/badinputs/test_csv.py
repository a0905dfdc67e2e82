"""Tables that are damaged. Rosters are read by the same reader as listings."""

import os
import resource
from pathlib import Path

import pytest

from credcheck.tables import (
    Column,
    ColumnsError,
    ReadOptions,
    RejectedRow,
    Row,
    Table,
    TableOptions,
    TableSchema,
    UnusableTable,
    open_table,
)
from credcheck.tables.read import read_table
from tests.badinputs.world import FILES, GARCIA, judged, world

ROSTER = TableSchema(
    kind="roster",
    columns=(
        Column(name="npi", holds="npi", required=True),
        Column(name="last_name"),
        Column(name="first_name"),
    ),
)


def read(file: str, options: ReadOptions | None = None) -> tuple[Table, list[Row | RejectedRow]]:
    table = open_table(FILES / file, options)
    return table, list(table.rows())


def cells(file: str, options: ReadOptions | None = None) -> list[dict[str, str]]:
    table = read_table(FILES / file, ROSTER, TableOptions(), options or ReadOptions())
    return [
        {name: table.read_cell(row, name) for name in ROSTER.names}
        for row in table.rows()
        if isinstance(row, Row)
    ]


def refused(file: str) -> str:
    with pytest.raises((UnusableTable, ColumnsError)) as caught:
        cells(file)
    return str(caught.value)


def test_bi_073_a_byte_order_mark() -> None:
    assert cells("roster_bom.csv")[0]["npi"] == GARCIA


def test_bi_074_utf_16() -> None:
    """Its mark says which it is, so nothing is guessed."""
    assert cells("roster_utf16.csv")[0]["npi"] == GARCIA


def test_bi_075_windows_letters() -> None:
    said = refused("roster_cp1252.csv")
    assert "line 2" in said
    assert "cp1252" in said
    names = [row["last_name"] for row in cells("roster_cp1252.csv", ReadOptions(encoding="cp1252"))]
    assert names == ["MUÑOZ", "O’BRIEN"]


def test_bi_077_a_nul_in_a_name() -> None:
    _, rows = read("roster_nul.csv")
    assert [type(row) for row in rows] == [RejectedRow, Row]


def test_bi_078_line_ends_of_old_macs() -> None:
    assert len(cells("roster_cr_only.csv")) == 3


def test_bi_079_a_line_end_within_a_field() -> None:
    _, rows = read("roster_embedded_newline.csv")
    assert [(row.number, row.line) for row in rows] == [(1, 2), (2, 4), (3, 5)]


def test_bi_080_a_quote_that_is_never_closed() -> None:
    assert "begins on line 2" in refused("roster_unclosed_quote.csv")


def test_bi_082_semicolons() -> None:
    assert "use --delimiter ';'" in refused("roster_semicolon.csv")
    assert len(cells("roster_semicolon.csv", ReadOptions(delimiter=";"))) == 3


def test_bi_085_a_column_twice() -> None:
    assert "column 'npi' appears twice (1 and 4)" in refused("roster_dup_header.csv")


def test_bi_087_headers_with_spaces_and_capitals() -> None:
    assert cells("roster_header_case.csv")[0] == {
        "npi": GARCIA,
        "last_name": "GARCIA",
        "first_name": "ELENA",
    }


def test_bi_088_a_required_column_is_missing() -> None:
    said = refused("roster_missing_column.csv")
    assert "found: provider id, last_name, first_name" in said
    assert "needed: npi" in said


def test_bi_091_a_listing_with_a_header_and_no_rows(tmp_path: Path) -> None:
    (verdict,) = judged(world(tmp_path, boards_csv="board_header_only.csv"))
    found = {each.requirement: each for each in verdict.findings}["board_certification"]
    assert found.outcome == "unverified"
    assert "no rows" in found.reasons[0].message


def test_bi_092_a_file_of_no_bytes() -> None:
    assert "empty" in refused("roster_empty.csv")


def test_bi_095_bi_096_rows_of_another_length() -> None:
    for file in ("roster_ragged_long.csv", "roster_ragged_short.csv"):
        _, rows = read(file)
        assert [type(row) for row in rows] == [RejectedRow, Row]
        assert rows[0].line == 2


def test_bi_097_blank_rows() -> None:
    table, rows = read("roster_blank_lines.csv")
    assert (len(rows), table.blank) == (3, 4)


def test_bi_099_a_field_without_end_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.write(b"npi,last_name\n1,")
        file.truncate(1 << 30)  # a gigabyte of NUL, which takes no space on disk
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UnusableTable, match="line 2"):
        list(open_table(path).rows())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_bi_100_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "missing", tmp_path / "pipe"):
        with pytest.raises(UnusableTable) as caught:
            open_table(path)
        assert path.name in str(caught.value)
