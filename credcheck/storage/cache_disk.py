"""The store under the cache: diskcache, kept from pickles, files and long waits."""

import os
import sqlite3
import stat
import threading
import time
from pathlib import Path
from typing import Any

import diskcache

DATABASE = "cache.db"
_OPEN_SECONDS = 5.0  # diskcache waits a minute if another process holds the write lock
_SIZE_LIMIT = 1 << 30
_RAW = 1  # diskcache's mode for a value that stands in the database as it is


class CacheUnusable(Exception):
    """The cache's folder is not safe to use. The message says what to do."""


class BytesDisk(diskcache.Disk):  # type: ignore[misc]  # diskcache has no types
    """Bytes in, bytes out, all inside the database."""

    def put(self, key: bytes) -> tuple[memoryview, bool]:
        """Hand the key over as it is."""
        return sqlite3.Binary(key), True

    def get(self, key: bytes, raw: bool) -> bytes:  # noqa: FBT001 - diskcache's signature
        """Hand back a raw key; a pickled one is not ours and becomes one that nobody asks for."""
        return bytes(key) if raw else b""

    def store(self, value: bytes, read: bool, key: Any = None) -> tuple[int, int, None, memoryview]:  # noqa: ARG002, FBT001
        """Put the value into the database, never into a file."""
        return len(value), _RAW, None, sqlite3.Binary(value)

    def fetch(self, mode: int, filename: str | None, value: Any, read: bool) -> bytes:  # noqa: ARG002, FBT001
        """Hand back raw bytes; a pickle or a file name is not ours and reads as nothing."""
        ours = mode == _RAW and filename is None and isinstance(value, bytes)
        return bytes(value) if ours else b""

    def remove(self, file_path: str) -> None:
        """Remove no file: none is ours, and a planted name may point anywhere."""


def open_cache(folder: Path) -> diskcache.Cache:
    """Open the cache in a folder, which is made 0700 if it is not there.

    Raises CacheUnusable if the folder is open to others or locked, OSError and sqlite3.Error as they
    come. Opens in a thread of its own, so that a held lock costs seconds and not a minute.
    """
    _check_folder(folder)
    outcome: list[diskcache.Cache | Exception] = []

    def run() -> None:
        try:
            outcome.append(_open_disk(folder))
        except Exception as error:  # noqa: BLE001 - raised again below, in the caller's thread
            outcome.append(error)

    thread = threading.Thread(target=run, daemon=True, name="credcheck-cache-open")
    thread.start()
    thread.join(_OPEN_SECONDS)
    if not outcome:
        raise CacheUnusable(f"{folder} is locked by another process")
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return outcome[0]


def set_aside(folder: Path) -> str:
    """Rename a broken database, so that the next run starts afresh. Returns its new name, or ''."""
    database = folder / DATABASE
    moved = database.with_name(f"{DATABASE}.bad-{time.time_ns()}")
    try:
        database.rename(moved)
        for journal in ("-wal", "-shm"):
            database.with_name(DATABASE + journal).unlink(missing_ok=True)
    except OSError:
        return ""
    return moved.name


def _open_disk(folder: Path) -> diskcache.Cache:
    cache = diskcache.Cache(
        str(folder), disk=BytesDisk, timeout=5, eviction_policy="none", size_limit=_SIZE_LIMIT
    )
    for file in folder.glob(f"{DATABASE}*"):
        file.chmod(0o600)
    cache.expire()
    if cache.volume() > _SIZE_LIMIT:
        cache.clear()
    cache.close()  # this thread's connection; the next thread opens its own
    return cache


def _check_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.stat()
    if os.name != "posix":
        return
    if status.st_uid != os.getuid():
        raise CacheUnusable(
            f"{folder} belongs to another user; set CREDCHECK_CACHE to one of yours"
        )
    if stat.S_IMODE(status.st_mode) & 0o077:
        raise CacheUnusable(f"{folder} can be read by other users; run: chmod 700 {folder}")
