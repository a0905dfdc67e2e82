"""The command line: thin. Parse, call, render, exit."""

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

from credcheck._util.gc import raise_threshold
from credcheck.cli.exit_codes import CliExit, Exit, Terminated

_TYPER_GAVE_UP = 1  # what Typer exits with on a closed pipe or an aborted prompt


def main() -> NoReturn:
    """Run the ``credcheck`` command and exit with one of its statuses."""
    raise_threshold()
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, _on_sigterm)
    try:
        status = _run()
    except CliExit as stop:
        status = _told(stop)
    except KeyboardInterrupt:
        status = Exit.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last resort: told as a bug, with a report
        from credcheck.cli.crash import report

        status = report(error)
    sys.exit(status)


def _run() -> int:
    from credcheck.cli.app import app_for

    try:
        app_for(_words())(prog_name="credcheck")
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else Exit.MEETS
        return Exit.CLOSED_PIPE if code == _TYPER_GAVE_UP else code
    return Exit.MEETS


def _words() -> list[str]:
    """Return the words of the command; none to a shell that asks how to complete them."""
    return [] if "_CREDCHECK_COMPLETE" in os.environ else sys.argv[1:]


def _told(stop: CliExit) -> Exit:
    if str(stop):
        from credcheck.cli.console import print_error

        print_error(str(stop))
    return stop.status


def _on_sigterm(signum: int, frame: FrameType | None) -> None:
    raise Terminated
