"""Rosters: rows in are rows out, whatever stands in them."""

from pathlib import Path

import pytest

from tests.badinputs.rosters import batch, refused
from tests.badinputs.world import GARCIA

pytestmark = pytest.mark.slow


def test_the_good_roster_is_judged(tmp_path: Path) -> None:
    found = batch(tmp_path, "good_roster.csv")
    assert found.ran.status == 0
    assert found.outcomes == ["meets", "meets", "meets"]


def test_bi_090_a_roster_without_rows(tmp_path: Path) -> None:
    assert "has a header but no rows" in refused(tmp_path, "roster_header_only.csv")


def test_bi_092_an_empty_file(tmp_path: Path) -> None:
    assert "the file is empty" in refused(tmp_path, "roster_empty.csv")


@pytest.mark.parametrize("file", ["roster_ragged_long.csv", "roster_ragged_short.csv"])
def test_bi_095_bi_096_a_row_whose_columns_are_shifted(tmp_path: Path, file: str) -> None:
    found = batch(tmp_path, file)
    bad = [place for place in range(len(found.rows)) if "record_unreadable" in found.codes(place)]
    assert bad
    assert all(found.outcomes[place] == "unverified" for place in bad)
    assert found.header["rows"] == len(found.rows) == 2


def test_bi_097_blank_lines_are_counted(tmp_path: Path) -> None:
    found = batch(tmp_path, "roster_blank_lines.csv")
    assert len(found.rows) == 3
    assert found.header["roster"]["blank"] == 4
    assert "4 blank rows skipped" in found.ran.err


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("roster_npi_sci.csv", "lost digits"),
        ("roster_npi_fullwidth.csv", "another script"),
        ("roster_npi_9digits.csv", "this has 9"),
        ("roster_npi_luhn.csv", "check digit"),
    ],
)
def test_bi_102_bi_108_numbers_that_are_none(tmp_path: Path, file: str, said: str) -> None:
    found = batch(tmp_path, file)
    assert found.outcomes[0] == "unverified"
    assert found.codes(0) == {"npi_invalid"}
    messages = [r["message"] for x in found.rows[0]["findings"] for r in x["reasons"]]
    assert all(said in message for message in messages)


@pytest.mark.parametrize("file", ["roster_npi_float.csv", "roster_npi_apostrophe.csv"])
def test_bi_104_bi_105_what_a_spreadsheet_did_to_a_number_is_undone(
    tmp_path: Path, file: str
) -> None:
    found = batch(tmp_path, file)
    assert found.rows[0]["query"]["npi"] == GARCIA
    assert found.outcomes[0] == "meets"


def test_bi_111_a_row_without_a_number_is_looked_up_by_name(tmp_path: Path) -> None:
    (row,) = batch(tmp_path, "roster_npi_blank.csv").rows
    assert row["resolution"]["by"] == "name"


def test_bi_113_a_row_that_stands_there_twice(tmp_path: Path) -> None:
    found = batch(tmp_path, "roster_dup_rows.csv")
    assert [row["query"]["row"] for row in found.rows] == [1, 2, 3]
    first, second = (dict(row) for row in found.rows[:2])
    del first["query"], second["query"]
    assert first == second


def test_bi_114_one_number_with_two_names(tmp_path: Path) -> None:
    found = batch(tmp_path, "roster_npi_conflict.csv")
    assert found.outcomes == ["unverified", "unverified"]
    assert found.codes(0) == found.codes(1) == {"identity_conflict"}
    assert "more than one name" in found.rows[0]["findings"][0]["reasons"][0]["message"]


def test_a_column_for_the_persons_is_needed(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("department,notes\nx,y\n")
    from tests.badinputs.rosters import run

    ran = run(tmp_path, "batch", tmp_path / "r.csv", "-o", "-")
    assert ran.status == 5
    assert "no column identifies the physician" in ran.err


def test_names_without_an_npi_column_are_enough(tmp_path: Path) -> None:
    refused = batch(tmp_path, "roster_missing_column.csv")
    assert "column 'provider id' holds NPIs" in refused.ran.err
    found = batch(tmp_path, "roster_missing_column.csv", "--ignore-column", "provider id")
    assert [row["resolution"]["by"] for row in found.rows] == ["name"] * 3
    assert found.header["roster"]["others"] == ["provider id"]


def test_private_columns_go_nowhere(tmp_path: Path) -> None:
    found = batch(tmp_path, "roster_ssn.csv")
    assert "000-12-3456" not in found.ran.out + found.ran.err
    assert "1970-01-01" not in found.ran.out + found.ran.err
    assert found.header["roster"]["others"] == []
