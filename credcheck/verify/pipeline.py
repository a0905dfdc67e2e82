"""The whole way: queries in, verdicts out. One look-up is a batch of one."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from credcheck.model import Query, Verdict
from credcheck.source.source_set import SourceSet
from credcheck.standards.loader import Standard
from credcheck.verify.caching_checker import CachingChecker
from credcheck.verify.collect import BirthDates, collect_dossiers
from credcheck.verify.namesakes import NamesakeCache
from credcheck.verify.resolve import resolve

PARTITION = 500


class Verifier:
    """Judges partitions of queries, and keeps at hand what one of them has found out for the next."""

    def __init__(
        self,
        source_set: SourceSet,
        standard: Standard,
        as_of: dt.date,
        birth_dates: BirthDates | None = None,
    ) -> None:
        """``birth_dates`` are those of the queries, by their rows: they are kept nowhere else."""
        self.source_set = source_set
        self._as_of = as_of
        self._birth_dates = birth_dates or {}
        self._check = CachingChecker(standard, as_of)
        self._namesakes = NamesakeCache(source_set, as_of)

    def __call__(self, queries: Sequence[Query]) -> Iterator[Verdict]:
        """Yield a verdict for every query, in order; each source is asked once for all of them.

        What goes wrong with a source or a row makes findings ``unverified``; it is never raised.
        """
        resolved = resolve(queries, self.source_set, self._as_of)
        dossiers = collect_dossiers(
            resolved, self.source_set, self._namesakes, self._as_of, self._birth_dates
        )
        return map(self._check, dossiers)


def verify(
    queries: Iterable[Query],
    source_set: SourceSet,
    standard: Standard,
    as_of: dt.date,
    *,
    partition: int = PARTITION,
    birth_dates: BirthDates | None = None,
) -> Iterator[Verdict]:
    """Yield a verdict for every query, in order, taking them in partitions."""
    rows, judged = iter(queries), Verifier(source_set, standard, as_of, birth_dates)
    while part := list(islice(rows, partition)):
        yield from judged(part)
