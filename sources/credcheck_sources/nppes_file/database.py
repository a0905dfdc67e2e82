"""The snapshot's one file: an SQLite database, by the standard library.

``record`` holds each number's record. ``name`` files people by the numbers of their folded names in
``word``, and by state; ``near`` leads from letters to the words that may be meant. ``replaced`` leads
from a number to those whose place it took.
"""

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from credcheck._util.sqlite import SelfClosingConnection

DATASET = "nppes"
FILE = "nppes.sqlite"
LAYOUT = 4
"""Raised when what is stored changes its meaning; another layout must be imported again."""

_TABLES = (
    f"PRAGMA user_version = {LAYOUT}",
    "CREATE TABLE record (npi INTEGER PRIMARY KEY, entity TEXT NOT NULL, body BLOB NOT NULL)",
    """CREATE TABLE name (last INTEGER, first INTEGER, state TEXT, npi INTEGER, kind INTEGER,
       PRIMARY KEY (last, first, state, npi)) WITHOUT ROWID""",
    "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)",
    "CREATE TABLE near (key INTEGER, word INTEGER, PRIMARY KEY (key, word)) WITHOUT ROWID",
    "CREATE TABLE replaced (npi INTEGER, former INTEGER, PRIMARY KEY (npi, former)) WITHOUT ROWID",
)
_BUILDING = (
    "PRAGMA journal_mode = OFF",  # what fails is thrown away whole
    "PRAGMA synchronous = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA cache_size = -1000000",  # KB
    "PRAGMA temp_store = FILE",
)


def create_database(path: Path) -> sqlite3.Connection:
    """Create an empty database to be filled."""
    return _open_for_building(path, _TABLES)


def open_copy(path: Path) -> sqlite3.Connection:
    """Open a copy of a database to be changed."""
    return _open_for_building(path, ())


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open a published database. Raises sqlite3.Error, and OSError if its layout is another."""
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro&immutable=1",
        uri=True,
        check_same_thread=False,
        factory=SelfClosingConnection,
    )
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA mmap_size = 17179869184")
    (layout,) = connection.execute("PRAGMA user_version").fetchone()
    if layout != LAYOUT:
        connection.close()
        raise OSError(f"the snapshot has layout {layout}, not {LAYOUT}; import the file again")
    return connection


def compute_content_id(connection: sqlite3.Connection, day: str) -> str:
    """Return the SHA-256 of the day and of all records in the order of their numbers."""
    digest = hashlib.sha256(day.encode())
    for npi, body in connection.execute("SELECT npi, body FROM record ORDER BY npi"):
        digest.update(b"%d %d " % (npi, len(body)))
        digest.update(body)
    return digest.hexdigest()


def _open_for_building(path: Path, statements: Sequence[str]) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in (*_BUILDING, *statements, "BEGIN"):
        connection.execute(statement)
    return connection
