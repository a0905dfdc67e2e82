"""An audit in one page: counts, the worst first, what ends soon, and how old the sources are."""

import datetime as dt
from collections import Counter
from typing import Final, Literal

import msgspec

from credcheck.audit.expirations import Calendar
from credcheck.audit.gate import GateResult
from credcheck.audit.headlines import headline
from credcheck.audit.waivers import Waivers
from credcheck.model import Model, RunHeader, SourceReport, SourceState, Verdict, VerdictOutcome

AUDIT_SCHEMA: Final = "credcheck.audit/1"
_SHOWN = 200


class ViolatingRow(Model, kw_only=True):
    """A row that stops the pipeline, and why."""

    row: int
    line: int | None
    npi: str | None
    id: str | None
    name: str | None
    outcome: VerdictOutcome
    headline: str
    gates: tuple[str, ...]
    reasons: tuple[str, ...]


class SourceAge(Model, kw_only=True):
    """A source as the audit met it; ``troubles`` counts the rows for which it was not usable."""

    name: str
    adapter: str
    as_of: dt.date | None
    age_days: int | None
    max_age_days: int | None
    rejected: int
    troubles: dict[str, int]


class Summary(Model, kw_only=True):
    """What a manager reads. Lists are cut at 200 entries; the counts are of all.

    ``adverse`` counts the rows that pass in part although somebody is revoked, suspended or excluded,
    by a waiver or by the baseline. ``waivers_mismatched`` are in force and do not cover what is found.
    """

    schema: Literal["credcheck.audit/1"] = AUDIT_SCHEMA
    run: RunHeader
    fail_on: str
    baseline_as_of: dt.date | None
    baseline_age_days: int | None
    complete: bool
    rows: int
    outcomes: dict[str, int]
    gated: int
    undecided: int
    worst: tuple[ViolatingRow, ...]
    waived: int
    waived_entries: tuple[str, ...]
    adverse: int
    adverse_entries: tuple[str, ...]
    waivers_unused: tuple[str, ...]
    waivers_overdue: tuple[str, ...]
    waivers_mismatched: tuple[str, ...]
    known: int
    expiring: dict[str, int]
    reasons: dict[str, int]
    sources: tuple[SourceAge, ...]
    log_head: str | None = None


class AuditTally:
    """Grows row by row and becomes the summary."""

    def __init__(self, as_of: dt.date) -> None:
        self._as_of = as_of
        self.outcomes: Counter[str] = Counter()
        self.gated = self.undecided = self.waived = self.known = self.adverse = 0
        self._worst: list[ViolatingRow] = []
        self._waived: list[str] = []
        self._adverse: list[str] = []
        self._reasons: Counter[str] = Counter()
        self._calendar = Calendar(as_of)
        self._sources: dict[str, SourceReport] = {}
        self._troubles: dict[str, Counter[str]] = {}

    def add(self, judged: GateResult, reasons: list[str]) -> None:
        """Count one row."""
        verdict = judged.verdict
        self.outcomes[str(verdict.outcome)] += 1
        self.gated += bool(judged.gates)
        self.undecided += judged.undecided
        self.waived += bool(judged.waived)
        self.known += bool(judged.known)
        self.adverse += bool(judged.adverse)
        self._calendar.add(judged.expiring)
        self._add_sources(verdict)
        if judged.gates:
            self._add_violating(judged, reasons)
        for said, entries in (
            (judged.waived.values(), self._waived),
            (judged.adverse, self._adverse),
        ):
            if len(entries) < _SHOWN:
                entries += [f"{_describe_row(verdict)}, {each}" for each in said]

    def summarize(
        self,
        run: RunHeader,
        fail_on: str,
        waivers: Waivers,
        baseline_as_of: dt.date | None,
    ) -> Summary:
        """Close the tally."""
        return Summary(
            run=run,
            fail_on=fail_on,
            baseline_as_of=baseline_as_of,
            baseline_age_days=(self._as_of - baseline_as_of).days if baseline_as_of else None,
            complete=not self.outcomes[VerdictOutcome.UNVERIFIED],
            rows=self.outcomes.total(),
            outcomes=dict(sorted(self.outcomes.items())),
            gated=self.gated,
            undecided=self.undecided,
            worst=tuple(self._sort_worst()),
            waived=self.waived,
            waived_entries=tuple(self._waived[:_SHOWN]),
            adverse=self.adverse,
            adverse_entries=tuple(self._adverse[:_SHOWN]),
            waivers_unused=tuple(map(str, waivers.unused[:_SHOWN])),
            waivers_overdue=tuple(map(str, waivers.overdue[:_SHOWN])),
            waivers_mismatched=waivers.mismatched[:_SHOWN],
            known=self.known,
            expiring={f"{days}d": self._calendar.counts[days] for days in Calendar.SPANS},
            reasons=dict(sorted(self._reasons.items(), key=lambda each: (-each[1], each[0]))),
            sources=tuple(self._source_age(name) for name in self._sources),
        )

    def _add_violating(self, judged: GateResult, reasons: list[str]) -> None:
        verdict = judged.verdict
        for finding in verdict.failing:
            if finding.requirement not in judged.waived | judged.known:
                self._reasons.update({reason.code for reason in finding.reasons})
        gated = ViolatingRow(
            row=verdict.query.row,
            line=verdict.query.line,
            npi=verdict.npi,
            id=verdict.query.id,
            name=verdict.name,
            outcome=verdict.outcome,
            headline=headline(verdict),
            gates=judged.gates,
            reasons=tuple(reasons),
        )
        self._worst.append(gated)
        if len(self._worst) > 10 * _SHOWN:
            self._worst = self._sort_worst()

    def _sort_worst(self) -> list[ViolatingRow]:
        return sorted(self._worst, key=_rank)[:_SHOWN]

    def _add_sources(self, verdict: Verdict) -> None:
        for report in verdict.sources:
            before = self._sources.get(report.name)
            if before is None or (before.as_of is None and report.as_of is not None):
                self._sources[report.name] = report
            unusable = report.state in {SourceState.FAILED, SourceState.STALE}
            if unusable or (report.state is SourceState.SKIPPED and verdict.physician is not None):
                self._troubles.setdefault(report.name, Counter())[str(report.state)] += 1

    def _source_age(self, name: str) -> SourceAge:
        report = self._sources[name]
        return SourceAge(
            name=name,
            adapter=report.adapter,
            as_of=report.as_of,
            age_days=(self._as_of - report.as_of).days if report.as_of else None,
            max_age_days=report.max_age_days,
            rejected=report.rejected,
            troubles=dict(self._troubles.get(name, {})),
        )


def add_log_head(summary: Summary, head: str) -> Summary:
    """Return the summary with the head of the log."""
    return msgspec.structs.replace(summary, log_head=head)


def _describe_row(verdict: Verdict) -> str:
    npi = f" (NPI {verdict.npi})" if verdict.npi else ""
    return f"row {verdict.query.sheet_row}{npi}"


def _rank(gated: ViolatingRow) -> tuple[int, int, int]:
    ranks = {VerdictOutcome.DOES_NOT_MEET: 0, VerdictOutcome.UNVERIFIED: 1, VerdictOutcome.MEETS: 2}
    return ranks[gated.outcome], -len(gated.reasons), gated.row
