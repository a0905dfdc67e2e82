"""The end of a log: where the next entry goes, and what is done where the last one is not whole.

Nothing is ever taken out of a log but the beginning of an entry that was being written when the power
failed: no run was told that it is there, and it is kept in a file beside the log. An entry whose line
end was lost stays, and gets its end. Everything else that is not as credcheck writes it is damage.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from credcheck.runs.log_entry import BEGINNING, LONGEST_ENTRY, LogError, LogHead, decode_head

_FIRST = b'{"command":"'
"""How an entry begins: its keys are in order."""
_LAST = re.compile(rb'"status":-?[0-9]+\}')
"""How an entry ends: one that gets so far was not torn. No text in JSON holds such quotes."""
_STEP = 1 << 16


def list_log_files(path: Path) -> tuple[Path, ...]:
    """Return the file of a log, and what is written beside it."""
    return (path, path.with_name(f"{path.name}.lock"), path.with_name(f"{path.name}.torn"))


def find_foreign_log_file(path: Path) -> Path | None:
    """Return a file of somebody's that has the name of one beside a log. Raises OSError."""
    _, lock, torn = list_log_files(path)
    if lock.exists() and lock.stat().st_size:
        return lock
    if torn.exists():
        with torn.open("rb") as file:
            return None if _FIRST.startswith(file.read(len(_FIRST)).rstrip(b"\n")) else torn
    return None


class LogEnd(NamedTuple):
    """How a log ends: its last entry, the bytes up to its end, and what is wrong behind that.

    ``missing`` is the line end that it lacks, ``torn`` the beginning of an entry that is none.
    """

    head: LogHead
    size: int
    missing: bytes = b""
    torn: bytes = b""


@contextmanager
def open_log(path: Path) -> Iterator[BinaryIO]:
    """Open a log for reading and writing; it is made if it is not there. Raises OSError."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "rb+", buffering=0) as file:
        yield file


def find_end(path: Path, file: BinaryIO) -> LogEnd:
    """Find the entry to go on from. Raises LogError where the end is neither whole nor torn."""
    size = file.seek(0, os.SEEK_END)
    *before, last = _read_tail(path, file, size).split(b"\n")
    known = decode_head(before[-1]) if before else LogHead(0, BEGINNING)
    if known is None:
        raise _explain_damage(path)
    if not last:
        return LogEnd(known, size)
    if (whole := decode_head(last)) is not None:
        return LogEnd(whole, size, missing=b"\n")
    if not _FIRST.startswith(last[: len(_FIRST)]) or _LAST.search(last) or b"\0" in last:
        raise _explain_damage(path)
    return LogEnd(known, size - len(last), torn=last)


def _read_tail(path: Path, file: BinaryIO, size: int) -> bytes:
    """Return the end of a log with its last whole line in it, or all of it."""
    start, tail = size, b""
    while start > 0 and tail.count(b"\n") < 2 and len(tail) < 2 * LONGEST_ENTRY:
        step = min(start, max(_STEP, len(tail)))
        start -= step
        file.seek(start)
        tail = _read_exactly(file, step) + tail
    if start == 0:
        return tail
    whole = tail.partition(b"\n")[2]  # without the rest of a line
    if b"\n" not in whole:
        raise _explain_damage(path)
    return whole


def _read_exactly(file: BinaryIO, count: int) -> bytes:
    """Read so many bytes. Raises OSError where there are fewer: another program cuts the file."""
    pieces = []
    while count:
        piece = file.read(count)
        if not piece:
            raise OSError(0, "it became shorter while it was read")
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def _explain_damage(path: Path) -> LogError:
    return LogError(
        f"the log {path} is damaged: it does not end with a complete entry, so nothing was added. Keep"
        " it as it is, run credcheck log verify, and continue in another file with --log"
    )


def set_aside(path: Path, torn: bytes) -> None:
    """Keep a torn end beside the log before it is taken out. Raises OSError."""
    if not torn:
        return
    handle = os.open(list_log_files(path)[2], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(torn + b"\n")
        file.flush()
        os.fsync(file.fileno())


def append_line(file: BinaryIO, end: LogEnd, line: bytes) -> None:
    """Write an entry after the last one. Raises OSError, with the log as long as it was."""
    try:
        file.truncate(end.size)
        file.seek(end.size)
        _write_all(file, end.missing + line)
        os.fsync(file.fileno())
    except BaseException:
        file.truncate(end.size)
        raise


def _write_all(file: BinaryIO, data: bytes) -> None:
    while data:
        data = data[file.write(data) :]
