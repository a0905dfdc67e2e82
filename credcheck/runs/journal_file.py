"""The journal's file: what is known as one, how it is opened, and what SQLite keeps beside it.

A file is only ever replaced or removed where it is known as a journal. Whatever else a path leads to is
somebody's own, and stays.
"""

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import msgspec

from credcheck._util.errors import InputError, OutputError
from credcheck._util.files import check_regular

SCHEMA = "credcheck.journal/6"
APPLICATION = 0x43524A4C  # "CRJL", at a fixed place in the file's header
_SIGN = b"credcheck.journal/"
_HEAD = 1 << 16  # bytes: the pages of the first tables
_APPLICATION_AT = slice(68, 72)  # https://www.sqlite.org/fileformat.html
_BESIDE = {  # what SQLite keeps beside a database, and how each begins
    "-wal": (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"),
    "-shm": (b"\x18\xe2\x2d\x00", b"\x00\x2d\xe2\x18", bytes(4)),
    "-journal": (b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", bytes(8)),
}

TABLES = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    """CREATE TABLE plan
  (row INTEGER PRIMARY KEY, key BLOB NOT NULL, npi TEXT, person TEXT, query BLOB NOT NULL)""",
    "CREATE TABLE asked (row INTEGER PRIMARY KEY, copies INTEGER NOT NULL)",
    "CREATE TABLE same (row INTEGER PRIMARY KEY, first INTEGER NOT NULL)",
    """CREATE TABLE verdict
  (row INTEGER PRIMARY KEY, outcome TEXT NOT NULL, again INTEGER NOT NULL,
   block INTEGER NOT NULL, place INTEGER NOT NULL)""",
    """CREATE TABLE block
  (id INTEGER PRIMARY KEY, digest BLOB NOT NULL, stubs BLOB NOT NULL, packed BLOB NOT NULL)""",
)


class JournalError(InputError):
    """The journal cannot be used. The message says why and what to do."""


class JournalDamaged(JournalError):
    """It is not what was written, or of another version: nothing in it can be trusted."""


class NotAJournal(JournalError):
    """The file is somebody's own, or nothing of a journal can be recognized in it."""


class JournalUnwritable(OutputError):
    """The journal cannot be written any more: the disk is full, or gone."""


class Damage(ValueError):
    """A journal does not hold what was written into it."""


_DAMAGED = (sqlite3.Error, Damage, msgspec.MsgspecError, UnicodeDecodeError)
_PASSING = {"BUSY", "LOCKED", "IOERR", "CANTOPEN", "NOMEM", "READONLY", "FULL", "PERM", "AUTH"}
"""What SQLite calls trouble of the moment: the file may be whole, so nobody is told to replace it."""
_CORRUPT = {"CORRUPT", "NOTADB"}


def list_journal_files(path: Path) -> tuple[Path, ...]:
    """Return the file of a journal, and all that SQLite may write, read or remove beside it."""
    return (path, *(path.with_name(path.name + suffix) for suffix in _BESIDE))


def is_journal(path: Path) -> bool:
    """Tell whether a file may be taken as a journal: it is empty, or has a sign of one.

    A damaged one still has one of its signs. Raises OSError where it cannot be read, and NotRegular.
    """
    check_regular(path, f"the journal {path}")
    with path.open("rb") as file:
        head = file.read(_HEAD)
    marked = head[_APPLICATION_AT] == APPLICATION.to_bytes(4, "big")
    return not head or marked or _SIGN in head


def find_foreign_journal_file(path: Path) -> Path | None:
    """Return a file of somebody's that SQLite would take for its own beside a journal.

    Beside a journal that is there already, all of them are SQLite's. Raises OSError.
    """
    if path.exists() and path.stat().st_size:
        return None
    for file, signs in zip(list_journal_files(path)[1:], _BESIDE.values(), strict=True):
        if file.exists() and file.stat().st_size:
            with file.open("rb") as opened:
                if opened.read(len(signs[0])) not in signs:
                    return file
    return None


def discard(path: Path) -> None:
    """Remove a journal with what SQLite keeps beside it."""
    for file in list_journal_files(path):
        file.unlink(missing_ok=True)


def set_aside(path: Path) -> Path:
    """Give a file another name, with what lies beside it, and return it. Raises OSError."""
    kept = path.with_name(f"{path.name}.bad-{time.time_ns()}")
    for file, other in zip(list_journal_files(path), list_journal_files(kept), strict=True):
        if file.exists():
            file.rename(other)
    return kept


class JournalDatabase:
    """An opened file. What SQLite raises comes as JournalError or JournalUnwritable."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Take an opened file: see ``create`` and ``open``."""
        self.path = path
        self.connection = connection

    @classmethod
    def create(cls, path: Path) -> Self:
        """Create a file that is not there yet. Raises JournalUnwritable."""
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except OSError as error:
            raise JournalUnwritable(
                f"the journal {path} cannot be written: {error.strerror}"
            ) from error
        try:
            database = cls(path, _connect(path))
            database.create_tables()
        except (sqlite3.Error, JournalUnwritable, JournalDamaged) as error:
            with suppress(OSError):  # an empty one may stay: it was only begun
                discard(path)
            raise JournalUnwritable(f"the journal {path} cannot be written: {error}") from error
        return database

    @classmethod
    def open(cls, path: Path, *, write: bool = True) -> Self:
        """Open a file that is there. Raises JournalError."""
        try:
            if not is_journal(path):
                raise NotAJournal(f"{path} is not a credcheck journal, or its beginning is missing")
            return cls(path, _connect(path) if write else _open(path))
        except OSError as error:
            raise JournalError(f"the journal {path} cannot be read: {error.strerror}") from error
        except sqlite3.Error as error:
            raise _explain(path, error) from error

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing was written yet: the process that made it was killed then.

        A file of more than its first page has lost its tables.
        """
        ((count,),) = self.select("SELECT count(*) FROM sqlite_master")
        ((pages,),) = self.select("PRAGMA page_count")
        return bool(count == 0 and pages <= 1)

    def create_tables(self) -> None:
        """Create the tables. Raises JournalUnwritable."""
        self.begin()
        with self.writing() as connection:
            for statement in TABLES:
                connection.execute(statement)
            connection.execute("INSERT INTO meta VALUES ('schema', ?)", (SCHEMA.encode(),))
            connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file. What was not committed is not there any more."""
        self.connection.close()

    def begin(self) -> None:
        """Begin a transaction. Raises JournalUnwritable."""
        with self.writing():
            self.connection.execute("BEGIN IMMEDIATE")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Write within the transaction that was begun; what fails takes all of it back.

        Raises JournalUnwritable, or JournalDamaged where it shows only now.
        """
        try:
            yield self.connection
        except BaseException as error:
            with suppress(sqlite3.Error):  # the first error is the one to tell
                if self.connection.in_transaction:
                    self.connection.rollback()
            if isinstance(error, sqlite3.Error):
                if _kind_of(error) in _CORRUPT:
                    raise _explain(self.path, error) from error
                message = f"the journal {self.path} cannot be written: {error}"
                raise JournalUnwritable(message) from error
            raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read; damage, wherever it shows, comes as JournalDamaged, other trouble as JournalError."""
        try:
            yield self.connection
        except sqlite3.ProgrammingError:
            raise  # it is used wrongly, which is a bug and no damage
        except _DAMAGED as error:
            raise _explain(self.path, error) from error

    def select(self, query: str, values: Sequence[object] = ()) -> Iterator[Any]:
        """Yield the rows that a query finds. Raises JournalError."""
        with self.reading(), closing(self.connection.execute(query, values)) as found:
            yield from found

    def get(self, name: str) -> bytes | None:
        """Return one of the facts in ``meta``. Raises JournalError."""
        for (value,) in self.select("SELECT value FROM meta WHERE name = ?", (name,)):
            if isinstance(value, bytes):
                return value
            raise _explain(self.path, Damage(f"{name} is not as it was written"))
        return None


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=5)


def _connect(path: Path) -> sqlite3.Connection:
    """Open a file for writing. Raises sqlite3.Error if it is no database, or cannot be written."""
    connection = _open(path)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")  # where the header says "read only", it shows here
        connection.execute("ROLLBACK")
    except BaseException:
        connection.close()
        raise
    return connection


def _explain(path: Path, error: Exception) -> JournalError:
    """Return the error to raise: nobody is told to replace a file that may be whole."""
    if isinstance(error, sqlite3.Error) and _is_passing(path, error):
        return JournalError(
            f"the journal {path} cannot be used now ({error}); it was left as it is"
        )
    return JournalDamaged(
        f"the journal {path} was changed after it was written ({error}), so it is not used;"
        " start over with --force, which keeps it under another name"
    )


def _is_passing(path: Path, error: sqlite3.Error) -> bool:
    kind = _kind_of(error)
    if kind == "READONLY":  # a damaged header says so too
        return not os.access(path, os.W_OK)
    return kind in _PASSING


def _kind_of(error: sqlite3.Error) -> str:
    name: str = getattr(error, "sqlite_errorname", "")  # SQLITE_IOERR_READ and the like
    return name.removeprefix("SQLITE_").partition("_")[0]
