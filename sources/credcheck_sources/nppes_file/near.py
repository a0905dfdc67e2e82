"""People whose names are near a name: misprints, other spellings, short forms, halves, swaps.

The letters of a name lead to words that may be meant, two such words to people. The likeliest pairs are
tried first, until enough people are found. Only where nothing is close are all words compared.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from functools import cached_property
from heapq import nlargest
from itertools import product
from typing import NamedTuple, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from credcheck.identity.fold import packed, parts
from credcheck.identity.romanised import skeleton
from credcheck.model import PersonName
from credcheck.reference.nicknames import forms_of
from credcheck_sources.nppes_file.name_forms import WHOLE, near_keys

FOUND_AT_MOST = 20
_WORDS, _PAIRS = 40, 400
_CLOSE = 0.94
_FURTHEST = 2
_SHORT_FORM, _SPELLING, _INITIAL, _SWAPPED, _HALF = 0.97, 0.95, 0.9, 0.97, 0.97
"""What a likeness is worth beside being written the same; estimates, not tuned on held-out names."""

Words = dict[str, float]
Pair = tuple[str, str]
Key = TypeVar("Key", str, Pair)


class Near(NamedTuple):
    """Somebody, and how near the name is: 1 is written the same."""

    npi: int
    likeness: float


class NearNames:
    """Finds them in a snapshot."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a snapshot's database."""
        self._db = connection

    def search(self, name: PersonName, state: str | None) -> list[Near]:
        """Return people, the nearest first: twenty at most."""
        families, givens = self._families(name.last), self._givens(name.first)
        pairs = _pairs(families, givens, 1.0)
        turned = _pairs(self._families(name.first), self._givens(name.last), _SWAPPED)
        pairs = _merged([pairs, turned])
        found = self._people(pairs, state)
        if not found or found[0].likeness < _CLOSE:
            further = _pairs(
                _merged([families, self._further(packed(name.last))]),
                _merged([givens, self._further(packed(name.first))]),
                1.0,
            )
            found = self._people(_merged([pairs, further]), state)
        return found

    def _people(self, pairs: Mapping[Pair, float], state: str | None) -> list[Near]:
        found: dict[int, float] = {}
        for pair, likeness in nlargest(_PAIRS, pairs.items(), key=lambda each: each[1]):
            if len(found) >= FOUND_AT_MOST:
                break
            for npi, kind in self._bearers(pair, state):
                worth = likeness if kind == WHOLE else likeness * _HALF
                found[npi] = max(found.get(npi, 0.0), worth)
        people = (Near(npi, worth) for npi, worth in found.items())
        return sorted(people, key=lambda near: (-near.likeness, near.npi))[:FOUND_AT_MOST]

    def _bearers(self, pair: Pair, state: str | None) -> Iterable[tuple[int, int]]:
        last, first = pair
        where = "last = (SELECT id FROM word WHERE text = ?)"
        arguments: list[str] = [last]
        if len(first) == 1:
            where += " AND first IN (SELECT id FROM word WHERE text >= ? AND text < ?)"
            arguments += [first, first + "\U0010ffff"]
        else:
            where += " AND first = (SELECT id FROM word WHERE text = ?)"
            arguments.append(first)
        if state is not None:
            where += " AND state = ?"
            arguments.append(state.upper())
        query = f"SELECT npi, kind FROM name WHERE {where} LIMIT {FOUND_AT_MOST}"  # noqa: S608
        return self._db.execute(query, arguments)

    def _families(self, last: str) -> Words:
        whole = packed(last)
        found = [self._alike(whole)]
        found += [_weighed(self._alike(part), _HALF) for part in parts(last) if part != whole]
        return _merged(found)

    def _givens(self, first: str) -> Words:
        whole = packed(first)
        found = [self._alike(whole), dict.fromkeys(forms_of(whole), _SHORT_FORM)]
        found += [_weighed(self._alike(part), _HALF) for part in parts(first) if part != whole]
        if len(whole) > 1:
            found.append({whole[0]: _INITIAL})
        return _merged(found)

    def _alike(self, word: str) -> Words:
        """Return the words one slip or another spelling away, and the word itself."""
        if not word:
            return {}
        keys = ",".join(map(str, near_keys(word)))
        rows = self._db.execute(
            f"SELECT DISTINCT text FROM near JOIN word ON id = word WHERE key IN ({keys})"  # noqa: S608
        )
        bones = skeleton(word)
        alike = {text: _likeness(word, bones, text) for (text,) in rows}
        return {word: 1.0} | dict(nlargest(_WORDS, alike.items(), key=lambda each: each[1]))

    def _further(self, word: str) -> Words:
        """Return the words two slips away: all words are compared."""
        near = process.extract(
            word, self._vocabulary, scorer=OSA.distance, score_cutoff=_FURTHEST, limit=_WORDS
        )
        return {text: JaroWinkler.similarity(word, text) for text, _, _ in near}

    @cached_property
    def _vocabulary(self) -> list[str]:
        return [text for (text,) in self._db.execute("SELECT text FROM word")]


def _likeness(word: str, bones: str, other: str) -> float:
    alike = JaroWinkler.similarity(word, other)
    return max(alike, _SPELLING) if skeleton(other) == bones else alike


def _pairs(families: Words, givens: Words, worth: float) -> dict[Pair, float]:
    return {
        (family, given): worth * alike * like
        for (family, alike), (given, like) in product(families.items(), givens.items())
    }


def _weighed(words: Words, worth: float) -> Words:
    return {word: alike * worth for word, alike in words.items()}


def _merged(several: Iterable[Mapping[Key, float]]) -> dict[Key, float]:
    merged: dict[Key, float] = {}
    for each in several:
        for key, worth in each.items():
            merged[key] = max(merged.get(key, 0.0), worth)
    return merged
