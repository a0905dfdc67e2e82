"""Under which keys a name is filed and looked for, so that whatever the comparison accepts is found.

There are two steps. Words of a vocabulary are found by ``filing_keys`` and ``lookup_keys``: two
words that agree in any way (name_comparison) share a key. Names are found by pairs of words, a
family and a given one: ``filed_pairs`` are those of a name that is filed, and ``lookups`` those that
a name is looked for by, with the words that a vocabulary is to be asked for. All indexes use these,
in memory and in the store; a property test holds them to the comparison.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from credcheck._util.lazy import lazy
from credcheck.identity.alignment import SHORTEST_MAIDEN_NAME
from credcheck.identity.name_comparison import SHORTEST_BEGINNING, look_key, normalize_mac
from credcheck.identity.name_words import NameWords, name_words
from credcheck.identity.normalize import ARTICLES
from credcheck.identity.spelling import spelling_key
from credcheck.model import PersonName
from credcheck.reference.nicknames import nickname_forms
from credcheck.reference.romanizations import other_spellings

INITIAL = "."
"""Behind a letter: every given name that begins so. In front of no word does it stand for another."""

CALLED = "~"
"""Before two letters: goes by a middle name of which the initial is known, and the given name's."""

_SHORTEST = 3
_CACHE_SIZE = 1 << 14

Pair = tuple[str, str]
"""A family and a given name, or a mark in the place of the latter."""


def filing_keys(word: str) -> set[str]:
    """Return the keys under which a word of a vocabulary is filed."""
    keys = _common_keys(word)
    if len(word) > SHORTEST_BEGINNING + 1:
        keys.add(f"^{word[:SHORTEST_BEGINNING]}")
    return keys


def lookup_keys(word: str) -> set[str]:
    """Return the keys by which all words are found that agree with a word in any way."""
    keys = _common_keys(word)
    if len(word) >= SHORTEST_BEGINNING:
        keys.add(f"^{word[:SHORTEST_BEGINNING]}")
    keys.update(word[:end] for end in range(SHORTEST_BEGINNING, len(word)))
    keys.update(other_spellings(word))
    return keys


def _common_keys(word: str) -> set[str]:
    """Return what words one slip, another spelling or a misreading apart have in common."""
    keys = {word, f"~{spelling_key(word)}", f"={look_key(word)}"}
    if len(word) >= _SHORTEST:
        keys |= {word[:place] + word[place + 1 :] for place in range(len(word))}
    return keys


