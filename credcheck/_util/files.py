"""Files written so that they are whole or not there, and outlive a lost power supply."""

import datetime as dt
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from credcheck._util.errors import UsageError

_BUFFER = 1 << 20  # bytes


class NotRegular(UsageError):
    """A path leads to a folder, a device or a pipe, which would hang a run or fill its memory."""


def check_regular(path: Path, what: str = "") -> None:
    """Check that a path leads to a regular file, or to nothing. Raises NotRegular.

    ``what`` names it as the user knows it.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return  # whoever opens it says why it cannot be
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "a device or a pipe, not a regular file"
        raise NotRegular(f"{what or path} is {kind}; give a file")


def make_private_folder(path: Path) -> None:
    """Make a folder, and those above that are not there, for their owner alone. Raises OSError."""
    missing = []
    folder = path
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def fsync_path(path: Path) -> None:
    """Bring a file, or a folder's entries, to the disk. Raises OSError."""
    if os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def atomic_write(path: Path) -> Iterator[BinaryIO]:
    """Open a file that appears under its name only when it is whole and on the disk.

    What was there before stays until then. Raises OSError, with nothing of the new file left.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb", _BUFFER) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        fsync_path(path.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def modified_date(path: Path) -> dt.date:
    """Return the day on which a file was last changed, in UTC. Raises OSError."""
    return dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC).date()


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
