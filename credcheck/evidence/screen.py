"""The screen: the records of a dossier, who of them can prove, and what stands against each."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from credcheck._util.lazy import lazy
from credcheck.evidence.doubt import Doubt
from credcheck.evidence.sources import SourceView, is_issuer
from credcheck.evidence.verifications import find_weakness
from credcheck.model import (
    Authority,
    Decision,
    Dossier,
    Evidence,
    EvidenceBase,
    SourceReport,
    SourceState,
)

EvidenceT = TypeVar("EvidenceT", bound=Evidence)

FindDoubts = Callable[["EvidenceScreen"], Iterator[Doubt]]
"""Finds what stands against the records of one kind."""


class EvidenceScreen:
    """A dossier's records on a date."""

    def __init__(
        self,
        dossier: Dossier,
        as_of: dt.date,
        finders: Sequence[FindDoubts],
        sources: SourceView | None = None,
    ) -> None:
        """Look at the dossier; ``sources`` are its sources where they are at hand."""
        self.dossier = dossier
        self.as_of = as_of
        self.sources = sources or SourceView(dossier.sources, as_of)
        self._finders = finders

    def records(self, kind: type[EvidenceT]) -> tuple[EvidenceT, ...]:
        """Return all records of a kind that may be this person's, those that cannot prove too."""
        return tuple(self._by_type.get(kind, ()))

    def usable(self, kind: type[EvidenceT]) -> tuple[EvidenceT, ...]:
        """Return the records of a kind that count: decisively this person's, whole, and fresh."""
        return tuple(x for x in self.records(kind) if self.is_usable(x))

    def unsure(self, kind: type[EvidenceT]) -> tuple[EvidenceT, ...]:
        """Return the records of fresh sources that may be this person's but do not count."""
        return tuple(
            x for x in self.records(kind) if self.sources.is_ok(x.source) and not self.is_usable(x)
        )

    def is_usable(self, item: Evidence) -> bool:
        """Tell whether a record counts, whatever its authority."""
        tied = item.match.decision is Decision.MATCH
        whole = item.record is not None and item.problem is None
        if not (tied and whole and self.sources.is_ok(item.source)):
            return False
        return find_weakness(item, self.as_of) is None

    def can_prove(self, item: Evidence) -> bool:
        """Tell whether a record could decide, were there no doubt: usable, and not self-reported."""
        return self.is_usable(item) and item.authority is not Authority.SELF_REPORTED

    def speaks_for_issuer(self, source: SourceReport) -> bool:
        """Tell whether a source is the issuer's own."""
        return is_issuer(source)

    def max_age(self, source: str) -> int | None:
        """Return a source's maximum age in days."""
        report = self.sources.by_name.get(source)
        return report.max_age_days if report is not None else None

    def is_left_out(self, item: Evidence) -> bool:
        """Tell whether a record is of a source that was left out of the run."""
        report = self.sources.by_name.get(item.source)
        return report is not None and report.state is SourceState.SKIPPED

    def doubts(self, ident: str) -> tuple[Doubt, ...]:
        """Return what stands against a record, by its id."""
        return self._doubts.get(ident, ())

    def item(self, ident: str) -> Evidence | None:
        """Return a record by its id."""
        return self._by_id.get(ident)

    def settled(self, types: tuple[type[EvidenceBase], ...]) -> tuple[Evidence, ...]:
        """Return the rows of some types of which a person has said whose they are."""
        if not types:
            return ()
        return tuple(
            item
            for item in self.dossier.evidence
            if item.match.disposition is not None and isinstance(item, types)
        )

    @lazy
    def _by_id(self) -> dict[str, Evidence]:
        return {item.id: item for item in self.dossier.evidence}

    @lazy
    def _by_type(self) -> dict[type[EvidenceBase], list[Any]]:
        found: dict[type[EvidenceBase], list[Any]] = {}
        for item in self.dossier.evidence:
            if item.match.decision is not Decision.NO_MATCH:
                found.setdefault(type(item), []).append(item)
        return found

    @lazy
    def _doubts(self) -> dict[str, tuple[Doubt, ...]]:
        found: dict[str, dict[Doubt, None]] = {}
        for find in self._finders:
            for doubt in find(self):
                found.setdefault(doubt.on, {})[doubt] = None
        return {ident: tuple(doubts) for ident, doubts in found.items()}
