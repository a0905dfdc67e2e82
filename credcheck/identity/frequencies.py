"""How common a name, a place or a specialty is, and so what an agreement on it is worth, in bits."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from math import log2
from typing import Any

from credcheck.identity.profile import Profile
from credcheck.identity.spelling import spelling_key
from credcheck.reference import table
from credcheck.reference.nicknames import nickname_forms

_REGISTRY_SIZE = 7_100_000
"""Individuals in NPPES, rounded: 7,139,831 in February 2026."""
_ENOUGH_TO_COUNT = 5_000
_SEVERAL = 3
_UNKNOWN_STATE = _REGISTRY_SIZE // 16
_UNKNOWN_CITY = _REGISTRY_SIZE // 64
_UNKNOWN_SPECIALTY = _REGISTRY_SIZE // 16
"""What a value is taken to be borne by where no registry can be counted: more people than bear most.
A city is taken for so big that it alone does not tell two namesakes of one state apart."""


class TermFrequencies:
    """Counts of values among the people of a registry. The rarer a value, the more bits.

    ``size`` is how many people there are; ``is_counted`` whether they were counted, or are estimated. A
    value that nobody bears counts as borne by one person, or by so many as ``unknown`` says for its
    kind. What two people's names were found to be worth is kept in ``at_hand_by_name`` (scoring.py).
    """

    def __init__(self, size: int = 0, *, is_counted: bool = True) -> None:
        self.size = size
        self.is_counted = is_counted
        self.families: Counter[str] = Counter()
        self.firsts: Counter[str] = Counter()
        self.states: Counter[str] = Counter()
        self.cities: Counter[tuple[str, str]] = Counter()
        self.specialties: Counter[str] = Counter()
        self.unknown: dict[str, int] = {}
        self.at_hand_by_name: dict[tuple[int, int], Any] = {}
        self._known_bits: dict[int, float] = {}

    def family(self, word: str) -> float:
        """Return what a folded family name, or a part of one, is worth."""
        return self._bits(self.families.get(word, 0), "family")

    def are_family_names(self, *words: str) -> bool:
        """Tell whether words are known as family names, each of several people."""
        return all(self.families.get(word, 0) >= _SEVERAL for word in words)

    def are_given_names(self, *words: str) -> bool:
        """Tell whether words are known as given names, each of several people."""
        return all(self.firsts.get(word, 0) >= _SEVERAL for word in words)

    def given(self, word: str) -> float:
        """Return what a folded given name is worth."""
        return self._bits(self.firsts.get(word, 0), "given")

    def given_form(self, word: str) -> float:
        """Return what a given name is worth if any form of it may stand for it."""
        return self._bits(sum(self.firsts[form] for form in {word, *nickname_forms(word)}), "given")

    def given_spelling(self, word: str) -> float:
        """Return what a given name is worth however it is spelled."""
        return self._bits(self._spellings[spelling_key(word)], "given")

    def initial(self, letter: str) -> float:
        """Return what the first letter of a given name is worth."""
        return self._bits(self._initials[letter], "initial")

    def state(self, state: str) -> float:
        """Return what a state is worth."""
        return self._bits(self.states.get(state, 0), "state")

    def city(self, city: tuple[str, str]) -> float:
        """Return what a city, with its state, is worth."""
        return self._bits(self.cities.get(city, 0), "city")

    def specialty(self, area: str) -> float:
        """Return what a specialty is worth."""
        return self._bits(self.specialties.get(area, 0), "specialty")

    @cached_property
    def _initials(self) -> Counter[str]:
        return self._regroup(lambda word: word[:1])

    @cached_property
    def _spellings(self) -> Counter[str]:
        return self._regroup(spelling_key)

    def _regroup(self, group: Callable[[str], str]) -> Counter[str]:
        groups: Counter[str] = Counter()
        for word, count in self.firsts.items():
            groups[group(word)] += count
        return groups

    def _bits(self, count: int, kind: str) -> float:
        fewest = self.unknown.get(kind, 1)
        bearers = max(fewest, count)
        known = self._known_bits.get(bearers)
        if known is None:
            known = self._known_bits[bearers] = log2(self.size + 1) - log2(bearers)
        return known


def count_frequencies(people: Iterable[Profile]) -> TermFrequencies:
    """Count the people of a registry that is at hand."""
    shares = TermFrequencies()
    for person in people:
        shares.size += 1
        for words in person.names:
            shares.families.update({words.last, *words.family, *words.cores})
            shares.firsts[words.first] += 1
        shares.states.update(person.whereabouts.states)
        shares.cities.update(person.whereabouts.cities)
        shares.specialties.update(person.specialties[:1])
    return shares


def frequencies_of(people: Sequence[Profile]) -> TermFrequencies:
    """Return how common names are among people at hand: counted, if they are enough to count.

    A small file holds a part of a profession, and its one John Smith is not the only one: there, names
    are as common as in the nation.
    """
    enough = len(people) >= _ENOUGH_TO_COUNT
    return count_frequencies(people) if enough else default_frequencies()


@cache
def default_frequencies() -> TermFrequencies:
    """Return the shares to go by where the registry cannot be counted: it answers by name only.

    Family names are those of the US Census of 2010; a given name's share is the mean of that of the
    newborn of 1940 to 1999 and that of applicants for a mortgage (docs/dependencies.md). A name that is
    not among the commonest of each counts as common as the last that is.
    """
    shares = TermFrequencies(_REGISTRY_SIZE, is_counted=False)
    counts = {"family": shares.families, "given": shares.firsts}
    lines = table("name_shares.csv").splitlines()[1:]
    for (
        line
    ) in lines:  # by hand: a reader of CSV takes longer, and this is read at nearly every start
        kind, name, percent = line.split(",")
        counts[kind][name] += (count := int(float(percent) * _REGISTRY_SIZE / 100))
        shares.unknown[kind] = count
    shares.unknown |= {
        "state": _UNKNOWN_STATE,
        "city": _UNKNOWN_CITY,
        "specialty": _UNKNOWN_SPECIALTY,
    }
    return shares
