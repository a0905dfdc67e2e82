"""The whole way: queries in, verdicts out. One look-up is a batch of one."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice

from credcheck.checker import Checker
from credcheck.collect import gather
from credcheck.model import Query, Verdict
from credcheck.panel import Panel
from credcheck.resolve import resolve
from credcheck.standard import Standard

PARTITION = 500


def verify(
    queries: Iterable[Query],
    panel: Panel,
    standard: Standard,
    as_of: dt.date,
    *,
    partition: int = PARTITION,
) -> Iterator[Verdict]:
    """Yield a verdict for every query, in order.

    Queries are taken in partitions; each source is asked once for a partition. What goes wrong with
    a source or a row makes findings ``unverified``; it is never raised.
    """
    rows, check = iter(queries), Checker(standard, as_of)
    while part := list(islice(rows, partition)):
        for dossier in gather(resolve(part, panel, as_of), panel, as_of):
            yield check(dossier)
