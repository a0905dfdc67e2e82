"""What is told at the end of a run, and what the log of runs keeps of it."""

import hashlib
from pathlib import Path
from typing import Protocol

from credcheck._util.text import pluralize
from credcheck.cli.console import print_error
from credcheck.cli.exit_codes import Exit
from credcheck.model import RunHeader
from credcheck.reports.summary import describe_outcomes
from credcheck.reports.terminal.reading import describe_reading, list_troubles
from credcheck.runs.history import LogHead, append
from credcheck.runs.journal import Counts
from credcheck.runs.packing import find_unanswered
from credcheck.runs.results import Results


class FinishedRun(Protocol):
    """A run whose every row has a verdict: judged here, or merged from its shares."""

    @property
    def results(self) -> Results:
        """The results."""
        ...

    @property
    def counts(self) -> Counts:
        """How many rows have which verdict."""
        ...

    @property
    def notes(self) -> list[str]:
        """What the reader of the roster's file should know."""
        ...


def append_to_log(log: Path, command: str, run: RunHeader, digest: str, status: Exit) -> LogHead:
    """Append the run to the log. Raises OutputError where that fails."""
    return append(log, command, run, digest, int(status))


def digest_of(results: Results) -> str:
    """Return the SHA-256 of the results as NDJSON, whatever they were written as."""
    digest = hashlib.sha256()
    for line in results.ndjson():
        digest.update(line)
    return digest.hexdigest()


def print_summary(run: FinishedRun, output: str, head: str, *, verbose: int = 0) -> None:
    """Tell on stderr what came out, what is incomplete first."""
    header, counts = run.results.header, run.counts
    rows = header.rows or 0
    if counts.unanswered:
        print_error(
            f"INCOMPLETE: a source did not answer for {counts.unanswered:,} of {rows:,} rows"
            f"{find_first_unanswered(run.results)}. Run again with --resume to ask for them"
        )
    where = "" if output == "-" else f"; written to {output}"
    print_error(f"{pluralize(rows, 'row')}: {describe_outcomes(counts.outcomes)}{where}")
    _print_readings(header, verbose=verbose)
    for note in run.notes:
        print_error(note)
    print_error(f"log head {head}")


def _print_readings(header: RunHeader, *, verbose: int) -> None:
    """Tell how the roster was read, and the listings where something in them was not understood."""
    roster = header.roster
    if roster is not None and roster.reading is not None:
        others = ", ".join(map(repr, roster.others))
        copied = f"; copied unchanged: {others}" if others else ""
        print_error(f"roster: {describe_reading(roster.reading)}{copied}")
        if roster.blank:
            print_error(f"{pluralize(roster.blank, 'blank row')} skipped")
    for name, reading in header.readings.items():
        if verbose:
            print_error(f"{name}: {describe_reading(reading)}")
        elif troubles := list_troubles(reading):
            print_error(f"{name}: {'; '.join(troubles)} (-v shows how it was read)")


def find_first_unanswered(results: Results) -> str:
    """Return the first row for which a source did not answer, and why, in brackets; or nothing."""
    for verdict in results:
        if (why := find_unanswered(verdict)) is not None:
            return f" (row {verdict.query.sheet_row}, {why})"
    return ""
