"""The sources of a dossier: who can tell about a kind, where the gaps are, and whether absence counts.

Absence is evidence only in a list that is whole (truth rule 10): declared complete, fresh, not torn,
and without rows that name nobody. Declared coverage never heals a tear.
"""

import datetime as dt
from collections.abc import Sequence

from credcheck.model import Authority, Coverage, EvidenceKind, SourceReport, SourceState


class SourceView:
    """The reports of one or many dossiers' sources, as of a date."""

    def __init__(self, reports: Sequence[SourceReport], as_of: dt.date) -> None:
        self.as_of = as_of
        self.by_name = {report.name: report for report in reports}
        self._of = {kind: tuple(x for x in reports if kind in x.kinds) for kind in EvidenceKind}

    def of(self, kind: EvidenceKind) -> tuple[SourceReport, ...]:
        """Return the sources that can tell about a kind, whatever their state."""
        return self._of[kind]

    def is_ok(self, name: str) -> bool:
        """Tell whether a source answered and is fresh."""
        report = self.by_name.get(name)
        return report is not None and report.state is SourceState.OK

    def day_of(self, name: str) -> dt.date | None:
        """Return the day that a source speaks of."""
        report = self.by_name.get(name)
        return report.as_of if report is not None else None

    def answering(self, kind: EvidenceKind) -> tuple[SourceReport, ...]:
        """Return the sources of a kind that answered and are fresh."""
        return tuple(each for each in self._of[kind] if each.state is SourceState.OK)

    def whole(self, kind: EvidenceKind) -> tuple[SourceReport, ...]:
        """Return the sources of a kind in which absence is evidence."""
        return tuple(each for each in self.answering(kind) if self.is_whole(each))

    def is_whole(self, source: SourceReport) -> bool:
        """Tell whether absence from a source is evidence.

        One that speaks of a day long after the as-of date may have lost what it held then: a listing
        of exclusions drops whoever is reinstated.
        """
        return is_declared_whole(source) and not is_damaged(source) and not self.is_late(source)

    def is_late(self, source: SourceReport) -> bool:
        """Tell whether a source speaks of a later day by more than it may of an earlier one."""
        limit = source.max_age_days
        return limit is not None and self.days_after(source) > limit

    def days_after(self, source: SourceReport) -> int:
        """Return how many days after the as-of date a source speaks of."""
        return (source.as_of - self.as_of).days if source.as_of is not None else 0


def is_declared_whole(source: SourceReport) -> bool:
    """Tell whether a source answered, is fresh and is declared complete."""
    return source.coverage is Coverage.COMPLETE and source.state is SourceState.OK


def is_damaged(source: SourceReport) -> bool:
    """Tell whether a source is torn, or has rows of which nobody knows whose they are."""
    return source.torn is not None or source.nameless > 0


def is_issuer(source: SourceReport) -> bool:
    """Tell whether a source speaks for the issuer itself."""
    return source.authority is Authority.PRIMARY
