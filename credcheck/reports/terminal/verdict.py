"""A verdict as a table for the terminal."""

from collections.abc import Collection, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from credcheck._util.text import pluralize
from credcheck.audit.headlines import headline, name_outcome
from credcheck.identity.normalize import squash
from credcheck.model import (
    Finding,
    PersonName,
    ReasonCode,
    SourceReport,
    SourceState,
    Verdict,
)
from credcheck.reference.labels import humanize, label
from credcheck.reports.coverage import list_coverage
from credcheck.reports.paths import CONTEXT_HEAD, list_context, list_paths, paths_of
from credcheck.reports.summary import list_next_steps
from credcheck.reports.terminal.candidates import candidate_table
from credcheck.reports.terminal.styles import STYLES, outcome, person_line, safe_line, safe_text
from credcheck.standards.loader import Standard

_SEE_ALL = "list them with: credcheck sources check"


def verdict_table(
    verdict: Verdict, standard: Standard, *, projected: bool = False, verbose: bool = False
) -> Group:
    """Return the verdict with its findings, next steps and sources.

    ``verbose`` asks for the codes, and for the rows of the sources that could not be read; without it
    those rows are shown where they may be this person's.
    """
    parts: list[RenderableType] = [
        safe_text(person_line(verdict.query, verdict.physician), "bold"),
        *_describe_query(verdict),
        _headline(verdict, standard, projected=projected),
    ]
    if verdict.resolution.candidates:
        parts.append(Text("Possible matches", style="bold"))
        parts.append(candidate_table(verdict.resolution.candidates))
    shared = _one_reason(verdict)
    parts += [shared] if shared else [*_paths(verdict), _findings(verdict, codes=verbose)]
    parts += [Text(), *_next_steps(verdict), *_context(verdict), _sources(verdict)]
    parts += _coverage(verdict)
    if verbose or _rejects_matter(verdict):
        parts += _rejects(verdict)
    return Group(*parts)


def _headline(verdict: Verdict, standard: Standard, *, projected: bool) -> Text:
    projection = ", a projection" if projected else ""
    by = f"standard {standard.ref.id} {standard.ref.version}, as of {verdict.as_of}{projection}"
    word, line = name_outcome(verdict.outcome), headline(verdict)
    said = Text(word, style=STYLES[verdict.outcome]).append(
        safe_line(line[len(word) :], "not bold default")
    )
    return said.append(safe_line(by, "not bold default dim"))


def _describe_query(verdict: Verdict) -> list[Text]:
    """Tell the name that was asked for where it is not the registry's first: a former one, say."""
    person, physician = verdict.query.person, verdict.physician
    if person is None or physician is None or verdict.resolution.by != "name":
        return []
    asked = [name for name in physician.names if _is_same(name, person)]
    if asked[:1] == list(physician.names[:1]):
        return []
    kind = f", a name that the registry lists as {asked[0].kind}" if asked else ""
    return [safe_text(f"you asked for {person}{kind}", "dim")]


def _is_same(one: PersonName, other: PersonName) -> bool:
    return (squash(one.last), squash(one.first)) == (squash(other.last), squash(other.first))


def _one_reason(verdict: Verdict) -> Text | None:
    """Return the reason that all findings share where there is nobody to judge."""
    reasons = {finding.reasons for finding in verdict.findings}
    if verdict.physician is not None or len(reasons) != 1:
        return None
    return safe_text("No physician found: " + "; ".join(reason.message for reason in reasons.pop()))


def _findings(verdict: Verdict, *, codes: bool) -> Table:
    table = _plain_table("Requirement", "Finding", "Why")
    table.columns[0].no_wrap = table.columns[1].no_wrap = True
    table.columns[2].ratio = 1
    by_name = {item.id for item in verdict.evidence if item.match.by == "name"}
    for finding in verdict.findings:
        what = _requirement(verdict, finding, codes=codes)
        why = _why(finding, by_name, codes=codes)
        table.add_row(what, outcome(finding.outcome), why)
    return table


