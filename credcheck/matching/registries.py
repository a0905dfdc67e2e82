"""What a listing is matched against: a file of people, or the registry of a configuration."""

import datetime as dt
import gc
from collections.abc import Sequence
from typing import Protocol

from credcheck.identity.case import CandidateSet
from credcheck.identity.frequencies import TermFrequencies, default_frequencies, frequencies_of
from credcheck.identity.person_index import PersonIndex
from credcheck.identity.profile import Profile
from credcheck.source import Unavailable
from credcheck.source.source_set import SourceSet
from credcheck.verify.namesakes import NamesakeCache


class PeopleRegistry(Protocol):
    """Finds the people whom rows may be of."""

    shares: TermFrequencies

    def find_candidates(self, rows: Sequence[Profile]) -> list[CandidateSet | Unavailable]:
        """Return for each row whom it may be of, or why that cannot be known."""
        ...


class FileRegistry:
    """A registry that is at hand as a whole: everybody in it is known, and counted."""

    def __init__(self, people: Sequence[Profile]) -> None:
        self.shares = frequencies_of(people)
        self._index = PersonIndex(people)
        gc.freeze()  # the people stay to the end: no need to look them over for garbage again

    def find_candidates(self, rows: Sequence[Profile]) -> list[CandidateSet | Unavailable]:
        """Return whom each row may be of."""
        return [self._index.find_candidates(row) for row in rows]


class LiveRegistry:
    """A registry that answers by number and by name. No name is asked for twice in a run."""

    def __init__(self, source_set: SourceSet, as_of: dt.date) -> None:
        self.shares = default_frequencies()
        self._namesakes = NamesakeCache(source_set, as_of)

    def find_candidates(self, rows: Sequence[Profile]) -> list[CandidateSet | Unavailable]:
        """Return whom each row may be of: who bears its number, and who bears its name."""
        names = [name for row in rows for name in row.record.names]
        self._namesakes.load(names, [row.npi for row in rows if row.npi])
        return [self._namesakes.get(row.record.names, [row.npi] if row.npi else []) for row in rows]
