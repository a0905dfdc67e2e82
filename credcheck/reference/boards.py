"""The crosswalk of certifying boards: which board a text means, and what it belongs to.

Source of the members: ABMS (24 member boards), the AOA's specialty certifying boards, and the pain
boards that belong to neither, by name, so that a report can name them. Boards are told by their
full name or an unambiguous abbreviation. Nothing is guessed from likeness: "American Board of Pain
Mgmt" is no board that is known here.
"""

import csv
from collections import defaultdict
from functools import cache

from credcheck.model.base import Model
from credcheck.reference import table
from credcheck.reference.vocabulary import normalize_phrase

MEMBERSHIPS = ("ABMS", "AOA")
"""The bodies whose boards a standard may accept."""


class Board(Model, kw_only=True):
    """One certifying board. ``member_of`` is ``ABMS``, ``AOA`` or ``none``."""

    id: str
    name: str
    member_of: str


def find_boards(text: str) -> tuple[Board, ...]:
    """Return the boards that a text may mean: none, one, or several ("ABPM" names two)."""
    return _index_by_text().get(normalize_phrase(text).removeprefix("the "), ())


def all_boards() -> tuple[Board, ...]:
    """Return every board of the crosswalk, in the table's order."""
    return tuple(dict.fromkeys(board for board, _ in _read_rows()))


@cache
def _read_rows() -> tuple[tuple[Board, tuple[str, ...]], ...]:
    rows = csv.DictReader(table("boards.csv").splitlines())
    return tuple(
        (
            Board(id=row["id"], name=row["name"], member_of=row["member_of"]),
            (row["name"], *row["abbreviations"].split(";"), *row["other_names"].split(";")),
        )
        for row in rows
    )


@cache
def _index_by_text() -> dict[str, tuple[Board, ...]]:
    meant: dict[str, dict[Board, None]] = defaultdict(dict)
    for board, texts in _read_rows():
        for text in filter(None, texts):
            meant[normalize_phrase(text)][board] = None
    return {text: tuple(boards) for text, boards in meant.items()}
