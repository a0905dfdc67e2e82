"""The cache as adapters see it."""

import hashlib
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from credcheck._util.text import escape_control, shorten
from credcheck.model import Model

if TYPE_CHECKING:
    import diskcache

_LOG = logging.getLogger(__name__)

Result = TypeVar("Result")


class ByteCache(Protocol):
    """Keeps bytes for a while. Nothing here raises: a cache is never the record."""

    def get(self, key: str) -> bytes | None:
        """Return the value that is kept under the key, or None."""
        ...

    def set(self, key: str, value: bytes, seconds: float) -> None:
        """Keep the value for so many seconds, if that can be done."""
        ...


class CacheInfo(Model, kw_only=True):
    """What is in the cache, for ``credcheck cache info``."""

    folder: str
    entries: int
    size_bytes: int
    problem: str | None = None


class NoCache:
    """The cache that keeps nothing."""

    def get(self, key: str) -> bytes | None:  # noqa: ARG002 - the protocol's signature
        """Return None."""
        return None

    def set(self, key: str, value: bytes, seconds: float) -> None:
        """Do nothing."""


class NamedCache:
    """A part of a cache: what is kept under a name is found under that name only."""

    def __init__(self, cache: ByteCache, name: str) -> None:
        self._cache = cache
        self._name = name

    def get(self, key: str) -> bytes | None:
        """Return the value that is kept under the key of this name, or None."""
        return self._cache.get(f"{self._name}\0{key}")

    def set(self, key: str, value: bytes, seconds: float) -> None:
        """Keep the value under the key of this name."""
        self._cache.set(f"{self._name}\0{key}", value, seconds)


class DiskByteCache:
    """The cache on disk, opened at its first use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: diskcache.Cache | None = None
        self._problem: str | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle where it lies; it is opened again, and a problem is found again."""
        return type(self), (self.folder,)

    def get(self, key: str) -> bytes | None:
        """Return the value, if what is kept bears the right key and digest."""
        stored = self._attempt(lambda cache: cache.get(stored_key(key)))
        return unseal(key, stored) if isinstance(stored, bytes) else None

    def set(self, key: str, value: bytes, seconds: float) -> None:
        """Keep the value for so many seconds."""
        self._attempt(lambda cache: cache.set(stored_key(key), seal(key, value), expire=seconds))

    def info(self) -> CacheInfo:
        """Count what is there."""
        entries, size = self._attempt(lambda cache: (len(cache), cache.volume())) or (0, 0)
        return CacheInfo(
            folder=str(self.folder), entries=entries, size_bytes=size, problem=self._problem
        )

    def clear(self) -> int:
        """Remove all entries and return how many there were."""
        return self._attempt(lambda cache: cache.clear()) or 0

    def close(self) -> None:
        """Let go of the database."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _attempt(self, work: "Callable[[diskcache.Cache], Result]") -> Result | None:
        if self._problem is not None:
            return None
        import diskcache

        from credcheck.storage.cache_disk import open_cache

        try:
            if self._opened is None:
                self._opened = open_cache(self.folder)
            return work(self._opened)
        except diskcache.Timeout:
            return None  # another process is writing; a lost entry is no loss
        except Exception as error:  # noqa: BLE001 - a damaged database can raise anything
            self._step_aside(error)
            return None

    def _step_aside(self, error: Exception) -> None:
        from credcheck.storage.cache_disk import CacheUnusable, set_aside

        self.close()
        # A database that is full, read-only or locked may be well again tomorrow.
        passing = isinstance(error, (OSError, sqlite3.OperationalError, CacheUnusable))
        moved = "" if passing else set_aside(self.folder)
        self._problem = self._describe(error) + (f"; set aside as {moved}" if moved else "")
        _LOG.warning("cache unusable, continuing without it: %s", self._problem)

    def _describe(self, error: Exception) -> str:
        if not isinstance(error, OSError):
            return escape_control(str(error))
        folder = shorten(escape_control(str(self.folder)))
        return f"{folder}: {error.strerror or error}; set CREDCHECK_CACHE to use another folder"


_SCHEMA = b"credcheck.cache/1"  # entries of another version are never found
_DIGEST = 32


def stored_key(key: str) -> bytes:
    """Return the key that the value is stored under."""
    return hashlib.sha256(_SCHEMA + key.encode()).digest()


def seal(key: str, value: bytes) -> bytes:
    """Return the value with the digest of key and value before it."""
    return hashlib.sha256(stored_key(key) + value).digest() + value


def unseal(key: str, stored: bytes) -> bytes | None:
    """Return the value, or None if it is damaged or belongs to another key."""
    value = stored[_DIGEST:]
    return value if stored == seal(key, value) else None
