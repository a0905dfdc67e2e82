"""The same list of several months: the newest takes the place of the older, and no other file does."""

from pathlib import Path

import pytest

from credcheck.setup.series import Series, find_series, read_month
from credcheck.tables import ReadOptions

HEADER = "Last,First,NPI,Board,Certificate,Status\n"
PEOPLE = ["2000001075", "2100000019", "2100000027", "2100000035", "2100000043"]


def write(folder: Path, name: str, numbers: list[str]) -> Path:
    file = folder / name
    file.write_text(HEADER + "".join(f"L{x},F,{x},ABA,Pain Medicine,Certified\n" for x in numbers))
    return file


def find(*files: Path) -> list[Series]:
    return find_series({file: ReadOptions() for file in files})


@pytest.mark.parametrize(
    ("name", "pattern", "month"),
    [
        ("diplomates-2026-11.csv", "diplomates-*.csv", (2026, 11, 0)),
        ("diplomates_20261105.csv", "diplomates_*.csv", (2026, 11, 5)),
        ("Roster Nov 2026.xlsx", "Roster *.xlsx", (2026, 11, 0)),
        ("Roster September2026.xlsx", "Roster *.xlsx", (2026, 9, 0)),
        ("2026 Nov roster.xlsx", "* roster.xlsx", (2026, 11, 0)),
        ("Roster Q4 2026.xlsx", "Roster *.xlsx", (2026, 12, 0)),
        ("Revocation_Extract_2026.07.30.csv", "Revocation_Extract_*.csv", (2026, 7, 30)),
    ],
)
def test_the_month_in_a_name(name: str, pattern: str, month: tuple[int, int, int]) -> None:
    assert read_month(name) == (pattern, month)


@pytest.mark.parametrize(
    "name",
    [
        "boards.csv",
        "boards (2).csv",
        "fellows-2025.csv",
        "5303812001.csv",
        "11-01-2026.csv",
        "Mayfair 2026.csv",
        "roster-2026-13.csv",
        "120261101.csv",
    ],
)
def test_what_is_no_month(name: str) -> None:
    assert read_month(name) is None


def test_the_newest_takes_the_place_of_the_older(tmp_path: Path) -> None:
    older = write(tmp_path, "d-2026-10.csv", PEOPLE)
    newest = write(tmp_path, "d-2026-11.csv", [*PEOPLE[1:], "2100000050"])
    other = write(tmp_path, "e-2026-12.csv", PEOPLE)
    assert find(older, newest, other) == [Series(newest, (older,), "d-*.csv")]


def test_lists_of_other_people_are_no_series(tmp_path: Path) -> None:
    """The fellows of 2025 are not those of 2024: none of the two is left out."""
    one = write(tmp_path, "fellows 2024-06.csv", PEOPLE[:3])
    two = write(tmp_path, "fellows 2025-06.csv", PEOPLE[2:])
    assert find(one, two) == []


def test_a_month_said_twice_says_not_which_is_newer(tmp_path: Path) -> None:
    one = write(tmp_path, "d 2026-11.csv", PEOPLE)
    two = write(tmp_path, "d Nov 2026.csv", PEOPLE)
    assert find(one, two) == []


def test_a_file_that_cannot_be_read_takes_no_place(tmp_path: Path) -> None:
    older = write(tmp_path, "d-2026-10.csv", PEOPLE)
    newest = tmp_path / "d-2026-11.csv"
    newest.write_text("nothing\n")
    assert find(older, newest) == []
