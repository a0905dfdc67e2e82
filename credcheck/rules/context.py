"""A case: the dossier as a rule looks at it, with what counts and where the gaps are.

Truth rules held here (docs/architecture.md): only evidence that is decisively this person's, whole,
and from a source that answered and is fresh, counts (2, 3, 5); everything else that could have told
is a gap, and a gap is ``unverified``, never a negative and never passed over (2, 3).
"""

import datetime as dt
from typing import Any, NamedTuple, TypeVar

from credcheck._util.lazy import lazy
from credcheck.model import (
    Authority,
    Decision,
    Dossier,
    Evidence,
    EvidenceBase,
    EvidenceKind,
    MatchReason,
    Physician,
    ReasonCode,
    SourceReport,
    SourceState,
)
from credcheck.rules.result import Check, unverified
from credcheck.rules.sources import Sources

EvidenceT = TypeVar("EvidenceT", bound=Evidence)

_OWN_NUMBER_OTHER_NAME = {MatchReason.SAME_NPI, MatchReason.NPI_OF_ANOTHER_NAME}


class RuleContext:
    """One dossier on one date."""

    def __init__(self, dossier: Dossier, as_of: dt.date, asked: Sources | None = None) -> None:
        """Look at the dossier as of the date; ``asked`` are its sources, where they are at hand."""
        self.dossier = dossier
        self.as_of = as_of
        self._asked = asked or Sources(dossier.sources, as_of)

    @property
    def physician(self) -> Physician | None:
        """The resolved person, if there is one."""
        return self.dossier.physician

    def usable(self, kind: type[EvidenceT]) -> tuple[EvidenceT, ...]:
        """Return the evidence of a kind that counts."""
        return tuple(self._fresh.get(kind, _NONE).usable)

    def doubtful(self, kind: type[EvidenceT]) -> tuple[EvidenceT, ...]:
        """Return the evidence of a kind that may be this person's but does not count."""
        return tuple(self._fresh.get(kind, _NONE).doubtful)

    def sources(self, kind: EvidenceKind) -> tuple[SourceReport, ...]:
        """Return the sources that can tell about a kind, whatever their state."""
        return self._asked.of(kind)

    def is_complete(self, kind: EvidenceKind) -> bool:
        """Tell whether absence is evidence: see Sources."""
        return self._asked.is_complete(kind)

    def check_sources(self, kind: EvidenceKind) -> tuple[Check, ...]:
        """Weigh the sources of a kind that were not usable."""
        return self._asked.gaps(kind)

    def check_absence(self, kind: EvidenceKind, what: str, ask: str) -> tuple[Check, ...]:
        """Weigh that no record of a kind was found: see Sources."""
        return self._asked.check_absence(kind, what, ask)

    @lazy
    def _fresh(self) -> dict[type[EvidenceBase], "_Fresh"]:
        """The evidence of the sources that answered and are fresh, by its type."""
        found: dict[type[EvidenceBase], _Fresh] = {}
        for item in self.dossier.evidence:
            if self._asked.states.get(item.source) is SourceState.OK:
                fresh = found.setdefault(type(item), _Fresh([], []))
                (fresh.usable if _counts(item) else fresh.doubtful).append(item)
        return found


class _Fresh(NamedTuple):
    """Evidence of one type: what counts, and what may be this person's but does not count."""

    usable: list[Any]
    doubtful: list[Any]


_NONE = _Fresh([], [])


def _counts(item: Evidence) -> bool:
    return (
        item.match.decision is Decision.MATCH and item.record is not None and item.problem is None
    )


def explain_doubt(item: Evidence) -> Check:
    """Weigh a record that may be this person's but does not count, with what would settle it."""
    where = record_location(item)
    if item.match.decision is Decision.CONFLICT:
        message = f"{where} may be this person's, but {item.match.why}"
        if not item.match.reasons or _OWN_NUMBER_OTHER_NAME <= set(item.match.reasons):
            message = f"{where} bears this person's number but not the name: {_names_of(item)}"
        ask = f"Ask {item.source} whose record {where} is."
        return unverified(ReasonCode.IDENTITY_CONFLICT, message, item.id, ask=ask)
    if item.match.decision is Decision.AMBIGUOUS:
        rivals = ", ".join(f"{rival.name} (NPI {rival.npi})" for rival in item.match.rivals)
        message = f"{where} may be of another person: {item.match.why}"
        message += f": {rivals}" if rivals else ""
        ask = f"Ask {item.source} for the NPI or license number of {where}."
        return unverified(ReasonCode.IDENTITY_AMBIGUOUS, message, item.id, ask=ask)
    message = f"{where} cannot be read: {item.problem}"
    ask = f"Correct {where} at its origin and run again."
    return unverified(ReasonCode.RECORD_UNREADABLE, message, item.id, ask=ask)


def record_location(item: Evidence) -> str:
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
