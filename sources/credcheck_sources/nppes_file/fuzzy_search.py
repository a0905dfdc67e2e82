"""People whose names are near a name: misprints, other spellings, short forms, halves, swaps.

The letters of a name lead to words that may be meant, two such words to people. The likeliest pairs are
tried first, until enough people are found. Only where nothing is close are all words compared.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from functools import cached_property
from heapq import nlargest
from itertools import product
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from credcheck.identity.normalize import name_parts, squash
from credcheck.identity.spelling import spelling_key
from credcheck.model import PersonName
from credcheck.reference.nicknames import nickname_forms
from credcheck_sources.nppes_file.name_keys import WHOLE, near_lookup_keys

FOUND_AT_MOST = 20
_ENOUGH = 8
_WORDS, _PAIRS, _AT_ONCE = 40, 400, 50
_SHORT_FORM, _SPELLING, _ONE_SLIP, _INITIAL, _SWAPPED, _HALF = 0.97, 0.95, 0.9, 0.85, 0.97, 0.97
"""What a likeness is worth beside being written the same; estimates, not tuned on held-out names."""

_CLOSE = _ONE_SLIP * _ONE_SLIP - 0.01
_FURTHEST = 2

Words = dict[int, float]
"""Words of the snapshot by their numbers, and how like they are to what was asked for."""

Pair = tuple[int, int]


class Near(NamedTuple):
    """Somebody, and how near the name is: 1 is written the same."""

    npi: int
    likeness: float


class FuzzySearch:
    """Finds them in a snapshot."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def search(self, name: PersonName, state: str | None) -> list[Near]:
        """Return people, the nearest first: twenty at most."""
        families, givens = self._families(name.last), self._givens(name.first)
        pairs = _pairs(families, givens)
        turned = _pairs(self._families(name.first), self._givens(name.last), _SWAPPED)
        found = self._people(turned | pairs, state)
        if len(squash(name.first)) == 1:
            found |= self._by_initial(families, squash(name.first), state)
        if max(found.values(), default=0.0) < _CLOSE:
            further = _pairs(
                self._further(squash(name.last)) | families,
                self._further(squash(name.first)) | givens,
            )
            found |= self._people(turned | further, state)
        people = (Near(npi, likeness) for npi, likeness in found.items())
        return sorted(people, key=lambda near: (-near.likeness, near.npi))[:FOUND_AT_MOST]

    def _people(self, pairs: Mapping[Pair, float], state: str | None) -> dict[int, float]:
        """Return who bears the likeliest pairs of names, until enough are found."""
        found: dict[int, float] = {}
        likeliest = nlargest(_PAIRS, pairs, key=lambda pair: (pairs[pair], pair))
        for start in range(0, len(likeliest), _AT_ONCE):
            for last, first, npi, kind in self._bearers(likeliest[start : start + _AT_ONCE], state):
                worth = pairs[last, first] * (1.0 if kind == WHOLE else _HALF)
                found[npi] = max(found.get(npi, 0.0), worth)
            if len(found) >= _ENOUGH:
                break
        return found

    def _bearers(
        self, pairs: Iterable[Pair], state: str | None
    ) -> Iterable[tuple[int, int, int, int]]:
        values = ",".join(f"({last},{first})" for last, first in pairs)
        return self._db.execute(
            f"WITH pair (last, first) AS (VALUES {values})"  # noqa: S608 - whole numbers of ours
            " SELECT last, first, npi, kind FROM pair CROSS JOIN name USING (last, first)"
            " WHERE ?1 IS NULL OR state = ?1 LIMIT 200",
            (state.upper() if state else None,),
        )

    def _by_initial(self, families: Words, initial: str, state: str | None) -> dict[int, float]:
        """Return who bears a family name and a given name that begins so."""
        found: dict[int, float] = {}
        for last, likeness in nlargest(3, families.items(), key=lambda each: each[1]):
            rows = self._db.execute(
                "SELECT npi FROM name JOIN word ON id = first WHERE last = ?1"
                " AND (?2 IS NULL OR state = ?2) AND text >= ?3 AND text < ?4 LIMIT 20",
                (last, state.upper() if state else None, initial, initial + "\U0010ffff"),
            )
            found |= {npi: likeness * _INITIAL for (npi,) in rows}
        return found

    def _families(self, last: str) -> Words:
        whole = squash(last)
        halves = [self._alike(part, _HALF) for part in name_parts(last) if part != whole]
        return _best([self._alike(whole), *halves])

    def _givens(self, first: str) -> Words:
        whole = squash(first)
        halves = [self._alike(part, _HALF) for part in name_parts(first) if part != whole]
        forms = self._numbers(dict.fromkeys(nickname_forms(whole), _SHORT_FORM))
        return _best([self._alike(whole), *halves, forms, self._numbers({whole[:1]: _INITIAL})])

    def _alike(self, word: str, worth: float = 1.0) -> Words:
        """Return the words one slip or another spelling away, and the word itself."""
        if not word:
            return {}
        keys = ",".join(map(str, near_lookup_keys(word)))
        rows = self._db.execute(
            f"SELECT DISTINCT id, text FROM near JOIN word ON id = word WHERE key IN ({keys})"  # noqa: S608
        )
        bones = spelling_key(word)
        alike = {number: worth * _likeness(word, bones, text) for number, text in rows}
        return dict(nlargest(_WORDS, alike.items(), key=lambda each: each[1]))

    def _numbers(self, words: Mapping[str, float]) -> Words:
        marks = ",".join("?" * len(words))
        rows = self._db.execute(
            f"SELECT id, text FROM word WHERE text IN ({marks})",  # noqa: S608 - question marks
            tuple(words),
        )
        return {number: words[text] for number, text in rows}

    def _further(self, word: str) -> Words:
        """Return the words two slips away: all words are compared."""
        near = process.extract(
            word, self._vocabulary, scorer=OSA.distance, score_cutoff=_FURTHEST, limit=_WORDS
        )
        return {number: JaroWinkler.similarity(word, text) for text, _, number in near}

    @cached_property
    def _vocabulary(self) -> dict[int, str]:
        return dict(self._db.execute("SELECT id, text FROM word"))


def _likeness(word: str, bones: str, other: str) -> float:
    """Return how like two words are: 1 where they are the same."""
    if word == other:
        return 1.0
    alike = JaroWinkler.similarity(word, other)
    if spelling_key(other) == bones:
        return max(alike, _SPELLING)
    return max(alike, _ONE_SLIP) if OSA.distance(word, other, score_cutoff=1) == 1 else alike


def _pairs(families: Words, givens: Words, worth: float = 1.0) -> dict[Pair, float]:
    return {
        (family, given): worth * alike * like
        for (family, alike), (given, like) in product(families.items(), givens.items())
    }


def _best(several: Iterable[Words]) -> Words:
    best: Words = {}
    for words in several:
        for word, likeness in words.items():
            best[word] = max(best.get(word, 0.0), likeness)
    return best
