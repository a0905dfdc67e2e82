"""Many invented people: as many NPPES records as are wanted, and a roster of them."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

from credcheck.model.npi import check_digit
from tests.support.world import record

ROWS = 600

_LAST = ("ASHDOWN", "BIRCHALL", "CAWDREY", "DUNMORE", "ELLERBY", "FENWICK", "GREYLING", "HALLAM")
_FIRST = ("ALMA", "BORIS", "CARLA", "DARA", "EDITH", "FINN", "GWEN", "HANS")
_ENDINGS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def number(place: int) -> str:
    """Return the NPI of the person at a place: it starts with 2, which is never issued."""
    nine = f"29{place:07d}"
    return nine + check_digit(nine)


def name(place: int) -> tuple[str, str]:
    """Return a last and a first name; the last names are all different."""
    letters = ""
    rest = place
    for _ in range(4):
        rest, letter = divmod(rest, len(_ENDINGS))
        letters += _ENDINGS[letter]
    return f"{_LAST[place % 8]}{letters}", _FIRST[place // 8 % 8]


@cache
def many_people(count: int) -> tuple[Any, ...]:
    """Return NPPES records of invented anesthesiologists."""
    return tuple(record(number(place), *name(place)) for place in range(count))


def roster_of(path: Path, count: int) -> None:
    """Write a roster of them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["Staff ID", "NPI", "Last Name", "First Name", "State"])
        for place in range(count):
            writer.writerow([f"S{place}", number(place), *name(place), "OH"])