class SimilarWords:
    """Finds the words of a vocabulary that may agree with a word."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._by_key: dict[str, list[str]] = defaultdict(list)
        for word in sorted(vocabulary):
            for key in filing_keys(word):
                self._by_key[key].append(word)
        self._near = lru_cache(_CACHE_SIZE)(self._find)

    def __call__(self, word: str) -> frozenset[str]:
        """Return the words near a word, itself included if it is known."""
        return self._near(word)

    def _find(self, word: str) -> frozenset[str]:
        return frozenset(each for key in lookup_keys(word) for each in self._by_key.get(key, ()))


def filed_pairs(words: NameWords) -> set[Pair]:
    """Return the pairs under which a name is filed: of words, and with marks for given names."""
    marks = {words.first[0] + INITIAL}
    if len(words.middle) == 1:
        marks.add(f"{CALLED}{words.middle}{words.first[0]}")
    return word_pairs(words) | {
        (family, mark) for family in filed_families(words) for mark in marks
    }


def word_pairs(words: NameWords) -> set[Pair]:
    """Return the pairs of words under which a name is filed, maiden names among the middle ones too."""
    if _is_single(words):
        return {(words.last, words.first)}  # as most are
    givens = filed_givens(words)
    maiden = {middle for middle in words.middles if len(middle) >= SHORTEST_MAIDEN_NAME}
    pairs = {(family, given) for family in filed_families(words) for given in givens}
    return pairs | {(middle, given) for middle in maiden for given in givens - {middle}}


def _is_single(words: NameWords) -> bool:
    """Tell whether a name has one writing alone: no middle name, no parts, no article, no Mac."""
    one_each = not words.middles and len(words.family) == len(words.first_parts) == 1
    return one_each and words.cores == words.family and not words.last.startswith("mac")


def filed_families(words: NameWords) -> set[str]:
    """Return the family names of a name: whole, in parts, without articles, Mc for Mac."""
    return {words.last, *words.family, *words.cores, normalize_mac(words.last)} - {""}


def filed_givens(words: NameWords) -> set[str]:
    """Return the given names of a name: whole, in parts, and whole middle names."""
    return {words.first, *words.first_parts, *[x for x in words.middles if len(x) > 1]} - {""}


class Lookup(NamedTuple):
    """Words to look for: those that a vocabulary is to be asked for near ones of, and exact ones."""

    families: frozenset[str]
    exact_families: frozenset[str]
    givens: frozenset[str]
    exact_givens: frozenset[str]


@lru_cache(_CACHE_SIZE)
def lookups(words: NameWords) -> tuple[Lookup, Lookup]:
    """Return what a name is looked for by: in order, and with family and given name changed over."""
    turned = name_words(PersonName(last=words.name.first, first=words.name.last))
    families = frozenset(filed_families(words))
    in_order = Lookup(
        families,
        frozenset(_exact_families(words)) - families,
        frozenset(_near_givens(words)),
        frozenset(_exact_givens(words)),
    )
    around = Lookup(
        frozenset({words.first, *filed_families(turned)}),
        frozenset(),
        frozenset({words.last, *words.family, *words.cores}),
        frozenset(),
    )
    return in_order, around


def _exact_families(words: NameWords) -> Iterator[str]:
    """Yield the family name with and without articles, and the middle names that may be maiden ones."""
    for core in {words.last, "".join(words.cores)}:
        for article in ARTICLES:
            yield article + core
            if core.startswith(article):
                yield core.removeprefix(article)
    yield from (middle for middle in words.middles if len(middle) >= SHORTEST_MAIDEN_NAME)


def _near_givens(words: NameWords) -> set[str]:
    joined = words.first + "".join(words.middles)
    return filed_givens(words) | {joined, words.first + words.middle}


def _exact_givens(words: NameWords) -> set[str]:
    whole = (words.first, *words.middles)
    forms = {form for given in whole for form in nickname_forms(given)}
    marks = {words.first[:end] for end in range(1, len(words.first))} | {words.first[0]}
    if len(words.first) == 1:
        marks.add(words.first + INITIAL)
    if words.middles:
        marks.add(f"{CALLED}{words.first[0]}{words.middle[0]}")
    return forms | marks


NameFinder = Callable[[str], Collection[str]]
"""Returns the words of a vocabulary that may agree with a word."""


class FiledNames(Protocol):
    """Numbers by family and given name: a dictionary, or what is kept of one in the store."""

    def get(self, family: str, /) -> Mapping[str, Sequence[int]] | None:
        """Return the given names beside a family name, with the numbers of those who bear both."""
        ...


class NameLookup:
    """Finds the numbers of whatever bears names, by every name that may be a writing of theirs."""

    def __init__(self, filed: FiledNames, families: NameFinder, givens: NameFinder) -> None:
        """Take what is filed, and what finds words near one among the filed names of each sort."""
        self._filed = filed
        self._families = families
        self._givens = givens
        self._near_givens = lru_cache(_CACHE_SIZE)(self._find_givens)
        self._near_families = lru_cache(_CACHE_SIZE)(self._find_families)

    def find(self, names: Iterable[NameWords]) -> set[int]:
        """Return the numbers of all who may be meant by one of the names."""
        found: set[int] = set()
        for words in names:
            for lookup in lookups(words):
                givens = self._near_givens(lookup.givens, lookup.exact_givens)
                for family in self._near_families(lookup.families, lookup.exact_families):
                    filed = self._filed.get(family) or {}
                    for given in filed.keys() & givens:
                        found.update(filed[given])
        return found

    def _find_families(self, near: frozenset[str], exact: frozenset[str]) -> Sequence[str]:
        """Return the family names that somebody bears; most with an article nobody does."""
        borne = {word for word in exact if self._filed.get(word)}
        return list(borne.union(*[self._families(word) for word in near]))

    def _find_givens(self, near: frozenset[str], exact: frozenset[str]) -> frozenset[str]:
        return exact.union(*[self._givens(word) for word in near])


class NameIndex:
    """The same in memory: all names are filed before the first is looked for."""

    def __init__(self) -> None:
        self.filed: dict[str, dict[str, list[int]]] = {}

    def add(self, names: Iterable[NameWords], number: int) -> None:
        """File the names of one that has a number."""
        for family, given in {pair for words in names for pair in filed_pairs(words)}:
            self.filed.setdefault(family, {}).setdefault(given, []).append(number)

    def find(self, names: Iterable[NameWords]) -> set[int]:
        """Return the numbers of all who may be meant by one of the names."""
        return self._lookup.find(names)

    @property
    def givens(self) -> Iterator[str]:
        """The given names that are filed, without marks; one may come more than once."""
        return (given for filed in self.filed.values() for given in filed if given.isalnum())

    @lazy
    def _lookup(self) -> NameLookup:
        return NameLookup(self.filed, SimilarWords(self.filed), SimilarWords(set(self.givens)))
