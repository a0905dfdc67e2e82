"""People of a registry at hand, found by number, by license and by every writing of their names."""

from collections import defaultdict
from collections.abc import Sequence

from credcheck.identity.blocking import NameIndex
from credcheck.identity.case import CandidateSet
from credcheck.identity.license_number import is_same_number
from credcheck.identity.profile import Profile

_CROWD = 60
"""How many people of a name are looked at one by one, wherever they are."""


class PersonIndex:
    """Finds the people whom a row may be of."""

    def __init__(self, people: Sequence[Profile]) -> None:
        self._people = people
        self._by_npi = {person.npi: place for place, person in enumerate(people)}
        self._by_license: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_name = NameIndex()
        for place, person in enumerate(people):
            self._by_name.add(person.names, place)
            for license_ in person.licenses:
                self._by_license[license_.key].append(place)

    def find_candidates(self, row: Profile) -> CandidateSet:
        """Return everybody whom a row may be of; of a big crowd, those who share more than a name."""
        found = self._by_name.find(row.names)
        if row.npi in self._by_npi:
            found.add(self._by_npi[row.npi])
        for license_ in row.licenses:
            found.update(self._by_license.get(license_.key, ()))
        people = [self._people[place] for place in sorted(found)]
        if len(people) <= _CROWD or not row.whereabouts.states:
            return CandidateSet(people)
        near = [person for person in people if _shares_more(row, person)]
        return CandidateSet(near, len(people) - len(near))


def _shares_more(row: Profile, person: Profile) -> bool:
    """Tell whether someone shares a state, a number or the very name with the row."""
    states = person.whereabouts.states
    if not states or not states.isdisjoint(row.whereabouts.states) or person.npi == row.npi:
        return True
    if any(is_same_number(ours, theirs) for ours in row.licenses for theirs in person.licenses):
        return True
    return any((a.last, a.first) == (b.last, b.first) for a in row.names for b in person.names)