def _paths(verdict: Verdict) -> list[RenderableType]:
    lines = list_paths(verdict)
    if not lines:
        return []
    table = _plain_table("Path (one is enough)", "Outcome", "What it asks")
    table.columns[0].no_wrap = table.columns[1].no_wrap = True
    table.columns[2].ratio = 1
    for line in lines:
        table.add_row(safe_text(humanize(line.id)), outcome(line.outcome), safe_text(line.says))
    return [table, Text()]


def _requirement(verdict: Verdict, finding: Finding, *, codes: bool) -> Text:
    is_required = finding.level == "required"
    text = safe_text(label("requirement", finding.requirement), "" if is_required else "dim")
    if codes:
        text.append("\n").append(safe_text(finding.requirement, "dim"))
    if not is_required:
        text.append(f"\n({label('level_short', finding.level)})")
    for path in paths_of(verdict, finding.requirement):
        text.append("\n").append(safe_text(f"(path {humanize(path)})", "dim"))
    return text


def _why(finding: Finding, by_name: Collection[str], *, codes: bool) -> Text:
    """Return the reasons and the records; those that were tied by name alone are marked."""
    text = Text()
    for place, reason in enumerate(finding.reasons):
        text.append("\n" if place else "").append(safe_text(reason.message))
        if codes:
            text.append(f" ({reason.code})", style="dim")
    if finding.evidence:
        marked = (f"{each} by name" if each in by_name else each for each in finding.evidence)
        text.append(f" [{', '.join(marked)}]", style="dim")
    return text


def _next_steps(verdict: Verdict) -> list[RenderableType]:
    return _list("Next steps", [(f"{n}.", x) for n, x in enumerate(list_next_steps(verdict), 1)])


def _context(verdict: Verdict) -> list[RenderableType]:
    return _list(CONTEXT_HEAD, [("-", said) for said in list_context(verdict)])


def _list(head: str, lines: Sequence[tuple[str, str]]) -> list[RenderableType]:
    if not lines:
        return []
    table = Table.grid(padding=(0, 1))
    for mark, line in lines:
        table.add_row(mark, safe_text(line))
    return [Text(head, style="bold"), Padding(table, (0, 0, 1, 1))]


def _sources(verdict: Verdict) -> Table:
    table = _plain_table("Source", "State", "As of", "Details")
    table.columns[3].ratio = 1
    for source in verdict.sources:
        table.add_row(
            safe_text(source.name), outcome(source.state), str(source.as_of or ""), _says(source)
        )
    return table


def _says(source: SourceReport) -> Text:
    if source.state is not SourceState.OK:
        return safe_text(source.detail or "")
    authority, coverage = label("authority", source.authority), source.coverage
    text = safe_text(f"{authority}, {label('coverage_short', coverage)}")
    if source.rows is not None:
        text.append(f", {pluralize(source.rows, 'row')}")
    if source.rejected:
        text.append(f", {source.rejected:,} unreadable", style="yellow")
    return text


def _coverage(verdict: Verdict) -> list[RenderableType]:
    """Return what was asked about each requirement, and what was not."""
    lines = Text.assemble(("Asked", "bold"))
    for line in list_coverage(verdict):
        lines.append("\n ").append(safe_text(f"{line.what}: {line.says}"))
    return [Text(), lines] if verdict.physician is not None else []


def _rejects_matter(verdict: Verdict) -> bool:
    codes = {reason.code for finding in verdict.failing for reason in finding.reasons}
    return ReasonCode.SOURCE_DAMAGED in codes


def _rejects(verdict: Verdict) -> list[RenderableType]:
    rejecting = [source for source in verdict.sources if source.rejected]
    if not rejecting:
        return []
    lines = Text.assemble(("Unreadable rows", "bold"))
    for source in rejecting:
        for reject in source.rejects:
            lines.append("\n ").append(safe_text(f"{source.name} {reject}"))
        left = source.rejected - len(source.rejects)
        if left:
            lines.append("\n ").append(safe_text(f"{source.name}: {left:,} more; {_SEE_ALL}"))
    return [Text(), lines]


def _plain_table(*headers: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), expand=True, header_style="bold")
    for header in headers:
        table.add_column(header, overflow="fold", vertical="top")
    return table
