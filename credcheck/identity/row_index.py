"""Rows of a listing, found by the names on them for everybody whose name agrees in any way (words.py).

A row is filed under each of its family names, and there under each of its given names and their first
letters. A person is looked for under the families that are near theirs, and there under every writing
of the given names: misprints, other spellings, short forms, initials. For swapped names it is the other
way round.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from credcheck.identity.fold import packed, parts
from credcheck.identity.neighbours import Neighbours
from credcheck.identity.person import NameWords, name_words
from credcheck.identity.words import mac_as_mc
from credcheck.model import PersonName
from credcheck.reference.nicknames import forms_of

_INITIAL = "^"
_FAMILIES_AT_HAND = 1 << 17
_GIVENS_AT_HAND = 1 << 14


class RowIndex:
    """Finds the numbers of rows by names. All rows are filed before the first is looked for."""

    def __init__(self) -> None:
        """Begin without rows."""
        self._rows: dict[str, dict[str, tuple[int, ...]]] = {}
        self._near = lru_cache(_FAMILIES_AT_HAND)(self._families_near)
        self._written = lru_cache(_GIVENS_AT_HAND)(self._writings)

    def __bool__(self) -> bool:
        """Tell whether there are rows."""
        return bool(self._rows)

    def add(self, names: Sequence[PersonName], number: int) -> None:
        """File a row."""
        for words in map(name_words, names):
            givens = _filed_givens(words)
            for family in _forms(words.last, words.family):
                filed = self._rows.setdefault(family, {})
                for given in givens:
                    filed[given] = (*filed.get(given, ()), number)

    def rows_like(self, names: Sequence[PersonName]) -> set[int]:
        """Return the rows that may bear one of the names: a few too many, never too few."""
        found: set[int] = set()
        for name in names:
            near = self._near(name.last)
            if near:
                self._take(found, near, self._givens(name.first, name.middle))
            swapped = packed(name.first)
            if swapped in self._rows:
                self._take(found, (swapped,), self._givens(name.last))
        return found

    def _take(self, found: set[int], families: Iterable[str], givens: frozenset[str]) -> None:
        for family in families:
            filed = self._rows[family]
            for given in filed.keys() & givens:
                found.update(filed[given])

    def _givens(self, *texts: str) -> frozenset[str]:
        first, *more = [self._written(text) for text in texts if text]
        return first.union(*more) if more else first

    def _families_near(self, text: str) -> tuple[str, ...]:
        words = parts(text)
        own = _forms("".join(words), words)
        return tuple({near for word in own for near in self._families(word)})

    def _writings(self, text: str) -> frozenset[str]:
        """Return all under which rows may stand whose given name agrees with one."""
        found: set[str] = set()
        for word in {packed(text), *parts(text)} - {""}:
            if len(word) == 1:
                found.add(_INITIAL + word)
            for form in (word, *forms_of(word)):
                found |= {*self._given_names(form), form[0]}
        return frozenset(found)

    @cached_property
    def _families(self) -> Neighbours:
        return Neighbours(set(self._rows))

    @cached_property
    def _given_names(self) -> Neighbours:
        return Neighbours({given for filed in self._rows.values() for given in filed})


def _forms(last: str, family: tuple[str, ...]) -> set[str]:
    return {last, *family, mac_as_mc(last)} - {""}


def _filed_givens(words: NameWords) -> set[str]:
    written = {words.first, *words.first_parts, words.middle} - {""}
    return written | {_INITIAL + word[0] for word in written}
