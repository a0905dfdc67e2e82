"""The command line: thin. Parse, call, render, exit."""

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

from credcheck._util.errors import InputError, OutputError, Terminated, UsageError
from credcheck._util.gc import raise_threshold
from credcheck.cli.exit_codes import CliExit, Exit

_TYPER_GAVE_UP = 1  # what Typer exits with on a closed pipe or an aborted prompt

_STATUS_OF: dict[type[Exception], Exit] = {
    UsageError: Exit.USAGE,
    InputError: Exit.INPUT_UNUSABLE,
    OutputError: Exit.OUTPUT_INCOMPLETE,
}
"""The three families of errors that are not bugs. They are caught here and nowhere else."""


def main() -> NoReturn:
    """Run the ``credcheck`` command and exit with one of its statuses."""
    raise_threshold()
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, _raise_terminated)
    try:
        status = _run()
    except CliExit as done:
        status = _report(done, done.status)
    except tuple(_STATUS_OF) as error:
        status = _report(
            error, next(s for kind, s in _STATUS_OF.items() if isinstance(error, kind))
        )
    except KeyboardInterrupt:
        status = Exit.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last resort: told as a bug, with a report
        from credcheck.cli.crash import report_bug

        status = report_bug(error)
    sys.exit(status)


def _run() -> int:
    from credcheck.cli.app import build_app

    try:
        build_app(_arguments())(prog_name="credcheck")
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else Exit.MEETS
        return Exit.CLOSED_PIPE if code == _TYPER_GAVE_UP else code
    return Exit.MEETS


def _arguments() -> list[str]:
    """Return the words of the command, those that a shell asks to complete too."""
    if "_CREDCHECK_COMPLETE" in os.environ:
        typed = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS", "")
        return typed.split()[1:]
    return sys.argv[1:]


def _report(error: Exception, status: Exit) -> Exit:
    if str(error):
        from credcheck.cli.console import print_error

        print_error(str(error))
    return status


def _raise_terminated(signum: int, frame: FrameType | None) -> None:
    raise Terminated
