"""The table of requirements: what is asked, who asks for it, the finding, the evidence, its days."""

from collections.abc import Iterable, Iterator

from credcheck.model import Evidence, Finding
from credcheck.reference.labels import label
from credcheck.reports.alternatives import show_paths
from credcheck.reports.packet.context import PacketCase, explain, title_of
from credcheck.reports.packet.document import Cell, Items, Note, PacketTable, Section
from credcheck.reports.packet.parts.cover import TONES
from credcheck.reports.records import expiry_text

_HEAD = ("Requirement", "Cited", "Finding", "Why", "Evidence", "Verified", "Expires")
_WIDTHS = (21, 7, 11, 26, 13, 11, 11)


def make_requirements(case: PacketCase) -> Section:
    """Return the table, with a note where the standard's text is not available."""
    cites = _number_citations(case)
    rows = tuple(_make_row(case, finding, cites) for finding in case.verdict.findings)
    table = PacketTable(_HEAD, _WIDTHS, rows)
    table_and_paths = (*_list_paths(case), table)
    standard = Note(_name_standard(case), "quiet")
    if not cites:
        return Section("Requirements and findings", (*table_and_paths, standard))
    cited = (Note("Cited:", "quiet", leads=True), Items(tuple(cites), ordered=True))
    return Section("Requirements and findings", (*table_and_paths, standard, *cited))


def _list_paths(case: PacketCase) -> Iterator[PacketTable]:
    """Yield the table of paths, where the standard has any: one whole path is enough."""
    rows = tuple(
        (Cell(each.title), Cell(each.outcome, TONES[each.code]), Cell(each.says))
        for each in show_paths(case.verdict)
    )
    if rows:
        yield PacketTable(("Path (one is enough)", "Outcome", "What it asks"), (20, 14, 66), rows)


def _number_citations(case: PacketCase) -> dict[str, int]:
    """Return what the standard cites for its requirements, each with its number."""
    lines = (case.requirement(finding) for finding in case.verdict.findings)
    cites = dict.fromkeys(cite for line in lines if line is not None for cite in line.cites)
    return {cite: number for number, cite in enumerate(cites, 1)}


def _make_row(case: PacketCase, finding: Finding, cites: dict[str, int]) -> tuple[Cell, ...]:
    line = case.requirement(finding)
    cited = ", ".join(f"[{cites[cite]}]" for cite in line.cites) if line else ""
    used = case.used(finding)
    return (
        Cell(_describe_requirement(case, finding)),
        Cell(cited or "none"),
        Cell(label("outcome", finding.outcome), TONES[finding.outcome]),
        Cell(explain(finding)),
        Cell("\n".join(f"{item.id}: {item.source}" for item in used) or "none"),
        Cell(_join(case.verified(item) for item in used)),
        Cell(_join(expiry_text(item) for item in used)),
    )


def _describe_requirement(case: PacketCase, finding: Finding) -> str:
    line = case.requirement(finding)
    head = f"{title_of(finding)} ({label('level_short', finding.level)})"
    return f"{head}\n{line.title}" if line is not None else head


def _join(days: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(day for day in days if day))


def _name_standard(case: PacketCase) -> str:
    ref = case.verdict.standard
    text = f"Standard {ref.id} {ref.version}, SHA-256 {ref.sha256}."
    if case.run.standard is None:
        text += " Its text is not available, so nothing is cited; give its file with --standard."
    return text


def list_used(case: PacketCase) -> dict[str, list[str]]:
    """Return for each record the requirements whose findings rest on it, by its id."""
    found: dict[str, list[str]] = {}
    for finding in case.verdict.findings:
        for item in case.used(finding):
            found.setdefault(item.id, []).append(title_of(finding))
    return found


def describe_use(item: Evidence, used: dict[str, list[str]]) -> str:
    """Return what a record is used for."""
    return ", ".join(used.get(item.id, ())) or "nothing: considered, but not decisive"
