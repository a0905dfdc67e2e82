"""Attacks on a filled work list: what is taken in is what a person wrote, once, and with proof."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from credcheck.book.entries import CertificateVerified, Withdrawn
from credcheck.book.storage import BookFolder
from credcheck.cli.book_folder import BookFolderOptions, now
from credcheck.cli.commands.book_entries import import_
from credcheck.worklist.answers import AnswersError, read_answers
from credcheck.worklist.contacts import ContactDirectory
from credcheck.worklist.sheet import write_sheet
from tests.support.book import VERIFIED_ON, add, digests, new_book
from tests.support.sheets import fill_in
from tests.worklist.test_answers import ANSWER, CERTIFICATE, items


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "work.xlsx"
    with path.open("wb") as out:
        write_sheet(out, items(CERTIFICATE), ContactDirectory(), {})
    fill_in(path, {"certificate": ANSWER})
    return path


def take_in(sheet: Path) -> BookFolder:
    folder = BookFolder(sheet.parent / "book")
    import_(sheet, BookFolderOptions(book=folder.folder), quiet=True)
    return folder


def test_a_list_that_is_taken_in_twice_adds_nothing(sheet: Path) -> None:
    new_book(sheet.parent / "book")
    assert len(take_in(sheet).read().entries) == 2
    assert len(take_in(sheet).read().entries) == 2


def test_what_was_withdrawn_does_not_come_back_with_the_next_import(
    sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = new_book(sheet.parent / "book")
    take_in(sheet)
    entry = digests(book.read())[-1]
    gone = Withdrawn(by="J. Roe", on=VERIFIED_ON, entry=entry, reason="the wrong person")
    add(book, gone, recorded=now())
    made = take_in(sheet).read()
    assert made.of(CERTIFICATE, CertificateVerified) == []
    assert "entry 2 says this, and entry 3 has replaced it" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["work.xlsx", "./work.xlsx"])
def test_the_list_itself_is_no_document(sheet: Path, name: str) -> None:
    fill_in(sheet, {"certificate": {"document": name}})
    with pytest.raises(AnswersError, match="the work list itself shows nothing"):
        read_answers(sheet, sheet.parent)


@pytest.mark.parametrize("column", ["status", "verified_by", "contact", "answer", "npi", "kind"])
@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("http://x","Certified")'])
@pytest.mark.slow(every_case=True)
def test_a_formula_is_never_taken_for_its_result(sheet: Path, column: str, formula: str) -> None:
    """A cell that somebody's script filled has no result."""
    write(sheet, column, formula)
    with pytest.raises(AnswersError):
        read_answers(sheet, sheet.parent)


def write(sheet: Path, column: str, value: Any) -> None:
    book = load_workbook(sheet)
    header = [str(cell.value) for cell in book["Work"][1]]
    book["Work"].cell(2, header.index(column) + 1).value = value
    book.save(sheet)
