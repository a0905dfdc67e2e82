"""A journal of a run that was stopped half way, damage to it, and what a resumed run makes of it."""
# ruff: noqa: S608 - the names of our own tables

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from credcheck.demo import DEMO_AS_OF, demo_folder
from credcheck.model import RosterRef
from credcheck.model.npi import parse
from credcheck.model.query import Query
from credcheck.runs import engine
from credcheck.runs.fingerprint import RunKey
from credcheck.runs.journal import Journal
from credcheck.runs.workers import PartitionJudge, open_pool
from credcheck.verify.pipeline import Verifier
from tests.support.build import STANDARD
from tests.support.world import open_world

KEY = RunKey(
    version="0", as_of=DEMO_AS_OF, standard=STANDARD.ref, roster="ab" * 32, columns={}, sources=()
)
ROSTER = RosterRef(file="roster.csv", sha256="ab" * 32, columns={"npi": "NPI"})
_PART = 5  # rows that are judged before the run is stopped, and again in each round


Edit = Callable[[sqlite3.Connection], object]


class Finished(NamedTuple):
    """What a run tells of itself at its end: its lines, and what its header says of them."""

    lines: tuple[bytes, ...]
    rows: int
    outcomes: dict[str, int]
    unanswered: int
    roster: RosterRef


@cache
def _verifier() -> Verifier:
    return Verifier(open_world(demo_folder()), STANDARD, DEMO_AS_OF)


@cache
def queries() -> tuple[Query, ...]:
    """Return the demo's people; every fourth is asked for twice, and one number has two names."""
    lines = (demo_folder() / "roster.csv").read_text(encoding="utf-8").splitlines()[1:]
    people = [parse(line.split(",")[1]) for line in lines]
    rows = [*people, *people[::4]]
    return tuple(Query(npi=npi, row=row, id=f"S{row}") for row, npi in enumerate(rows, 1))


@cache
def stopped() -> bytes:
    """Return the file of a journal whose run was stopped after some of its rows."""
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal.create(Path(folder) / "j")
        journal.plan(queries())
        journal.close_plan(KEY, ROSTER, "2026-11-01T00:00:00+00:00", ["a note"])
        _judge(journal, rounds=3)
        journal.close()
        return (Path(folder) / "j").read_bytes()


def _judge(journal: Journal, rounds: int | None) -> None:
    with open_pool(PartitionJudge(_verifier()), 1, journal.rows) as pool:
        for _ in islice(engine.judge(journal, pool), rounds):
            pass


def finish(path: Path) -> Finished:
    """Go on with the run in a file as the command does. Raises JournalError where it is damaged."""
    journal = Journal.reopen(path)
    try:
        if journal.key is None:
            journal.reset()
            journal.plan(queries())
            journal.close_plan(KEY, ROSTER, "2026-11-01T00:00:00+00:00", ["a note"])
        _judge(journal, rounds=None)
        counts = journal.counts()
        lines = tuple(journal.lines())
        return Finished(lines, journal.rows, counts.outcomes, counts.unanswered, journal.roster)
    finally:
        journal.close()


@cache
def undisturbed() -> Finished:
    """Return what comes out where nobody touches the journal."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "j"
        path.write_bytes(stopped())
        return finish(path)


def list_edits(path: Path) -> Iterator[tuple[str, Edit]]:
    """Yield every way to change one cell, take a row out or put one in again, in every table."""
    with closing(sqlite3.connect(path)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master ORDER BY name")]
        for table in (each for each in tables if not each.startswith("sqlite_")):
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            key = columns[0]
            keys = [row[0] for row in db.execute(f"SELECT {key} FROM {table} ORDER BY {key}")]
            for column in columns:
                for value in ("NULL", "''", "0", "1", "x'00'", f"{column} || 'x'", f"{column} + 1"):
                    yield f"{table}.{column} = {value}", _edit(table, key, keys, column, value)
                yield f"{table}.{column} of the next row", _copy(table, key, keys, column)
            yield f"{table}: a row less", _delete(table, key, keys)
            yield f"{table}: all rows gone", _run(f"DELETE FROM {table}")
            yield f"{table}: gone", _run(f"DROP TABLE {table}")


def _run(statement: str) -> Edit:
    return lambda db: db.execute(statement)


def _edit(table: str, key: str, keys: list[object], column: str, value: str) -> Edit:
    where = f"UPDATE OR REPLACE {table} SET {column} = {value} WHERE {key} = ?"
    return lambda db: db.execute(where, (keys[len(keys) // 2],))


def _copy(table: str, key: str, keys: list[object], column: str) -> Edit:
    other = f"(SELECT {column} FROM {table} WHERE {key} = ?)"
    words = f"UPDATE OR REPLACE {table} SET {column} = {other} WHERE {key} = ?"
    return lambda db: db.execute(words, (keys[-1], keys[len(keys) // 2]))


def _delete(table: str, key: str, keys: list[object]) -> Edit:
    return lambda db: db.execute(f"DELETE FROM {table} WHERE {key} = ?", (keys[len(keys) // 2],))
