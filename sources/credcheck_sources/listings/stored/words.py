"""The names on a listing's rows, found in its index by words that may be meant."""

from collections.abc import Callable
from functools import lru_cache

from credcheck.identity.blocking import lookup_keys
from credcheck.identity.listing_index import exact_keys
from credcheck.model import Physician
from credcheck_sources.listings.stored.format import StoredFamily
from credcheck_sources.listings.stored.items import StoredItems
from credcheck_sources.listings.stored.postings import Postings

_WORDS = 1 << 14
_FEW = 20_000  # questions for a family name
_WORTH = 2  # such questions, or fewer, take as long as to read one family name with all others


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
    """The rows of each family name, by the given names.

    For a long roster all are held once it asked for so many that this takes less time.
    """

    def __init__(self, names: StoredItems[StoredFamily], near: Postings) -> None:
        self._names = names
        self._near = near
        self._left = max(_FEW, len(names) * _WORTH)
        self._held: dict[str, dict[str, list[int]]] | None = None

    def get(self, family: str, /) -> dict[str, list[int]] | None:
        """Return the rows that bear a family name, if there are any. Raises PagesDamaged."""
        if self._held is None and self._left <= 0:
            self._held = dict(self._names.all())  # whole or not at all: what lacks here is nobody's
        if self._held is not None:
            return self._held.get(family)
        self._left -= 1
        return self._find(family)

    def word_at(self, place: int) -> str:
        """Return the family name at a place."""
        return self._names.at(place)[0]

    def _find(self, family: str) -> dict[str, list[int]] | None:
        for place in self._near.get(family):
            name, rows = self._names.at(place)
            if name == family:
                return rows
        return None


class StoredExactNames:
    """Finds rows by the very names on them."""

    def __init__(self, posts: Postings) -> None:
        self._posts = posts

    def find(self, physician: Physician, /) -> set[int]:
        """Return the rows that bear one of a physician's names."""
        return {x for key in exact_keys(physician) for x in self._posts.get(str(key))}
