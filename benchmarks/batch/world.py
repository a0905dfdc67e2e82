"""A large invented world: a registry, listings and rosters of as many people as are wanted."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from credcheck.model.npi import check_digit

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FIRST = ("ALMA", "BORIS", "CARLA", "DARA", "EDITH", "FINN", "GWEN", "HANS")
CONFIG = """
[sources.nppes]
adapter = "nppes-api"
{nppes}

[sources.programs]
adapter = "training-programs"
path = "programs.csv"
coverage = "complete"
as_of = 2026-11-01

[sources.fellowships]
adapter = "fellowships"
path = "fellowships.csv"
authority = "primary"
as_of = 2026-11-01

[sources.boards]
adapter = "board-certificates"
path = "boards.csv"
authority = "primary"
coverage = "complete"
as_of = 2026-11-01
"""


def number(place: int) -> str:
    """Return the NPI of the person at a place; it starts with 2, which is never issued."""
    nine = f"2{place:08d}"
    return nine + check_digit(nine)


def name(place: int) -> tuple[str, str]:
    """Return a last and a first name. All last names differ."""
    letters, rest = "", place
    for _ in range(5):
        rest, letter = divmod(rest, len(_LETTERS))
        letters += _LETTERS[letter]
    return f"B{letters}", _FIRST[place % len(_FIRST)]


def record(place: int) -> dict[str, Any]:
    """Return the NPPES record of the person at a place, in the API's shape."""
    last, first = name(place)
    return {
        "number": number(place),
        "enumeration_type": "NPI-1",
        "basic": {"status": "A", "last_name": last, "first_name": first, "credential": "MD"},
        "addresses": [{"address_purpose": "LOCATION", "city": "COLUMBUS", "state": "OH"}],
        "taxonomies": [{"code": "207L00000X", "primary": True, "license": "35.1", "state": "OH"}],
        "other_names": [],
    }


def make(folder: Path, people: int, nppes: str) -> None:
    """Write listings of so many people: one in two holds a certificate, two in three a fellowship."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "credcheck.toml").write_text(CONFIG.format(nppes=nppes), encoding="utf-8")
    write_rows(
        folder / "programs.csv",
        ("program_code", "specialty", "accreditor", "status", "accredited_from"),
        [("5300000001", "Pain Medicine", "ACGME", "Continued Accreditation", "1995-07-01")],
    )
    fellow = ("5300000001", "Pain Medicine", "2014-07-01", "2015-06-30", "Completed")
    write_rows(
        folder / "fellowships.csv",
        (
            "npi",
            "last_name",
            "first_name",
            "program_code",
            "specialty",
            "start_date",
            "end_date",
            "status",
        ),
        ((number(x), *name(x), *fellow) for x in range(people) if x % 3),
    )
    board = (
        "American Board of Anesthesiology",
        "Pain Medicine",
        "Certified",
        "2016-09-10",
        "2030-12-31",
    )
    write_rows(
        folder / "boards.csv",
        ("npi", "last_name", "first_name", "board", "certificate", "status", "issued", "expires"),
        ((number(x), *name(x), *board) for x in range(people) if x % 2),
    )


def write_registry(path: Path, people: int) -> None:
    """Write the records of so many people."""
    path.write_text(json.dumps([record(x) for x in range(people)]), encoding="utf-8")


def write_roster(path: Path, rows: int) -> None:
    """Write a roster of so many people."""
    write_rows(
        path,
        ("Staff ID", "NPI", "Last Name", "First Name", "Department"),
        ((f"S{x}", number(x), *name(x), "Pain Clinic") for x in range(rows)),
    )


def write_rows(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write a CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
