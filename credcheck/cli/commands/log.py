"""``credcheck log``: the tamper-evident log of runs."""

import re
from typing import Annotated

import typer

from credcheck.cli import options
from credcheck.cli.exit_codes import CliExit, Exit

app = typer.Typer(no_args_is_help=True, help="Verify or list the log of batch and audit runs.")


@app.command()
def verify(
    head: Annotated[
        str | None,
        typer.Option(
            "--head",
            metavar="N:SHA256",
            help="A head that an earlier run told: it must still be there.",
            show_default=False,
        ),
    ] = None,
    log: options.Log = None,
) -> None:
    """Check that no entry was changed or taken out.

    An end that was cut off shows only against a head that was kept elsewhere: give it with --head.

    Exit status: 0 the chain holds, 5 it does not, or the head is not in it.
    """
    from credcheck._util.text import pluralize
    from credcheck.cli.console import write_text
    from credcheck.runs.history import LogError, verify_log

    path = options.log_path(log)
    if head is not None and not re.fullmatch(r"[0-9]+:[0-9a-f]{64}", head):
        message = f"--head {head}: give the whole head that a run told, N:SHA256 with 64 digits"
        raise CliExit(Exit.USAGE, message)
    try:
        last = verify_log(path, head)
    except LogError as error:
        raise CliExit(Exit.INPUT_UNUSABLE, str(error)) from error
    count = pluralize(last.entries, "entry", "entries")
    write_text(f"{path}: {count}, the chain holds\nhead {last}\n")


@app.command("list")
def list_(log: options.Log = None) -> None:
    """List the runs, the oldest first."""
    import msgspec

    from credcheck.cli.console import write_text
    from credcheck.reports.summary import describe_outcomes
    from credcheck.runs.history import LogError, entries

    path = options.log_path(log)
    try:
        for entry in entries(path):
            run = entry.run
            roster = run.roster.file if run.roster else ""
            told = f"{run.started_at:%Y-%m-%d %H:%M} {entry.command} {roster} as of {run.as_of}"
            write_text(f"{entry.number} {told}: {describe_outcomes(run.outcomes)}\n")
    except (LogError, msgspec.MsgspecError) as error:
        raise CliExit(Exit.INPUT_UNUSABLE, f"{error}; see credcheck log verify") from error
