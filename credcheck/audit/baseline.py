"""A baseline: results that were accepted. Only what is new or worse than they say gates."""

import datetime as dt
from typing import NamedTuple

from credcheck.audit.keys import key_of
from credcheck.model import Finding, Outcome, Verdict, VerdictOutcome
from credcheck.runs.results import Results

_RANK = {Outcome.MET: 0, Outcome.UNVERIFIED: 1, Outcome.NOT_MET: 2}


class BaselineEntry(NamedTuple):
    """What the baseline says of one physician."""

    outcome: VerdictOutcome
    findings: dict[str, Outcome]
    as_of: dt.date

    def accepts(self, finding: Finding) -> bool:
        """Tell whether a finding failed in the same way, or a worse one, before."""
        before = self.findings.get(finding.requirement, Outcome.MET)
        return before is not Outcome.MET and _RANK[finding.outcome] <= _RANK[before]


class Baseline:
    """What a baseline says of everybody in it. A few hundred bytes a physician are kept."""

    def __init__(self, results: Results) -> None:
        """Read the results once. Raises ResultsError as they do."""
        self.as_of = results.header.as_of
        self._known: dict[str, BaselineEntry] = {}
        for verdict in results:
            key = key_of(verdict)
            new = BaselineEntry(verdict.outcome, _required_outcomes(verdict), verdict.as_of)
            before = self._known.get(key)
            self._known[key] = _intersect(before, new) if before else new

    def of(self, key: str) -> BaselineEntry | None:
        """Return what is known of a physician, by key_of."""
        return self._known.get(key)


def _intersect(one: BaselineEntry, other: BaselineEntry) -> BaselineEntry:
    """Return what two rows of one physician have in common: less is accepted by it, not more."""
    findings = {
        name: min(outcome, other.findings.get(name, Outcome.MET), key=_RANK.__getitem__)
        for name, outcome in one.findings.items()
    }
    return BaselineEntry(one.outcome, findings, one.as_of)


def _required_outcomes(verdict: Verdict) -> dict[str, Outcome]:
    return {x.requirement: x.outcome for x in verdict.findings if x.level == "required"}
