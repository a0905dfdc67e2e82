"""The drawer of one physician, which opens from a row of the table. Escaped to the last word."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from credcheck.model import Evidence, Finding, Verdict
from credcheck.reference.labels import label
from credcheck.reports.alternatives import describe_outcome, show_paths
from credcheck.reports.charts.timeline import timeline
from credcheck.reports.page.rows import Remark
from credcheck.reports.page.tools import environment, read_text
from credcheck.reports.paths import CONTEXT_HEAD, list_context
from credcheck.reports.records import (
    describe_record,
    describe_tie,
    kind_code,
    list_fields,
    place_of,
)
from credcheck.reports.summary import list_candidates, list_next_steps

if TYPE_CHECKING:
    from jinja2 import Template


class ShownFinding(NamedTuple):
    """A finding in words. ``why`` are labels (marked so), each with what is said below it."""

    title: str
    level: str
    code: str
    outcome: str
    why: tuple[tuple[str, bool], ...]
    remark: str
    records: str


class ShownRecord(NamedTuple):
    """A record in words."""

    id: str
    kind: str
    title: str
    decision: str
    fields: tuple[tuple[str, str], ...]


def render_drawer(verdict: Verdict, remark: Remark) -> str:
    """Return a verdict's drawer as HTML."""
    resolution = verdict.resolution
    lost = [reason.message for reason in resolution.reasons] if not verdict.physician else []
    return _template().render(
        verdict=verdict,
        verdict_label=label("verdict", verdict.outcome),
        meaning=describe_outcome(verdict),
        paths=show_paths(verdict),
        facts=list(_list_facts(verdict)),
        findings=[_show_finding(verdict, finding, remark) for finding in verdict.findings],
        lists=(
            ("No physician could be checked", lost),
            ("Possible matches", list_candidates(verdict)),
            ("Next steps", list_next_steps(verdict)),
            (CONTEXT_HEAD, list_context(verdict)),
        ),
        timeline=timeline(verdict),
        records=[_show_record(item) for item in verdict.evidence],
    )


@cache
def _template() -> "Template":
    return environment().from_string(read_text("credcheck.reports.page", "drawer.html"))


def _list_facts(verdict: Verdict) -> Iterator[tuple[str, str]]:
    query, person = verdict.query, verdict.physician
    facts = {
        "NPI": str(verdict.npi or ""),
        "Query": query.name or "",
        "Practice": ", ".join(filter(None, (person.city, person.state))) if person else "",
        "Roster row": str(query.sheet_row),
        "Your key": query.id or "",
    }
    yield from ((name, text) for name, text in (facts | query.other).items() if text)


def _show_finding(verdict: Verdict, finding: Finding, remark: Remark) -> ShownFinding:
    why: dict[tuple[str, bool], None] = {}
    for reason in finding.reasons:
        why |= {(label("reason", reason.code), True): None, (reason.message, False): None}
    return ShownFinding(
        title=label("requirement", finding.requirement),
        level="" if finding.level == "required" else label("level_short", finding.level),
        code=str(finding.outcome),
        outcome=label("outcome", finding.outcome),
        why=tuple(why),
        remark=remark(verdict, finding) or "",
        records=", ".join(finding.evidence) or "none",
    )


def _show_record(item: Evidence) -> ShownRecord:
    return ShownRecord(
        id=item.id,
        kind=label("kind", kind_code(item)),
        title=describe_record(item),
        decision=label("decision", item.match.decision),
        fields=tuple(_list_record_facts(item)),
    )


def _list_record_facts(item: Evidence) -> Iterator[tuple[str, str]]:
    if item.problem:
        yield "Cannot be fully read", item.problem
    yield from ((each.label, each.text) for each in list_fields(item))
    yield "Source", f"{place_of(item)} ({label('authority', item.authority)})"
    if item.provenance.as_of:
        yield "Source date", str(item.provenance.as_of)
    yield "Whose it is", f"{label('decision', item.match.decision)}, {describe_tie(item)}"
    yield "Row digest", f"SHA-256 {item.provenance.sha256}"
