"""The names on a listing's rows, found in its index by words that may be meant."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from credcheck.identity.blocking import NameIndex, NameLookup, lookup_keys
from credcheck.identity.listing_index import exact_keys
from credcheck.identity.name_words import NameWords
from credcheck.model import Physician
from credcheck_sources.listings.stored.format import StoredFamily
from credcheck_sources.listings.stored.items import StoredItems
from credcheck_sources.listings.stored.postings import Postings

_WORDS = 1 << 14
_FAMILIES = 1 << 10
_FEW = 200  # people
_WORTH = 100  # family names that are loaded in the time in which a person is looked for


class StoredWords:
    """Finds the words of a vocabulary that may agree with a word."""

    def __init__(self, near: Postings, word_at: Callable[[int], str]) -> None:
        self._near = near
        self._word_at = word_at
        self._found = lru_cache(_WORDS)(self._find)

    def __call__(self, word: str) -> frozenset[str]:
        """Return the words near a word, itself included if it is known."""
        return self._found(word)

    def _find(self, word: str) -> frozenset[str]:
        places = {place for key in lookup_keys(word) for place in self._near.get(key)}
        return frozenset(map(self._word_at, places))


class StoredFamilies:
    """The rows of each family name, by the given names."""

    def __init__(self, names: StoredItems[StoredFamily], near: Postings) -> None:
        self._names = names
        self._near = near
        self._rows = lru_cache(_FAMILIES)(self._find)

    def get(self, family: str, /) -> dict[str, list[int]] | None:
        """Return the rows that bear a family name, if there are any."""
        return self._rows(family)

    def all(self) -> Iterator[StoredFamily]:
        """Yield every family name with its rows."""
        return self._names.all()

    def word_at(self, place: int) -> str:
        """Return the family name at a place."""
        return self._names.at(place)[0]

    def _find(self, family: str) -> dict[str, list[int]] | None:
        for place in self._near.get(family):
            name, rows = self._names.at(place)
            if name == family:
                return rows
        return None


class StoredNames:
    """Finds rows by every writing of a name.

    For a long roster the names are loaded, since that takes less time than to look for each of so many
    people in the file; the rows stay where they are.
    """

    def __init__(self, families: StoredFamilies, lookup: NameLookup, entries: int) -> None:
        """Take the families, how many they are, and what looks for them in the file."""
        self._families = families
        self._lookup: NameLookup | NameIndex = lookup
        self._left = max(_FEW, entries // _WORTH)

    def find(self, names: Iterable[NameWords]) -> set[int]:
        """Return the numbers of all who may be meant by one of the names."""
        self._left -= 1
        if self._left == 0:
            loaded = NameIndex()
            loaded.filed.update(self._families.all())
            self._lookup = loaded
        return self._lookup.find(names)


class StoredExactNames:
    """Finds rows by the very names on them."""

    def __init__(self, posts: Postings) -> None:
        self._posts = posts

    def find(self, physician: Physician, /) -> set[int]:
        """Return the rows that bear one of a physician's names."""
        return {x for key in exact_keys(physician) for x in self._posts.get(str(key))}
