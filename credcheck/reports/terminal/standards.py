"""Standards for people to read."""

from collections.abc import Sequence

from rich.console import Group
from rich.table import Table
from rich.text import Text

from credcheck.model import plain
from credcheck.reports.terminal.styles import line, safe
from credcheck.standards.loader import Requirement, Standard


def standard_list(standards: Sequence[Standard]) -> Table:
    """Return a table of standards."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for header in ("Standard", "Version", "Name"):
        table.add_column(header, overflow="fold", vertical="top")
    for standard in standards:
        table.add_row(safe(standard.ref.id), safe(standard.ref.version), safe(standard.name))
    return table


def standard_sheet(standard: Standard) -> Group:
    """Return a standard with all its requirements."""
    named = f"{standard.ref.id} {standard.ref.version}"
    about = " ".join(standard.description.split())
    head = Text.assemble(line(standard.name, "bold"), line(named, "dim"))
    return Group(head, line(about), *(_sheet(each) for each in standard.requirements))


def _sheet(requirement: Requirement) -> Group:
    table = Table.grid(padding=(0, 2))
    table.add_row("  id", safe(f"{requirement.id}, {requirement.level}"))
    table.add_row("  rule", safe(requirement.rule.kind))
    for name, value in plain(requirement.parameters).items():
        shown = ", ".join(value) if isinstance(value, list | tuple) else str(value)
        table.add_row(f"  {name}", safe(shown or "none"))
    for cited in requirement.cites:
        table.add_row(Text("  source", "dim"), safe(cited, "dim"))
    return Group(safe(requirement.title, "bold"), table, Text())
