"""Judging by any record: one good certificate, or one good fellowship, is enough."""

from collections.abc import Callable

from credcheck.model import EvidenceKind, Outcome
from credcheck.rules.context import EvidenceT, RuleContext, explain_doubt
from credcheck.rules.result import Check, Judgment, finding_if_any


def finding_if_any_record(
    case: RuleContext,
    kind: EvidenceKind,
    evidence_type: type[EvidenceT],
    weigh: Callable[[EvidenceT], Check],
    *,
    what: str,
    ask: str,
) -> Judgment:
    """Weigh every record of a kind, every gap, and absence if nothing that counts was found.

    A doubtful record is a gap only if it could have shown something: one that would not meet the
    requirement whoever's it is, changes nothing. ``what`` names the thing for sentences, ``ask``
    says whom to ask for it.
    """
    weighed = [weigh(item) for item in case.usable(evidence_type)]
    gaps = [
        explain_doubt(item) for item in case.doubtful(evidence_type) if _could_matter(item, weigh)
    ]
    gaps += case.check_sources(kind)
    if not weighed or (all(each.aside for each in weighed) and not case.is_complete(kind)):
        gaps += case.check_absence(kind, what, ask)
    return finding_if_any([*weighed, *gaps])


def _could_matter(item: EvidenceT, weigh: Callable[[EvidenceT], Check]) -> bool:
    if item.record is None:
        return True
    if item.problem is not None:
        return not weigh(item).aside
    return weigh(item).outcome is not Outcome.NOT_MET
