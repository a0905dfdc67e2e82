"""Pages in a file: what is damaged, missing or in another's place is never read as if it were right."""

import sqlite3
from pathlib import Path

import pytest

from credcheck.storage.pages import PageFile, PagesDamaged, PageSeal, write_pages

SECRET = b"known to whoever has the file"
BODIES = {number: f"page {number} ".encode() * 20 for number in range(40)}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "pages.sqlite"
    write_pages(path, PageSeal(SECRET, "a"), BODIES.items())
    return path


def read(path: Path, number: int, seal: PageSeal | None = None) -> bytes:
    pages = PageFile(path, seal or PageSeal(SECRET, "a"))
    try:
        return pages.read(number)
    finally:
        pages.close()


def change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_pages_are_read_as_they_were_written(file: Path) -> None:
    assert {number: read(file, number) for number in BODIES} == BODIES


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM page WHERE number = 7",
        "UPDATE page SET body = (SELECT body FROM page WHERE number = 8) WHERE number = 7",
        "UPDATE page SET body = x'' WHERE number = 7",
        "UPDATE page SET body = CAST(body AS TEXT) WHERE number = 7",
        "UPDATE page SET body = NULL WHERE number = 7",
        "DROP TABLE page",
    ],
)
def test_a_page_that_was_changed_is_damaged(file: Path, statement: str) -> None:
    if "NULL" in statement:
        change(file, "CREATE TABLE loose (number INTEGER PRIMARY KEY, body)")
        change(file, "INSERT INTO loose SELECT * FROM page")
        change(file, "DROP TABLE page")
        change(file, "ALTER TABLE loose RENAME TO page")
    change(file, statement)
    with pytest.raises(PagesDamaged):
        read(file, 7)


@pytest.mark.parametrize("seal", [PageSeal(SECRET, "b"), PageSeal(b"another secret", "a")])
def test_pages_of_another_file_are_damaged(file: Path, seal: PageSeal) -> None:
    with pytest.raises(PagesDamaged):
        read(file, 7, seal)


def test_every_flipped_bit_is_noticed_or_changes_nothing(file: Path) -> None:
    whole = file.read_bytes()
    for place in range(0, len(whole), 97):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << place % 8
        file.write_bytes(flipped)
        for number in (0, 7, 39):
            try:
                assert read(file, number) == BODIES[number]
            except PagesDamaged:
                continue


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.99])
def test_a_torn_file_is_damaged(file: Path, share: float) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(PagesDamaged):
        [read(file, number) for number in BODIES]


def test_a_file_that_is_gone_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(PagesDamaged):
        read(tmp_path / "none.sqlite", 0)


def test_hidden_pages_tell_nothing_and_no_two_are_hidden_alike() -> None:
    seal, body = PageSeal(SECRET, "a"), b"1969-05-07" * 10
    hidden = {number: seal.hide(number, body) for number in range(20)}
    assert all(b"1969" not in each for each in hidden.values())
    assert len(set(hidden.values())) == len(hidden)
    assert all(seal.hide(number, each) == body for number, each in hidden.items())
    assert PageSeal(SECRET, "b").hide(0, hidden[0]) != body
    assert seal.hide(3, b"") == b""
