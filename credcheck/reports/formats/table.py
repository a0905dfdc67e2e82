"""A table of results for people: who, the outcome, and why."""

import io
from collections.abc import Sequence
from typing import BinaryIO

from rich.console import Console
from rich.table import Table

from credcheck.audit.headlines import say_why
from credcheck.reports.formats.base import Format, Remark, ReportContext, no_remark
from credcheck.reports.paths import CONTEXT_HEAD, list_context
from credcheck.reports.summary import list_candidates, list_remarks
from credcheck.reports.terminal.styles import outcome, safe_text
from credcheck.runs.results import Results


def results_table(results: Results, remark: Remark = no_remark) -> Table:
    """Return all rows as a table; ``remark`` says of findings that fail why they do not count."""
    table = Table(box=None, padding=(0, 2, 0, 0), expand=True, header_style="bold")
    table.add_column("Row", justify="right", no_wrap=True)
    table.add_column("NPI", no_wrap=True)
    table.add_column("Name", overflow="fold", ratio=2)
    table.add_column("Outcome", no_wrap=True)
    table.add_column("Why", overflow="fold", ratio=3)
    for verdict in results:
        table.add_row(
            str(verdict.query.sheet_row),
            safe_text(verdict.npi or ""),
            safe_text(verdict.name or ""),
            outcome(verdict.outcome),
            safe_text(
                "; ".join(
                    [say_why(verdict), *list_candidates(verdict), *list_remarks(verdict, remark)]
                ).removeprefix("; ")
            ),
        )
    return table


def context_table(results: Results) -> Table:
    """Return what no record establishes; rows of which the same is said stand together."""
    table = Table(box=None, padding=(0, 2, 0, 0), expand=True, header_style="bold")
    table.add_column("Rows", overflow="fold", max_width=20)
    table.add_column("Statement", overflow="fold", ratio=1)
    found: dict[str, list[int]] = {}
    for verdict in results:
        for said in list_context(verdict):
            found.setdefault(said, []).append(verdict.query.sheet_row)
    for said, rows in found.items():
        table.add_row(_join_rows(rows), safe_text(said))
    return table


def _join_rows(rows: Sequence[int]) -> str:
    """Return row numbers in short: ``2, 4-7``."""
    spans: list[list[int]] = []
    for row in sorted(set(rows)):
        if spans and row == spans[-1][-1] + 1:
            spans[-1][1:] = [row]
        else:
            spans.append([row])
    return ", ".join("-".join(map(str, span)) for span in spans)


def _write(results: Results, out: BinaryIO, extra: ReportContext) -> None:
    text = io.StringIO()
    console = Console(file=text, width=extra.width, markup=False, emoji=False, highlight=False)
    console.print(results_table(results, extra.remark))
    told = context_table(results)
    if told.row_count:
        console.print(f"\n{CONTEXT_HEAD}")
        console.print(told)
    lines = (line.rstrip() for line in text.getvalue().splitlines())
    out.write("".join(f"{line}\n" for line in lines).encode())


FORMAT = Format("table", ".txt", "a table for people", _write)
