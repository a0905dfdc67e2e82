"""What a listing is matched against: a file of people, or the registry of a configuration."""

import datetime as dt
import gc
from collections.abc import Sequence
from typing import Protocol

from credcheck.identity.decision import CandidateSet
from credcheck.identity.frequencies import TermFrequencies, count_frequencies, default_frequencies
from credcheck.identity.person_index import PersonIndex
from credcheck.identity.profile import Known, Profile
from credcheck.model.npi import Npi, is_valid
from credcheck.source import Subject, Unavailable
from credcheck.source.source_set import SourceSet, query_source
from credcheck.verify.namesakes import NamesakeCache
from credcheck.verify.physicians import make_physicians


class PeopleRegistry(Protocol):
    """Finds the people whom rows may be of."""

    shares: TermFrequencies

    def find_candidates(self, rows: Sequence[Profile]) -> list[CandidateSet | Unavailable]:
        """Return for each row whom it may be of, or why that cannot be known."""
        ...


class FileRegistry:
    """A registry that is at hand as a whole: everybody in it is known, and counted."""

    def __init__(self, people: Sequence[Profile]) -> None:
        self.shares = count_frequencies(people)
        self._index = PersonIndex(people)
        gc.freeze()  # the people stay to the end: no need to look them over for garbage again

    def find_candidates(self, rows: Sequence[Profile]) -> list[CandidateSet | Unavailable]:
        """Return whom each row may be of."""
        return [self._index.find_candidates(row) for row in rows]


class LiveRegistry:
    """A registry that answers by number and by name. No name is asked for twice in a run."""

    def __init__(self, source_set: SourceSet, as_of: dt.date) -> None:
        self.shares = default_frequencies()
        self._panel = source_set
        self._as_of = as_of
        self._book = NamesakeCache(source_set)

    def find_candidates(self, rows: Sequence[Profile]) -> list[CandidateSet | Unavailable]:
        """Return whom each row may be of: who bears its number, and who bears its name."""
        self._book.load(name for row in rows for name in row.described.names)
        holders = self._find_holders([Npi(row.npi) for row in rows if is_valid(row.npi)])
        return [self._candidates_for(row, holders) for row in rows]

    def _candidates_for(
        self, row: Profile, holders: dict[str, Known]
    ) -> CandidateSet | Unavailable:
        bearers = self._book.get(row.described.names)
        if isinstance(bearers, Unavailable):
            return bearers
        people = {person.npi: person for person in bearers}
        if row.npi in holders:
            people[holders[row.npi].npi] = holders[row.npi]
        return CandidateSet(list(people.values()))

    def _find_holders(self, numbers: Sequence[Npi]) -> dict[str, Known]:
        subjects = [Subject(npi=npi) for npi in dict.fromkeys(numbers)]
        if not subjects or not self._panel.registries:
            return {}
        answers = query_source(self._panel.registries[0], subjects, self._as_of)
        found = (person for each in answers for person in make_physicians(each.answer.claims))
        return {person.npi: Known(person) for person in found}
