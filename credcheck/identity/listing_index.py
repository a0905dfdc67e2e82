"""Rows of a listing, found by the names on them for everybody whose name agrees in any way.

Rows without an NPI are found by every writing of a name (blocking.py). Rows that bear an NPI are
found by it; by name they are looked for only where it may be nobody's, and then by the name as it
stands: so they are filed in little room, since a board's list may hold a million of them.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import product

from credcheck._util.lazy import lazy
from credcheck.identity.alignment import align
from credcheck.identity.blocking import NameIndex
from credcheck.identity.damaged_name import may_be_named
from credcheck.identity.name_words import NameWords, name_words
from credcheck.identity.normalize import is_damaged, squash
from credcheck.model import PersonName, Physician
from credcheck.reference.nicknames import nickname_forms

Names = tuple[PersonName, ...]


class ListingLookup:
    """Finds the numbers of rows by the names on them."""

    def __init__(
        self,
        find: Callable[[Sequence[NameWords]], set[int]],
        names_of: Callable[[int], Names],
        damaged: Collection[int],
    ) -> None:
        """Take what finds rows by names, and the rows in whose names a character was lost."""
        self._find = find
        self._names_of = names_of
        self._damaged = damaged

    def find(self, physician: Physician) -> set[int]:
        """Return the rows that may be of a physician by the name on them."""
        own = _read(physician.names)
        found = {x for x in self._find(own) if _is_like(_read(self._names_of(x)), own)}
        damaged = (x for x in self._damaged if may_be_named(self._names_of(x), physician.names))
        return found.union(damaged)


class ListingIndex:
    """The same in memory: all rows are filed before the first is looked for."""

    def __init__(self) -> None:
        self.names = NameIndex()
        self.damaged: list[int] = []
        self._rows: dict[int, Names] = {}
        self._lookup = ListingLookup(self.names.find, self._rows.__getitem__, self.damaged)

    def add(self, names: Names, number: int) -> None:
        """File the names on a row."""
        if any(is_damaged(name.last + name.first) for name in names):
            self.damaged.append(number)
            self._rows[number] = names
        readable = _read(names)
        if readable:
            self.names.add(readable, number)
            self._rows[number] = names

    def find(self, physician: Physician) -> set[int]:
        """Return the rows that may be of a physician by the name on them."""
        return self._lookup.find(physician)


def _read(names: Iterable[PersonName]) -> list[NameWords]:
    return [words for words in map(name_words, names) if words.last and words.first]


def _is_like(row: Sequence[NameWords], own: Sequence[NameWords]) -> bool:
    laid = align(row, own)
    return laid is not None and laid.fits


class ExactIndex:
    """Finds the numbers of rows by the very names on them, and by short forms of the given one."""

    def __init__(self) -> None:
        self._keys = array("Q")
        self._numbers = array("L")

    def add(self, names: Iterable[PersonName], number: int) -> None:
        """File the names on a row."""
        for key in {key for name in names for key in _keys(name)}:
            self._keys.append(key)
            self._numbers.append(number)

    def find(self, physician: Physician) -> set[int]:
        """Return the rows that bear one of a physician's names."""
        keys, numbers = self._sorted
        found: set[int] = set()
        for key in exact_keys(physician):
            place = bisect_left(keys, key)
            while place < len(keys) and keys[place] == key:
                found.add(numbers[place])
                place += 1
        return found

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield each key with the number of a row."""
        return zip(self._keys, self._numbers, strict=True)

    @lazy
    def _sorted(self) -> tuple["array[int]", "array[int]"]:
        order = sorted(range(len(self._keys)), key=self._keys.__getitem__)
        return (
            array("Q", (self._keys[place] for place in order)),
            array("L", (self._numbers[place] for place in order)),
        )


def exact_keys(physician: Physician) -> set[int]:
    """Return the keys of a physician's names and of their usual forms."""
    return {key for words in _read(physician.names) for key in _writings(words)}


def _keys(name: PersonName) -> Iterator[int]:
    """Yield the key of a name: a digest, which takes less room than the words."""
    family, given = squash(name.last), squash(name.first)
    if family and given and not is_damaged(name.last + name.first):
        yield _digest(family, given)


def _writings(words: NameWords) -> Iterator[int]:
    """Yield the keys of a name and of its usual forms."""
    givens = {words.first, *nickname_forms(words.first), *(x for x in words.middles if len(x) > 1)}
    for family, given in product({words.last, *words.family}, givens):
        yield _digest(family, given)


def _digest(family: str, given: str) -> int:
    """Return the same number for a name in each process, unlike ``hash``."""
    whole = f"{family}\0{given}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(whole, digest_size=8).digest(), "little")
