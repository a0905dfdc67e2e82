"""A snapshot of the registry, asked: records by number, numbers by name."""

import json
from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from credcheck.identity.name_words import name_words
from credcheck.model.npi import Npi, is_valid
from credcheck.source import NameQuestion, PlaceQuestion
from credcheck.storage.snapshots import Info
from credcheck_sources.nppes.places import is_there
from credcheck_sources.nppes.raw_record import RawRecord
from credcheck_sources.nppes_file.database import FILE, open_for_reading
from credcheck_sources.nppes_file.encoding import DamagedRecord, decode_record

if TYPE_CHECKING:
    from credcheck_sources.nppes_file.fuzzy_search import FuzzySearch
    from credcheck_sources.nppes_file.variant_search import VariantSearch

BEARERS_AT_MOST = 1_200
"""How many people of one name are told: as many as the live registry can show."""


class StoredRegistry:
    """A snapshot that is open for reading. It never changes, so any number of processes may read."""

    def __init__(self, folder: Path, info: Info) -> None:
        """Open it. Raises sqlite3.Error or OSError if it is damaged or of another layout."""
        self.info = info
        self.connection = open_for_reading(folder / FILE)

    def records(self, numbers: Sequence[Npi]) -> dict[Npi, RawRecord]:
        """Return the records of the numbers that are there, all at once. Raises DamagedRecord."""
        found = self.connection.execute(
            "SELECT npi, body FROM record WHERE npi IN (SELECT value FROM json_each(?))",
            (json.dumps([int(npi) for npi in numbers]),),
        )
        return {_npi(npi): decode_record(npi, body) for npi, body in found}

    def find_by_name(self, questions: Sequence[NameQuestion]) -> list[list[Npi]]:
        """Return for each name the numbers of all who bear it just so, now or formerly.

        Of a name that too many bear, one more is told than may be.
        """
        asked_for = [name_words(each.name) for each in questions]
        names = [(words.last, words.first) for words in asked_for]
        known = self._words({word for name in names for word in name})
        asked = [(known.get(last), known.get(first)) for last, first in names]
        return [
            self._numbers(last, first, each.state) if last and first else []
            for (last, first), each in zip(asked, questions, strict=True)
        ]

    def _words(self, texts: Collection[str]) -> dict[str, int]:
        found = self.connection.execute(
            "SELECT text, id FROM word WHERE text IN (SELECT value FROM json_each(?))",
            (json.dumps(list(texts)),),
        )
        return dict(found)

    def _numbers(self, last: int, first: int, state: str | None) -> list[Npi]:
        found = self.connection.execute(
            "SELECT DISTINCT npi FROM name WHERE last = ?1 AND first = ?2 AND kind = 0"
            " AND (?3 IS NULL OR state = ?3) LIMIT ?4",
            (last, first, state.upper() if state else None, BEARERS_AT_MOST + 1),
        )
        return [_npi(npi) for (npi,) in found]

    def find_at_place(self, question: PlaceQuestion) -> list[Npi]:
        """Return the numbers of those who are at a place. Raises DamagedRecord.

        Names are filed by state, so that the records of one state alone are read.
        """
        rows = self.connection.execute(
            "SELECT npi, body FROM record WHERE npi IN (SELECT npi FROM name WHERE state = ?)",
            (question.state.upper(),),
        )
        return [_npi(npi) for npi, body in rows if is_there(decode_record(npi, body), question)]

    def find_fuzzy(self, question: NameQuestion) -> list[Npi]:
        """Return the numbers of people whose names are near, the nearest first."""
        return [_npi(each.npi) for each in self._near.search(question.name, question.state)]

    def find_variants(self, question: NameQuestion) -> list[Npi]:
        """Return the numbers of all whose own name may be written so; one too many if they are."""
        found = self._variants.search(question.name, BEARERS_AT_MOST + 1)
        return [_npi(npi) for npi in found]

    def former_numbers(self, numbers: Sequence[Npi]) -> dict[Npi, tuple[Npi, ...]]:
        """Return the numbers that these took the place of, and those before them."""
        found: dict[Npi, tuple[Npi, ...]] = {}
        rows = self.connection.execute(
            "WITH RECURSIVE line (npi, former) AS ("
            " SELECT npi, former FROM replaced WHERE npi IN (SELECT value FROM json_each(?))"
            " UNION SELECT line.npi, replaced.former FROM line JOIN replaced"
            " ON replaced.npi = line.former WHERE replaced.former <> line.npi)"
            " SELECT npi, former FROM line ORDER BY npi, former",
            (json.dumps([int(npi) for npi in numbers]),),
        )
        for npi, former in rows:
            found[_npi(npi)] = (*found.get(_npi(npi), ()), _npi(former))
        return found

    @cached_property
    def _variants(self) -> "VariantSearch":
        from credcheck_sources.nppes_file.variant_search import VariantSearch

        return VariantSearch(self.connection)

    @cached_property
    def _near(self) -> "FuzzySearch":
        from credcheck_sources.nppes_file.fuzzy_search import FuzzySearch

        return FuzzySearch(self.connection)


def _npi(number: object) -> Npi:
    text = str(number)
    if not is_valid(text):  # none other was filed
        raise DamagedRecord(f"{text!r} is filed as a number")
    return Npi(text)
