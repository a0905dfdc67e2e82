"""Rows of a listing, found by the names on them for everybody whose name agrees in any way (words.py).

A row is filed under each of its family names, and there under each of its given names and their first
letters. A person is looked for under the families that are near theirs, and there under every writing
of the given names: misprints, other spellings, short forms, initials. For swapped names it is the other
way round. What is found so is compared before it is told. Left out are rows whose names do not agree,
and those of a like name with too little else, which are of another person (ruling.py).
"""

from collections.abc import Iterable
from functools import lru_cache

from credcheck._util.lazy import lazy
from credcheck.identity.blocking import SimilarWords
from credcheck.identity.decision import is_implausible
from credcheck.identity.features.place import compare as compare_places
from credcheck.identity.frequencies import default_frequencies
from credcheck.identity.name_comparison import normalize_mac
from credcheck.identity.normalize import name_parts, squash
from credcheck.identity.profile import Known, NameWords, Profile, known, of_row
from credcheck.identity.scoring import score_names
from credcheck.model import Physician
from credcheck.reference.nicknames import nickname_forms
from credcheck.source import PersonRecord

_INITIAL = "^"
_FAMILY_CACHE_SIZE = 1 << 17
_GIVEN_CACHE_SIZE = 1 << 14

_Filed = dict[str, list[int]]
"""Rows under the given names of one family name."""


class ListingIndex:
    """Finds the numbers of rows by names. All rows are filed before the first is looked for."""

    def __init__(self) -> None:
        self._rows: dict[str, _Filed] = {}
        self._people: dict[int, Profile] = {}
        self._near = lru_cache(_FAMILY_CACHE_SIZE)(self._families_near)
        self._written = lru_cache(_GIVEN_CACHE_SIZE)(self._writings)

    def add(self, about: PersonRecord, number: int) -> None:
        """File a row."""
        self._people[number] = row = Profile(of_row(about))
        for words in row.names:
            givens = _filed_givens(words)
            for family in _forms(words.last, words.family):
                filed = self._rows.setdefault(family, {})
                for given in givens:
                    filed.setdefault(given, []).append(number)

    def rows_like(self, physician: Physician) -> list[int]:
        """Return the rows that may be of a physician by the name on them, in their order."""
        found: set[int] = set()
        for name in physician.names:
            near = self._near(name.last)
            if near:
                self._take(found, near, self._givens(name.first, name.middle))
            swapped = self._rows.get(squash(name.first))
            if swapped is not None:
                self._take(found, (swapped,), self._written(name.last))
        if not found:
            return []
        me = known(physician)
        return [number for number in sorted(found) if _may_be(self._people[number], me)]

    def _take(self, found: set[int], near: Iterable[_Filed], givens: frozenset[str]) -> None:
        for filed in near:
            for given in filed.keys() & givens:
                found.update(filed[given])

    def _givens(self, first: str, middle: str) -> frozenset[str]:
        return self._written(first) | self._written(middle) if middle else self._written(first)

    def _families_near(self, text: str) -> tuple[_Filed, ...]:
        words = name_parts(text)
        near = {each for own in _forms("".join(words), words) for each in self._families(own)}
        return tuple([self._rows[each] for each in near])

    def _writings(self, text: str) -> frozenset[str]:
        """Return all under which rows may stand whose given name agrees with one."""
        found: set[str] = set()
        for word in {squash(text), *name_parts(text)} - {""}:
            if len(word) == 1:
                found.add(_INITIAL + word)
            found |= {word[0], *nickname_forms(word), *self._given_names(word)}
        return frozenset(found)

    @lazy
    def _families(self) -> SimilarWords:
        return SimilarWords(set(self._rows))

    @lazy
    def _given_names(self) -> SimilarWords:
        return SimilarWords({given for filed in self._rows.values() for given in filed})


def _may_be(row: Profile, me: Known) -> bool:
    """Tell whether a row may be of a physician, as far as names and places say."""
    by_name = score_names(row, me, default_frequencies())
    if by_name.laid is None or not by_name.fits:
        return False
    if by_name.laid.is_full or row.licenses or row.specialties:
        return True
    place = compare_places(row.whereabouts, me.whereabouts, default_frequencies())
    return not is_implausible(by_name.bits + (place.bits if place else 0.0), default_frequencies())


def _forms(last: str, family: tuple[str, ...]) -> set[str]:
    return {last, *family, normalize_mac(last)} - {""}


def _filed_givens(words: NameWords) -> set[str]:
    written = {words.first, *words.first_parts, words.middle} - {""}
    return written | {_INITIAL + word[0] for word in written}
