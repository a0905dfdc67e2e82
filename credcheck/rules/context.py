"""The context: a dossier as a rule looks at it, with what counts and where the gaps are.

Truth rules held here (docs/architecture.md): only evidence that is decisively this person's, whole,
and from a source that answered and is fresh, counts (2, 3, 5); everything else that could have told
is a gap, and a gap is ``unverified``, never a negative and never passed over (2, 3).
"""

import datetime as dt
from collections.abc import Sequence

from credcheck._util.text import pluralize
from credcheck.evidence.doubt import record_location
from credcheck.evidence.finders import FINDERS
from credcheck.evidence.screen import EvidenceScreen, EvidenceT
from credcheck.evidence.sources import SourceView, is_declared_whole
from credcheck.evidence.verifications import find_weakness
from credcheck.model import (
    Authority,
    Decision,
    Dossier,
    Evidence,
    EvidenceKind,
    MatchReason,
    Physician,
    ReasonCode,
    SourceReport,
    SourceState,
)
from credcheck.rules.result import Check, not_met, unverified

__all__ = ["EvidenceT", "RuleContext", "is_self_reported", "record_location"]

_OWN_NUMBER_OTHER_NAME = {MatchReason.SAME_NPI, MatchReason.NPI_OF_ANOTHER_NAME}


class RuleContext(EvidenceScreen):
    """One dossier on one date, with the checks of its gaps."""

    def __init__(self, dossier: Dossier, as_of: dt.date, sources: SourceView | None = None) -> None:
        super().__init__(dossier, as_of, FINDERS, sources)

    @property
    def physician(self) -> Physician | None:
        """The resolved person, if there is one."""
        return self.dossier.physician

    def check_sources(self, kind: EvidenceKind) -> list[Check]:
        """Check the sources of a kind that were not usable."""
        unusable = [x for x in self.sources.of(kind) if x.state is not SourceState.OK]
        return [check_source(source) for source in unusable]

    def check_absence(self, kind: EvidenceKind, what: str, ask: str) -> list[Check]:
        """Check that no record of a kind was found: a negative only where a list is whole.

        Nothing is checked where sources are there but none was usable: ``check_sources`` says that.
        """
        if not self.sources.of(kind):
            message = f"no source for {what} is configured"
            step = f"Add a source for {what}. {ask}"
            return [unverified(ReasonCode.NO_SOURCE, message, ask=step, silent=True)]
        return [self.check_silence(kind, what, ask)] if self.sources.answering(kind) else []

    def check_silence(self, kind: EvidenceKind, what: str, ask: str) -> Check:
        """Check what the silence of the answering sources means."""
        answering, whole = self.sources.answering(kind), self.sources.whole(kind)
        if whole:
            message = f"no {what} is listed in {join_names(whole)} (declared complete)"
            return not_met(ReasonCode.NOT_LISTED, message, ask=ask)
        if damaged := self.check_damage(kind, what, ask):
            return damaged
        declared = [each for each in answering if is_declared_whole(each)]
        late = [each for each in declared if self.sources.is_late(each)]
        if late:
            return self._check_late(late[0], what)
        message = (
            f"no {what} found in {join_names(answering)}; not being listed there proves nothing"
        )
        message += "".join(
            f" ({source.name} {source.detail})" for source in answering if source.detail
        )
        code = ReasonCode.NOT_FOUND_IN_PARTIAL_SOURCE
        return unverified(code, message, ask=ask, silent=True)

    def check_damage(self, kind: EvidenceKind, what: str, ask: str) -> Check | None:
        """Check a list that is declared complete and is not whole, if one of a kind is."""
        declared = [each for each in self.sources.answering(kind) if is_declared_whole(each)]
        torn = next((each for each in declared if each.torn is not None), None)
        if torn is not None:
            message = f"no {what} is listed in {torn.name}, but the file is incomplete: {torn.torn}"
            step = f"Get a complete copy of {torn.name} and run again. {ask}"
            return unverified(ReasonCode.SOURCE_DAMAGED, message, ask=step)
        nameless = next((each for each in declared if each.nameless), None)
        return _check_nameless(nameless, what, ask) if nameless is not None else None

    def explain_doubt(self, item: Evidence) -> Check:
        """Check a record that may be this person's but does not count, with what would settle it."""
        where = record_location(item)
        if item.match.decision is Decision.CONFLICT:
            message = f"{where} may be this person's, but {item.match.why}"
            if not item.match.reasons or set(item.match.reasons) >= _OWN_NUMBER_OTHER_NAME:
                message = f"{where} has this person's number but not the name: {_list_names(item)}"
            ask = f"Ask {item.source} whose record {where} is."
            return unverified(ReasonCode.IDENTITY_CONFLICT, message, item.id, ask=ask)
        if item.match.decision is Decision.AMBIGUOUS:
            rivals = ", ".join(f"{rival.name} (NPI {rival.npi})" for rival in item.match.rivals)
            message = f"{where} may belong to another person: {item.match.why}"
            message += f": {rivals}" if rivals else ""
            ask = f"Ask {item.source} for the NPI or license number of {where}."
            return unverified(ReasonCode.IDENTITY_AMBIGUOUS, message, item.id, ask=ask)
        if item.problem is not None or item.record is None:
            message = f"{where} cannot be read: {item.problem}"
            ask = f"Correct {where} in the source file and run again."
            return unverified(ReasonCode.RECORD_UNREADABLE, message, item.id, ask=ask)
        weakness = find_weakness(item, self.as_of)
        if weakness is not None:
            return unverified(weakness.code, weakness.message, item.id, ask=weakness.next_step)
        message = f"{where} comes from a source that is too old or was left out"
        ask = f"Run again with a current copy of {item.source}."
        return unverified(ReasonCode.SOURCE_STALE, message, item.id, ask=ask)

    def _check_late(self, source: SourceReport, what: str) -> Check:
        message = (
            f"{source.name} lists no {what}, but it is dated {source.as_of},"
            f" {self.sources.days_after(source)} days after {self.as_of}, and may have dropped entries"
            " from that time"
        )
        step = f"Use a copy of {source.name} from about {self.as_of}, or check as of a later day."
        code = ReasonCode.NOT_FOUND_IN_PARTIAL_SOURCE
        return unverified(code, message, ask=step)


