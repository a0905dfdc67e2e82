"""The cover: who, by what standard, the verdict, what is open, and lines for those who decide."""

from credcheck._util.text import pluralize
from credcheck.model import Outcome, SourceState, VerdictOutcome
from credcheck.reference.labels import label
from credcheck.reports.alternatives import describe_outcome
from credcheck.reports.packet.context import PacketCase, title_of
from credcheck.reports.packet.document import (
    Banner,
    Choices,
    Facts,
    Items,
    Lines,
    Note,
    Section,
    Tone,
)

TONES: dict[str, Tone] = {
    "meets": "good",
    "met": "good",
    "does_not_meet": "bad",
    "not_met": "bad",
    "unverified": "open",
}
"""The tone of each outcome's word."""

_DECISIONS = ("approve", "defer", "deny", "table")


def make_cover(case: PacketCase) -> Section:
    """Return the cover."""
    verdict = case.verdict
    word = verdict.outcome
    banner = Banner(label("verdict", word), _explain(case), TONES[word])
    return Section(
        "Committee packet",
        (
            banner,
            Facts(_list_facts(case)),
            *_list_open(case),
            Choices("Decision", tuple(label("committee", each) for each in _DECISIONS)),
            Lines(
                (
                    ("Reviewed by (name and initials)", "Date reviewed"),
                    ("Committee chair (signature)", "Date of the decision"),
                    ("Conditions, or the reason for deciding against this check",),
                )
            ),
        ),
    )


def _explain(case: PacketCase) -> str:
    extra = (
        " A projection: the day of the check is in the future." if case.run.header.projected else ""
    )
    return describe_outcome(case.verdict) + extra


def _list_facts(case: PacketCase) -> tuple[tuple[str, str], ...]:
    verdict, header, person = case.verdict, case.run.header, case.verdict.physician
    standard = case.run.standard
    named = f"{standard.name}: " if standard else ""
    facts = {
        "Physician": case.name,
        "Query": verdict.query.name or "",
        "NPI": str(verdict.npi or "not known"),
        "Practice": ", ".join(filter(None, (person.city, person.state))) if person else "",
        "Your key": verdict.query.id or "",
        "Standard": f"{named}{verdict.standard.id} {verdict.standard.version}",
        "Day of the check": str(verdict.as_of),
        "Decision date": str(case.run.decision_date or ""),
        "Findings": count_findings(case),
        "File complete": _describe_completeness(case),
        "Roster": f"{header.roster.file}, row {verdict.query.sheet_row}" if header.roster else "",
        "Check run": f"{header.started_at:%Y-%m-%d %H:%M} UTC, credcheck {header.version}",
    }
    return tuple((name, text) for name, text in facts.items() if text)


def count_findings(case: PacketCase) -> str:
    """Return ``4 met, 1 not met, 0 unverified (2 more for information)``."""
    deciding = [finding for finding in case.verdict.findings if finding.level != "advisory"]
    counts = [
        f"{sum(finding.outcome is word for finding in deciding)} {label('outcome', word).lower()}"
        for word in (Outcome.MET, Outcome.NOT_MET, Outcome.UNVERIFIED)
    ]
    more = len(case.verdict.findings) - len(deciding)
    return ", ".join(counts) + (f" ({more} more for information)" if more else "")


def _describe_completeness(case: PacketCase) -> str:
    open_ = [f for f in case.verdict.failing if f.outcome is Outcome.UNVERIFIED]
    down = [
        s.name for s in case.verdict.sources if s.state in {SourceState.FAILED, SourceState.STALE}
    ]
    if not open_ and not down:
        return "Yes: every requirement that counts has an answer"
    parts = [f"{pluralize(len(open_), 'requirement')} unverified"] if open_ else []
    parts += [f"not usable: {', '.join(down)}"] if down else []
    return f"No: {'; '.join(parts)}"


def _list_open(case: PacketCase) -> tuple[Note | Items, ...]:
    verdict = case.verdict
    if verdict.outcome is VerdictOutcome.MEETS and not verdict.failing:
        return (Note("Nothing is open.", "good"),)
    if verdict.physician is None:
        reasons = tuple(reason.message for reason in verdict.resolution.reasons)
        return (Note("No physician could be checked:", "open"), Items(reasons))
    lines = tuple(
        f"{title_of(finding)}: {label('outcome', finding.outcome).lower()}"
        f"{' (waived)' if case.waiver(finding) else ''}"
        for finding in verdict.failing
    )
    return (Note("Open or not met:", "plain"), Items(lines))
