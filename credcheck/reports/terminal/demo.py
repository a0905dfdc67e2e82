"""The tour of the built-in world."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Group
from rich.table import Table
from rich.text import Text

from credcheck._util.text import pluralize
from credcheck.demo import DemoPerson
from credcheck.model import Outcome, Verdict, VerdictOutcome
from credcheck.reports.terminal.styles import outcome, safe_text
from credcheck.reports.terminal.verdict import verdict_table
from credcheck.standards.loader import Standard

_DECIDING = {
    VerdictOutcome.DOES_NOT_MEET: Outcome.NOT_MET,
    VerdictOutcome.UNVERIFIED: Outcome.UNVERIFIED,
}


def tour(people: Sequence[DemoPerson], verdicts: Sequence[Verdict], standard: Standard) -> Group:
    """Return one verdict in full, everybody's in short, and what to try next."""
    counts = Counter(verdict.outcome for verdict in verdicts)
    told = ", ".join(f"{counts[word]} {word}" for word in VerdictOutcome)
    first = people[0]
    return Group(
        Text("A physician who meets the standard\n", style="bold"),
        verdict_table(verdicts[0], standard),
        Text(
            f"All of them: {pluralize(len(people), 'invented physician')}: {told}\n", style="bold"
        ),
        _everybody(people, verdicts),
        Text("\nTry next\n", style="bold"),
        safe_text(f"  credcheck verify {first.npi} --demo --explain"),
        safe_text(f"  credcheck verify {first.npi} --demo --format json"),
        safe_text(f"  credcheck verify {first.npi} --demo --without boards"),
        safe_text("  credcheck standards show interventional-pain"),
    )


def _everybody(people: Sequence[DemoPerson], verdicts: Sequence[Verdict]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), expand=True, header_style="bold")
    for header in ("NPI", "Verdict", "What it shows"):
        table.add_column(header, overflow="fold", vertical="top")
    table.columns[0].no_wrap = table.columns[1].no_wrap = True
    for person, verdict in zip(people, verdicts, strict=True):
        shows = safe_text(person.shows)
        codes = ", ".join(_codes(verdict))
        if codes:
            shows.append(f" ({codes})", style="dim")
        table.add_row(person.npi, outcome(verdict.outcome), shows)
    return table


def _codes(verdict: Verdict) -> tuple[str, ...]:
    """Return the codes that decide; where the standard is met there are none to name."""
    deciding = _DECIDING.get(verdict.outcome)
    codes = (
        str(reason.code)
        for finding in verdict.findings
        if finding.level != "advisory" and finding.outcome is deciding
        for reason in finding.reasons
    )
    return tuple(dict.fromkeys(codes))
