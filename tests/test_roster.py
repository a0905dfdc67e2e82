"""Rosters: the column mapping, and what becomes of a row."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcheck.model import Query
from credcheck.runs.roster import Roster, open_roster
from credcheck.tables import ColumnsError, ReadOptions, UnusableTable


def opened(tmp_path: Path, text: str, said: dict[str, str] | None = None, **read: Any) -> Roster:
    path = tmp_path / read.pop("file", "roster.csv")
    path.write_text(text, encoding="utf-8")
    return open_roster(path, ReadOptions(**read), said or {})


def only(tmp_path: Path, text: str, **more: Any) -> Query:
    (query,) = opened(tmp_path, text, **more).queries()
    return query


def test_columns_are_guessed_from_common_headers(tmp_path: Path) -> None:
    roster = opened(tmp_path, "Staff ID,NPI Number,Surname,Given Name,ST,Lic Number,Unit\n")
    assert roster.columns == {
        "id": "Staff ID",
        "npi": "NPI Number",
        "last_name": "Surname",
        "first_name": "Given Name",
        "state": "ST",
        "license_number": "Lic Number",
    }
    assert list(roster.others) == ["Unit"]


def test_what_the_user_says_goes_before_any_guess(tmp_path: Path) -> None:
    roster = opened(tmp_path, "npi,billing npi\n", {"npi": "Billing NPI"})
    assert roster.columns == {"npi": "billing npi"}
    assert list(roster.others) == ["npi"]


@pytest.mark.parametrize(
    ("said", "told"),
    [({"npy": "npi"}, "did you mean 'npi'"), ({"npi": "NPIs"}, "no column 'NPIs'")],
)
def test_a_column_that_is_not_there(tmp_path: Path, said: dict[str, str], told: str) -> None:
    with pytest.raises(ColumnsError, match=told):
        opened(tmp_path, "npi,name\n", said)


def test_a_row_becomes_a_query(tmp_path: Path) -> None:
    text = "id,npi,last_name,first_name,state,unit\nA-1,2000001075,Abernathy,Alma,Ohio, =1 \n"
    query = only(tmp_path, text)
    assert (query.npi, query.name, query.state) == ("2000001075", "Alma Abernathy", "OH")
    assert (query.row, query.line, query.id) == (1, 2, "A-1")
    assert query.other == {"unit": " =1 "}
    assert query.problem is None


def test_a_whole_name_is_taken_apart(tmp_path: Path) -> None:
    query = only(tmp_path, 'name\n"Doe, Jane Q., MD"\n')
    assert query.person is not None
    assert (query.person.last, query.person.first) == ("Doe", "Jane")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2000001076,Jane Doe", "npi_invalid"),
        (",", "npi_invalid"),
        (",Doe", "record_unreadable"),
        (",D* Jane", "record_unreadable"),
        ("2000001075,Jane,Doe", "record_unreadable"),
        ("2000001075,Doe", "record_unreadable"),
    ],
)
def test_a_row_that_is_no_query_keeps_its_place_with_the_reason(
    tmp_path: Path, row: str, code: str
) -> None:
    queries = list(opened(tmp_path, f"npi,name,x\n{row},x\n2000001075,,\n").queries())
    assert [query.row for query in queries] == [1, 2]
    assert queries[0].problem is not None
    assert queries[0].problem.code == code
    assert queries[1].problem is None


def test_a_name_beside_a_number_that_cannot_be_read_is_not_passed_over(tmp_path: Path) -> None:
    """Else somebody else's number would pass where the name would have shown the mistake."""
    query = only(tmp_path, "npi,last_name,first_name\n2000001075,Doe,\n")
    assert query.problem is not None
    assert query.problem.code == "record_unreadable"


def test_half_a_name_is_handed_through_and_told(tmp_path: Path) -> None:
    roster = opened(tmp_path, "npi,last name\n2000001075,Doe\n")
    (query,) = roster.queries()
    assert query.problem is None
    assert query.other == {"last name": "Doe"}
    assert roster.reading.notes == (
        "NPIs are not checked against names: the only name column is last_name",
    )


def test_a_number_that_may_be_an_ssn_is_not_repeated(tmp_path: Path) -> None:
    query = only(tmp_path, "npi\n078-05-1120\n")
    assert "078" not in str(query)


def test_tabs_and_semicolons(tmp_path: Path) -> None:
    assert only(tmp_path, "npi\tstate\n2000001075\tOH\n", file="r.tsv").state == "OH"
    assert only(tmp_path, "npi;state\n2000001075;OH\n", delimiter=";").state == "OH"
    with pytest.raises(UnusableTable, match="use --delimiter"):
        opened(tmp_path, "npi;state\n2000001075;OH\n")


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=8), min_size=4, max_size=4
        ),
        max_size=6,
    )
)
def test_rows_in_are_rows_out(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    import csv

    path = tmp_path_factory.mktemp("rosters") / "r.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["npi", "name", "state", "unit"], *rows])
    try:
        roster = open_roster(path, ReadOptions(), {})
        queries = list(roster.queries())
    except UnusableTable:
        return
    assert len(queries) + roster.reading.blank == len(rows)
    assert [query.row for query in queries] == list(range(1, len(queries) + 1))


def test_a_constant_stands_in_every_row(tmp_path: Path) -> None:
    from credcheck.tables import TableOptions

    path = tmp_path / "r.csv"
    path.write_text("npi,last name,first name\n2000001075,Doe,Jane\n")
    options = TableOptions(constants={"state": "OH"})
    (query,) = open_roster(path, options.reading("file"), options).queries()
    assert query.state == "OH"


def test_npis_under_any_header_are_used_or_ignored(tmp_path: Path) -> None:
    """A column of NPIs that is copied unread once gave another physician's verdict."""
    text = "Key,last name,first name\n2000001075,Doe,Jane\n2100000019,Roe,Rita\n"
    with pytest.raises(ColumnsError, match=r"'Key' holds NPIs.*--ignore-column 'Key'"):
        opened(tmp_path, text)


def test_the_groups_npi_is_not_the_physicians(tmp_path: Path) -> None:
    text = "Group NPI,Individual NPI\n2100009994,2000001075\n"
    assert only(tmp_path, text).npi == "2000001075"
    with pytest.raises(ColumnsError, match=r"'Group NPI' .the NPI of an organization. holds NPIs"):
        opened(tmp_path, "Group NPI,last name,first name\n2100009994,Doe,Jane\n")
