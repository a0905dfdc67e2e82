"""Until when what a verdict rests on is fresh enough: each verification has a window of days.

Sources: NCQA CR 3 (120 days from the verification to the decision, 90 for a CVO; education is not
windowed; a board certificate is, even a lifetime one), as each source's maximum age says it.
"""

import calendar
import datetime as dt
from collections.abc import Iterator

from credcheck.evidence.doubt import record_location
from credcheck.model import (
    Certificate,
    Evidence,
    EvidenceKind,
    Finding,
    Model,
    Outcome,
    ReasonCode,
    SourceReport,
    SourceState,
    Verdict,
)

_NO_AGE = 3_650  # days: a source that may be so old has no age of its own
_BY_ABSENCE = {ReasonCode.NOT_EXCLUDED: EvidenceKind.EXCLUSION}
"""What was met because a list says nothing, and which kind of list that is."""
_CYCLE_MONTHS = 36  # NCQA CR 4: from one decision to the next


class Window(Model, kw_only=True):
    """What a met finding rests on, and the ``last`` day on which that is fresh enough.

    ``evidence`` is the record that has a day of its own; empty where it is a whole list's.
    """

    requirement: str
    what: str
    verified: dt.date
    last: dt.date
    evidence: str = ""


def list_windows(verdict: Verdict, limit: int | None = None) -> list[Window]:
    """Return the windows of the met findings that decide, the first to close first.

    ``limit`` is a number of days that is shorter than what the sources say, such as a CVO's 90.
    """
    records = {item.id: item for item in verdict.evidence}
    reports = {report.name: report for report in verdict.sources}
    found: dict[tuple[str, str, dt.date], Window] = {}
    for finding in verdict.findings:
        if finding.outcome is not Outcome.MET or finding.level == "advisory":
            continue
        used = [records[ident] for ident in finding.evidence if ident in records]
        windows = [x for item in used for x in _list_of_record(finding, item, reports, limit)]
        for each in (*windows, *_list_of_absence(verdict, finding, limit)):
            found.setdefault((each.requirement, each.what, each.last), each)
    return sorted(found.values(), key=lambda each: (each.last, each.requirement, each.what))


def list_lapsed(verdict: Verdict, day: dt.date, limit: int | None = None) -> list[Window]:
    """Return the windows that have closed by a day."""
    return [each for each in list_windows(verdict, limit) if each.last < day]


def next_cycle(decided: dt.date) -> dt.date:
    """Return when the next decision is due: 36 months after one."""
    months = decided.month - 1 + _CYCLE_MONTHS
    year, month = decided.year + months // 12, months % 12 + 1
    return dt.date(year, month, min(decided.day, calendar.monthrange(year, month)[1]))


def check_days(item: Evidence, report: SourceReport | None, limit: int | None) -> int | None:
    """Return how many days a check of a record counts; None where it does not age."""
    found = item.verification
    days = report.max_age_days if report is not None else None
    if found is not None:
        days = found.max_age_days
    if days is None or days >= _NO_AGE:
        return None
    return min(days, limit) if limit is not None else days


def checked_on(item: Evidence) -> dt.date | None:
    """Return the day on which a record was verified, where that is its own and not its list's."""
    if item.verification is not None:
        return item.verification.on
    record = item.record
    if isinstance(record, Certificate) and record.verified_on is not None:
        return record.verified_on.earliest
    return None


def _list_of_record(
    finding: Finding, item: Evidence, reports: dict[str, SourceReport], limit: int | None
) -> Iterator[Window]:
    report = reports.get(item.source)
    days = check_days(item, report, limit)
    if days is None:
        return
    own = checked_on(item)
    if own is not None:
        what = record_location(item)
        yield _make(finding, what, own, days, item.id)
    if item.verification is None and report is not None:
        yield from _list_of_source(finding, report, limit)


def _list_of_absence(verdict: Verdict, finding: Finding, limit: int | None) -> Iterator[Window]:
    kinds = {_BY_ABSENCE[x.code] for x in finding.reasons if x.code in _BY_ABSENCE}
    for report in verdict.sources:
        if kinds & set(report.kinds):
            yield from _list_of_source(finding, report, limit)


def _list_of_source(finding: Finding, report: SourceReport, limit: int | None) -> Iterator[Window]:
    days, day = report.max_age_days, report.as_of
    if report.state is not SourceState.OK or day is None or days is None or days >= _NO_AGE:
        return
    yield _make(finding, report.name, day, min(days, limit) if limit is not None else days)


def _make(finding: Finding, what: str, day: dt.date, days: int, evidence: str = "") -> Window:
    return Window(
        requirement=finding.requirement,
        what=what,
        verified=day,
        last=day + dt.timedelta(days=days),
        evidence=evidence,
    )
