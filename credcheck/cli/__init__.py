"""The command line: thin. Parse, call, render, exit."""

import os
import sys
from typing import NoReturn

from credcheck._util.errors import InputError, OutputError, UsageError
from credcheck._util.gc import raise_threshold
from credcheck.cli.environment import has_folder, prepare
from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.cli.streams import flush_results, open_streams

_TYPER_GAVE_UP = 1  # what Typer exits with where it was asked wrongly to complete a command

_COMPLETION = "_CREDCHECK_COMPLETE"  # a shell sets it to ask what could come next

_STATUS_OF: dict[type[Exception], Exit] = {
    UsageError: Exit.USAGE,
    InputError: Exit.INPUT_UNUSABLE,
    OutputError: Exit.OUTPUT_INCOMPLETE,
}
"""The three families of errors that are not bugs. They are caught here and nowhere else."""


def main() -> NoReturn:
    """Run the ``credcheck`` command and exit with one of its statuses."""
    raise_threshold()
    open_streams()
    prepare()
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
        status = _report_unexpected(error)
    sys.exit(status)


def _run() -> int:
    from credcheck.cli.app import build_app

    try:
        build_app(_arguments())(prog_name="credcheck")
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else Exit.MEETS
        flush_results()
        return Exit.USAGE if code == _TYPER_GAVE_UP else code
    return Exit.MEETS


def _report_unexpected(error: Exception) -> Exit:
    if isinstance(error, FileNotFoundError) and not has_folder():
        return _report(UsageError("a file is missing"), Exit.USAGE)
    if _COMPLETION in os.environ:
        message = f"{_COMPLETION}, COMP_WORDS or COMP_CWORD: not set by a shell"
        return _report(UsageError(message), Exit.USAGE)
    from credcheck.cli.crash import report_bug

    return report_bug(error)


def _arguments() -> list[str]:
    """Return the words of the command, those that a shell asks to complete too."""
    if _COMPLETION in os.environ:
        typed = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS", "")
        return typed.split()[1:]
    return sys.argv[1:]


def _report(error: Exception, status: Exit) -> Exit:
    if str(error):
        from credcheck.cli.console import print_error

        lost = (
            ""
            if has_folder()
            else " (the working directory no longer exists; change to another one)"
        )
        print_error(f"{error}{lost}")
    return status
