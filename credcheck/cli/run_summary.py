"""What is told at the end of a run, and what the log of runs keeps of it."""

import hashlib
from pathlib import Path

from credcheck._util.text import pluralize
from credcheck.audit.headlines import sheet_row
from credcheck.cli.console import print_error
from credcheck.cli.exit_codes import Exit
from credcheck.cli.run_roster import Run
from credcheck.model import RunHeader
from credcheck.reports.summary import describe_outcomes
from credcheck.runs.history import LogHead, append
from credcheck.runs.packing import find_unanswered
from credcheck.runs.results import Results


def append_to_log(log: Path, command: str, run: RunHeader, digest: str, status: Exit) -> LogHead:
    """Append the run to the log. Raises OutputError where that fails."""
    return append(log, command, run, digest, int(status))


def digest_of(results: Results) -> str:
    """Return the SHA-256 of the results as NDJSON, whatever they were written as."""
    digest = hashlib.sha256()
    for line in results.ndjson():
        digest.update(line)
    return digest.hexdigest()


def print_summary(run: Run, output: str, head: str) -> None:
    """Tell on stderr what came out, what is incomplete first."""
    header, counts = run.results.header, run.counts
    rows = header.rows or 0
    if counts.unanswered:
        print_error(
            f"INCOMPLETE: a source did not answer for {counts.unanswered:,} of {rows:,} rows"
            f"{_find_unanswered(run.results)}. --resume asks for them again"
        )
    where = "" if output == "-" else f"; written to {output}"
    print_error(f"{pluralize(rows, 'row')}: {describe_outcomes(counts.outcomes)}{where}")
    if header.roster is not None:
        read = ", ".join(
            f"{ours} from {theirs!r}" for ours, theirs in header.roster.columns.items()
        )
        others = ", ".join(map(repr, header.roster.others))
        print_error(f"columns: {read}" + (f"; handed through: {others}" if others else ""))
        if header.roster.blank:
            print_error(f"{pluralize(header.roster.blank, 'blank row')} passed over")
    for note in run.notes:
        print_error(note)
    print_error(f"log head {head}")


def _find_unanswered(results: Results) -> str:
    for verdict in results:
        if (why := find_unanswered(verdict)) is not None:
            return f" (row {sheet_row(verdict.query)}, {why})"
    return ""
