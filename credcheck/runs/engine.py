"""The engine: a roster planned, and judged partition by partition.

A partition is what takes about a second, so that no more than that is ever lost, and a fast source
is not held up by small portions. Verdicts do not depend on where a partition ends.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from credcheck.model import Query, Reason, ReasonCode
from credcheck.runs.birth_dates import DatedKeys
from credcheck.runs.journal import Journal, Pending
from credcheck.runs.shards import HasQueries
from credcheck.runs.shared_numbers import share_one_name
from credcheck.runs.workers import PartitionResult, Pool

_FIRST, _SMALLEST, _LARGEST = 25, 25, 2_000
_AIM = 1.0  # seconds
_NAMED = 3


class RunProgress(NamedTuple):
    """How far a run has come: rows that have a verdict of all rows.

    ``slowest`` is the source that takes most of the time, if one does.
    """

    done: int
    rows: int
    outcomes: Counter[str]
    slowest: str = ""


def plan(roster: HasQueries, journal: Journal) -> int:
    """Read the roster, or a share of it, into the journal; returns the number of rows planned.

    Rows that give one number to people whose names do not agree are all unverified: which of them
    is meant cannot be told from here. Raises UnusableTable as the roster does.
    """
    rows = journal.plan(roster.queries(), DatedKeys(roster.birth_dates))
    for queries in journal.find_shared_numbers():
        journal.replace_queries(_mark_conflicts(queries))
    return rows


def judge(journal: Journal, pool: Pool) -> Iterator[RunProgress]:
    """Judge what has no verdict yet, or one that rests on a source that failed.

    Yields after every partition, when its verdicts are safe in the journal.
    """
    outcomes = Counter(journal.counts(settled=True).outcomes)
    rows, out = journal.rows, _Queue(journal, pool)
    yield RunProgress(outcomes.total(), rows, outcomes)
    seconds, asking = 0.0, defaultdict[str, float](float)
    while (judged := out.next_result()) is not None:
        part, done = judged
        journal.record(done.blocks)
        kept = (each for block in done.blocks for each in block.kept)
        for asked, each in zip(part, kept, strict=True):
            outcomes[each.outcome] += asked.copies
        seconds += done.seconds
        for name, took in done.asking.items():
            asking[name] += took
        yield RunProgress(outcomes.total(), rows, outcomes, find_slowest(asking, seconds))


def find_slowest(asking: Mapping[str, float], seconds: float) -> str:
    """Return the source that took more than half of some seconds, or nothing."""
    return next((name for name, took in asking.items() if took * 2 > seconds), "")


class _Queue:
    """Partitions that are handed out to be judged, in the order of the roster.

    The next one is at hand already, so that no process waits while the verdicts of one are kept.
    """

    def __init__(self, journal: Journal, pool: Pool) -> None:
        self._journal = journal
        self._pool = pool
        self._size = _FIRST
        self._next = journal.pending(0, _FIRST)
        self._out: deque[tuple[Sequence[Pending], Callable[[], PartitionResult]]] = deque()

    def next_result(self) -> tuple[Sequence[Pending], PartitionResult] | None:
        """Wait for the next partition's verdicts; None where all have been judged."""
        self._fill()
        if not self._out:
            return None
        part, result = self._out.popleft()
        done = result()
        self._size = _next_size(len(part), done.seconds)
        self._fill()
        return part, done

    def _fill(self) -> None:
        while self._next and len(self._out) < self._pool.ahead:
            self._out.append((self._next, self._pool.submit(self._next)))
            self._next = self._journal.pending(self._next[-1].row, self._size)


def _next_size(size: int, seconds: float) -> int:
    wanted = int(size * _AIM / max(seconds, 0.001))
    return max(_SMALLEST, min(_LARGEST, wanted, size * 4))


def _mark_conflicts(queries: Sequence[Query]) -> Iterator[Query]:
    named = {query.name: query for query in queries if query.person is not None}
    if share_one_name([query.person for query in named.values() if query.person is not None]):
        return
    told = "; ".join(f"{query.name} (row {query.row})" for query in list(named.values())[:_NAMED])
    for query in queries:
        if query.problem is None:
            message = f"the roster gives NPI {query.npi} for more than one name: {told}"
            reason = Reason(code=ReasonCode.IDENTITY_CONFLICT, message=message)
            yield replace(query, problem=reason)
