"""The gate: which rows of an audit stop the pipeline, and which do not, and why not."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from credcheck.audit.baseline import Baseline, BaselineEntry
from credcheck.audit.expirations import Expiry, expiries, select_within
from credcheck.audit.keys import key_of
from credcheck.audit.policy import FailOn
from credcheck.audit.waivers import Waivers
from credcheck.model import Finding, Outcome, Verdict, VerdictOutcome, all_of


class GateResult(NamedTuple):
    """One row of an audit. ``gates`` says why it stops the pipeline; empty if it does not.

    ``undecided``: it gates and is unverified. ``waived`` and ``known`` say for each finding that
    fails and does not count why that is so.
    """

    verdict: Verdict
    gates: tuple[str, ...]
    undecided: bool
    waived: dict[str, str]
    known: dict[str, str]
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
        left: list[Outcome] = []
        for finding in verdict.failing:
            if remark := self._waiver_remark(verdict, finding):
                waived[finding.requirement] = remark
            elif accepted := self._baseline_remark(known, finding):
                seen[finding.requirement] = accepted
            else:
                left.append(finding.outcome)
        ends = expiries(verdict)
        residue = all_of(left) if left else Outcome.MET
        gates = (
            *self._outcome_violations(residue),
            *self._change_violations(verdict, known),
            *self._expiry_violations(ends),
        )
        undecided = bool(gates) and VerdictOutcome.UNVERIFIED in {
            verdict.outcome,
            VerdictOutcome.of(residue),
        }
        return GateResult(verdict, gates, undecided, waived, seen, ends)

    def remark(self, verdict: Verdict, finding: Finding) -> str | None:
        """Say why a finding that fails does not count, or None (reports ask this)."""
        if finding not in verdict.failing:
            return None
        return self._waiver_remark(verdict, finding) or self._baseline_remark(
            self._baseline_entry(verdict), finding
        )

    def _baseline_entry(self, verdict: Verdict) -> BaselineEntry | None:
        return self._baseline.of(key_of(verdict)) if self._baseline else None

    def _waiver_remark(self, verdict: Verdict, finding: Finding) -> str | None:
        waiver = self._waivers.find(verdict, finding)
        return f"waived: {waiver}" if waiver else None

    def _baseline_remark(self, known: BaselineEntry | None, finding: Finding) -> str | None:
        if known is None or not known.accepts(finding):
            return None
        age = (self._as_of - known.as_of).days
        return f"known: {finding.outcome} in the baseline of {known.as_of}, {age} days before"

    def _outcome_violations(self, residue: Outcome) -> Iterator[str]:
        word = VerdictOutcome.of(residue)
        gated = {
            VerdictOutcome.DOES_NOT_MEET: self._fail_on.does_not_meet,
            VerdictOutcome.UNVERIFIED: self._fail_on.unverified,
        }
        if gated.get(word):
            yield str(word)

    def _change_violations(self, verdict: Verdict, known: BaselineEntry | None) -> Iterator[str]:
        if not self._fail_on.changed or self._baseline is None:
            return
        if known is None:
            yield "changed: not in the baseline"
        elif known.outcome is not verdict.outcome:
            yield f"changed: {known.outcome} in the baseline, {verdict.outcome} now"

    def _expiry_violations(self, ends: list[Expiry]) -> Iterator[str]:
        if self._fail_on.expiring is not None:
            for each in select_within(ends, self._as_of, self._fail_on.expiring):
                yield f"expiring: {each.requirement} ends on {each.expires}"
