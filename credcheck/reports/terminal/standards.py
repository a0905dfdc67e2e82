"""Standards for people to read."""

from collections.abc import Sequence

from rich.console import Group
from rich.table import Table
from rich.text import Text

from credcheck.model import plain
from credcheck.reports.terminal.styles import safe_line, safe_text
from credcheck.standards.loader import Requirement, Standard


def standard_list(standards: Sequence[Standard]) -> Table:
    """Return a table of standards."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for header in ("Standard", "Version", "Name"):
        table.add_column(header, overflow="fold", vertical="top")
    for standard in standards:
        table.add_row(
            safe_text(standard.ref.id), safe_text(standard.ref.version), safe_text(standard.name)
        )
    return table


def standard_sheet(standard: Standard) -> Group:
    """Return a standard with all its requirements."""
    named = f"{standard.ref.id} {standard.ref.version}"
    about = " ".join(standard.description.split())
    head = Text.assemble(safe_line(standard.name, "bold"), safe_line(named, "dim"))
    return Group(head, safe_line(about), *(_sheet(each) for each in standard.requirements))


def _sheet(requirement: Requirement) -> Group:
    table = Table.grid(padding=(0, 2))
    table.add_row("  id", safe_text(f"{requirement.id}, {requirement.level}"))
    table.add_row("  rule", safe_text(requirement.rule.kind))
    for name, value in plain(requirement.parameters).items():
        shown = ", ".join(value) if isinstance(value, list | tuple) else str(value)
        table.add_row(f"  {name}", safe_text(shown or "none"))
    for cited in requirement.cites:
        table.add_row(Text("  source", "dim"), safe_text(cited, "dim"))
    return Group(safe_text(requirement.title, "bold"), table, Text())
