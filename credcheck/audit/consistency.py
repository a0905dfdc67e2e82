"""What has to agree in a file of results: within a line, between lines, and with the header.

A verdict is judged again from its evidence. What the rules do not look at, and what they only read,
can still contradict the rest of the line. What is found here was not written by a run.
"""

from collections import Counter
from collections.abc import Iterator

from credcheck.audit.line_checks import (
    check_evidence,
    check_query,
    check_resolution,
    check_sources,
)
from credcheck.model import EvidenceKind, RunHeader, SourceReport, Verdict


class RunConsistency:
    """What the lines of one file have in common, as they are read."""

    def __init__(self, header: RunHeader) -> None:
        self._header = header
        self._line = 0
        self._sources: dict[str, SourceReport] = {}
        self._names: dict[bool, list[str]] = {}  # without the registries, and with them
        self.rows = 0
        self.outcomes: Counter[str] = Counter()

    def check(self, verdict: Verdict) -> Iterator[str]:
        """Yield what contradicts itself in a verdict, and between it and the lines before it."""
        self.rows += 1
        self.outcomes[str(verdict.outcome)] += 1
        yield from self._check_place(verdict)
        yield from self._check_header(verdict)
        yield from check_query(verdict, self._header.roster)
        yield from check_resolution(verdict)
        yield from check_evidence(verdict)
        yield from check_sources(verdict)
        yield from self._check_sources(verdict)

    def _check_place(self, verdict: Verdict) -> Iterator[str]:
        """Rows in are rows out, in their order; each begins at a later line of the roster's file."""
        query = verdict.query
        if query.row != self.rows:
            yield f"query.row: {query.row} in the file, but this is verdict {self.rows}"
        if query.line is not None:
            if query.line <= self._line:
                yield f"query.line: {query.line} in the file, after line {self._line}"
            self._line = query.line

    def _check_header(self, verdict: Verdict) -> Iterator[str]:
        if verdict.as_of != self._header.as_of:
            yield f"as_of: {verdict.as_of} in the line, {self._header.as_of} in the header"
        if verdict.standard != self._header.standard:
            yield "standard: the line and the header name different standards"

    def _check_sources(self, verdict: Verdict) -> Iterator[str]:
        """Every line tells of the same sources, in their order; of registries, where one was asked."""
        for report in verdict.sources:
            yield from self._check_source(report)
        others = [x.name for x in verdict.sources if EvidenceKind.REGISTRATION not in x.kinds]
        told = [(False, others)]
        if verdict.physician is not None:
            told.append((True, [report.name for report in verdict.sources]))
        for with_registries, found in told:
            before = self._names.setdefault(with_registries, found)
            if found != before:
                yield f"sources: {', '.join(found)} in this line, {', '.join(before)} in earlier lines"

    def _check_source(self, report: SourceReport) -> Iterator[str]:
        """A source is configured once for a run; so is a listing read once."""
        before = self._sources.setdefault(report.name, report)
        names = ["adapter", "kinds", "authority", "coverage", "max_age_days"]
        if report.snapshot is not None and before.snapshot is not None:
            names += ["snapshot", "as_of", "rows", "rejected", "rejects"]
        elif report.snapshot is not None:
            self._sources[report.name] = report
        for name in names:
            mine, theirs = getattr(report, name), getattr(before, name)
            if mine != theirs:
                yield f"sources[{report.name}].{name}: {mine} in this line, {theirs} in earlier lines"
