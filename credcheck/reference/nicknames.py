"""Short and familiar forms of given names: a reviewed table of ours.

Each row is a formal name with the forms that its bearers go by in English-speaking countries. Two
given names are forms of one name if a row holds both: ``Bob`` and ``Robert``, ``Bob`` and ``Rob``.
"""

import csv
from collections import defaultdict
from functools import cache

from credcheck.reference import table


def nickname_forms(given: str) -> frozenset[str]:
    """Return the names that a folded given name may stand for or be called, itself left out."""
    return _index_by_form().get(given, frozenset())


@cache
def _index_by_form() -> dict[str, frozenset[str]]:
    together: dict[str, set[str]] = defaultdict(set)
    for row in csv.DictReader(table("nicknames.csv").splitlines()):
        forms = {row["name"], *row["short_forms"].split()}
        for form in forms:
            together[form] |= forms - {form}
    return {form: frozenset(others) for form, others in together.items()}
