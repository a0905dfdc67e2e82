"""The engine: a roster planned, and judged partition by partition.

A partition is what takes about a second, so that no more than that is ever lost, and a fast source
is not held up by small portions. Verdicts do not depend on where a partition ends.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from msgspec.structs import replace

from credcheck.batch.journal import Journal, Pending
from credcheck.batch.pool import Done, Pool
from credcheck.identity.names import names_agree
from credcheck.model import Code, PersonName, Query, Reason
from credcheck.roster import Roster

_FIRST, _SMALLEST, _LARGEST = 25, 25, 2_000
_AIM = 1.0  # seconds
_NAMED = 3


class Progress(NamedTuple):
    """How far a run has come: rows that have a verdict of all rows."""

    done: int
    rows: int
    outcomes: Counter[str]


def plan(roster: Roster, journal: Journal) -> int:
    """Read the whole roster into the journal; returns the number of its rows.

    Rows that give one number to people whose names do not agree are all unverified: which of them
    is meant cannot be told from here. Raises TableUnusable as the roster does.
    """
    rows = journal.plan(roster.queries())
    for queries in journal.shared_numbers():
        journal.change(_conflicting(queries))
    return rows


def judge(journal: Journal, pool: Pool) -> Iterator[Progress]:
    """Judge what has no verdict yet, or one that rests on a source that failed.

    Yields after every partition, when its verdicts are safe in the journal.
    """
    outcomes = Counter(journal.counts(settled=True).outcomes)
    rows, after, size = journal.rows, 0, _FIRST
    yield Progress(outcomes.total(), rows, outcomes)
    ahead: deque[tuple[Sequence[Pending], Callable[[], Done]]] = deque()
    while True:
        while len(ahead) < pool.ahead and (part := journal.pending(after, size)):
            ahead.append((part, pool.submit(part)))
            after = part[-1].row
        if not ahead:
            return
        judged, result = ahead.popleft()
        done = result()
        journal.record(done.blocks)
        kept = (each for block in done.blocks for each in block.kept)
        for asked, each in zip(judged, kept, strict=True):
            outcomes[each.outcome] += asked.copies
        size = _next_size(len(judged), done.seconds)
        yield Progress(outcomes.total(), rows, outcomes)


def _next_size(size: int, seconds: float) -> int:
    wanted = int(size * _AIM / max(seconds, 0.001))
    return max(_SMALLEST, min(_LARGEST, wanted, size * 4))


def _conflicting(queries: Sequence[Query]) -> Iterator[Query]:
    named = {query.name: query for query in queries if query.person is not None}
    people = [query.person for query in named.values() if query.person is not None]
    if all(_agree(one, other) for one, other in combinations(people, 2)):
        return
    told = "; ".join(f"{query.name} (row {query.row})" for query in list(named.values())[:_NAMED])
    for query in queries:
        if query.problem is None:
            message = f"the roster gives NPI {query.npi} to more than one name: {told}"
            reason = Reason(code=Code.IDENTITY_CONFLICT, message=message)
            yield replace(query, problem=reason)


def _agree(one: PersonName, other: PersonName) -> bool:
    return names_agree([one], [other]) or names_agree([other], [one])
