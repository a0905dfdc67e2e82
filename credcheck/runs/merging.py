"""The shares of a roster as one run: the bytes that one machine would have written.

Nothing is judged here. The journals prove themselves; that they are of one run, and all of it, is
checked before a line is taken from them.
"""

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from msgspec.structs import replace

from credcheck._util.errors import UsageError
from credcheck._util.text import pluralize
from credcheck.model import RunHeader, Verdict, verdict_from_json
from credcheck.runs.fingerprint import RunKey, list_differences
from credcheck.runs.journal import Counts, Journal, JournalError
from credcheck.runs.results import Results, seal_header
from credcheck.runs.shards import ShardKey

_NAMED = 8


class MergeError(UsageError):
    """The journals are not the shares of one run. The message says which, and why."""


@dataclass(frozen=True)
class MergedRun:
    """All shares of a roster as one run. ``roster`` is its path as the first share was given it."""

    results: Results
    counts: Counts
    notes: list[str]
    roster: str


@dataclass(frozen=True)
class _Share:
    """One journal with what it rests on."""

    journal: Journal
    key: RunKey
    shard: ShardKey
    header: RunHeader


def merge_shares(journals: Sequence[Journal]) -> MergedRun:
    """Return the run whose shares the journals hold.

    Raises MergeError where they are not all shares of one run, each once, and JournalError where one
    is not finished.
    """
    shares = sorted(map(_read_share, journals), key=lambda share: share.shard.number)
    _check_one_run(shares)
    _check_all_there(shares)
    for share in shares:
        _check_finished(share)
    first, counts = shares[0], _add_counts(shares)
    header = replace(
        first.header,
        started_at=min(share.header.started_at for share in shares),
        projected=any(share.header.projected for share in shares),
        roster=first.journal.roster,
        rows=first.shard.rows,
        outcomes=counts.outcomes,
    )
    header = seal_header(header, _merge_lines(shares))
    results = Results(header, lambda: _merge_verdicts(shares), lambda: _merge_lines(shares))
    return MergedRun(results, counts, first.journal.notes, first.shard.roster)


def _read_share(journal: Journal) -> _Share:
    key = journal.key
    if key is None:
        raise JournalError(f"{journal.path} is empty; run that share first")
    if key.shard is None or key.shard.header is None:
        raise MergeError(
            f"{journal.path} holds a whole run, not a share; its results need no merge"
        )
    return _Share(journal, key, key.shard, key.shard.header)


def _check_one_run(shares: Sequence[_Share]) -> None:
    """Check that all rest on the same, and read the same rows. Raises MergeError."""
    first = shares[0]
    for other in shares[1:]:
        one, its = replace(first.key, shard=None), replace(other.key, shard=None)
        unlike = list_differences(one, its)
        if first.shard.of != other.shard.of:
            unlike.append(f"the number of shares (was {first.shard.of}, now {other.shard.of})")
        elif (first.shard.rows, first.shard.read) != (other.shard.rows, other.shard.read):
            unlike.append("how the roster was read (its sheet, encoding or delimiter)")
        if unlike:
            raise MergeError(
                f"{first.journal.path} and {other.journal.path} do not belong to one run,"
                " because these differ:"
                f" {'; '.join(unlike)}"
            )


def _check_all_there(shares: Sequence[_Share]) -> None:
    """Check that each share is there, once. Raises MergeError."""
    for one, other in pairwise(shares):
        if one.shard.number == other.shard.number:
            raise MergeError(
                f"share {one.shard.shard} was given twice: {one.journal.path} and {other.journal.path}"
            )
    there = {share.shard.number for share in shares}
    of = shares[0].shard.of
    if missing := [f"{index}/{of}" for index in range(1, of + 1) if index not in there]:
        named = ", ".join(missing[:_NAMED]) + (", ..." if len(missing) > _NAMED else "")
        raise MergeError(f"{pluralize(len(missing), 'share')} of {of} missing: {named}")


def _check_finished(share: _Share) -> None:
    rows, left = share.journal.rows, share.journal.pending_rows
    if left:
        raise JournalError(
            f"{share.journal.path}: share {share.shard.shard} is not finished ({rows - left:,} of"
            f" {rows:,} rows checked); continue it with --resume, then merge"
        )


def _add_counts(shares: Sequence[_Share]) -> Counts:
    outcomes: Counter[str] = Counter()
    unanswered = 0
    for share in shares:
        counts = share.journal.counts()
        outcomes.update(counts.outcomes)
        unanswered += counts.unanswered
    return Counts(dict(sorted(outcomes.items())), unanswered)


def _merge_verdicts(shares: Sequence[_Share]) -> Iterator[Verdict]:
    return map(verdict_from_json, _merge_lines(shares))


def _merge_lines(shares: Sequence[_Share]) -> Iterator[bytes]:
    """Yield the line of every row of the roster, each once. Raises JournalError."""
    numbered = [_number_lines(share.journal) for share in shares]
    count = 0
    for row, line in heapq.merge(*numbered, key=itemgetter(0)):
        count += 1
        if row != count:
            raise JournalError(f"the shares do not fit together: row {count} is out of place")
        yield line
    if count != shares[0].shard.rows:
        raise JournalError(
            f"together the shares have {count:,} rows, but the roster has {shares[0].shard.rows:,}"
        )


def _number_lines(journal: Journal) -> Iterator[tuple[int, bytes]]:
    for query, line in zip(journal.queries(), journal.lines(), strict=True):
        yield query.row, line
