"""The way of each finding: what was weighed, in what order, and which record says so."""

from collections.abc import Mapping, Sequence

from rich.console import Group
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from credcheck.model import Compared, Evidence, Finding, Step, Verdict
from credcheck.reference.labels import label
from credcheck.reports.records import kind_code, list_fields
from credcheck.reports.terminal.styles import outcome, record_location, safe_text


def explanation(verdict: Verdict) -> Group:
    """Return the ways of all findings, and every record with how it was tied to the person."""
    records = {item.id: item for item in verdict.evidence}
    ways = [_way(finding, records) for finding in verdict.findings]
    title = Text("How each finding was reached\n", style="bold")
    evidence = Text("\nRecords\n", style="bold")
    return Group(title, *ways, evidence, *(_record(item) for item in verdict.evidence))


def _way(finding: Finding, records: Mapping[str, Evidence]) -> Tree:
    head = Text.assemble(
        safe_text(label("requirement", finding.requirement), "bold"), " ", outcome(finding.outcome)
    )
    tree = Tree(head, guide_style="dim")
    _add(tree, _beyond_steps(finding), records)
    return tree


def _beyond_steps(finding: Finding) -> Step:
    """Return a finding as a step: its reasons are those that its own steps do not say."""
    said = {reason for step in finding.steps for reason in step.reasons}
    return Step(
        evidence=finding.evidence[0] if finding.evidence else None,
        outcome=finding.outcome,
        reasons=tuple(reason for reason in finding.reasons if reason not in said),
        parts=finding.steps,
    )


def _add(tree: Tree, step: Step, records: Mapping[str, Evidence]) -> None:
    branch = tree
    for reason in step.reasons:
        line = Text.assemble(outcome(step.outcome), " ", safe_text(reason.message))
        line.append(f" ({reason.code})", style="dim")
        if step.evidence in records:
            line.append(f" [{step.evidence}]", style="dim")
        branch = tree.add(line)
    for part in step.parts:
        _add(branch, part, records)


def _record(item: Evidence) -> Tree:
    kind = label("kind", kind_code(item))
    head = Text.assemble(
        safe_text(item.id, "bold"), " ", safe_text(f"{kind}: {record_location(item)}")
    )
    tree = Tree(head, guide_style="dim")
    tied = f"tied by {label('matched_by', item.match.by)}: {label('decision', item.match.decision)}"
    tied += f" ({item.match.why})" if item.match.why else ""
    branch = tree.add(safe_text(tied))
    if item.match.compared:
        branch.add(compared_table(item.match.compared))
    for rival in item.match.rivals:
        branch.add(
            safe_text(f"could also be: {rival.name}, NPI {rival.npi}, {rival.city}, {rival.state}")
        )
    if item.problem:
        tree.add(safe_text(f"cannot be read: {item.problem}", "yellow"))
    tree.add(safe_text(_fields(item)))
    tree.add(safe_text(f"SHA-256 {item.provenance.sha256}", "dim"))
    return tree


def compared_table(parts: Sequence[Compared]) -> Table:
    """Return the parts of an identity decision. The weight is in bits: see docs/explanation."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", style="dim")
    for header in ("Compared", "Registry", "Row", "How", "Weight"):
        right = header == "Weight"
        table.add_column(header, justify="right" if right else "left", overflow="fold")
    for part in parts:
        cells = (part.feature, part.ours, part.theirs, part.how, f"{part.bits:+.1f}")
        table.add_row(*map(safe_text, cells))
    return table


def _fields(item: Evidence) -> str:
    return "; ".join(f"{field.label}: {field.text}" for field in list_fields(item))
