"""Standards for people to read."""

from collections.abc import Sequence

from rich.console import Group
from rich.table import Table
from rich.text import Text

from credcheck.model import plain
from credcheck.reports.words import safe
from credcheck.standard import Requirement, Standard


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
    title = safe(f"{standard.name}\n", "bold")
    title.append(f"{standard.ref.id} {standard.ref.version}\n", style="dim")
    about = safe(f"{standard.description.strip()}\n", "not bold")
    return Group(title, about, *(_sheet(each) for each in standard.requirements))


def _sheet(requirement: Requirement) -> Text:
    text = safe(requirement.title, "bold")
    text.append(f"\n  {requirement.id}, {requirement.level}, rule {requirement.rule.kind}\n", "dim")
    for name, value in plain(requirement.parameters).items():
        shown = ", ".join(value) if isinstance(value, list) else str(value)
        text.append(safe(f"  {name}: {shown or 'none'}\n", "not bold"))
    for cited in requirement.cites:
        text.append(safe(f"  source: {cited}\n", "dim not bold"))
    return text
