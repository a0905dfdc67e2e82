"""A journal proves what it holds: one that was changed is refused, or gives the same bytes."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from credcheck.runs.journal import JournalError
from tests.support.journals import finish, list_edits, stopped, undisturbed


def outcome_of(path: Path) -> str:
    """Return what becomes of a journal that was changed."""
    try:
        return "the same" if finish(path) == undisturbed() else "OTHER"
    except JournalError:
        return "refused"


def write(folder: Path, content: bytes) -> Path:
    path = folder / "j"
    path.write_bytes(content)
    return path


@pytest.mark.slow
def test_every_edit_of_every_table(tmp_path: Path) -> None:
    made = list(list_edits(write(tmp_path, stopped())))
    told = {}
    for what, edit in made:
        path = write(tmp_path, stopped())
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            try:
                edit(db)
            except sqlite3.IntegrityError:
                continue  # SQLite itself does not take it
        told[what] = outcome_of(path)
    assert not [what for what, became in told.items() if became == "OTHER"]
    assert len(told) > 100
    assert list(told.values()).count("refused") > 80


def test_single_bits_anywhere(tmp_path: Path) -> None:
    chance, whole = random.Random(15), stopped()  # noqa: S311
    told = []
    for _ in range(60):
        place, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
        changed = bytearray(whole)
        changed[place] ^= bit
        told.append((place, outcome_of(write(tmp_path, bytes(changed)))))
    assert not [place for place, became in told if became == "OTHER"]