def check_source(source: SourceReport) -> Check:
    """Check a source that did not answer, is stale or was left out."""
    if source.state is SourceState.STALE:
        message = f"{source.name} is too old: {source.detail}"
        step = f"Get a current copy of {source.name} and run again."
        return unverified(ReasonCode.SOURCE_STALE, message, ask=step)
    if source.state is SourceState.SKIPPED:
        message = f"{source.name} was not asked: {source.detail}"
        step = f"Run again with {source.name}."
        return unverified(ReasonCode.NO_SOURCE, message, ask=step, silent=True)
    message = f"{source.name} could not be used: {source.detail}"
    step = f"Run again when {source.name} is available, or repair it."
    return unverified(ReasonCode.SOURCE_FAILED, message, ask=step)


def join_names(sources: Sequence[SourceReport]) -> str:
    """Return the names of sources for a sentence: ``a, b and c``."""
    *others, last = [source.name for source in sources]
    return f"{', '.join(others)} and {last}" if others else last


def is_self_reported(item: Evidence) -> bool:
    """Tell whether a record is only what the person says."""
    return item.authority is Authority.SELF_REPORTED


def _check_nameless(source: SourceReport, what: str, ask: str) -> Check:
    message = (
        f"{source.name} lists no {what}, but {pluralize(source.nameless, 'row')} in it without a"
        " name may be about this person"
    )
    step = f"Repair {source.name}: fill in who or what those rows are about. {ask}"
    return unverified(ReasonCode.SOURCE_DAMAGED, message, ask=step)


def _list_names(item: Evidence) -> str:
    return "; ".join(
        f"{part.theirs} instead of {part.ours}"
        for part in item.match.compared
        if part.agreement == "none"
    )
