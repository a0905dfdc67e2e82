"""The standard streams: there even where they were closed, and honest where they cannot be written.

A stream that was closed leaves its number free: the next file that is opened takes it, and what is
meant for the screen lands in that file. So each gets something to stand on first. A result that
cannot be written is an error with its own status; a message that cannot be shown is lost, and that
changes nothing.
"""

import errno
import io
import os
import sys
from typing import TYPE_CHECKING, BinaryIO, TextIO

from credcheck._util.errors import OutputError, UsageError
from credcheck.cli.exit_codes import CliExit, Exit

if TYPE_CHECKING:
    from collections.abc import Buffer  # type: ignore[attr-defined]  # Python 3.12 and later

_STDIN, _STDOUT, _STDERR = 0, 1, 2
_LONGEST_LINE = 10_000  # bytes


def open_streams() -> None:
    """Open what was closed, and have failures to write standard output raised as OutputError."""
    for number, stream in ((_STDIN, sys.stdin), (_STDOUT, sys.stdout), (_STDERR, sys.stderr)):
        if stream is None:
            _open_nothing(number)
    sys.stdout = _wrap(sys.stdout, _Results(_STDOUT, "w", closefd=False))
    sys.stderr = _wrap(sys.stderr, _Messages(_STDERR, "w", closefd=False))


def read_line() -> str:
    """Return the first line of standard input. Raises UsageError if it is closed, or is no text."""
    line = read_binary().readline(_LONGEST_LINE + 1)
    if len(line) > _LONGEST_LINE:
        raise UsageError(f"standard input: a line may have at most {_LONGEST_LINE:,} bytes")
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"standard input is not UTF-8 (byte {error.start + 1})") from error


def read_binary() -> BinaryIO:
    """Return standard input as bytes. Raises UsageError if it is closed."""
    if sys.stdin is None:
        raise UsageError("standard input is closed, so there is nothing to read")
    return sys.stdin.buffer


def flush_results() -> None:
    """Write what waits for standard output. Raises OutputError, or CliExit for a closed pipe."""
    sys.stdout.flush()


def is_closed_pipe(error: OSError, system: str) -> bool:
    """Tell whether an error says that whoever read the output is gone; ``system`` is ``os.name``.

    Windows says that the argument is invalid.
    """
    return error.errno == errno.EPIPE or (system == "nt" and error.errno == errno.EINVAL)


class _Results(io.FileIO):
    """Standard output. Where it cannot be written, it is closed with an error that says so."""

    def write(self, data: "Buffer", /) -> int:
        """Write. Raises OutputError, or CliExit where whoever read it is gone."""
        try:
            return super().write(data)
        except OSError as error:
            _drop(_STDOUT)
            if is_closed_pipe(error, os.name):
                raise CliExit(Exit.CLOSED_PIPE) from error
            reason = error.strerror or str(error)
            raise OutputError(f"the output could not be written: {reason}") from error


class _Messages(io.FileIO):
    """Standard error. Where it cannot be written, there is nobody left to tell."""

    def write(self, data: "Buffer", /) -> int:
        """Write, or drop it."""
        try:
            return super().write(data)
        except OSError:
            _drop(_STDERR)
            return len(memoryview(data))


def _open_nothing(number: int) -> None:
    """Open a stream that was closed: to nothing, or so that writing a result fails."""
    while (
        opened := os.open(os.devnull, os.O_WRONLY if number == _STDERR else os.O_RDONLY)
    ) < number:
        continue  # a lower one was closed too
    if opened != number:
        os.dup2(opened, number)
        os.close(opened)


def _wrap(before: TextIO | None, raw: io.FileIO) -> TextIO:
    """Return a stream as the one before it, over another file. A Windows console stays as it is."""
    if before is not None:
        below = getattr(before.buffer, "raw", before.buffer)
        if type(below) is not io.FileIO:
            return before
        before.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=before.encoding if before is not None else "utf-8",
        errors=(before.errors if before is not None else None) or "backslashreplace",
        line_buffering=raw.fileno() == _STDERR or raw.isatty(),
    )


def _drop(number: int) -> None:
    """Lead a stream to nothing, so that what still waits to be written does not fail again."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, number)
    os.close(nothing)
