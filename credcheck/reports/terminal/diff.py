"""What changed between two runs, for the terminal."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from credcheck.audit.diff import Change, Difference, count_changes
from credcheck.model import RunHeader, StandardRef
from credcheck.reference.labels import label
from credcheck.reports.terminal.styles import safe_text

_STYLES = {
    Change.NEWLY_FAILING: "bold red",
    Change.NEWLY_UNVERIFIED: "bold yellow",
    Change.REASON_CHANGED: "bold red",
    Change.NEWLY_MEETING: "bold green",
    Change.EXPIRING: "bold yellow",
}
_SHOWN = 50


def changes_page(old: RunHeader, new: RunHeader, found: list[Difference], days: int) -> Group:
    """Return the changes, the gravest kind first."""
    parts: list[RenderableType] = [Text(f"{old.as_of} to {new.as_of}", style="dim")]
    if not found:
        parts.append(Text("Nothing changed."))
    if old.standard != new.standard:
        said = f"The standard changed: {_name_standard(old.standard)} to {_name_standard(new.standard)}"
        parts.append(Text(said, style="yellow"))
    counts = count_changes(found)
    for change in Change:
        if counts[change]:
            within = f" within {days} days" if change is Change.EXPIRING else ""
            head = f"\n{label('change', change)}{within}: {counts[change]:,}"
            parts += [Text(head, style=_STYLES.get(change, "bold")), _table(change, found)]
    return Group(*parts)


def _name_standard(standard: StandardRef) -> str:
    return f"{standard.id} {standard.version} ({standard.sha256[:8]})"


def _table(change: Change, found: list[Difference]) -> Table:
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(ratio=2, overflow="fold")
    table.add_column(ratio=4, overflow="fold")
    mine = [each for each in found if change in each.changes]
    for each in mine[:_SHOWN]:
        who = safe_text(f" {each.name or each.key}").append(f"\n {each.key}", style="dim")
        said = "; ".join(each.details)
        if each.before is not each.now and each.before and each.now:
            before, now = (label("verdict_short", x) for x in (each.before, each.now))
            said = f"{before}, now {now}; {said}"
        elif each.before is None or each.now is None:
            said = label("verdict_short", each.now or each.before)
        table.add_row(who, safe_text(said.rstrip("; ")))
    if len(mine) > _SHOWN:
        table.add_row(Text(f" and {len(mine) - _SHOWN:,} more"), "")
    return table
