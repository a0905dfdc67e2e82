"""Flags: what is not met, what is open, and what will end or grow too old before long."""

import datetime as dt
from collections.abc import Iterator

from credcheck.audit.expirations import expiries
from credcheck.model import Decision, Finding, Outcome, SourceState
from credcheck.reference.labels import label
from credcheck.reports.packet.context import PacketCase, explain, title_of
from credcheck.reports.packet.document import Cell, Note, PacketTable, Section, Tone

_SOON = 90
_TONES: dict[str, Tone] = {"critical": "bad", "high": "open", "information": "quiet"}
_RANKS = tuple(_TONES)

Flag = tuple[str, str, str, str]
"""Severity, about what, what is found, and the next step."""


def make_flags(case: PacketCase) -> Section:
    """Return all flags, the gravest first."""
    flags = sorted(_list_flags(case), key=lambda each: _RANKS.index(each[0]))
    if not flags:
        return Section("Flags", (Note("None.", "good"),))
    rows = tuple(
        (Cell(label("severity", how), _TONES[how]), Cell(what), Cell(found), Cell(step))
        for how, what, found, step in flags
    )
    head = ("Flag", "About", "What was found", "Next step")
    return Section("Flags", (PacketTable(head, (11, 17, 40, 32), rows),))


def _list_flags(case: PacketCase) -> Iterator[Flag]:
    if case.verdict.physician is None:
        for reason in case.verdict.resolution.reasons:
            step = case.verdict.resolution.next_step or ""
            yield "high", "Identity", f"{label('reason', reason.code)}\n{reason.message}", step
        return
    for finding in case.verdict.findings:
        yield from _flag_finding(case, finding)
    yield from _flag_expiries(case)
    yield from _flag_ages(case)
    for source in case.verdict.sources:
        if source.state in {SourceState.FAILED, SourceState.STALE}:
            found = f"{label('state', source.state)}: {source.detail or 'no reason given'}"
            yield "high", f"Source {source.name}", found, "Ask again when it is available"


def _flag_finding(case: PacketCase, finding: Finding) -> Iterator[Flag]:
    if finding.outcome is Outcome.MET:
        return
    found = explain(finding)
    if waiver := case.waiver(finding):
        found += f"\nWaived: {waiver}"
    step = finding.next_step or ""
    is_spared = finding not in case.verdict.failing  # of a path that is not needed
    if finding.level == "advisory" or is_spared:
        yield "information", title_of(finding), found, step
    elif finding.outcome is Outcome.NOT_MET:
        yield "critical", title_of(finding), found, step
    else:
        yield "high", title_of(finding), found, step


def _flag_expiries(case: PacketCase) -> Iterator[Flag]:
    day = case.run.decision_day
    for each in expiries(case.verdict):
        what = label("requirement", each.requirement)
        if each.expires < day:
            yield (
                "high",
                what,
                f"{each.what} ends on {each.expires}, before the decision",
                "Ask for the renewal",
            )
        elif each.expires <= day + dt.timedelta(days=_SOON):
            days = (each.expires - day).days
            yield "information", what, f"{each.what} ends on {each.expires}, in {days} days", ""


def _flag_ages(case: PacketCase) -> Iterator[Flag]:
    """Yield what is too old on the day of the decision, where that is not the day of the check."""
    if case.run.decision_date is None:
        return
    for item in case.verdict.evidence:
        age, source = case.age_on_decision(item), case.sources.get(item.source)
        most = source.max_age_days if source else None
        counts = item.match.decision is Decision.MATCH
        if counts and age is not None and most is not None and age > most:
            found = (
                f"{item.id} was verified {age} days before the decision; the limit is {most} days"
            )
            yield "high", label("kind", item.__struct_config__.tag), found, "Verify it again"
