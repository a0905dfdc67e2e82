"""Everybody whose own name may be written as a name is: all of them, not the nearest.

The words that agree with those of the name are found by their keys (credcheck.identity.blocking), then
the people who are filed under a pair of them. Whether their names really agree is compared elsewhere.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator
from functools import lru_cache

from credcheck.identity.blocking import CALLED, INITIAL, lookups
from credcheck.identity.name_comparison import Agreement, given_names_agree
from credcheck.identity.name_words import name_words
from credcheck.model import PersonName
from credcheck_sources.nppes_file.name_keys import near_lookup_keys

_CACHE_SIZE = 1 << 14
_LAST_LETTER = "\U0010ffff"


class VariantSearch:
    """Finds them in a snapshot."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._near = lru_cache(_CACHE_SIZE)(self._find_near)

    def search(self, name: PersonName, at_most: int) -> list[int]:
        """Return the numbers of the people, in order: so many at most."""
        words = name_words(name)
        found: set[int] = set()
        if not words.last or not words.first:
            return []
        for lookup in lookups(words):
            families = self._words(lookup.families, lookup.exact_families)
            givens = self._words(lookup.givens, [x for x in lookup.exact_givens if x.isalnum()])
            found.update(self._bearers(families, givens, at_most))
            for letter in _initials(lookup.exact_givens):
                found.update(self._by_initial(families, letter, at_most))
            if len(found) >= at_most:
                break
        return sorted(found)[:at_most]

    def _words(self, near: Collection[str], exact: Collection[str]) -> list[int]:
        """Return the numbers of words that agree with some, and of others as they stand."""
        numbers = {number for word in near for number in self._near(word)}
        found = self._db.execute(
            "SELECT id FROM word WHERE text IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(exact)),),
        )
        return sorted(numbers.union(number for (number,) in found))

    def _find_near(self, word: str) -> tuple[int, ...]:
        keys = json.dumps(sorted(near_lookup_keys(word)))
        found = self._db.execute(
            "SELECT DISTINCT word.id, word.text FROM near JOIN word ON word.id = near.word"
            " WHERE near.key IN (SELECT value FROM json_each(?))",
            (keys,),
        )
        return tuple([number for number, text in found if _agree(word, text)])

    def _bearers(
        self, families: Collection[int], givens: Collection[int], at_most: int
    ) -> Iterator[int]:
        found = self._db.execute(
            "SELECT DISTINCT npi FROM json_each(?1) AS family CROSS JOIN json_each(?2) AS given"
            " CROSS JOIN name ON last = family.value AND first = given.value LIMIT ?3",
            (json.dumps(list(families)), json.dumps(list(givens)), at_most),
        )
        yield from (npi for (npi,) in found)

    def _by_initial(self, families: Collection[int], letter: str, at_most: int) -> Iterator[int]:
        """Yield who bears one of the family names and a given name that begins so."""
        found = self._db.execute(
            "SELECT DISTINCT npi FROM json_each(?1) AS family CROSS JOIN name ON last = family.value"
            " CROSS JOIN word ON word.id = first WHERE text >= ?2 AND text < ?3 LIMIT ?4",
            (json.dumps(list(families)), letter, letter + _LAST_LETTER, at_most),
        )
        yield from (npi for (npi,) in found)


def _agree(word: str, other: str) -> bool:
    """Tell whether two words agree as names may, initials apart: those are looked for on their own."""
    if 1 in {len(word), len(other)}:
        return word == other
    return given_names_agree(word, other) is not Agreement.NONE


def _initials(givens: Collection[str]) -> list[str]:
    """Return the letters with which given names may begin, by the marks of a look-up."""
    first = {mark[0] for mark in givens if mark.endswith(INITIAL)}
    return sorted(first | {mark[-1] for mark in givens if mark.startswith(CALLED)})
