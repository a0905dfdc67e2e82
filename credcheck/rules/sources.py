"""The sources of a dossier as rules look at them: who can tell about a kind, and where the gaps are.

Most people of a run were asked about at the same sources, so what is worked out here is kept.
"""

import datetime as dt
from collections.abc import Sequence

from credcheck.model import Coverage, EvidenceKind, ReasonCode, SourceReport, SourceState
from credcheck.rules.result import Check, not_met, unverified


class Sources:
    """The reports of one or many dossiers' sources."""

    def __init__(self, reports: Sequence[SourceReport], as_of: dt.date) -> None:
        self._day = as_of
        self.states = {report.name: report.state for report in reports}
        self._of = {kind: tuple(x for x in reports if kind in x.kinds) for kind in EvidenceKind}
        self._gaps: dict[EvidenceKind, tuple[Check, ...]] = {}

    def of(self, kind: EvidenceKind) -> tuple[SourceReport, ...]:
        """Return the sources that can tell about a kind, whatever their state."""
        return self._of[kind]

    def is_complete(self, kind: EvidenceKind) -> bool:
        """Tell whether absence is evidence: some source for the kind is complete, ok and fresh.

        One that speaks of a day long after the as-of date may have lost what it held then: a listing
        of exclusions drops whoever is reinstated.
        """
        return any(_is_whole(source) and not self._is_late(source) for source in self._of[kind])

    def gaps(self, kind: EvidenceKind) -> tuple[Check, ...]:
        """Weigh the sources of a kind that were not usable."""
        if kind not in self._gaps:
            unusable = [source for source in self._of[kind] if source.state is not SourceState.OK]
            self._gaps[kind] = tuple(map(_gap, unusable))
        return self._gaps[kind]

    def check_absence(self, kind: EvidenceKind, what: str, ask: str) -> tuple[Check, ...]:
        """Weigh that no record of a kind was found: a negative only where a source is complete.

        Nothing is weighed where sources are there but none was usable: ``gaps`` tells that.
        """
        if not self._of[kind]:
            message = f"no source for {what} is configured"
            return (
                unverified(ReasonCode.NO_SOURCE, message, ask=f"Add a source for {what}. {ask}"),
            )
        answering = [source for source in self._of[kind] if source.state is SourceState.OK]
        return (self._silence(kind, answering, what, ask),) if answering else ()

    def _silence(
        self, kind: EvidenceKind, answering: Sequence[SourceReport], what: str, ask: str
    ) -> Check:
        names = " and ".join(source.name for source in answering)
        if self.is_complete(kind):
            message = f"no {what} is listed in {names}, which is declared complete"
            return not_met(ReasonCode.NOT_LISTED, message)
        message = f"no {what} was found in {names}, which is not complete"
        late = [x for x in answering if _is_whole(x) and self._is_late(x)]
        if late:
            message = (
                f"no {what} is listed in {names}, but {late[0].name} speaks of {late[0].as_of},"
            )
            message += f" {self._days_after(late[0])} days after the as-of date"
            ask = f"Use a copy of {late[0].name} of that time. {ask}"
        return unverified(ReasonCode.NOT_FOUND_IN_PARTIAL_SOURCE, message, ask=ask)

    def _is_late(self, source: SourceReport) -> bool:
        """Tell whether a source speaks of a later day by more than it may of an earlier one."""
        limit = source.max_age_days
        return limit is not None and self._days_after(source) > limit

    def _days_after(self, source: SourceReport) -> int:
        return (source.as_of - self._day).days if source.as_of is not None else 0


def _is_whole(source: SourceReport) -> bool:
    return source.coverage is Coverage.COMPLETE and source.state is SourceState.OK


def _gap(source: SourceReport) -> Check:
    """Weigh a source that did not answer, is stale or was left out."""
    if source.state is SourceState.STALE:
        message = f"{source.name} is too old: {source.detail}"
        ask = f"Get a current copy of {source.name} and run again."
        return unverified(ReasonCode.SOURCE_STALE, message, ask=ask)
    if source.state is SourceState.SKIPPED:
        message = f"{source.name} was not asked: {source.detail}"
        return unverified(ReasonCode.NO_SOURCE, message, ask=f"Run again with {source.name}.")
    message = f"{source.name} could not be used: {source.detail}"
    ask = f"Run again when {source.name} answers, or repair it."
    return unverified(ReasonCode.SOURCE_FAILED, message, ask=ask)
