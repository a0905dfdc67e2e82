"""The journal: what is to be judged, and every verdict as soon as it is there.

SQLite in WAL mode with full synchronization: once ``record`` has returned, its verdicts outlive a
killed process and a lost power supply. A verdict is kept once for all rows that ask the same.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple, Self

import msgspec

from credcheck._util.errors import InputError, OutputError
from credcheck.model import (
    Query,
    RosterRef,
    Verdict,
    canonical_json,
    query_from_json,
    to_json,
    verdict_from_json,
)
from credcheck.runs.fingerprint import RunKey
from credcheck.runs.packing import BEGINNING, Block, unpack_block

_SCHEMA = "credcheck.journal/5"
_BLOCK_CACHE_SIZE = 64
_asked_for = attrgetter(
    *[name for name in Query.__struct_fields__ if name not in {"row", "line", "id", "other"}]
)
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE plan
  (row INTEGER PRIMARY KEY, key BLOB NOT NULL, npi TEXT, person TEXT, query BLOB NOT NULL);
CREATE TABLE asked (row INTEGER PRIMARY KEY, copies INTEGER NOT NULL);
CREATE TABLE same (row INTEGER PRIMARY KEY, first INTEGER NOT NULL);
CREATE TABLE verdict
  (row INTEGER PRIMARY KEY, outcome TEXT NOT NULL, again INTEGER NOT NULL,
   block INTEGER NOT NULL, place INTEGER NOT NULL);
CREATE TABLE block (id INTEGER PRIMARY KEY, packed BLOB NOT NULL);
"""
_ASKED = "INSERT INTO asked SELECT min(row), count(*) FROM plan GROUP BY key ORDER BY 1"
_SAME = """
INSERT INTO same SELECT plan.row, firsts.first FROM plan
JOIN (SELECT key, min(row) AS first FROM plan GROUP BY key HAVING count(*) > 1) firsts USING (key)
WHERE plan.row > firsts.first
"""
_PENDING = """
SELECT row, copies, query FROM asked JOIN plan USING (row) LEFT JOIN verdict USING (row)
WHERE row > ? AND (verdict.outcome IS NULL OR verdict.again) ORDER BY row LIMIT ?
"""
_COUNTS = """
SELECT outcome, sum(copies), sum(copies * again) FROM asked JOIN verdict USING (row)
WHERE ? OR NOT again GROUP BY outcome
"""
_RESULTS = """
SELECT query, block, place FROM plan LEFT JOIN same USING (row)
JOIN verdict ON verdict.row = coalesce(same.first, plan.row) ORDER BY plan.row
"""


class JournalError(InputError):
    """The journal cannot be used. The message says why and what to do."""


class JournalUnwritable(OutputError):
    """The journal cannot be written any more: the disk is full, or gone."""


class Pending(NamedTuple):
    """Something to be judged: the first row that asks for it, how many rows do, and its JSON."""

    row: int
    copies: int
    asked: bytes


class Counts(NamedTuple):
    """Rows that have a verdict, by its word; ``unanswered`` of them rest on a source that failed."""

    outcomes: dict[str, int]
    unanswered: int


