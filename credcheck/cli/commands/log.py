"""``credcheck log``: the tamper-evident log of runs."""

import re
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from credcheck._util.errors import InputError, UsageError
from credcheck._util.text import pluralize
from credcheck.cli import options
from credcheck.cli.console import write_text
from credcheck.reports.summary import describe_outcomes
from credcheck.runs.history import LogError, find_results, read_entries, verify_log

app = typer.Typer(no_args_is_help=True, help="Verify or list the log of batch and audit runs.")


@app.command()
def verify(
    head: Annotated[
        str | None,
        typer.Option(
            "--head",
            metavar="N:SHA256",
            help="A head that an earlier run printed; it must still be in the log.",
            show_default=False,
        ),
    ] = None,
    results: Annotated[
        Path | None,
        typer.Option(
            "--results",
            metavar="FILE",
            help=(
                "Saved results (NDJSON) that a run in this log must have written, byte for byte."
            ),
            show_default=False,
        ),
    ] = None,
    log: options.Log = None,
) -> None:
    """Check that no entry was changed or removed.

    To detect a missing end, pass a head that was kept elsewhere with --head.

    Exit status: 0 the chain is intact, 5 it is not, or the head or the results are not in it.
    """
    path = options.find_log(log)
    if head is not None and not re.fullmatch(r"[0-9]+:[0-9a-f]{64}", head):
        raise UsageError(
            f"--head {head}: give the whole head as a run printed it, N:SHA256 with 64 digits"
        )
    last = verify_log(path, head)
    count = pluralize(last.entries, "entry", "entries")
    write_text(f"{path}: {count}, chain intact\nhead {last}\n")
    if results is not None:
        write_text(f"{results}: written by entry {find_results(path, results)}\n")


@app.command("list")
def list_(log: options.Log = None) -> None:
    """List the runs, the oldest first."""
    path = options.find_log(log)
    try:
        for entry in read_entries(path):
            run = entry.run
            roster = run.roster.file if run.roster else ""
            told = f"{run.started_at:%Y-%m-%d %H:%M} {entry.command} {roster} as of {run.as_of}"
            write_text(f"{entry.number} {told}: {describe_outcomes(run.outcomes)}\n")
    except (LogError, msgspec.MsgspecError) as error:
        raise InputError(f"{error}; see credcheck log verify") from error
