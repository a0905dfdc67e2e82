"""The table of requirements: what is asked and by whom, the finding, the evidence, its days."""

from collections.abc import Iterable

from credcheck.model import Evidence, Finding
from credcheck.reference.labels import label
from credcheck.reports.packet.context import Case, title_of
from credcheck.reports.packet.document import Cell, Grid, Note, Section
from credcheck.reports.packet.parts.cover import TONES
from credcheck.reports.records import expiry_text, verified_on

_HEAD = ("Requirement", "Finding", "Why", "Evidence", "Verified", "Expires")
_WIDTHS = (25, 11, 34, 12, 9, 9)


def make_requirements(case: Case) -> Section:
    """Return the table, with a note where the standard's text is not at hand."""
    rows = tuple(_make_row(case, finding) for finding in case.verdict.findings)
    notes = (Note(_name_standard(case), "quiet"),)
    return Section("Requirements and findings", (Grid(_HEAD, _WIDTHS, rows), *notes))


def _make_row(case: Case, finding: Finding) -> tuple[Cell, ...]:
    used = case.used(finding)
    why = "; ".join(reason.message for reason in finding.reasons)
    labels = "; ".join(dict.fromkeys(label("reason", x.code) for x in finding.reasons))
    return (
        Cell(_describe_requirement(case, finding)),
        Cell(label("outcome", finding.outcome), TONES[finding.outcome]),
        Cell(f"{labels}.\n{why}"),
        Cell("\n".join(f"{item.id}: {item.source}" for item in used) or "none"),
        Cell(_join(verified_on(item) for item in used)),
        Cell(_join(expiry_text(item) for item in used)),
    )


def _describe_requirement(case: Case, finding: Finding) -> str:
    line = case.requirement(finding)
    parts = [f"{title_of(finding)} ({label('level_short', finding.level)})"]
    if line is not None:
        parts += [line.title, *(f"Citation: {cite}" for cite in line.cites)]
    return "\n".join(parts)


def _join(days: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(day for day in days if day))


def _name_standard(case: Case) -> str:
    ref = case.verdict.standard
    text = f"Standard {ref.id} {ref.version}, SHA-256 {ref.sha256}."
    if case.run.standard is None:
        text += " Its text is not at hand, so nothing is cited from it: name its file with --standard."
    return text


def list_used(case: Case) -> dict[str, list[str]]:
    """Return for each record the requirements whose findings rest on it, by its id."""
    found: dict[str, list[str]] = {}
    for finding in case.verdict.findings:
        for item in case.used(finding):
            found.setdefault(item.id, []).append(title_of(finding))
    return found


def describe_use(item: Evidence, used: dict[str, list[str]]) -> str:
    """Return what a record is used for."""
    return ", ".join(used.get(item.id, ())) or "nothing: weighed and not decisive"
