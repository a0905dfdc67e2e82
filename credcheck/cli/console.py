"""Output: results to stdout, all else to stderr; whole, or with the status that says it is not."""

import errno
import os
import shutil
import sys
from typing import BinaryIO

from credcheck._util.text import visible
from credcheck.cli.exit_codes import Exit, Stop


def write(data: bytes) -> None:
    """Write a result to stdout. Raises Stop where it cannot be written whole."""
    try:
        out: BinaryIO = sys.stdout.buffer
        out.write(data)
        out.flush()
    except BrokenPipeError as error:
        _forget_stdout()
        raise Stop(Exit.CLOSED_PIPE) from error
    except OSError as error:
        _forget_stdout()
        if error.errno == errno.EPIPE:
            raise Stop(Exit.CLOSED_PIPE) from error
        reason = error.strerror or str(error)
        raise Stop(Exit.OUTPUT_INCOMPLETE, f"the output could not be written: {reason}") from error


def write_text(text: str) -> None:
    """Write text to stdout; what its encoding lacks is written as an escape."""
    encoding = sys.stdout.encoding or "utf-8"
    write(text.encode(encoding, errors="backslashreplace"))


def complain(message: str) -> None:
    """Write a message to stderr, safe to show whatever it quotes."""
    line = _for_terminal(f"credcheck: {visible(message)}") + "\n"
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    try:
        sys.stderr.buffer.write(line.encode(encoding, errors="backslashreplace"))
        sys.stderr.flush()
    except OSError:
        return  # there is nobody left to tell


def _for_terminal(line: str) -> str:
    """Break a line between words on a terminal: it would break it anywhere."""
    width = shutil.get_terminal_size().columns
    if len(line) <= width or not sys.stderr.isatty():
        return line
    import textwrap  # here, since little is told that does not fit

    broken = textwrap.wrap(
        line, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(broken)


def _forget_stdout() -> None:
    """Point stdout at nothing, so that the interpreter's own flush at exit does not fail too."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)


def annotate(line: str) -> None:
    """Write a mark for a CI log to stderr, as it is: its maker has made it safe."""
    try:
        sys.stderr.buffer.write(line.encode("utf-8", errors="backslashreplace") + b"\n")
        sys.stderr.flush()
    except OSError:
        return  # there is nobody left to tell
