"""A file that one process holds at a time. What a process that died held is free again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


class LockHeld(Exception):
    """Another process holds the lock."""


@contextmanager
def hold_lock(path: Path, seconds: float = 0) -> Iterator[None]:
    """Hold a lock, waiting so many seconds for it. Raises LockHeld, or OSError."""
    lock = FileLock(path, timeout=seconds, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise LockHeld(str(path)) from error
    except NotImplementedError as error:  # how filelock says that the file system has no locks
        raise OSError(0, f"files cannot be locked in {path.parent}") from error
    try:
        yield
    finally:
        lock.release()
