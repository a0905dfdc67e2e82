"""The crosswalk of certifying boards: which board a text means, what it belongs to, what it issues.

Source of the members: ABMS (24 member boards), the AOA's specialty certifying boards, and other boards
by name, so that a report can name them. Boards are told by their full name or an unambiguous
abbreviation. Nothing is guessed from likeness: "American Board of Pain Mgmt" is no board that is known
here. A board whose row is from memory is not understood: it can make neither a pass nor a negative.
"""

import csv
from collections import defaultdict
from functools import cache

from credcheck.model.base import Model
from credcheck.reference import table
from credcheck.reference.vocabulary import normalize_phrase

PHYSICIAN_BODIES = ("ABMS", "AOA")
"""The bodies whose certificates none but physicians hold, and whose issuers are known."""

MEMBERSHIPS = (*PHYSICIAN_BODIES, "ABPS")
"""The bodies whose boards a standard may accept: Tennessee's law takes the ABPS's, too."""


class Board(Model, kw_only=True):
    """One certifying board. ``member_of`` is one of MEMBERSHIPS or ``none``.

    ``issues`` are the specialties that it is known to issue certificates in. ``pain_since`` is the
    year of its first Pain Medicine certificate, ``pain_lifetime`` the last year in which it gave one
    without a time limit, 0 where it never did; None where that is not known.
    """

    id: str
    name: str
    member_of: str
    issues: tuple[str, ...] = ()
    pain_since: int | None = None
    pain_lifetime: int | None = None


def find_boards(text: str) -> tuple[Board, ...]:
    """Return the boards that a text may mean: none, one, or several ("ABPM" names two)."""
    return _index_by_text().get(normalize_phrase(text).removeprefix("the "), ())


def all_boards() -> tuple[Board, ...]:
    """Return every board that is understood, in the table's order."""
    return tuple(dict.fromkeys(board for board, _ in _read_rows()))


def issues(board: Board, specialty: str) -> bool | None:
    """Tell whether a board issues certificates in a specialty; None where no issuer is known."""
    if specialty in board.issues:
        return True
    known = any(specialty in each.issues for each in all_boards())
    # NBPAS and the like certify in the specialties of others, so nothing is impossible for them.
    return False if known and board.member_of in PHYSICIAN_BODIES else None


@cache
def _read_rows() -> tuple[tuple[Board, tuple[str, ...]], ...]:
    rows = csv.DictReader(table("boards.csv").splitlines())
    return tuple(
        (
            _read_board(row),
            (row["name"], *row["abbreviations"].split(";"), *row["other_names"].split(";")),
        )
        for row in rows
        if row["basis"] != "memory"
    )


def _read_board(row: dict[str, str]) -> Board:
    since, lifetime = row["pain_since"], row["pain_lifetime"]
    return Board(
        id=row["id"],
        name=row["name"],
        member_of=row["member_of"],
        issues=tuple(filter(None, row["issues"].split(";"))),
        pain_since=int(since) if since else None,
        pain_lifetime=(0 if lifetime == "never" else int(lifetime)) if lifetime else None,
    )


@cache
def _index_by_text() -> dict[str, tuple[Board, ...]]:
    meant: dict[str, dict[Board, None]] = defaultdict(dict)
    for board, texts in _read_rows():
        for text in filter(None, texts):
            meant[normalize_phrase(text)][board] = None
    return {text: tuple(boards) for text, boards in meant.items()}
