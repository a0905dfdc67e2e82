"""Documents: swapped, lost, taken out, brought back; and what is no document."""

import os
from pathlib import Path

import pytest

from credcheck._util.errors import OutputError
from credcheck.book.book import Book
from credcheck.book.chain import BookError
from credcheck.book.documents import (
    DocumentError,
    document_path,
    keep_bytes,
    keep_document,
    remove_document,
    state_of,
)
from credcheck.book.entries import EntryDocument, Redacted
from credcheck.book.storage import BookFolder
from tests.support.book import VERIFIED_ON, add, certified, new_book, with_document


@pytest.fixture
def book(tmp_path: Path) -> BookFolder:
    return new_book(tmp_path / "book")


def only(book: BookFolder) -> tuple[Book, EntryDocument]:
    read = book.read()
    (document,) = read.documents()
    return read, document


def redact(book: BookFolder, document: EntryDocument) -> None:
    entry = Redacted(
        by="J. Roe", on=VERIFIED_ON, document=document.sha256, reason="another patient"
    )
    add(book, entry)
    remove_document(book.folder, document)


def test_a_document_is_kept_as_it_was(book: BookFolder) -> None:
    add(book, with_document(book, certified(), b"%PDF-1.7 scan", "Scan of letter.PDF"))
    read, document = only(book)
    assert document.suffix == ".pdf"
    assert document.name == "Scan of letter.PDF"
    assert document_path(book.folder, document).read_bytes() == b"%PDF-1.7 scan"
    assert state_of(book.folder, read, document) == "kept"


def test_the_same_document_twice_is_kept_once(book: BookFolder) -> None:
    add(book, with_document(book, certified()), with_document(book, certified(by="M. Other")))
    assert len(list((book.folder / "documents").iterdir())) == 1


def test_a_swapped_document_is_found(book: BookFolder) -> None:
    add(book, with_document(book, certified()))
    read, document = only(book)
    document_path(book.folder, document).write_bytes(b"scam")
    assert state_of(book.folder, read, document) == "changed"


def test_a_lost_document_is_found(book: BookFolder) -> None:
    add(book, with_document(book, certified()))
    read, document = only(book)
    document_path(book.folder, document).unlink()
    assert state_of(book.folder, read, document) == "missing"
    document_path(book.folder, document).mkdir()
    assert state_of(book.folder, read, document) == "missing"


def test_keeping_it_again_mends_a_damaged_copy(book: BookFolder) -> None:
    add(book, with_document(book, certified()))
    read, document = only(book)
    document_path(book.folder, document).write_bytes(b"")
    with_document(book, certified())
    assert state_of(book.folder, read, document) == "kept"


def test_a_document_that_was_taken_out_is_gone_and_its_digest_stays(book: BookFolder) -> None:
    add(book, with_document(book, certified(), b"somebody else's file"))
    read, document = only(book)
    redact(book, document)
    read = book.read()
    assert state_of(book.folder, read, document) == "redacted"
    assert [x for x in book.folder.rglob("*") if document.sha256 in x.name] == []
    assert document.sha256 in str(read.entries[1])


def test_a_document_that_was_taken_out_does_not_come_back(book: BookFolder) -> None:
    again = with_document(book, certified(), b"somebody else's file")
    add(book, again)
    redact(book, only(book)[1])
    path = book.folder.parent / "s.pdf"
    with pytest.raises(DocumentError, match="removed from the book earlier"):
        keep_document(book.folder, path, book.read().redacted)
    assert list((book.folder / "documents").iterdir()) == []
    with pytest.raises(BookError, match="that entry 3 removed"):
        add(book, again)


def test_a_document_is_taken_out_once_and_for_a_reason(book: BookFolder) -> None:
    add(book, with_document(book, certified()))
    _, document = only(book)
    entry = Redacted(by="J. Roe", on=VERIFIED_ON, document=document.sha256, reason=" ")
    with pytest.raises(BookError, match="reason"):
        add(book, entry)
    redact(book, document)
    with pytest.raises(BookError, match="already removed that document"):
        redact(book, document)
    with pytest.raises(BookError, match="no document"):
        add(book, Redacted(by="J. Roe", on=VERIFIED_ON, document="f" * 64, reason="x"))


def test_what_is_no_document_is_refused(book: BookFolder, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    for path, why in (
        (tmp_path / "none.pdf", "No such file"),
        (tmp_path, "not a regular file"),
        (empty, "is empty"),
        (Path(os.devnull), "not a regular file"),
    ):
        with pytest.raises(DocumentError, match=why):
            keep_document(book.folder, path)


def test_an_odd_ending_is_dropped(book: BookFolder, tmp_path: Path) -> None:
    for name, suffix in (("a.p/df".replace("/", "\u2044"), ""), ("b", ""), ("c.tar.gz", ".gz")):
        path = tmp_path / name
        path.write_bytes(b"x")
        assert keep_document(book.folder, path).suffix == suffix


def test_a_name_of_a_document_cannot_lead_elsewhere(book: BookFolder) -> None:
    for document in (
        EntryDocument(sha256="../../../etc/passwd", suffix=""),
        EntryDocument(sha256="f" * 64, suffix="/../../secret"),
        EntryDocument(sha256="f" * 64, suffix=".PDF"),
    ):
        with pytest.raises(BookError, match="cannot name a document"):
            add(book, certified(documents=(document,)))


def test_a_full_disk_is_told(book: BookFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        keep_bytes(book.folder, b"a verdict", "verdict.ndjson")
    monkeypatch.undo()
    assert list((book.folder / "documents").iterdir()) == []