class Journal:
    """One run's journal, in a file."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Take an opened file: see ``create`` and ``reopen``."""
        self.path = path
        self._db = connection

    @classmethod
    def create(cls, path: Path) -> Self:
        """Begin a journal in a file that is not there yet. Raises JournalUnwritable."""
        try:
            journal = cls(path, _connect(path))
            path.chmod(0o600)
            journal._begin()
        except (sqlite3.Error, OSError) as error:
            raise JournalUnwritable(f"the journal {path} cannot be written: {error}") from error
        return journal

    @classmethod
    def reopen(cls, path: Path) -> Self:
        """Open a journal. Raises JournalError if it is none, or damaged."""
        try:
            journal = cls(path, _connect(path))
            if journal._is_blank:
                journal._begin()  # killed at its very beginning
            if journal._get("schema") != _SCHEMA.encode():
                raise JournalError(
                    f"{path} is no journal of this version; begin again with --force"
                )
            if journal._db.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("it is damaged")
        except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
            raise JournalError(
                f"the journal {path} cannot be read ({error}); begin again with --force"
            ) from error
        return journal

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def remove(self) -> None:
        """Close the journal and remove it: its results are elsewhere."""
        self._db.close()
        discard(self.path)

    @property
    def key(self) -> RunKey | None:
        """What the run rests on; None if it never got as far as a whole plan."""
        value = self._get("key")
        return msgspec.json.decode(value, type=RunKey) if value else None

    @property
    def started_at(self) -> str:
        """When the run began, in ISO form."""
        return (self._get("started_at") or b"").decode()

    @property
    def roster(self) -> RosterRef:
        """The roster as it was read."""
        return msgspec.json.decode(self._get("roster") or b"", type=RosterRef)

    def plan(self, queries: Iterable[Query]) -> int:
        """Take in all queries at once, or none. Returns their number."""
        with self._write():
            rows = ((q.row, query_key(q), q.npi, q.name, to_json(q)) for q in queries)
            self._db.executemany("INSERT INTO plan VALUES (?, ?, ?, ?, ?)", rows)
        return self.rows

    @property
    def notes(self) -> list[str]:
        """What the reader of the roster's file should know."""
        return msgspec.json.decode(self._get("notes") or b"[]", type=list[str])

    @property
    def pending_rows(self) -> int:
        """How many rows have no verdict yet."""
        return self.rows - sum(self.counts().outcomes.values())

    def reset(self) -> None:
        """Forget everything but the file."""
        with self._write():
            for table in ("plan", "asked", "same", "verdict", "block"):
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
            self._db.execute("DELETE FROM meta WHERE name <> 'schema'")

    def close_plan(
        self, key: RunKey, roster: RosterRef, started_at: str, notes: Sequence[str] = ()
    ) -> None:
        """Close the plan: from here on the run can be resumed."""
        with self._write():
            if self._db.execute(_ASKED).rowcount < self.rows:
                self._db.execute(_SAME)
            self._set("started_at", started_at.encode())
            self._set("notes", msgspec.json.encode(notes))
            self._set("roster", msgspec.json.encode(roster))
            self._set("key", msgspec.json.encode(key))

    def queries(self) -> Iterator[Query]:
        """Yield the query of every row, in the order of the roster."""
        with closing(self._db.execute("SELECT query FROM plan ORDER BY row")) as found:
            yield from (query_from_json(body) for (body,) in found)

    def find_shared_numbers(self) -> Iterator[list[Query]]:
        """Yield the queries of each number that rows give to more than one name."""
        numbers = self._db.execute(
            "SELECT npi FROM plan WHERE npi NOT NULL AND person NOT NULL"
            " GROUP BY npi HAVING count(DISTINCT person) > 1"
        ).fetchall()
        for (npi,) in numbers:
            found = self._db.execute("SELECT query FROM plan WHERE npi = ? ORDER BY row", (npi,))
            yield [query_from_json(body) for (body,) in found.fetchall()]

    def replace_queries(self, queries: Iterable[Query]) -> None:
        """Put other queries in the place of planned ones of the same rows."""
        with self._write():
            for query in queries:
                self._db.execute(
                    "UPDATE plan SET key = ?, query = ? WHERE row = ?",
                    (query_key(query), to_json(query), query.row),
                )

    def pending(self, after: int, limit: int) -> list[Pending]:
        """Return what is still to be judged after a row, in the order of the roster."""
        return list(map(Pending._make, self._db.execute(_PENDING, (after, limit))))

    def record(self, blocks: Iterable[Block]) -> None:
        """Keep verdicts, durably, all or none. Raises JournalUnwritable."""
        with self._write():
            for kept, packed in blocks:
                block = self._db.execute(
                    "INSERT INTO block (packed) VALUES (?)", (packed,)
                ).lastrowid
                rows = ((*each, block, place) for place, each in enumerate(kept))
                self._db.executemany("INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?, ?)", rows)

    @property
    def rows(self) -> int:
        """The number of rows of the roster."""
        return int(self._db.execute("SELECT count(*) FROM plan").fetchone()[0])

    def counts(self, *, settled: bool = False) -> Counts:
        """Count the rows that have a verdict; ``settled``: one that needs not be asked for again."""
        found = self._db.execute(_COUNTS, (not settled,)).fetchall()
        return Counts({word: n for word, n, _ in sorted(found)}, sum(again for *_, again in found))

    def verdicts(self) -> Iterator[Verdict]:
        """Yield the verdict of every row that has one, in the order of the roster."""
        return map(verdict_from_json, self.lines())

    def lines(self) -> Iterator[bytes]:
        """Yield the same as lines of NDJSON. Raises JournalError if the journal is damaged."""
        bodies = lru_cache(_BLOCK_CACHE_SIZE)(self._read_bodies)
        with closing(self._db.execute(_RESULTS)) as found:
            for query, block, place in found:
                yield b"".join((BEGINNING, query, bodies(block)[place], b"\n"))

    def _read_bodies(self, block: int) -> Sequence[bytes]:
        found = self._db.execute("SELECT packed FROM block WHERE id = ?", (block,)).fetchone()
        try:
            return unpack_block(found[0] if found else b"")
        except ValueError as error:
            raise JournalError(f"the journal {self.path} cannot be read: {error}") from error

    @property
    def _is_blank(self) -> bool:
        (count,) = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return bool(count == 0)

    def _begin(self) -> None:
        with self._write():
            for statement in _TABLES.split(";"):
                self._db.execute(statement)
            self._set("schema", _SCHEMA.encode())

    @contextmanager
    def _write(self) -> Iterator[None]:
        """Write in one transaction: committed whole, or rolled back. Raises JournalUnwritable."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except BaseException as error:
            if self._db.in_transaction:
                self._db.rollback()
            if isinstance(error, sqlite3.Error):
                message = f"the journal {self.path} cannot be written: {error}"
                raise JournalUnwritable(message) from error
            raise

    def _get(self, name: str) -> bytes | None:
        found = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def _set(self, name: str, value: bytes) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def discard(path: Path) -> None:
    """Remove a journal with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def query_key(query: Query) -> bytes:
    """Return the digest of what is asked: rows that ask the same have the same."""
    return hashlib.blake2b(canonical_json(_asked_for(query)), digest_size=16).digest()


def _connect(path: Path) -> sqlite3.Connection:
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connection = sqlite3.connect(path, isolation_level=None, timeout=5)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection
