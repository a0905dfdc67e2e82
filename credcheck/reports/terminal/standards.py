"""Standards for people to read."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from credcheck.cases.runner import CaseResult
from credcheck.model import plain
from credcheck.reports.terminal.styles import safe_line, safe_text
from credcheck.standards.diff import StandardChange, show_value
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
    paths = [_path_sheet(standard)] if standard.paths else []
    sheets = (_sheet(each) for each in standard.requirements)
    return Group(head, safe_line(about), *paths, *sheets)


def change_page(old: Standard, new: Standard, changes: Sequence[StandardChange]) -> Group:
    """Return what differs between two standards."""
    refs = f"{old.ref.id} {old.ref.version} to {new.ref.id} {new.ref.version}"
    head = safe_line(refs, "bold")
    if not changes:
        return Group(head, Text("Both ask for the same things."))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", expand=True)
    for name, ratio in (("What", 3), ("Before", 4), ("After", 4)):
        table.add_column(name, overflow="fold", vertical="top", ratio=ratio)
    for each in changes:
        what = f"{each.part}: {each.field}" if each.field else each.part
        before = "(none)" if each.before is None else each.before or "(none)"
        after = "(gone)" if each.after is None else each.after or "(none)"
        table.add_row(safe_text(what), safe_text(before), safe_text(after))
    return Group(head, table)


def case_page(results: Sequence[CaseResult], unmet_paths: Sequence[str]) -> Group:
    """Return what came out of each case, and what is wrong with it."""
    table = Table.grid(padding=(0, 2))
    for each in results:
        word, style = ("WRONG", "bold red") if each.wrong else ("ok", "green")
        table.add_row(Text(word, style), safe_text(each.name), safe_text(each.verdict.outcome))
        for said in each.wrong:
            table.add_row("", safe_text(f"  {said}"), "")
    right = sum(not each.wrong for each in results)
    parts: list[RenderableType] = [
        table,
        Text(f"{right} of {len(results)} cases turned out as expected."),
    ]
    if unmet_paths:
        parts.append(safe_text(f"Paths that no case meets: {', '.join(unmet_paths)}."))
    return Group(*parts)


def _path_sheet(standard: Standard) -> Group:
    table = Table.grid(padding=(0, 2))
    for path in standard.paths:
        table.add_row(f"  {path.id}", safe_text(path.title, "bold"))
        table.add_row("", safe_text(", ".join(path.requirements)))
        for cited in path.cites:
            table.add_row(Text("  source", "dim"), safe_text(cited, "dim"))
    inside = {name for path in standard.paths for name in path.requirements}
    common = [x.id for x in standard.requirements if x.id not in inside and x.level == "required"]
    said = f"Required of everyone: {', '.join(common) or 'nothing else'}."
    head = Text("One of these paths is enough:", "bold")
    return Group(Text(), head, table, safe_text(said), Text())


def _sheet(requirement: Requirement) -> Group:
    table = Table.grid(padding=(0, 2))
    table.add_row("  id", safe_text(f"{requirement.id}, {requirement.level}"))
    table.add_row("  rule", safe_text(requirement.rule.kind))
    for name, value in plain(requirement.parameters).items():
        shown = show_value(value)
        table.add_row(f"  {name}", safe_text(shown or "none"))
    for cited in requirement.cites:
        table.add_row(Text("  source", "dim"), safe_text(cited, "dim"))
    return Group(safe_text(requirement.title, "bold"), table, Text())
