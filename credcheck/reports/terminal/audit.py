"""An audit's summary as a page for the terminal: what a manager reads."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from credcheck._util.text import pluralize
from credcheck.audit.summary import SourceAge, Summary, ViolatingRow
from credcheck.model import VerdictOutcome
from credcheck.reference.labels import label
from credcheck.reports.ages import describe_age
from credcheck.reports.policy import describe_policy, describe_violation
from credcheck.reports.run_coverage import RunCoverageLine
from credcheck.reports.terminal.styles import outcome, safe_text

_SHOWN = 20
_RED = "bold red"
_ADVERSE_HEAD = "Revoked, suspended or excluded, but covered by a waiver or the baseline"


def audit_page(summary: Summary, coverage: Sequence[RunCoverageLine] = ()) -> Group:
    """Return the page: the answer first, then the worst, then what is coming."""
    parts: list[RenderableType] = [_headline(summary), _counts(summary)]
    parts += _worst(summary)
    parts += _list(_ADVERSE_HEAD, summary.adverse_entries, _RED)
    parts += _list("Waived", summary.waived_entries, "")
    parts += _list("Waivers that do not cover what was found", summary.waivers_mismatched, "yellow")
    parts += _list("Expired waivers whose finding still fails", summary.waivers_overdue, "yellow")
    parts += _list("Waivers that are not needed", summary.waivers_unused, "")
    parts += [_expiring(summary), Text(), _sources(summary), *_coverage(coverage)]
    parts += [Text(), _foot(summary)]
    return Group(*parts)


def _headline(summary: Summary) -> Text:
    if not summary.gated:
        head = Text("PASSED", style="bold green").append(
            ": no row fails the policy", style="default"
        )
    else:
        said = f": {summary.gated:,} of {pluralize(summary.rows, 'row')} failed the policy"
        said += (
            f", {summary.undecided:,} because something is unverified" if summary.undecided else ""
        )
        head = Text("FAILED", style="bold red").append(said, style="default")
    if summary.adverse:
        said = "\nADVERSE: a waiver or the baseline covers a revocation, suspension or exclusion in"
        head.append(f"{said} {pluralize(summary.adverse, 'row')}", style=_RED)
    if not summary.complete:
        unverified = summary.outcomes.get(VerdictOutcome.UNVERIFIED, 0)
        said = f"\nINCOMPLETE: {unverified:,} of {pluralize(summary.rows, 'row')} unverified"
        head.append(said, style="yellow")
    run = summary.run
    by = f"standard {run.standard.id} {run.standard.version}, as of {run.as_of}"
    style = "not bold default dim"
    return head.append(f"\n{by}, fails if {describe_policy(summary.fail_on)}\n", style=style)


def _counts(summary: Summary) -> Table:
    table = Table.grid(padding=(0, 2))
    for word in VerdictOutcome:
        table.add_row(outcome(word), Text(f"{summary.outcomes.get(word, 0):,}", justify="right"))
    if summary.waived:
        table.add_row(Text("with a waiver"), Text(f"{summary.waived:,}", justify="right"))
    if summary.baseline_as_of is not None:
        age = f"accepted in the baseline of {summary.baseline_as_of}"
        age += f" ({pluralize(summary.baseline_age_days or 0, 'day')} old)"
        table.add_row(Text(age), Text(f"{summary.known:,}", justify="right"))
    return table


def _worst(summary: Summary) -> list[RenderableType]:
    if not summary.worst:
        return []
    table = Table(box=None, padding=(0, 2, 0, 0), expand=True, header_style="bold")
    table.add_column("Row", justify="right", no_wrap=True)
    table.add_column("Who", overflow="fold", ratio=2)
    table.add_column("Why it fails", overflow="fold", ratio=5)
    for gated in summary.worst[:_SHOWN]:
        table.add_row(str(gated.line or gated.row), _who(gated), _why(gated))
    parts: list[RenderableType] = [Text("\nWorst first", style="bold"), table]
    if summary.gated > _SHOWN:
        parts.append(
            Text(f"and {summary.gated - _SHOWN:,} more; save the whole list with -o", style="dim")
        )
    return parts


def _who(gated: ViolatingRow) -> Text:
    return Text("\n").join(safe_text(each) for each in (gated.name, gated.npi) if each)


def _why(gated: ViolatingRow) -> Text:
    text = Text(", ".join(map(describe_violation, gated.gates)), style="bold red")
    if gated.outcome is VerdictOutcome.UNVERIFIED:
        text.stylize("not bold yellow")
    text.append("\n").append(safe_text(gated.headline, "default not bold"))
    for reason in gated.reasons:
        text.append("\n").append(safe_text(reason, "default not bold"))
    return text


def _list(title: str, entries: tuple[str, ...], style: str) -> list[RenderableType]:
    if not entries:
        return []
    lines = [Padding(safe_text(each, style), (0, 0, 0, 1)) for each in entries[:_SHOWN]]
    if len(entries) > _SHOWN:
        lines.append(Padding(Text(f"and {len(entries) - _SHOWN:,} more"), (0, 0, 0, 1)))
    return [Text(f"\n{title}", style="bold"), *lines]


def _expiring(summary: Summary) -> Text:
    counts = summary.expiring.items()
    spans = ", ".join(f"{span.removesuffix('d')} days: {n:,}" for span, n in counts)
    title = "\nRows with something that expires within "
    return Text.assemble((title, "bold"), spans)


def _sources(summary: Summary) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for header in ("Source", "As of", "Age", "Unreadable rows", "Could not be used for"):
        table.add_column(header, overflow="fold")
    for source in summary.sources:
        table.add_row(
            safe_text(source.name),
            str(source.as_of or ""),
            describe_age(source.as_of, summary.run.as_of, source.max_age_days),
            f"{source.rejected:,}",
            safe_text(_troubles(source), "yellow"),
        )
    return table


def _coverage(lines: Sequence[RunCoverageLine]) -> list[RenderableType]:
    """Return what was asked about each requirement, and what was not."""
    if not lines:
        return []
    text = Text.assemble(("\nAsked", "bold"))
    for line in lines:
        text.append("\n ").append(safe_text(f"{line.what}: {line.says}"))
    return [text]


def _troubles(source: SourceAge) -> str:
    return ", ".join(
        f"{pluralize(n, 'row')} ({label('state', state).lower()})"
        for state, n in source.troubles.items()
    )


def _foot(summary: Summary) -> Text:
    roster = summary.run.roster
    read = f"{roster.file}, SHA-256 {roster.sha256[:12]}, " if roster else ""
    return Text(f"{read}{pluralize(summary.rows, 'row')}\nLog head {summary.log_head}", style="dim")
