"""Shares of a roster: which rows are whose, so that several machines can judge it.

The share of a row hangs on its number, else on its name: rows that ask the same stay together, and so
do rows that give one number to several names, which contradict each other. Each machine reads the whole
roster and plans its own rows. They keep their numbers in the roster.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from credcheck._util.errors import UsageError
from credcheck.model import Model, Query, RunHeader, to_json
from credcheck.source import Source

MOST_SHARES = 200
"""How many journals are opened at once by a merge; each takes several file handles."""

_WRITTEN = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")


class Shard(NamedTuple):
    """One share of a roster: which, counted from 1, of how many."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    @property
    def suffix(self) -> str:
        """What tells the journals of the shares of one run apart, in their names."""
        return f"{self.number}-of-{self.of}.journal"


class ShardKey(Model, kw_only=True):
    """What the journal of a share keeps for the merge.

    ``rows`` counts all rows of the roster, and ``read`` is the digest of all of them as they were read.
    ``roster`` is its path as it was given, and ``header`` that of the run, without what only the merge
    can count. Before the roster was read, none of them is known.
    """

    number: int
    of: int
    rows: int = 0
    read: str = ""
    roster: str = ""
    header: RunHeader | None = None

    @property
    def shard(self) -> Shard:
        """Which share it is."""
        return Shard(self.number, self.of)


def parse_shard(text: str) -> Shard:
    """Read ``i/n``. Raises UsageError."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise UsageError(f"--shard {text}: write I/N, such as 1/8 for the first of eight")
    shard = Shard(*map(int, found.groups()))
    if not 1 <= shard.of <= MOST_SHARES:
        raise UsageError(f"--shard {text}: a roster can have 1 to {MOST_SHARES} shares")
    if not 1 <= shard.number <= shard.of:
        raise UsageError(f"--shard {text}: shares are numbered from 1 to {shard.of}")
    return shard


def find_share(query: Query, of: int) -> int:
    """Return which share a row belongs to, from 1.

    It is the same on every machine and for every process: no ``hash()``, no place in the file but for
    a row that names nobody.
    """
    if query.npi is not None:
        key = f"npi {query.npi}"
    elif query.person is not None:
        key = f"name {query.person.last} {query.person.first}".casefold()
    else:
        key = f"row {query.row}"
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % of + 1


class HasQueries(Protocol):
    """What a roster is to its shares."""

    @property
    def birth_dates(self) -> dict[int, dt.date]:
        """The birth dates of the rows that were read, by their numbers."""
        ...

    def queries(self) -> Iterator[Query]:
        """Yield a query for every row."""
        ...


class Share:
    """A roster of which one share is wanted. What it knows of the whole is right after ``queries``."""

    def __init__(self, roster: HasQueries, shard: Shard) -> None:
        """Take the roster and the share that is wanted."""
        self.shard = shard
        self.rows = 0
        self._roster = roster
        self._digest = hashlib.sha256()

    @property
    def birth_dates(self) -> dict[int, dt.date]:
        """The birth dates of all rows that were read: each row is asked by its number."""
        return self._roster.birth_dates

    @property
    def digest(self) -> str:
        """The digest of all rows as they were read."""
        return self._digest.hexdigest()

    def queries(self) -> Iterator[Query]:
        """Yield the queries of the share; all rows are read for it."""
        for query in self._roster.queries():
            self.rows += 1
            self._digest.update(to_json(query) + b"\n")
            if find_share(query, self.shard.of) == self.shard.number:
                yield query

    def key(self, roster: str, header: RunHeader) -> ShardKey:
        """Return what the journal keeps for the merge."""
        return ShardKey(
            number=self.shard.number,
            of=self.shard.of,
            rows=self.rows,
            read=self.digest,
            roster=roster,
            header=header,
        )


def check_not_live(sources: Sequence[Source], askers: str) -> None:
    """Check that no source is asked over the network by several at once. Raises UsageError.

    Each would keep the registry's rate for itself, and all of them together would break it.
    """
    live = [source.facts.name for source in sources if source.facts.live]
    if live:
        raise UsageError(
            f"{', '.join(live)} is queried over the network, and {askers} together would exceed"
            " its rate"
            " limit: import the registry into the store (credcheck sources import), use --offline,"
            " or run everything in one process"
        )
