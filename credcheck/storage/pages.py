"""Pages of bytes in one SQLite file, none of which is taken on trust.

Each page bears a digest of its number and its bytes, keyed by a secret that is not in the file: a page
that is damaged, missing, in another's place or of another file is never read as if it were right. That
something is *not* in a file is told by a page too, so it is as certain as what is. Pages may also be
hidden: their bytes tell nothing to whoever has the file and not the secret.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

_DIGEST = 16  # bytes
_TABLE = "CREATE TABLE page (number INTEGER PRIMARY KEY, body BLOB NOT NULL)"
_BUILDING = (
    "PRAGMA journal_mode = OFF",  # what fails is thrown away whole
    "PRAGMA synchronous = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
)


class PagesDamaged(Exception):
    """A page is not as it was written. Nothing of the file can be trusted."""


class PageSeal:
    """Signs and hides the pages of one file: by a secret, and by the file's name."""

    def __init__(self, secret: bytes, name: str) -> None:
        def derive(use: bytes) -> bytes:
            return hashlib.blake2b(name.encode(), key=secret, person=use, digest_size=32).digest()

        self._signing, self._hiding, self._filing = map(derive, (b"sign", b"hide", b"file"))

    def sign(self, number: int, body: bytes) -> bytes:
        """Return a page's bytes behind their digest."""
        return self._digest(number, body) + body

    def check(self, number: int, stored: object) -> bytes:
        """Return the bytes of a page. Raises PagesDamaged if they were not written for it."""
        if isinstance(stored, bytes):
            body = stored[_DIGEST:]
            if self._digest(number, body) == stored[:_DIGEST]:
                return body
        raise PagesDamaged(f"page {number} is not as it was written")

    def hide(self, number: int, body: bytes) -> bytes:
        """Hide a page's bytes, or show them again. No two pages of a file are hidden alike."""
        stream = hashlib.shake_256(self._hiding + number.to_bytes(8, "little")).digest(len(body))
        mixed = int.from_bytes(body, "little") ^ int.from_bytes(stream, "little")
        return mixed.to_bytes(len(body), "little")

    def hasher(self) -> "hashlib.blake2b":
        """Return the keyed digest of eight bytes under which texts are filed."""
        return hashlib.blake2b(key=self._filing, digest_size=8)

    def _digest(self, number: int, body: bytes) -> bytes:
        salt = number.to_bytes(16, "little")
        return hashlib.blake2b(body, key=self._signing, salt=salt, digest_size=_DIGEST).digest()


def write_pages(path: Path, seal: PageSeal, pages: Iterable[tuple[int, bytes]]) -> None:
    """Write a new file of signed pages, and bring it to the disk. Raises sqlite3.Error and OSError."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for statement in (*_BUILDING, _TABLE, "BEGIN"):
            connection.execute(statement)
        signed = ((number, seal.sign(number, body)) for number, body in pages)
        connection.executemany("INSERT INTO page VALUES (?, ?)", signed)
        connection.execute("COMMIT")
    finally:
        connection.close()


class PageFile:
    """A file of pages that is open for reading. Each process that was forked opens it for itself."""

    def __init__(self, path: Path, seal: PageSeal) -> None:
        self._uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self.seal = seal

    def read(self, number: int) -> bytes:
        """Return the bytes of a page. Raises PagesDamaged."""
        try:
            found = self._open().execute("SELECT body FROM page WHERE number = ?", (number,))
            row = found.fetchone()
        except sqlite3.Error as error:
            raise PagesDamaged(str(error)) from error
        return self.seal.check(number, row[0] if row else None)

    def read_range(self, first: int, count: int) -> list[bytes]:
        """Return the bytes of pages that follow each other. Raises PagesDamaged."""
        numbers = range(first, first + count)
        query = "SELECT number, body FROM page WHERE number >= ? AND number < ? ORDER BY number"
        try:
            rows = self._open().execute(query, (numbers.start, numbers.stop)).fetchall()
        except sqlite3.Error as error:
            raise PagesDamaged(str(error)) from error
        if [number for number, _ in rows] != list(numbers):
            raise PagesDamaged(f"a page of {first} to {first + count - 1} is missing")
        return [self.seal.check(number, body) for number, body in rows]

    def read_hidden(self, number: int) -> bytes:
        """Return the bytes of a page that was hidden. Raises PagesDamaged."""
        return self.seal.hide(number, self.read(number))

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None or self._process != os.getpid():
            self._process = os.getpid()
            self._connection = sqlite3.connect(self._uri, uri=True, check_same_thread=False)
            self._connection.execute("PRAGMA trusted_schema = OFF")
        return self._connection


def hide_pages(seal: PageSeal, pages: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Yield pages with their bytes hidden."""
    for number, body in pages:
        yield number, seal.hide(number, body)
