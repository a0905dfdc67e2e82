"""Sources for people to read: what is configured, and how each fares."""

import datetime as dt
from collections.abc import Sequence

from rich.console import Group
from rich.table import Table
from rich.text import Text

from credcheck._util.text import pluralize
from credcheck.model import SourceReport
from credcheck.reference.labels import label
from credcheck.reports.ages import is_limit
from credcheck.reports.coverage import list_source_coverage
from credcheck.reports.terminal.styles import outcome, safe_line, safe_text
from credcheck.source import SourceFacts
from credcheck.source.source_set import SourceResult
from credcheck.storage.snapshots import Info


def source_list(file: str, facts: Sequence[SourceFacts], adapters: Sequence[str]) -> Group:
    """Return the configured sources and the adapters that could be configured."""
    table = _table("Source", "Adapter", "Evidence", "Authority", "Coverage", "Max. age")
    for fact in facts:
        table.add_row(
            safe_text(fact.name),
            safe_text(fact.adapter),
            ", ".join(label("kind", kind) for kind in fact.kinds),
            label("authority", fact.authority),
            label("coverage_short", fact.coverage),
            pluralize(fact.max_age_days, "day") if is_limit(fact.max_age_days) else "no limit",
        )
    known = Text("\n").append(safe_text(f"Adapters installed: {', '.join(adapters)}"))
    return Group(safe_line(file, "dim"), table, known)


def coverage_list(reports: Sequence[SourceReport]) -> Text:
    """Return what can be asked about each requirement, of which state, and what cannot."""
    text = Text.assemble(("\nCan be asked", "bold"))
    for line in list_source_coverage(reports):
        text.append("\n ").append(safe_text(f"{line.what}: {line.says}"))
    return text


def snapshot_list(snapshots: Sequence[tuple[Info, bool]], today: dt.date) -> Group:
    """Return the imported snapshots with their age; those in use are marked."""
    table = _table("Imported", "Snapshot", "As of", "Age", "Records", "Unreadable", "")
    for column in table.columns[1:]:
        column.no_wrap = True  # an id is to be copied
    for info, in_use in snapshots:
        table.add_row(
            safe_text(info.dataset),
            info.folder,
            str(info.as_of),
            pluralize((today - info.as_of).days, "day"),
            f"{sum(info.kept.values()):,}",
            f"{info.rejected:,}",
            "in use" if in_use else "",
        )
    return Group(table)


def source_states(probes: Sequence[SourceResult], as_of: dt.date) -> Group:
    """Return how each source fares on the day, and every row that it rejected."""
    table = _table("Source", "State", "As of", "Age", "Rows", "Rejected", "Detail")
    for probe in probes:
        report = probe.report
        age = pluralize((as_of - report.as_of).days, "day") if report.as_of else ""
        table.add_row(
            safe_text(report.name),
            outcome(report.state),
            str(report.as_of or ""),
            age,
            "" if report.rows is None else f"{report.rows:,}",
            f"{report.rejected:,}" if report.rows is not None else "",
            safe_text(report.detail or ""),
        )
    return Group(table, *(_rejects(probe) for probe in probes if probe.report.rejected))


def _rejects(probe: SourceResult) -> Text:
    lines = Text("\n").append(safe_text(f"{probe.report.name}: unreadable rows", "bold"))
    for reject in probe.answer.snapshot.rejects if probe.answer.snapshot else ():
        lines.append("\n ").append(safe_text(reject))
    return lines


def _table(*headers: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for header in headers:
        table.add_column(header, overflow="fold", vertical="top")
    return table
