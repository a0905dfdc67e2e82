"""What changed between two saved results, physician by physician."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from credcheck.audit.basis import find_basis
from credcheck.audit.expirations import expiries, select_within
from credcheck.audit.keys import assign_keys
from credcheck.model import (
    Model,
    Outcome,
    ReasonCode,
    Verdict,
    VerdictOutcome,
    canonical_json,
)
from credcheck.reference.labels import label, label_inside, list_phrases
from credcheck.runs.results import Results


class Change(StrEnum):
    """The kinds of change, the gravest first."""

    NEWLY_FAILING = "newly_failing"
    NEWLY_UNVERIFIED = "newly_unverified"
    REASON_CHANGED = "reason_changed"
    NEWLY_MEETING = "newly_meeting"
    NEW = "new"
    GONE = "gone"
    NAME_CHANGED = "name_changed"
    EVIDENCE_CHANGED = "evidence_changed"
    EXPIRING = "expiring"


class Difference(Model, kw_only=True):
    """One physician who differs. ``before`` or ``now`` is None where they are in one file only."""

    key: str
    row: int | None
    name: str | None
    before: VerdictOutcome | None
    now: VerdictOutcome | None
    changes: tuple[Change, ...]
    details: tuple[str, ...]


class _VerdictSummary(NamedTuple):
    """What is kept of a verdict for comparing: a few hundred bytes."""

    row: int
    name: str | None
    outcome: VerdictOutcome
    findings: dict[str, Outcome]
    codes: dict[str, frozenset[ReasonCode]]
    evidence: bytes


def compare_results(old: Results, new: Results, days: int) -> Iterator[Difference]:
    """Yield who differs, in the order of NEW, and then who is gone.

    ``expiring`` is for findings that end within so many days of NEW's as-of date. OLD is kept in
    memory, a few hundred bytes a physician. Raises ResultsError as the files do.
    """
    before = {key: _summarize(verdict) for key, verdict in assign_keys(old)}
    for key, verdict in assign_keys(new):
        found = _compare(key, before.pop(key, None), verdict, new.header.as_of, days)
        if found.changes:
            yield found
    for key, seen in before.items():
        yield Difference(
            key=key,
            row=None,
            name=seen.name,
            before=seen.outcome,
            now=None,
            changes=(Change.GONE,),
            details=(),
        )


def count_changes(found: list[Difference]) -> dict[str, int]:
    """Count the changes of each kind; every kind is there, also with none."""
    counts = Counter(change for each in found for change in each.changes)
    return {str(change): counts[change] for change in Change}


def _compare(
    key: str, before: _VerdictSummary | None, verdict: Verdict, as_of: dt.date, days: int
) -> Difference:
    now = _summarize(verdict)
    changes: list[Change] = []
    details: list[str] = []
    if before is None:
        changes.append(Change.NEW)
    else:
        for change, detail in _list_changes(before, now):
            changes.append(change)
            details += detail
    ends = select_within(expiries(verdict), as_of, days)
    if ends:
        changes.append(Change.EXPIRING)
        details += [
            f"{label('requirement', each.requirement)}: {each.what} ends on {each.expires}"
            for each in ends
        ]
    return Difference(
        key=key,
        row=now.row,
        name=now.name,
        before=before.outcome if before else None,
        now=now.outcome,
        changes=tuple(sorted(changes, key=list(Change).index)),
        details=tuple(details),
    )


def _list_changes(
    before: _VerdictSummary, now: _VerdictSummary
) -> Iterator[tuple[Change, list[str]]]:
    findings = [
        f"{label('requirement', name)}: {_name_outcome(before.findings.get(name))} before,"
        f" {_name_outcome(outcome)} now"
        for name, outcome in now.findings.items()
        if before.findings.get(name) is not outcome
    ]
    if reasons := list(_list_new_reasons(before, now)):
        yield Change.REASON_CHANGED, reasons
    if before.outcome is not now.outcome:
        yield _NEWLY[now.outcome], findings
    elif findings or before.evidence != now.evidence:
        same = [] if reasons else ["different records, the same findings"]
        yield Change.EVIDENCE_CHANGED, findings or same
    if before.name != now.name and before.name and now.name:
        yield Change.NAME_CHANGED, [f"{before.name} before, {now.name} now"]


def _list_new_reasons(before: _VerdictSummary, now: _VerdictSummary) -> Iterator[str]:
    """Yield what fails as it did before, and now for a reason that was not there."""
    for name, codes in now.codes.items():
        known = before.codes.get(name, frozenset())
        if known and not codes <= known and before.findings.get(name) is now.findings[name]:
            was, is_ = list_phrases(known, name), list_phrases(codes, name)
            still = _name_outcome(now.findings[name])
            yield f"{label('requirement', name)}: still {still}; before: {was}; now: {is_}"


def _name_outcome(outcome: Outcome | None) -> str:
    return label_inside("outcome", outcome) if outcome is not None else "not asked"


_NEWLY = {
    VerdictOutcome.DOES_NOT_MEET: Change.NEWLY_FAILING,
    VerdictOutcome.UNVERIFIED: Change.NEWLY_UNVERIFIED,
    VerdictOutcome.MEETS: Change.NEWLY_MEETING,
}


def _summarize(verdict: Verdict) -> _VerdictSummary:
    """Keep what the records say, not where they stand: a listing sorted again is no change."""
    said = sorted(canonical_json((str(x.source), x.record, x.problem)) for x in verdict.evidence)
    return _VerdictSummary(
        row=verdict.query.row,
        name=verdict.name,
        outcome=verdict.outcome,
        findings={x.requirement: x.outcome for x in verdict.findings},
        codes={x.requirement: find_basis(verdict, x).codes for x in verdict.failing},
        evidence=hashlib.sha256(b"\n".join(said)).digest(),
    )
