"""Checking by any record: one good certificate, or one good fellowship, is enough."""

from collections.abc import Callable
from typing import Any

from credcheck.model import EvidenceKind, Outcome
from credcheck.rules.context import EvidenceT, RuleContext
from credcheck.rules.result import Check


def check_records(
    context: RuleContext,
    kind: EvidenceKind,
    evidence_type: type[EvidenceT],
    check: Callable[[EvidenceT, Any], Check],
    *,
    what: str,
    ask: str,
) -> list[Check]:
    """Check every record of a kind, every gap, and absence if nothing that counts was found.

    A doubtful record is a gap only if it could have shown something: one that would not meet the
    requirement whoever's it is, changes nothing. ``check`` is given a record with its evidence;
    ``what`` names the thing for sentences, ``ask`` says whom to ask for it.
    """
    checks = [check(item, item.record) for item in context.usable(evidence_type)]
    gaps = [
        context.explain_doubt(item)
        for item in context.unsure(evidence_type)
        if _could_matter(item, check)
    ]
    gaps += context.check_sources(kind)
    only_asides = all(each.aside for each in checks)
    if not checks or (only_asides and not context.sources.whole(kind)):
        gaps += context.check_absence(kind, what, ask)
    return [*checks, *gaps]


def _could_matter(item: EvidenceT, check: Callable[[EvidenceT, Any], Check]) -> bool:
    if item.record is None:
        return True
    if item.problem is not None:
        return not check(item, item.record).aside
    return check(item, item.record).outcome is not Outcome.NOT_MET
