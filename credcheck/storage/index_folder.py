"""The folder of what is worked out of files once and may be thrown away at any time.

A file of it is whole or not there: it is built under another name, brought to the disk and renamed. Its
name is the digest of all that it was made of, so one that is out of date is never asked again; the one
that was used longest ago goes first where they grow too large together. Whoever cannot write here, or
finds another process at it, does without.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from credcheck._util.files import fsync_path, make_private_folder
from credcheck._util.locks import LockHeld, hold_lock

NAME = ".indexes"
"""In the store. No dataset can have this name."""

LARGEST = 4 << 30
"""How many bytes all indexes may have together."""

_SUFFIX = ".sqlite"
_BUILDING = ".building-"
_LOCK = ".lock"


class IndexFolder:
    """The indexes of a store."""

    def __init__(self, store: Path, largest: int = LARGEST) -> None:
        self.folder = store / NAME
        self._largest = largest

    def path(self, key: str) -> Path:
        """Return where the index of a key is, or would be."""
        return self.folder / f"{key}{_SUFFIX}"

    def find(self, key: str) -> Path | None:
        """Return an index that is there, or None. It counts as used now."""
        path = self.path(key)
        try:
            if path.is_symlink() or not path.is_file():
                return None
            with suppress(OSError):
                os.utime(path)
        except OSError:
            return None
        return path

    def build(self, key: str, write: Callable[[Path], None]) -> bool:
        """Build an index, and tell whether it is there now. ``write`` makes the file of a path."""
        try:
            make_private_folder(self.folder)
            with hold_lock(self.folder / _LOCK):
                return self._build(key, write)
        except (LockHeld, OSError, sqlite3.Error, ValueError):  # ValueError: an odd text
            return False

    def discard(self, key: str) -> None:
        """Remove an index that cannot be trusted, if that can be done."""
        with suppress(OSError):
            self.path(key).unlink(missing_ok=True)

    def _build(self, key: str, write: Callable[[Path], None]) -> bool:
        self._remove_unfinished()
        part = self.folder / f"{_BUILDING}{os.getpid()}{_SUFFIX}"
        try:
            part.touch(mode=0o600)
            write(part)
            if part.stat().st_size > self._largest:
                return False
            fsync_path(part)
            part.replace(self.path(key))
            fsync_path(self.folder)
        finally:
            part.unlink(missing_ok=True)
        self._prune(key)
        return True

    def _remove_unfinished(self) -> None:
        """Remove what a process left that died: whoever builds holds the lock."""
        for left in self.folder.glob(f"{_BUILDING}*"):
            left.unlink(missing_ok=True)

    def _prune(self, newest: str) -> None:
        """Remove those used longest ago until all together are small enough."""
        found = [(path.stat(), path) for path in self.folder.glob(f"*{_SUFFIX}")]
        held = sum(stat.st_size for stat, _ in found)
        for stat, path in sorted(found, key=lambda each: each[0].st_mtime_ns):
            if held <= self._largest:
                return
            if path != self.path(newest):
                path.unlink(missing_ok=True)
                held -= stat.st_size
