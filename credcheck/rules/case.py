"""A case: the dossier as a rule looks at it, with what counts and where the gaps are.

Truth rules held here (docs/architecture.md): only evidence that is decisively this person's, whole,
and from a source that answered and is fresh, counts (2, 3, 5); everything else that could have told
is a gap, and a gap is ``unverified``, never a negative and never passed over (2, 3).
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, TypeVar

from credcheck.model import (
    Authority,
    Code,
    Coverage,
    Decision,
    Dossier,
    Evidence,
    EvidenceBase,
    Kind,
    Physician,
    SourceReport,
    State,
)
from credcheck.rules.weighing import Weighed, not_met, unverified

EvidenceT = TypeVar("EvidenceT", bound=Evidence)


class Case:
    """One dossier on one date."""

    def __init__(self, dossier: Dossier, as_of: dt.date) -> None:
        """Look at the dossier as of the date."""
        self.dossier = dossier
        self.as_of = as_of
        self._states = {source.name: source.state for source in dossier.sources}
        self._sorted: dict[type[EvidenceBase], tuple[tuple[Any, ...], tuple[Any, ...]]] = {}

    @property
    def physician(self) -> Physician | None:
        """The resolved person, if there is one."""
        return self.dossier.physician

    def usable(self, kind: type[EvidenceT]) -> tuple[EvidenceT, ...]:
        """Return the evidence of a kind that counts."""
        return self._fresh(kind)[0]

    def doubtful(self, kind: type[EvidenceT]) -> tuple[EvidenceT, ...]:
        """Return the evidence of a kind that may be this person's but does not count."""
        return self._fresh(kind)[1]

    def sources(self, kind: Kind) -> tuple[SourceReport, ...]:
        """Return the sources that can tell about a kind, whatever their state."""
        return tuple(source for source in self.dossier.sources if kind in source.kinds)

    def is_complete(self, kind: Kind) -> bool:
        """Tell whether absence is evidence: some source for the kind is complete, ok and fresh."""
        return any(
            source.coverage is Coverage.COMPLETE and source.state is State.OK
            for source in self.sources(kind)
        )

    def source_gaps(self, kind: Kind) -> tuple[Weighed, ...]:
        """Weigh the sources of a kind that were not usable."""
        return tuple(
            source_gap(source) for source in self.sources(kind) if source.state is not State.OK
        )

    def absence(self, kind: Kind, what: str, ask: str) -> tuple[Weighed, ...]:
        """Weigh that no record of a kind was found: a negative only where a source is complete.

        Nothing is weighed where sources are there but none was usable: ``source_gaps`` tells that.
        """
        if not self.sources(kind):
            message = f"no source for {what} is configured"
            return (unverified(Code.NO_SOURCE, message, ask=f"Add a source for {what}. {ask}"),)
        answering = [source for source in self.sources(kind) if source.state is State.OK]
        return (self._silence(kind, answering, what, ask),) if answering else ()

    def _silence(
        self, kind: Kind, answering: Sequence[SourceReport], what: str, ask: str
    ) -> Weighed:
        names = " and ".join(source.name for source in answering)
        if self.is_complete(kind):
            message = f"no {what} is listed in {names}, which is declared complete"
            return not_met(Code.NOT_LISTED, message)
        message = f"no {what} was found in {names}, which is not complete"
        return unverified(Code.NOT_FOUND_IN_PARTIAL_SOURCE, message, ask=ask)

    def _fresh(self, kind: type[EvidenceT]) -> tuple[tuple[EvidenceT, ...], tuple[EvidenceT, ...]]:
        """Return what counts and what does not, of the sources that answered and are fresh."""
        if kind not in self._sorted:
            evidence = self.dossier.evidence
            fresh = [x for x in evidence if isinstance(x, kind) and self._is_ok(x.source)]
            usable = tuple(item for item in fresh if _counts(item))
            self._sorted[kind] = usable, tuple(item for item in fresh if not _counts(item))
        return self._sorted[kind]

    def _is_ok(self, source: str) -> bool:
        return self._states.get(source) is State.OK


def _counts(item: Evidence) -> bool:
    return (
        item.match.decision is Decision.MATCH and item.record is not None and item.problem is None
    )


def source_gap(source: SourceReport) -> Weighed:
    """Weigh a source that did not answer, is stale or was left out."""
    if source.state is State.STALE:
        message = f"{source.name} is too old: {source.detail}"
        ask = f"Get a current copy of {source.name} and run again."
        return unverified(Code.SOURCE_STALE, message, ask=ask)
    if source.state is State.SKIPPED:
        message = f"{source.name} was not asked: {source.detail}"
        return unverified(Code.NO_SOURCE, message, ask=f"Run again with {source.name}.")
    message = f"{source.name} could not be used: {source.detail}"
    ask = f"Run again when {source.name} answers, or repair it."
    return unverified(Code.SOURCE_FAILED, message, ask=ask)


def doubt(item: Evidence) -> Weighed:
    """Weigh a record that may be this person's but does not count, with what would settle it."""
    where = place_of(item)
    if item.match.decision is Decision.CONFLICT:
        message = f"{where} bears this person's number but not the name: {_names_of(item)}"
        ask = f"Ask {item.source} whose record {where} is."
        return unverified(Code.IDENTITY_CONFLICT, message, item.id, ask=ask)
    if item.match.decision is Decision.AMBIGUOUS:
        rivals = ", ".join(f"{rival.name} (NPI {rival.npi})" for rival in item.match.rivals)
        message = f"{where} may be of another person: {item.match.why}"
        message += f": {rivals}" if rivals else ""
        ask = f"Ask {item.source} for the NPI or licence number of {where}."
        return unverified(Code.IDENTITY_AMBIGUOUS, message, item.id, ask=ask)
    message = f"{where} cannot be read: {item.problem}"
    ask = f"Correct {where} at its origin and run again."
    return unverified(Code.RECORD_UNREADABLE, message, item.id, ask=ask)


def place_of(item: Evidence) -> str:
    """Return where a record stands, in words: ``boards row 12``."""
    row = item.provenance.row
    return f"{item.source} row {row}" if row is not None else f"the {item.source} record"


def is_self_reported(item: Evidence) -> bool:
    """Tell whether a record is only what the person says."""
    return item.authority is Authority.SELF_REPORTED


def _names_of(item: Evidence) -> str:
    return "; ".join(
        f"{part.theirs} instead of {part.ours}"
        for part in item.match.compared
        if part.agreement == "none"
    )
