"""Records into the database: a new one is filed, a newer one replaces the one that is there."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from credcheck.model.npi import is_valid
from credcheck_sources.nppes.raw_record import RawRecord
from credcheck_sources.nppes_file.encoding import DEACTIVATED, decode_record, encode_record
from credcheck_sources.nppes_file.name_keys import (
    list_states,
    name_forms,
    near_filing_keys,
)

_PORTION = 500_000
_GARBLED = "\ufffd".encode()

Replaces = Callable[[RawRecord, RawRecord], bool]
NameRow = tuple[int, int, str, int, int]


class NewRecord(NamedTuple):
    """A number and its record."""

    npi: int
    record: RawRecord


class _Ready(NamedTuple):
    row: tuple[int, str, bytes]
    names: list[NameRow]
    replacement: int

    @property
    def body(self) -> bytes:
        return self.row[2]


class RegistryWriter:
    """Files records. Names are filed after all records, in the order of the index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._words: dict[str, int] = dict(self._db.execute("SELECT text, id FROM word"))
        self._known = len(self._words)
        self.superseded = 0
        self.garbled = 0
        self._has_replaced = bool(self._db.execute("SELECT 1 FROM replaced LIMIT 1").fetchone())
        self._db.execute(
            "CREATE TEMP TABLE filed (last INTEGER, first INTEGER, state TEXT, npi INTEGER,"
            " kind INTEGER)"
        )

    def add(self, records: Iterable[NewRecord], replaces: Replaces) -> None:
        """File records; of one that is there, ``replaces`` tells whether the new one is newer."""
        portion: dict[int, _Ready] = {}
        for npi, record in records:
            if npi in portion and not replaces(decode_record(npi, portion[npi].body), record):
                self.superseded += 1
                continue
            portion[npi] = self._prepare(npi, record)
            if len(portion) == _PORTION:
                self._add(portion, replaces)
                portion.clear()
        self._add(portion, replaces)

    def finish(self) -> None:
        """File the names, and the words that were not known."""
        self._db.execute(
            "INSERT OR IGNORE INTO name SELECT last, first, state, npi, min(kind) FROM filed"
            " GROUP BY last, first, state, npi ORDER BY last, first, state, npi"
        )
        self._db.execute("DROP TABLE filed")
        new = list(self._words.items())[self._known :]
        self._db.executemany("INSERT INTO word (text, id) VALUES (?, ?)", new)
        self._db.execute("CREATE TEMP TABLE letters (key INTEGER, word INTEGER)")
        self._db.executemany(
            "INSERT INTO letters VALUES (?, ?)",
            ((key, word) for text, word in new for key in near_filing_keys(text)),
        )
        self._db.execute(
            "INSERT OR IGNORE INTO near SELECT key, word FROM letters ORDER BY key, word"
        )
        self._db.execute("DROP TABLE letters")

    def _store_replacements(self, portion: dict[int, "_Ready"]) -> None:
        """File which numbers took the place of others, in the stead of what was filed of these."""
        replaced = [(each.replacement, npi) for npi, each in portion.items() if each.replacement]
        if self._has_replaced:
            self._db.execute(
                "DELETE FROM replaced WHERE former IN (SELECT value FROM json_each(?))",
                (json.dumps(list(portion)),),
            )
        self._has_replaced = self._has_replaced or bool(replaced)
        self._db.executemany("INSERT OR IGNORE INTO replaced VALUES (?, ?)", replaced)

    def _prepare(self, npi: int, record: RawRecord) -> "_Ready":
        body = encode_record(npi, record)
        if _GARBLED in body:
            self.garbled += 1
        replacement = int(record.replacement) if is_valid(record.replacement) else 0
        return _Ready((npi, record.entity, body), self._names(npi, record), replacement)

    def _add(self, portion: dict[int, "_Ready"], replaces: Replaces) -> None:
        """Insert in the order of the numbers; only where some are there already, look at those."""
        rows = (portion[npi].row for npi in sorted(portion))
        new = self._db.executemany("INSERT OR IGNORE INTO record VALUES (?, ?, ?)", rows).rowcount
        filed = self._replace_newer(portion, replaces) if new < len(portion) else portion
        self._store_replacements(filed)
        names = chain.from_iterable(ready.names for ready in filed.values())
        self._db.executemany("INSERT INTO filed VALUES (?, ?, ?, ?, ?)", names)

    def _replace_newer(
        self, portion: dict[int, "_Ready"], replaces: Replaces
    ) -> dict[int, "_Ready"]:
        """Put the newer ones in place of those that are there; returns all that are now filed again."""
        there = self._find_existing(list(portion))
        others = {npi: body for npi, body in there.items() if body != portion[npi].body}
        newer = [
            npi
            for npi, body in others.items()
            if replaces(decode_record(npi, body), decode_record(npi, portion[npi].body))
        ]
        self._remove_names({npi: decode_record(npi, others[npi]) for npi in newer})
        self._db.executemany(
            "REPLACE INTO record VALUES (?, ?, ?)", (portion[npi].row for npi in newer)
        )
        self.superseded += len(others) - len(newer)
        older = others.keys() - newer
        return {npi: ready for npi, ready in portion.items() if npi not in older}

    def _find_existing(self, numbers: Sequence[int]) -> dict[int, bytes]:
        found = self._db.execute(
            "SELECT npi, body FROM record WHERE npi IN (SELECT value FROM json_each(?))",
            (json.dumps(numbers),),
        )
        return dict(found)

    def _remove_names(self, replaced: dict[int, RawRecord]) -> None:
        """Take out the names of records that are replaced."""
        if not replaced:
            return
        self._db.execute(
            "DELETE FROM filed WHERE npi IN (SELECT value FROM json_each(?))",
            (json.dumps(list(replaced)),),
        )
        names = (row[:4] for npi, record in replaced.items() for row in self._names(npi, record))
        self._db.executemany(
            "DELETE FROM name WHERE last = ? AND first = ? AND state = ? AND npi = ?", names
        )

    def _names(self, npi: int, record: RawRecord) -> list[NameRow]:
        forms = name_forms(record)
        if not forms:
            return []
        number, states = self._number, list_states(record)
        return [
            (number(last), number(first), state, npi, kind)
            for last, first, kind in forms
            for state in states
        ]

    def _number(self, word: str) -> int:
        return self._words.setdefault(word, len(self._words) + 1)


def is_newer(before: RawRecord, after: RawRecord) -> bool:
    """Tell whether a row of a weekly file replaces what is stored.

    It does if it was updated on the same day or later. A deactivation bears no such day: it stands
    unless the number was reactivated on or after it.
    """
    if after.updated:
        return after.updated >= before.updated
    return after.status == DEACTIVATED and before.reactivated < after.deactivated
