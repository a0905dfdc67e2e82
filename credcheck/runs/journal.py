"""The journal: what is to be judged, and every verdict as soon as it is there.

SQLite in WAL mode with full synchronization: once ``record`` has returned, its verdicts outlive a
killed process and a lost power supply. A verdict is kept once for all rows that ask the same. What is
read is proved first: a journal that was changed is refused (``journal_proof``).
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import NamedTuple, Self, TypeVar

import msgspec

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
from credcheck.runs.journal_file import (
    Damage,
    JournalDamaged,
    JournalDatabase,
    JournalError,
    JournalUnwritable,
    NotAJournal,
    discard,
)
from credcheck.runs.journal_proof import (
    BlockReader,
    PlanDigest,
    digest_block,
    digest_plan,
    prove_journal,
)
from credcheck.runs.packing import BEGINNING, VerdictBlock, VerdictStub, encode_stubs

__all__ = [
    "Counts",
    "Journal",
    "JournalDamaged",
    "JournalError",
    "JournalUnwritable",
    "NotAJournal",
    "Pending",
    "query_key",
]

Fact = TypeVar("Fact")

_NOT_ASKED = frozenset({"row", "line", "id", "other", "medical_school", "graduation_year"})
_asked_for = attrgetter(*[name for name in Query.__struct_fields__ if name not in _NOT_ASKED])
_ASKED = "INSERT INTO asked SELECT min(row), count(*) FROM plan GROUP BY key ORDER BY 1"
_SAME = """
INSERT INTO same SELECT row, first FROM
(SELECT row, min(row) OVER (PARTITION BY key) AS first FROM plan) WHERE row > first
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
SELECT plan.row, key, npi, person, query, coalesce(same.first, plan.row), outcome, again, block, place
FROM plan LEFT JOIN same USING (row)
LEFT JOIN verdict ON verdict.row = coalesce(same.first, plan.row) ORDER BY plan.row
"""
_SHARED_NUMBERS = """
SELECT npi, query FROM plan WHERE npi IN
(SELECT npi FROM plan WHERE npi NOT NULL AND person NOT NULL
GROUP BY npi HAVING min(person) < max(person)) ORDER BY npi, row
"""


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

    def __init__(self, database: JournalDatabase) -> None:
        """Take an opened file: see ``create`` and ``reopen``."""
        self._db = database
        self._digest = b""  # of the plan, once it is closed

    @classmethod
    def create(cls, path: Path) -> Self:
        """Begin a journal in a file that is not there yet. Raises JournalUnwritable."""
        return cls(JournalDatabase.create(path))

    @classmethod
    def reopen(cls, path: Path, *, write: bool = True) -> Self:
        """Open a journal and prove what it holds. Raises JournalError if it is none, or damaged."""
        journal = cls(JournalDatabase.open(path, write=write))
        try:
            if write and journal._db.is_blank:
                journal._db.create_tables()
            with journal._db.reading() as db:
                journal._digest = prove_journal(db)
        except BaseException:
            journal.close()
            raise
        return journal

    @classmethod
    def find_finished(cls, path: Path) -> tuple[str, ...] | None:
        """Return the outputs of a run whose every row has a verdict; None for any other file.

        What the journal holds is not proved for it: see ``reopen``.
        """
        try:
            with closing(cls(JournalDatabase.open(path, write=False))) as journal:
                is_finished = journal.key is not None and not journal.pending_rows
                return journal.outputs if is_finished else None
        except JournalError:
            return None

    @property
    def path(self) -> Path:
        """The file."""
        return self._db.path

    def close(self) -> None:
        """Close the file. A plan that was not closed is not there any more."""
        self._db.close()

    def remove(self) -> None:
        """Close the journal and remove it: its results are elsewhere. Raises JournalUnwritable."""
        self._db.close()
        try:
            discard(self.path)
        except OSError as error:
            message = f"the journal {self.path} cannot be removed: {error.strerror}"
            raise JournalUnwritable(message) from error

    @property
    def is_planned(self) -> bool:
        """Tell whether there is a whole plan, so that the run can be resumed."""
        return bool(self._digest)

    @property
    def key(self) -> RunKey | None:
        """What the run rests on; None if it never got as far as a whole plan."""
        value = self._db.get("key")
        return self._decode(value, RunKey) if value else None

    @property
    def started_at(self) -> str:
        """When the run began, in ISO form."""
        return (self._db.get("started_at") or b"").decode()

    @property
    def roster(self) -> RosterRef:
        """The roster as it was read."""
        return self._decode(self._db.get("roster"), RosterRef)

    @property
    def notes(self) -> list[str]:
        """What the reader of the roster's file should know."""
        return self._decode(self._db.get("notes"), list[str])

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files that the run was begun for."""
        return self._decode(self._db.get("outputs"), tuple[str, ...])

    def plan(
        self, queries: Iterable[Query], make_key: Callable[[Query], bytes] | None = None
    ) -> int:
        """Begin a plan of all queries, and return their number. It counts once it is closed.

        Rows with one key have one verdict; by default those that ask the same.
        """
        key_of = make_key or query_key
        self._db.begin()
        with self._db.writing() as db:
            rows = ((q.row, key_of(q), q.npi, q.name, to_json(q)) for q in queries)
            db.executemany("INSERT INTO plan VALUES (?, ?, ?, ?, ?)", rows)
        return self.rows

    def find_shared_numbers(self) -> Iterator[list[Query]]:
        """Yield the queries of each number that rows give to more than one name."""
        found = self._db.select(_SHARED_NUMBERS)  # sorted, so that later updates do not touch it
        for _, rows in groupby(found, itemgetter(0)):
            yield [query_from_json(body) for _, body in rows]

    def replace_queries(self, queries: Iterable[Query]) -> None:
        """Put other queries in the place of planned ones of the same rows; the plan is still open."""
        with self._db.writing() as db:
            for query in queries:
                db.execute(
                    "UPDATE plan SET key = ?, query = ? WHERE row = ?",
                    (query_key(query), to_json(query), query.row),
                )

    def close_plan(
        self,
        key: RunKey,
        roster: RosterRef,
        started_at: str,
        notes: Sequence[str] = (),
        outputs: Sequence[str] = (),
    ) -> None:
        """Close the plan, durably: from here on the run can be resumed."""
        facts = {
            "started_at": started_at.encode(),
            "notes": msgspec.json.encode(notes),
            "outputs": msgspec.json.encode(outputs),
            "roster": msgspec.json.encode(roster),
            "key": msgspec.json.encode(key),
        }
        with self._db.writing() as db:
            if db.execute(_ASKED).rowcount < self.rows:
                db.execute(_SAME)
            db.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
            digest = digest_plan(db)
            db.execute("INSERT INTO meta VALUES ('digest', ?)", (digest,))
            db.execute("COMMIT")
        self._digest = digest

    def reset(self) -> None:
        """Forget everything but the file."""
        self._db.begin()
        with self._db.writing() as db:
            for table in ("plan", "asked", "same", "verdict", "block"):
                db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
            db.execute("DELETE FROM meta WHERE name <> 'schema'")
            db.execute("COMMIT")

    def queries(self) -> Iterator[Query]:
        """Yield the query of every row, in the order of the roster."""
        found = self._db.select("SELECT query FROM plan ORDER BY row")
        yield from (query_from_json(body) for (body,) in found)

    def pending(self, after: int, limit: int) -> list[Pending]:
        """Return what is still to be judged after a row, in the order of the roster."""
        return list(map(Pending._make, self._db.select(_PENDING, (after, limit))))

    def record(self, blocks: Iterable[VerdictBlock]) -> None:
        """Keep verdicts, durably, all or none. Raises JournalUnwritable."""
        self._db.begin()
        with self._db.writing() as db:
            for kept, packed in blocks:
                stubs = encode_stubs(kept)
                block = db.execute(
                    "INSERT INTO block (digest, stubs, packed) VALUES (?, ?, ?)",
                    (digest_block(self._digest, stubs, packed), stubs, packed),
                ).lastrowid
                rows = ((*each, block, place) for place, each in enumerate(kept))
                db.executemany("INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?, ?)", rows)
            db.execute("COMMIT")

    @property
    def rows(self) -> int:
        """The number of rows of the roster."""
        ((count,),) = self._db.select("SELECT count(*) FROM plan")
        return int(count)

    @property
    def pending_rows(self) -> int:
        """How many rows have no verdict yet."""
        return self.rows - sum(self.counts().outcomes.values())

    def counts(self, *, settled: bool = False) -> Counts:
        """Count the rows that have a verdict; ``settled``: one that needs not be asked for again."""
        found = list(self._db.select(_COUNTS, (not settled,)))
        return Counts({word: n for word, n, _ in sorted(found)}, sum(again for *_, again in found))

    def verdicts(self) -> Iterator[Verdict]:
        """Yield the verdict of every row, in the order of the roster. Raises as ``lines`` does."""
        return map(verdict_from_json, self.lines())

    def lines(self) -> Iterator[bytes]:
        """Yield the same as lines of NDJSON, each proved to be its row's.

        Raises JournalError where the journal is damaged or a row has no verdict: at that row, or at
        the end where the plan itself is not what it was.
        """
        digest = PlanDigest()
        with self._db.reading() as db, closing(db.execute(_RESULTS)) as found:
            blocks = BlockReader(db, self._digest)
            for *planned, first, outcome, again, block, place in found:
                digest.add(planned)
                if block is None:
                    raise Damage(f"row {first} has no verdict")
                blocks.prove(block).check(VerdictStub(first, outcome, again), place)
                yield b"".join((BEGINNING, planned[-1], blocks.bodies(block)[place], b"\n"))
            if digest.finish(db) != self._digest:
                raise Damage("the plan was changed")

    def _decode(self, value: bytes | None, wanted: type[Fact]) -> Fact:
        with self._db.reading():
            return msgspec.json.decode(value or b"", type=wanted)


def query_key(query: Query) -> bytes:
    """Return the digest of what is asked: rows that ask the same have the same."""
    asked = (*_asked_for(query), *query.schooling)
    return hashlib.blake2b(canonical_json(asked), digest_size=16).digest()
