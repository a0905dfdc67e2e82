"""What the pictures of a run show, counted in one pass over its verdicts. It grows row by row."""

import datetime as dt
from collections import Counter
from typing import NamedTuple

from credcheck.audit.expirations import expiries
from credcheck.model import (
    Outcome,
    RequirementLevel,
    RunHeader,
    SourceReport,
    SourceState,
    Verdict,
    VerdictOutcome,
)
from credcheck.reports.run_coverage import RunCoverage

GRID_ROWS = 60
MONTHS = 24
_RANKS = {VerdictOutcome.DOES_NOT_MEET: 0, VerdictOutcome.UNVERIFIED: 1, VerdictOutcome.MEETS: 2}


class ChartRow(NamedTuple):
    """One physician of the grid, with the findings by their requirements."""

    row: int
    name: str
    outcome: VerdictOutcome
    findings: dict[str, Outcome]


class RunTally:
    """Counts for the pictures. ``requirements`` are those that any verdict so far has a finding on."""

    def __init__(self, header: RunHeader) -> None:
        self.header = header
        self.outcomes: Counter[VerdictOutcome] = Counter()
        self.requirements: dict[str, RequirementLevel] = {}
        self.findings: dict[str, Counter[Outcome]] = {}
        self.ends: Counter[str] = Counter()
        self.ends_later = 0
        self.sources: dict[str, SourceReport] = {}
        self.troubles: dict[str, Counter[SourceState]] = {}
        self.coverage = RunCoverage()
        self._grid: dict[VerdictOutcome, list[ChartRow]] = {word: [] for word in VerdictOutcome}
        self._months = list_months(header.as_of)

    def add(self, verdict: Verdict) -> None:
        """Count one verdict."""
        self.outcomes[verdict.outcome] += 1
        for finding in verdict.findings:
            self.requirements.setdefault(finding.requirement, finding.level)
            self.findings.setdefault(finding.requirement, Counter())[finding.outcome] += 1
        rows = self._grid[verdict.outcome]
        if len(rows) < GRID_ROWS:
            found = {finding.requirement: finding.outcome for finding in verdict.findings}
            name = verdict.name or str(verdict.npi or f"row {verdict.query.row}")
            rows.append(ChartRow(verdict.query.row, name, verdict.outcome, found))
        self._add_expiries(verdict)
        self._add_sources(verdict)
        self.coverage.add(verdict)

    @property
    def rows(self) -> int:
        """How many verdicts were counted."""
        return self.outcomes.total()

    @property
    def months(self) -> dict[str, int]:
        """How many findings end in each of the coming months."""
        return {month: self.ends[month] for month in self._months}

    @property
    def grid(self) -> list[ChartRow]:
        """The physicians of the grid, with those who do not meet the standard first."""
        ordered = sorted(self._grid, key=_RANKS.__getitem__)
        return [row for word in ordered for row in self._grid[word]][:GRID_ROWS]

    def _add_expiries(self, verdict: Verdict) -> None:
        for each in expiries(verdict):
            month = f"{each.expires:%Y-%m}"
            self.ends[month] += 1
            self.ends_later += month > self._months[-1]

    def _add_sources(self, verdict: Verdict) -> None:
        for report in verdict.sources:
            before = self.sources.get(report.name)
            if before is None or (before.as_of is None and report.as_of is not None):
                self.sources[report.name] = report
            if report.state is not SourceState.OK:
                self.troubles.setdefault(report.name, Counter())[report.state] += 1


def list_months(day: dt.date) -> list[str]:
    """Return the months from that of a day on: ``2026-11``, ``2026-12``, ..."""
    first = day.year * 12 + day.month - 1
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, first + MONTHS)]
