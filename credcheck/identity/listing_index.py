"""Rows of a listing, found by the names on them for everybody whose name agrees in any way.

Rows without an NPI are found by every writing of a name (blocking.py). Rows that bear an NPI are
found by it; by name they are looked for only where it may be nobody's, and then by the name as it
stands: so they are filed in little room, since a board's list may hold a million of them.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from credcheck._util.lazy import lazy
from credcheck.identity.alignment import align
from credcheck.identity.blocking import NameIndex
from credcheck.identity.damaged_name import may_be_named
from credcheck.identity.name_words import NameWords, name_words
from credcheck.identity.normalize import is_damaged, squash
from credcheck.model import PersonName, Physician
from credcheck.reference.nicknames import nickname_forms

_Names = tuple[PersonName, ...]


class ListingIndex:
    """Finds the numbers of rows by names. All rows are filed before the first is looked for."""

    def __init__(self) -> None:
        self._index = NameIndex()
        self._rows: dict[int, _Names] = {}
        self._damaged: list[tuple[int, _Names]] = []

    def add(self, names: _Names, number: int) -> None:
        """File the names on a row."""
        if any(is_damaged(name.last + name.first) for name in names):
            self._damaged.append((number, names))
        readable = _read(names)
        if readable:
            self._index.add(readable, number)
            self._rows[number] = names

    def find(self, physician: Physician) -> set[int]:
        """Return the rows that may be of a physician by the name on them."""
        own = _read(physician.names)
        found = {x for x in self._index.find(own) if _is_like(_read(self._rows[x]), own)}
        damaged = (
            number for number, names in self._damaged if may_be_named(names, physician.names)
        )
        return found.union(damaged)


def _read(names: Iterable[PersonName]) -> list[NameWords]:
    return [words for words in map(name_words, names) if words.last and words.first]


def _is_like(row: Sequence[NameWords], own: Sequence[NameWords]) -> bool:
    laid = align(row, own)
    return laid is not None and laid.fits


class ExactIndex:
    """Finds the numbers of rows by the very names on them, and by short forms of the given one."""

    def __init__(self) -> None:
        self._keys = array("q")
        self._numbers = array("q")

    def add(self, names: Iterable[PersonName], number: int) -> None:
        """File the names on a row."""
        for key in {key for name in names for key in _keys(name)}:
            self._keys.append(key)
            self._numbers.append(number)

    def find(self, physician: Physician) -> set[int]:
        """Return the rows that bear one of a physician's names."""
        keys, numbers = self._sorted
        found: set[int] = set()
        for key in {key for words in _read(physician.names) for key in _writings(words)}:
            place = bisect_left(keys, key)
            while place < len(keys) and keys[place] == key:
                found.add(numbers[place])
                place += 1
        return found

    @lazy
    def _sorted(self) -> tuple["array[int]", "array[int]"]:
        order = sorted(range(len(self._keys)), key=self._keys.__getitem__)
        return (
            array("q", (self._keys[place] for place in order)),
            array("q", (self._numbers[place] for place in order)),
        )


def _keys(name: PersonName) -> Iterator[int]:
    """Yield the key of a name: a digest, which takes less room than the words."""
    family, given = squash(name.last), squash(name.first)
    if family and given and not is_damaged(name.last + name.first):
        yield hash((family, given))


def _writings(words: NameWords) -> Iterator[int]:
    """Yield the keys of a name and of its usual forms."""
    givens = {words.first, *nickname_forms(words.first), *(x for x in words.middles if len(x) > 1)}
    for family, given in product({words.last, *words.family}, givens):
        yield hash((family, given))
