"""What changed between two runs, for the terminal."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from credcheck.audit.diff import Change, Difference, count_changes
from credcheck.model import RunHeader, StandardRef
from credcheck.reports.terminal.styles import safe_text

_TITLES = {
    Change.NEWLY_FAILING: ("Newly failing", "bold red"),
    Change.NEWLY_UNVERIFIED: ("Newly unverified", "bold yellow"),
    Change.REASON_CHANGED: ("Failing for another reason than before", "bold red"),
    Change.NEWLY_MEETING: ("Newly meeting", "bold green"),
    Change.NEW: ("New in the roster", "bold"),
    Change.GONE: ("Gone from the roster", "bold"),
    Change.NAME_CHANGED: ("Name changed", "bold"),
    Change.EVIDENCE_CHANGED: ("Evidence changed, outcome not", "bold"),
    Change.EXPIRING: ("Ending within {days} days", "bold yellow"),
}
_SHOWN = 50


def changes_page(old: RunHeader, new: RunHeader, found: list[Difference], days: int) -> Group:
    """Return the changes, the gravest kind first."""
    parts: list[RenderableType] = [Text(f"{old.as_of} to {new.as_of}", style="dim")]
    if not found:
        parts.append(Text("Nothing changed."))
    if old.standard != new.standard:
        told = f"The standard changed: {_named(old.standard)} to {_named(new.standard)}"
        parts.append(Text(told, style="yellow"))
    counts = count_changes(found)
    for change, (title, style) in _TITLES.items():
        if counts[change]:
            head = f"{title.format(days=days)}: {counts[change]:,}"
            parts += [Text(f"\n{head}", style=style), _table(change, found)]
    return Group(*parts)


def _named(standard: StandardRef) -> str:
    return f"{standard.id} {standard.version} ({standard.sha256[:8]})"


def _table(change: Change, found: list[Difference]) -> Table:
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(ratio=2, overflow="fold")
    table.add_column(ratio=4, overflow="fold")
    mine = [each for each in found if change in each.changes]
    for each in mine[:_SHOWN]:
        who = safe_text(f" {each.name or each.key}").append(f"\n {each.key}", style="dim")
        told = "; ".join(each.details)
        if each.before is not each.now and each.before and each.now:
            told = f"{each.before} to {each.now}; {told}"
        elif each.before is None or each.now is None:
            told = str(each.now or each.before)
        table.add_row(who, safe_text(told.rstrip("; ")))
    if len(mine) > _SHOWN:
        table.add_row(Text(f" and {len(mine) - _SHOWN:,} more"), "")
    return table
