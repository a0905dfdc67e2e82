"""The sources of one run, how each answered for one physician, and the waves of asking.

Registries are asked first, by number; then every source of evidence about the person; then the
program lists, about the programs that the fellowships name.
"""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from typing import NamedTuple

from msgspec.structs import replace

from credcheck.model import Coverage, EvidenceKind, SourceReport, SourceState
from credcheck.model.npi import Npi
from credcheck.model.reading import Reading
from credcheck.source import (
    Answer,
    Registry,
    Snapshot,
    Source,
    SourceFacts,
    SourceFailed,
    Subject,
    TableSource,
)
from credcheck.source.answers import collect_answers
from credcheck.source.stopwatch import time_source

_QUOTED_REJECTS = 5
_LEFT_OUT = "left out of this run by --only or --without"
_NEVER_ISSUED = Npi("2999999990")


class SourceResult(NamedTuple):
    """One source's answer for one physician, and the report of how it fared."""

    facts: SourceFacts
    answer: Answer
    report: SourceReport


class SourceSet:
    """The sources of a run in the order of the configuration, and those left out of it."""

    def __init__(self, sources: Sequence[Source], left_out: Sequence[Source] = ()) -> None:
        """Take sources that are opened; ``left_out`` are reported but not asked."""
        self._sources = tuple(sources)
        self._left_out = tuple(left_out)
        opened = (*self._sources, *self._left_out)
        self._places = {source.facts.name: place for place, source in enumerate(opened)}
        self._in_order: tuple[tuple[SourceReport, ...], tuple[SourceReport, ...]] = (), ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources that are asked, in the order of the configuration."""
        return self._sources

    @property
    def registries(self) -> tuple[Source, ...]:
        """The sources that answer by number and tell who somebody is."""
        return tuple(s for s in self._sources if EvidenceKind.REGISTRATION in s.facts.kinds)

    @property
    def searchable(self) -> Registry | None:
        """The first registry that can be asked by name."""
        return next((s for s in self.registries if isinstance(s, Registry)), None)

    @property
    def about_people(self) -> tuple[Source, ...]:
        """The sources of evidence about a person; those that say whose rows are come first."""
        others = (*self.registries, *self.about_programs)
        found = [source for source in self._sources if source not in others]
        return tuple(sorted(found, key=lambda source: not source.facts.settles))

    @property
    def about_programs(self) -> tuple[Source, ...]:
        """The sources of programs' accreditation, and of nothing else."""
        return tuple(s for s in self._sources if set(s.facts.kinds) == {EvidenceKind.PROGRAM})

    @property
    def witnesses(self) -> tuple[Source, ...]:
        """The lists on this machine that were left out: read for what speaks against somebody.

        A list cannot be made to forget a revocation by leaving it out. It proves nothing for anybody.
        """
        return tuple(s for s in self._left_out if _is_list(s.facts))

    @cached_property
    def skipped(self) -> tuple[SourceReport, ...]:
        """Report the sources that were left out and are not read at all."""
        return tuple(
            report_skipped(source.facts, f"{_LEFT_OUT}; it was not asked")
            for source in self._left_out
            if not _is_list(source.facts)
        )

    def sort_reports(self, reports: Sequence[SourceReport]) -> tuple[SourceReport, ...]:
        """Return reports in the order of the configuration, those left out last."""
        arrived, ordered = self._in_order
        if tuple(reports) != arrived:
            arrived = tuple(reports)
            ordered = tuple(sorted(arrived, key=lambda report: self._places[report.name]))
            self._in_order = arrived, ordered
        return ordered


def query_witness(
    source: Source, subjects: Sequence[Subject], as_of: dt.date
) -> list[SourceResult]:
    """Read a list that was left out. It stays left out, whether it can be read or not."""
    detail = f"{_LEFT_OUT}; it was read only for adverse records"
    return [
        each._replace(report=replace(each.report, state=SourceState.SKIPPED, detail=detail))
        for each in query_source(source, subjects, as_of)
    ]


def _is_list(facts: SourceFacts) -> bool:
    return not facts.live and EvidenceKind.REGISTRATION not in facts.kinds


def query_source(source: Source, subjects: Sequence[Subject], as_of: dt.date) -> list[SourceResult]:
    """Ask one source about all subjects. A failing source fails for each of them, in words."""
    facts = source.facts
    if not subjects:
        return []
    with time_source(facts.name):
        answers = collect_answers(source, subjects)
    return with_reports(facts, answers, as_of)


def with_reports(
    facts: SourceFacts, answers: Sequence[Answer], as_of: dt.date
) -> list[SourceResult]:
    """Report how the source fared for each: most answers share one snapshot, many are the same."""
    reports: dict[tuple[str | None, int], SourceReport] = {}
    asked: list[SourceResult] = []
    last: SourceResult | None = None
    for answer in answers:
        if last is None or answer is not last.answer:
            key = answer.failure, id(answer.snapshot)
            report = reports.get(key)
            if report is None:
                report = reports[key] = _report_answer(facts, answer, as_of)
            last = SourceResult(facts, answer, report)
        asked.append(last)
    return asked


def list_readings(sources: Sequence[Source]) -> dict[str, Reading]:
    """Return how each source that is a table is read; one that is unusable is left out."""
    found: dict[str, Reading] = {}
    for source in sources:
        if isinstance(source, TableSource):
            with suppress(SourceFailed):
                found[source.facts.name] = source.read_over()
    return found


def probe(source: Source, as_of: dt.date) -> SourceResult:
    """Ask one harmless question, about a number that was never issued."""
    return query_source(source, [Subject(npi=_NEVER_ISSUED)], as_of)[0]


def report_skipped(facts: SourceFacts, detail: str) -> SourceReport:
    """Report a source that was not asked, with the reason."""
    return _make_report(facts, SourceState.SKIPPED, detail)


def _report_answer(facts: SourceFacts, answer: Answer, as_of: dt.date) -> SourceReport:
    snapshot = answer.snapshot
    if answer.failure is not None:
        return _make_report(facts, SourceState.FAILED, answer.failure)
    if snapshot is None:
        return _make_report(
            facts, SourceState.FAILED, "the adapter did not say how old its answer is"
        )
    age = (as_of - snapshot.as_of).days
    if age <= facts.max_age_days:
        return _make_report(facts, SourceState.OK, None, snapshot)
    detail = (
        f"it is dated {snapshot.as_of}, {age} days before the as-of date; the limit is"
        f" {facts.max_age_days} days"
    )
    return _make_report(facts, SourceState.STALE, detail, snapshot)


def _make_report(
    facts: SourceFacts, state: SourceState, detail: str | None, snapshot: Snapshot | None = None
) -> SourceReport:
    report = SourceReport(
        name=facts.name,
        adapter=facts.adapter,
        state=state,
        kinds=facts.kinds,
        authority=facts.authority,
        coverage=facts.coverage,
        max_age_days=facts.max_age_days,
        detail=detail,
    )
    return report if snapshot is None else _add_snapshot(report, snapshot)


def _add_snapshot(report: SourceReport, snapshot: Snapshot) -> SourceReport:
    return replace(
        report,
        as_of=snapshot.as_of,
        snapshot=snapshot.id,
        rows=snapshot.rows,
        rejected=max(snapshot.rejected, len(snapshot.rejects)),
        rejects=snapshot.rejects[:_QUOTED_REJECTS],
        nameless=snapshot.nameless,
        torn=snapshot.torn,
        scope=snapshot.scope,
        coverage=Coverage.PARTIAL if snapshot.partial else report.coverage,
        detail=report.detail or snapshot.partial,
    )
