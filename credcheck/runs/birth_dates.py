"""The birth dates of a roster, in memory only: the journal has a number in the place of each."""

import datetime as dt
import hashlib
from collections.abc import Mapping

from credcheck.model import Query
from credcheck.runs.journal import query_key


class DatedKeys:
    """Keys of what rows ask: rows that ask the same of people born on different days are told apart.

    The different dates of one question are numbered in the order of the roster. The key holds that
    number, from which no date can be told.
    """

    def __init__(self, dates: Mapping[int, dt.date]) -> None:
        """Take the dates by row; they may still be read while keys are made."""
        self._dates = dates
        self._first: dict[bytes, dt.date] = {}
        self._more: dict[bytes, dict[dt.date, int]] = {}

    def __call__(self, query: Query) -> bytes:
        """Return the key of a row's question."""
        key, born = query_key(query), self._dates.get(query.row)
        if born is None:
            return key
        if self._first.setdefault(key, born) == born:
            return _number_key(key, 1)
        others = self._more.setdefault(key, {})
        return _number_key(key, others.setdefault(born, len(others) + 2))


def _number_key(key: bytes, number: int) -> bytes:
    return hashlib.blake2b(key + number.to_bytes(8, "big"), digest_size=len(key)).digest()
