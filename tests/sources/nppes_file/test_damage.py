"""A registry that was changed in the store is a failed source: it never answers otherwise."""
# ruff: noqa: S608 - the names of our own tables

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from credcheck.source import SourceFailed
from credcheck.storage.snapshots import Store, StoreError
from credcheck_sources.nppes_file import adapter
from credcheck_sources.nppes_file.database import FILE
from credcheck_sources.nppes_file.encoding import DamagedRecord, decode_record
from tests.sources.nppes_file.imported import bearers, brought_in, record, registry
from tests.support.dissemination import individual, write

ALMA, BORIS = "2000001075", "2000001083"
EDITS = {
    "a name": "UPDATE record SET body = replace(hex(body), hex('ABERNATHY'), hex('ABERNETHY'))",
    "a record in another's place": (
        f"UPDATE record SET body = (SELECT body FROM record WHERE npi = {BORIS}) WHERE npi = {ALMA}"
    ),
    "a record gone": f"DELETE FROM record WHERE npi = {ALMA}",
    "text for bytes": "UPDATE record SET body = 'ABERNATHY'",
    "nothing": "UPDATE record SET body = x''",
    "a word": "UPDATE word SET text = 'SMITH' WHERE id = 1",
    "a namesake gone": f"DELETE FROM name WHERE npi = {BORIS}",
    "another's number": f"UPDATE name SET npi = 12345 WHERE npi = {ALMA}",
    "words for numbers": "UPDATE word SET text = x'ff' WHERE id = 1",
    "a table gone": "DROP TABLE near",
    "a column of another name": "ALTER TABLE record RENAME COLUMN body TO bodies",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [individual(ALMA, "ABERNATHY", "ALMA"), individual(BORIS, "ABERNATHY", "ALMA")]
    info = brought_in(tmp_path / "store", write(tmp_path, rows))
    return Store(tmp_path / "store").path(info) / FILE


def change(file: Path, edit: str) -> None:
    with closing(sqlite3.connect(file)) as db, db:
        db.create_function("unhex", 1, bytes.fromhex)
        db.execute(edit.replace("replace(hex", "unhex(replace(hex") + ")" * ("replace(" in edit))


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_makes_it_a_failed_source(edit: str, file: Path, tmp_path: Path) -> None:
    change(file, EDITS[edit])
    for ask in (
        lambda source: record(source, ALMA),
        lambda source: bearers(source, "ABERNATHY", "ALMA"),
        lambda source: bearers(source, "ABERNETHY", "ALMA", near=True),
    ):
        with pytest.raises(SourceFailed, match="import it again"):
            ask(registry(tmp_path / "store"))


def test_one_bit_anywhere(file: Path, tmp_path: Path) -> None:
    whole, chance = file.read_bytes(), random.Random(15)  # noqa: S311
    for _ in range(60):
        changed = bytearray(whole)
        changed[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        file.write_bytes(changed)
        with pytest.raises(SourceFailed, match="import it again"):
            record(registry(tmp_path / "store"), ALMA)


@pytest.mark.parametrize(
    "edit", ["a record in another's place", "a record gone", "text for bytes", "nothing"]
)
def test_a_record_is_proved_even_where_its_file_is_not(
    edit: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large file whose size and day are the same is not read again, its records are."""
    monkeypatch.setattr(adapter, "prove_data", lambda *_: None)
    change(file, EDITS[edit])
    with pytest.raises(SourceFailed):
        bearers(registry(tmp_path / "store"), "ABERNATHY", "ALMA", near=True)
    with pytest.raises(SourceFailed):
        bearers(registry(tmp_path / "store"), "ABERNATHY", "ALMA")


def test_a_damaged_snapshot_is_not_updated(file: Path, tmp_path: Path) -> None:
    change(file, EDITS["a name"])
    week = write(
        tmp_path, [individual(BORIS, "BROWN", "BORIS")], "npidata_pfile_20261109-20261115.csv"
    )
    with pytest.raises(StoreError, match="damaged"):
        brought_in(tmp_path / "store", week, update=True)


def test_a_copied_store_is_whole_whatever_its_days(file: Path, tmp_path: Path) -> None:
    os.utime(file, (0, 0))
    assert record(registry(tmp_path / "store"), ALMA)


@pytest.mark.parametrize("stored", [None, "text", 5, b"", b"short", bytes(40)])
def test_what_is_no_record(stored: object) -> None:
    with pytest.raises(DamagedRecord):
        decode_record(int(ALMA), stored)
