"""Records into the database: a new one is filed, a newer one replaces the one that is there."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from credcheck_sources.nppes_file.name_forms import (
    forms_of_record,
    near_keys,
    states_of_record,
)
from credcheck_sources.nppes_file.stored import DEACTIVATED, Stored, decoded, encoded

_PORTION = 8_000
_GARBLED = "\ufffd".encode()

Replaces = Callable[[Stored, Stored], bool]
NameRow = tuple[int, int, str, int, int]


class Filed(NamedTuple):
    """A number and its record."""

    npi: int
    record: Stored


class Filing:
    """Files records. Names are filed after all records, in the order of the index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a database to be filled or changed."""
        self._db = connection
        self._words: dict[str, int] = dict(self._db.execute("SELECT text, id FROM word"))
        self._known = len(self._words)
        self.superseded = 0
        self.garbled = 0
        self._db.execute(
            "CREATE TEMP TABLE filed (last INTEGER, first INTEGER, state TEXT, npi INTEGER,"
            " kind INTEGER)"
        )

    def add(self, records: Iterable[Filed], replaces: Replaces) -> None:
        """File records; of one that is there, ``replaces`` tells whether the new one is newer."""
        rows = iter(records)
        while portion := list(islice(rows, _PORTION)):
            self._add(portion, replaces)

    def finish(self) -> None:
        """File the names, and the words that were not known."""
        self._db.execute(
            "INSERT INTO name SELECT last, first, state, npi, min(kind) FROM filed"
            " GROUP BY last, first, state, npi ORDER BY last, first, state, npi"
        )
        self._db.execute("DROP TABLE filed")
        new = list(self._words.items())[self._known :]
        self._db.executemany("INSERT INTO word (text, id) VALUES (?, ?)", new)
        self._db.execute("CREATE TEMP TABLE letters (key INTEGER, word INTEGER)")
        self._db.executemany(
            "INSERT INTO letters VALUES (?, ?)",
            ((key, word) for text, word in new for key in near_keys(text)),
        )
        self._db.execute(
            "INSERT OR IGNORE INTO near SELECT key, word FROM letters ORDER BY key, word"
        )
        self._db.execute("DROP TABLE letters")

    def _add(self, portion: Sequence[Filed], replaces: Replaces) -> None:
        there = self._there([npi for npi, _ in portion])
        kept: dict[int, Stored] = {}
        for npi, record in portion:
            before = kept.get(npi) or there.get(npi)
            if before is None or replaces(before, record):
                kept[npi] = record
            else:
                self.superseded += 1
        self._forget(there, kept)
        self._db.executemany(
            "INSERT OR REPLACE INTO record VALUES (?, ?, ?)",
            ((npi, kept[npi].entity, self._body(kept[npi])) for npi in sorted(kept)),
        )
        self._db.executemany("INSERT INTO filed VALUES (?, ?, ?, ?, ?)", self._names(kept))

    def _body(self, record: Stored) -> bytes:
        body = encoded(record)
        self.garbled += _GARBLED in body
        return body

    def _there(self, numbers: Sequence[int]) -> dict[int, Stored]:
        found = self._db.execute(
            "SELECT npi, body FROM record WHERE npi IN (SELECT value FROM json_each(?))",
            (json.dumps(numbers),),
        )
        return {npi: decoded(body) for npi, body in found}

    def _forget(self, there: dict[int, Stored], kept: dict[int, Stored]) -> None:
        """Take out the names of records that are replaced."""
        replaced = {npi: record for npi, record in there.items() if npi in kept}
        if not replaced:
            return
        self._db.execute(
            "DELETE FROM filed WHERE npi IN (SELECT value FROM json_each(?))",
            (json.dumps(list(replaced)),),
        )
        self._db.executemany(
            "DELETE FROM name WHERE last = ? AND first = ? AND state = ? AND npi = ?",
            (row[:4] for row in self._names(replaced)),
        )

    def _names(self, records: dict[int, Stored]) -> Iterator[NameRow]:
        words = self._words
        for npi, record in records.items():
            forms = forms_of_record(record)
            states = states_of_record(record) if forms else ()
            for last, first, kind in forms:
                family = words.setdefault(last, len(words) + 1)
                given = words.setdefault(first, len(words) + 1)
                for state in states:
                    yield family, given, state, npi, kind


def is_newer(before: Stored, after: Stored) -> bool:
    """Tell whether a row of a weekly file replaces what is stored.

    It does if it was updated on the same day or later. A deactivation bears no such day: it stands
    unless the number was reactivated on or after it.
    """
    if after.updated:
        return after.updated >= before.updated
    return after.status == DEACTIVATED and before.reactivated < after.deactivated
