"""Words of a vocabulary that are one slip, or another spelling, away from a word."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from credcheck.identity.spelling import spelling_key

_SHORTEST = 3
_CACHE_SIZE = 1 << 14


class SimilarWords:
    """Finds them by what is left when one letter is dropped: two words one slip apart share that."""

    def __init__(self, vocabulary: set[str]) -> None:
        self._vocabulary = vocabulary
        self._by_rest: dict[str, list[str]] = defaultdict(list)
        self._by_skeleton: dict[str, list[str]] = defaultdict(list)
        self._near = lru_cache(_CACHE_SIZE)(self._found)
        for word in vocabulary:
            self._by_skeleton[spelling_key(word)].append(word)
            for rest in _rests(word):
                self._by_rest[rest].append(word)

    def __call__(self, word: str) -> frozenset[str]:
        """Return the words near a word, itself included if it is known."""
        return self._near(word)

    def _found(self, word: str) -> frozenset[str]:
        return frozenset(self._words(word))

    def _words(self, word: str) -> Iterator[str]:
        if word in self._vocabulary:
            yield word
        yield from self._by_skeleton.get(spelling_key(word), ())
        for rest in _rests(word):
            yield from self._by_rest.get(rest, ())


def _rests(word: str) -> Iterator[str]:
    if len(word) >= _SHORTEST:
        yield word
        for place in range(len(word)):
            yield word[:place] + word[place + 1 :]
