"""Names of other scripts that are written in Latin letters in several ways: a reviewed table of ours.

Each row is one written name with its usual forms (Hanyu Pinyin, Wade-Giles and Cantonese; the
Revised Romanization of Korean and older forms; spellings of one name in India and in Arabic-speaking
countries). Two spellings are forms of one name if a row holds both. Regular differences are bridged by
``identity.spelling``, these are not. From general knowledge.
"""

import csv
from collections import defaultdict
from functools import cache

from credcheck.reference import table


def other_spellings(word: str) -> frozenset[str]:
    """Return the other spellings of a folded name."""
    return _index_by_spelling().get(word, frozenset())


@cache
def _index_by_spelling() -> dict[str, frozenset[str]]:
    together: dict[str, set[str]] = defaultdict(set)
    for row in csv.DictReader(table("romanizations.csv").splitlines()):
        spellings = set(row["spellings"].split())
        for spelling in spellings:
            together[spelling] |= spellings - {spelling}
    return {spelling: frozenset(others) for spelling, others in together.items()}
