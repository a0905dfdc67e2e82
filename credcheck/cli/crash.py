"""A bug: an apology on the screen, the traceback in a file that is ready to be sent."""

import datetime as dt
import os
import platform
import sys
import tempfile
import traceback
from pathlib import Path

from credcheck import __version__
from credcheck.cli.console import print_error
from credcheck.cli.exit_codes import Exit


def report_bug(error: Exception) -> Exit:
    """Write the report, tell where it is, and return the status for a bug."""
    text = "".join(traceback.format_exception(error))
    place = _write_report(_describe_environment() + text)
    print_error(
        "this is a bug in credcheck; no verdict was given."
        f" Please send {place} to the developers (read it first: it may contain names)"
    )
    return Exit.BUG


def _describe_environment() -> str:
    now = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
    return (
        f"credcheck {__version__}, Python {platform.python_version()}, {platform.system()}\n"
        f"{now}, arguments: {len(sys.argv) - 1}\n\n"
    )


def _write_report(text: str) -> str:
    for find in (_state_folder, tempfile.gettempdir):
        try:
            folder = Path(find())
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix="crash-", suffix=".txt", dir=folder)
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
        except OSError:
            continue
        return name
    return "(no report could be written)"


def _state_folder() -> str:
    import platformdirs

    return platformdirs.user_state_dir("credcheck")
