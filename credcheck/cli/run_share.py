"""One share of a roster judged from the command line. Its journal is what comes out."""

from dataclasses import replace
from pathlib import Path

from credcheck._util.text import pluralize
from credcheck.cli.console import print_error
from credcheck.cli.exit_codes import Exit
from credcheck.cli.options import choose_journal
from credcheck.cli.run_roster import RosterJob, Run, check_run_paths, run_roster
from credcheck.cli.run_summary import find_first_unanswered
from credcheck.reports.summary import describe_outcomes
from credcheck.runs.shards import Shard


def choose_share_journal(roster: str, output: str, shard: Shard) -> Path:
    """Return where the journal of a share lies: beside the output of the whole run."""
    if output == "-":
        return choose_journal(roster, None).with_suffix(f".{shard.suffix}")
    return Path(f"{output}.{shard.suffix}")


def run_share(job: RosterJob, shard: Shard, log: Path) -> Exit:
    """Judge a share and keep its journal for the merge, which logs the run.

    Raises UsageError, InputError or OutputError.
    """
    job = check_run_paths(replace(job, shard=shard), log, [], [])
    with run_roster(job) as run:
        if not job.quiet:
            _print_share(run, shard)
        return Exit.UNVERIFIED if run.counts.unanswered else Exit.MEETS


def _print_share(run: Run, shard: Shard) -> None:
    counts, rows = run.counts, run.results.header.rows or 0
    if counts.unanswered:
        print_error(
            f"INCOMPLETE: a source did not answer for {counts.unanswered:,} of {rows:,} rows"
            f"{find_first_unanswered(run.results)}. Run again with --resume to ask for them"
        )
    told = f": {describe_outcomes(counts.outcomes)}" if rows else ""
    print_error(f"share {shard}: {pluralize(rows, 'row')}{told}")
    print_error(f"saved for credcheck merge in {run.journal.path}")
