"""What a journal proves of itself: a digest of its plan, and one of each block, chained to the plan's.

The plan's digest is of all that the verdicts rest on: every row, which rows ask the same, and what
the run was made with. Each block's digest is keyed with it, and is of its verdicts and of the rows that
they are for. So nothing can be changed, taken from another row or another run, or left out. The digests
need no secret: they show damage and edits, and prove no author.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from credcheck.runs.journal_file import SCHEMA, TABLES, Damage
from credcheck.runs.packing import VerdictStub, decode_stubs, unpack_block

_SIZE = 16  # bytes of a block's digest
_PLAN = b"credcheck plan"  # so that a digest of one kind is never one of another
_BLOCK = b"credcheck block"
_FACTS = ("schema", "key", "roster", "started_at", "notes", "outputs")
_HELD = ("plan", "asked", "same", "verdict", "block")
_BLOCKS_AT_HAND = 64

_encode = msgspec.msgpack.Encoder().encode


class PlanDigest:
    """Takes the digest of a plan: of its rows in their order, then of the rest."""

    def __init__(self) -> None:
        self._digest = hashlib.blake2b(person=_PLAN, digest_size=32)

    def add(self, row: Sequence[object]) -> None:
        """Take in a row of ``plan``: row, key, number, person and query."""
        self._digest.update(_encode(row))

    def finish(self, connection: sqlite3.Connection) -> bytes:
        """Take in which rows ask the same and what the run was made with; return the digest of all."""
        for table in ("asked", "same"):
            self.add((table,))
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY row"):  # noqa: S608
                self.add(row)
        facts = dict(connection.execute("SELECT name, value FROM meta"))
        self.add([facts.get(name) for name in _FACTS])
        return self._digest.digest()


def digest_plan(connection: sqlite3.Connection) -> bytes:
    """Return the digest of the plan that is there. Raises sqlite3.Error."""
    digest = PlanDigest()
    for row in connection.execute("SELECT row, key, npi, person, query FROM plan ORDER BY row"):
        digest.add(row)
    return digest.finish(connection)


def digest_block(plan: bytes, stubs: bytes, packed: bytes) -> bytes:
    """Return the digest of a block of verdicts, chained to that of the plan."""
    digest = hashlib.blake2b(key=plan, person=_BLOCK, digest_size=_SIZE)
    digest.update(len(stubs).to_bytes(8, "big"))
    digest.update(stubs)
    digest.update(packed)
    return digest.digest()


class ProvedBlock(NamedTuple):
    """A block whose digest fits: its verdicts without their queries, and the rows they are for."""

    stubs: Sequence[VerdictStub]
    packed: bytes

    def check(self, stub: VerdictStub, place: object) -> None:
        """Check that a row's verdict is where the row says that it is. Raises Damage."""
        if not (isinstance(place, int) and 0 <= place < len(self.stubs)):
            raise Damage(f"row {stub.row} has no verdict")
        if self.stubs[place] != stub:
            raise Damage(f"row {stub.row} has the verdict of another row")


class BlockReader:
    """Reads blocks, and proves each before anything of it is used."""

    def __init__(self, connection: sqlite3.Connection, plan: bytes) -> None:
        """Take what the blocks are chained to: the plan's digest."""
        self._db = connection
        self._plan = plan
        self.prove: Callable[[int], ProvedBlock] = lru_cache(_BLOCKS_AT_HAND)(self._prove)
        self.bodies: Callable[[int], Sequence[bytes]] = lru_cache(_BLOCKS_AT_HAND)(self._unpack)

    def _prove(self, block: int) -> ProvedBlock:
        found = self._db.execute(
            "SELECT digest, stubs, packed FROM block WHERE id = ?", (block,)
        ).fetchone()
        if found is None or not all(isinstance(value, bytes) for value in found):
            raise Damage("a block of verdicts is missing")
        digest, stubs, packed = found
        if digest_block(self._plan, stubs, packed) != digest:
            raise Damage("a block of verdicts was changed")
        return ProvedBlock(decode_stubs(stubs), packed)

    def _unpack(self, block: int) -> Sequence[bytes]:
        return unpack_block(self.prove(block).packed)


def prove_journal(connection: sqlite3.Connection) -> bytes:
    """Prove all that a journal holds, and return its plan's digest: empty where none was closed.

    Raises Damage, or sqlite3.Error.
    """
    _check_tables(connection)
    facts: dict[str, bytes] = dict(connection.execute("SELECT name, value FROM meta"))
    if facts.get("schema") != SCHEMA.encode():
        raise Damage("another version of credcheck wrote it")
    digest = facts.get("digest", b"")
    if not digest:
        _check_empty(connection, facts)
        return b""
    if digest_plan(connection) != digest:
        raise Damage("the plan was changed")
    blocks = BlockReader(connection, digest)
    found = connection.execute("SELECT row, outcome, again, block, place FROM verdict ORDER BY row")
    for row, outcome, again, block, place in found:
        blocks.prove(block).check(VerdictStub(row, outcome, again), place)
    return digest


def _check_tables(connection: sqlite3.Connection) -> None:
    """Check that there are our tables and nothing else, undamaged. Raises Damage, or sqlite3.Error.

    A trigger, a view or an index of somebody's could bend what is read and written.
    """
    found = connection.execute("SELECT sql FROM sqlite_master ORDER BY rowid")
    if tuple(sql for (sql,) in found) != TABLES:
        raise Damage("its tables do not fit this version of credcheck")
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise Damage("its pages are damaged")


def _check_empty(connection: sqlite3.Connection, facts: dict[str, bytes]) -> None:
    """Check that nothing is held where no plan was closed: all of a plan comes at once."""
    counts = [connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in _HELD]  # noqa: S608
    if len(facts) > 1 or any(count for (count,) in counts):
        raise Damage("part of its plan is missing")
