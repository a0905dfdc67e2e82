"""A verdict in one line that says why: ``does not meet: board certificate expired 2025-12-31``.

The words come from the codes and the records, by their labels; no sentence is read. What a person
verified is named with who, how and when.
"""

from collections.abc import Iterator

from credcheck.model import (
    Evidence,
    Finding,
    Outcome,
    Reason,
    ReasonCode,
    Verdict,
    VerdictOutcome,
)
from credcheck.model.dates import PartialDate
from credcheck.reference.labels import humanize, label_inside, list_labels, phrase

_DECIDING = {
    VerdictOutcome.DOES_NOT_MEET: Outcome.NOT_MET,
    VerdictOutcome.UNVERIFIED: Outcome.UNVERIFIED,
}
_REMARKS = frozenset({ReasonCode.ROW_SETTLED, ReasonCode.NOT_IN_MOC, ReasonCode.NOT_PRACTICING})
"""Reasons that stand beside those that decide."""


_DAYS = {
    ReasonCode.NPI_DEACTIVATED: "deactivation_date",
    ReasonCode.CERTIFICATE_EXPIRED: "expires",
    ReasonCode.CERTIFICATE_NOT_YET_EFFECTIVE: "issued",
    ReasonCode.EXCLUDED: "excluded_on",
}
"""The field of the record whose day follows a reason."""


def name_outcome(outcome: VerdictOutcome) -> str:
    """Return a verdict's word inside a sentence: ``does not meet``."""
    return label_inside("verdict_short", outcome)


def headline(verdict: Verdict) -> str:
    """Return the whole line: the outcome, and why."""
    word, why = name_outcome(verdict.outcome), say_why(verdict)
    if not why:
        return word
    return f"{word}{'; ' if verdict.outcome is VerdictOutcome.MEETS else ': '}{why}"


def say_why(verdict: Verdict) -> str:
    """Return why the outcome is what it is.

    For ``meets`` that is by whom it was verified, where that was a person, and what is not shown.
    """
    if verdict.outcome is VerdictOutcome.MEETS:
        parts = [*_list_paths(verdict), *_list_people(verdict), *_list_not_shown(verdict)]
        return "; ".join(parts)
    if verdict.physician is None and verdict.resolution.reasons:
        return "; ".join(dict.fromkeys(_say_of_query(x) for x in verdict.resolution.reasons))
    deciding = _DECIDING[verdict.outcome]
    said = (say_finding(verdict, x) for x in verdict.failing if x.outcome is deciding)
    return "; ".join(dict.fromkeys(said))


def say_finding(verdict: Verdict, finding: Finding) -> str:
    """Return a finding in a few words: the first reason that decides it."""
    reasons = [x for x in finding.reasons if x.code not in _REMARKS] or list(finding.reasons)
    if reasons:
        return _say(verdict, reasons[0], finding.requirement)
    what = name_requirement(finding.requirement)
    return f"{what} {label_inside('outcome', finding.outcome)}"


def name_requirement(requirement: str) -> str:
    """Return a requirement inside a sentence."""
    return label_inside("requirement", requirement)


def _say_of_query(reason: Reason) -> str:
    """Return why a query led to no one."""
    known = list_labels("question").get(reason.code)
    return known or phrase(reason.code, "identity")


def _say(verdict: Verdict, reason: Reason, requirement: str) -> str:
    said, field = phrase(reason.code, requirement), _DAYS.get(reason.code)
    days = [] if field is None else list(_list_days(verdict, reason, field))
    return f"{said} {max(days, key=lambda each: each.latest)}" if days else said


def _list_days(verdict: Verdict, reason: Reason, field: str) -> Iterator[PartialDate]:
    for item in verdict.evidence:
        day = getattr(item.record, field, None) if item.id in reason.about else None
        if isinstance(day, PartialDate):
            yield day


def _list_people(verdict: Verdict) -> Iterator[str]:
    """Yield by whom, how and when was verified or settled what a ``meets`` rests on."""
    records = {item.id: item for item in verdict.evidence}
    for finding in verdict.findings:
        if finding.outcome is not Outcome.MET or finding.level == "advisory":
            continue
        idents = [*finding.evidence, *(x for each in finding.reasons for x in each.about)]
        used = [records[ident] for ident in dict.fromkeys(idents) if ident in records]
        said = dict.fromkeys(by for item in used for by in _name_people(item))
        if said:
            yield f"{name_requirement(finding.requirement)} {' and '.join(said)}"


def _name_people(item: Evidence) -> Iterator[str]:
    if item.verification is not None:
        yield f"by {item.verification}"
    if item.match.disposition is not None and item.match.disposition.counts:
        yield f"settled by {item.match.disposition}"


def _list_paths(verdict: Verdict) -> Iterator[str]:
    held = [path.id for path in verdict.paths or () if path.outcome is Outcome.MET]
    if held:
        named = " and ".join(map(humanize, held))
        yield f"by the path{'s' if len(held) > 1 else ''} {named}"


def _list_not_shown(verdict: Verdict) -> Iterator[str]:
    missing = [
        name_requirement(finding.requirement)
        for finding in verdict.findings
        if finding.level == "advisory" and finding.outcome is not Outcome.MET
    ]
    if missing:
        yield f"not shown: {', '.join(missing)}"
