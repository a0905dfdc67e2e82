"""Which NUCC codes physicians of a specialty register: to find people by, never to judge them by."""

import csv
from functools import cache

from credcheck.reference import table
from credcheck.reference.specialties import is_physician_code
from credcheck.reference.understanding import understand_specialty


@cache
def codes_of_specialty(specialty: str) -> frozenset[str]:
    """Return the codes of a specialty, those of its subspecialties with them.

    A code is of the specialty that its classification or specialization names, and of its base: pain
    medicine has its own codes and those of pain medicine under anesthesiology, PM&R and others.
    """
    rows = csv.DictReader(table("taxonomies.csv").splitlines())
    return frozenset(row["code"] for row in rows if specialty in _list_specialties(row))


@cache
def codes_of_physicians() -> frozenset[str]:
    """Return every code that a physician may register."""
    rows = csv.DictReader(table("taxonomies.csv").splitlines())
    return frozenset(row["code"] for row in rows if is_physician_code(row["code"]))


def _list_specialties(row: dict[str, str]) -> set[str | None]:
    if not is_physician_code(row["code"]):
        return set()
    named = (understand_specialty(row[each]).value for each in ("classification", "specialization"))
    return {row["base"], *named}
