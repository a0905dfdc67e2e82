"""People of a registry at hand, found by number, by license and by every writing of their names."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from credcheck.identity.blocking import SimilarWords
from credcheck.identity.decision import CandidateSet
from credcheck.identity.profile import NameWords, Profile
from credcheck.reference.nicknames import nickname_forms

_CROWD = 60
"""How many people of a name are looked at one by one, wherever they are."""

_CALLED = "."
_MIDDLE = "~"


class PersonIndex:
    """Finds the people whom a row may be of."""

    def __init__(self, people: Sequence[Profile]) -> None:
        self._people = people
        self._by_npi = {person.npi: place for place, person in enumerate(people)}
        self._by_license: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
        families: set[str] = set()
        givens: set[str] = set()
        for place, person in enumerate(people):
            for license_ in person.licenses:
                self._by_license[license_].append(place)
            for key in {key for words in person.names for key in _filed_under(words)}:
                self._by_name[key].append(place)
            for words in person.names:
                families.update(words.family, (words.last,))
                givens.update(words.first_parts, (words.first, words.middle))
        self._families = SimilarWords(families)
        self._givens = SimilarWords(givens)

    def by_npi(self, npi: str) -> Profile | None:
        """Return the person of a number."""
        place = self._by_npi.get(npi)
        return None if place is None else self._people[place]

    def find_candidates(self, row: Profile) -> CandidateSet:
        """Return everybody whom a row may be of; of a big crowd, those who share more than a name."""
        found: dict[int, None] = {}
        holder = self._by_npi.get(row.npi)
        if holder is not None:
            found[holder] = None
        for license_ in row.licenses:
            found.update(dict.fromkeys(self._by_license.get(license_, ())))
        for words in row.names:
            for key in self._looked_under(words):
                found.update(dict.fromkeys(self._by_name.get(key, ())))
        people = [self._people[place] for place in found]
        if len(people) <= _CROWD or not row.whereabouts.states:
            return CandidateSet(people)
        near = [person for person in people if _shares_more(row, person)]
        return CandidateSet(near, len(people) - len(near))

    def _looked_under(self, words: NameWords) -> Iterator[tuple[str, str]]:
        families = {near for word in (words.last, *words.family) for near in self._families(word)}
        for family in families:
            for given in self._given_keys(words):
                yield family, given
        yield words.first, words.last

    def _given_keys(self, words: NameWords) -> Iterator[str]:
        if len(words.first) == 1:
            yield words.first
            return
        for given in self._writings(words.first, *words.first_parts):
            yield given
            yield _MIDDLE + given
        if words.middle:
            yield f"{_MIDDLE}{words.first[0]}{words.middle[0]}"
        if len(words.middle) > 1:
            yield from (_CALLED + given for given in self._writings(words.middle))

    def _writings(self, *names: str) -> set[str]:
        return {
            given for name in names for given in (name, *nickname_forms(name), *self._givens(name))
        }


def _filed_under(words: NameWords) -> Iterator[tuple[str, str]]:
    """Yield a person's keys: each family name with each given name, initial and middle name."""
    firsts = {words.first, *words.first_parts, words.first[0]}
    if len(words.middle) > 1:
        firsts.add(_MIDDLE + words.middle)
    elif words.middle:
        firsts.add(f"{_MIDDLE}{words.middle}{words.first[0]}")
    else:
        firsts |= {_CALLED + words.first}
    for family in {words.last, *words.family}:
        for first in firsts:
            yield family, first


def _shares_more(row: Profile, person: Profile) -> bool:
    """Tell whether someone shares a state, a number or the very name with the row."""
    states = person.whereabouts.states
    if not states or not states.isdisjoint(row.whereabouts.states) or person.npi == row.npi:
        return True
    if row.licenses and not row.licenses.isdisjoint(person.licenses):
        return True
    return any((a.last, a.first) == (b.last, b.first) for a in row.names for b in person.names)
