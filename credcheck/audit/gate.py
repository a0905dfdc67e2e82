"""The gate: which rows fail an audit, and which do not, and why not."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import NamedTuple

from credcheck._util.text import pluralize
from credcheck.audit.baseline import Baseline, BaselineEntry
from credcheck.audit.basis import find_basis
from credcheck.audit.expirations import Expiry, expiries, select_within
from credcheck.audit.policy import FailOn
from credcheck.audit.waivers import Waivers
from credcheck.model import Finding, Outcome, Verdict, VerdictOutcome
from credcheck.reference.labels import label_inside, list_phrases

_AS_FINDING = {VerdictOutcome.of(outcome): outcome for outcome in Outcome}


class GateResult(NamedTuple):
    """One row of an audit. ``gates`` says why it stops the pipeline; empty if it does not.

    ``undecided``: it gates and is unverified. ``waived`` and ``known`` say for each finding that
    fails and does not count why that is so. ``adverse`` are those of them that say that somebody is
    revoked, suspended or excluded, and what says so in a path that was not needed.
    """

    verdict: Verdict
    gates: tuple[str, ...]
    undecided: bool
    waived: dict[str, str]
    known: dict[str, str]
    adverse: tuple[str, ...]
    expiring: list[Expiry]


class Gate:
    """An audit's policy: what fails it, what is waived, and what was known before."""

    def __init__(
        self, fail_on: FailOn, waivers: Waivers, baseline: Baseline | None, as_of: dt.date
    ) -> None:
        self._fail_on = fail_on
        self._waivers = waivers
        self._baseline = baseline
        self._as_of = as_of

    def evaluate(self, verdict: Verdict) -> GateResult:
        """Say what one row means for the audit."""
        known = self._baseline_entry(verdict)
        waived: dict[str, str] = {}
        seen: dict[str, str] = {}
        adverse: list[str] = []
        left: list[Outcome] = []
        for finding in verdict.failing:
            if remark := self._waiver_remark(verdict, finding):
                waived[finding.requirement] = remark
            elif remark := self._baseline_remark(known, verdict, finding):
                seen[finding.requirement] = remark
            else:
                left.append(finding.outcome)
                continue
            if find_basis(verdict, finding).adverse:
                adverse.append(remark)
        adverse += _list_adverse_aside(verdict)
        ends = expiries(verdict)
        residue = _combine_left(verdict, waived, seen, left)
        gates = (
            *self._outcome_violations(residue),
            *self._change_violations(verdict, known, waived | seen),
            *self._expiry_violations(ends),
        )
        undecided = bool(gates) and VerdictOutcome.UNVERIFIED in {
            verdict.outcome,
            VerdictOutcome.of(residue),
        }
        return GateResult(verdict, gates, undecided, waived, seen, tuple(adverse), ends)

    def remark(self, verdict: Verdict, finding: Finding) -> str | None:
        """Say why a finding that fails does not count, or None (reports ask this)."""
        if finding not in verdict.failing:
            return None
        return self._waiver_remark(verdict, finding) or self._baseline_remark(
            self._baseline_entry(verdict), verdict, finding
        )

    def _baseline_entry(self, verdict: Verdict) -> BaselineEntry | None:
        return self._baseline.of(verdict) if self._baseline else None

    def _waiver_remark(self, verdict: Verdict, finding: Finding) -> str | None:
        waiver = self._waivers.find(verdict, finding)
        return f"waived{_describe_adverse(verdict, finding)}: {waiver}" if waiver else None

    def _baseline_remark(
        self, known: BaselineEntry | None, verdict: Verdict, finding: Finding
    ) -> str | None:
        if known is None or not known.accepts(verdict, finding):
            return None
        age = (self._as_of - known.as_of).days
        what = label_inside("requirement", finding.requirement)
        came_to = label_inside("outcome", finding.outcome)
        said = f"{what} {came_to} in the baseline of {known.as_of}, {pluralize(age, 'day')} earlier"
        return f"known{_describe_adverse(verdict, finding)}: {said}"

    def _outcome_violations(self, residue: Outcome) -> Iterator[str]:
        word = VerdictOutcome.of(residue)
        gated = {
            VerdictOutcome.DOES_NOT_MEET: self._fail_on.does_not_meet,
            VerdictOutcome.UNVERIFIED: self._fail_on.unverified,
        }
        if gated.get(word):
            yield str(word)

    def _change_violations(
        self, verdict: Verdict, known: BaselineEntry | None, passed: Collection[str]
    ) -> Iterator[str]:
        """Yield what changed: the outcome, or the reason for it."""
        if not self._fail_on.changed or self._baseline is None:
            return
        if known is None:
            yield "changed: not in the baseline"
            return
        if known.outcome is not verdict.outcome:
            before, now = (
                label_inside("verdict_short", x) for x in (known.outcome, verdict.outcome)
            )
            yield f"changed: {before} in the baseline, {now} now"
            return
        for finding in verdict.failing:
            if finding.requirement not in passed:
                codes = find_basis(verdict, finding).codes
                yield f"changed: another reason: {list_phrases(codes, finding.requirement)}"

    def _expiry_violations(self, ends: list[Expiry]) -> Iterator[str]:
        if self._fail_on.expiring is not None:
            for each in select_within(ends, self._as_of, self._fail_on.expiring):
                what = label_inside("requirement", each.requirement)
                yield f"expiring: {each.what} ends on {each.expires} ({what})"


def _combine_left(
    verdict: Verdict, waived: Collection[str], known: Collection[str], left: list[Outcome]
) -> Outcome:
    """Return what the findings come to that nothing keeps from counting.

    A verdict that does not meet, and no finding says why, has nothing that could be waived. A waived
    finding is taken for met, and so may complete a path. A known one may not while anything else fails
    that is new: the baseline accepts what it was, and now it is another.
    """
    if not verdict.failing:
        return _AS_FINDING[verdict.outcome]
    if not left:
        return Outcome.MET
    by_waiver = verdict.outcome_if_met(waived)
    if by_waiver is Outcome.MET:
        return Outcome.MET
    accepted = verdict.outcome_if_met({*waived, *known})
    return by_waiver if accepted is Outcome.MET else accepted


def _list_adverse_aside(verdict: Verdict) -> list[str]:
    """Return what says that somebody is revoked or suspended in a path that was not needed."""
    inside = {name for path in verdict.paths or () for name in path.requirements}
    return [
        f"{list_phrases(adverse, finding.requirement)}, in a path that was not needed"
        for finding in verdict.findings
        if finding.requirement in inside and finding not in verdict.failing
        if (adverse := find_basis(verdict, finding).adverse)
        if finding.outcome is not Outcome.MET
    ]


def _describe_adverse(verdict: Verdict, finding: Finding) -> str:
    """Say in the remark itself that somebody is revoked, suspended or excluded."""
    adverse = find_basis(verdict, finding).adverse
    return f", although {list_phrases(adverse, finding.requirement)}" if adverse else ""
