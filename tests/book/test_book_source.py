"""The book as a source: the contract of every source, and what proof an entry needs."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from credcheck.book.documents import document_path, remove_document
from credcheck.book.entries import Redacted
from credcheck.config import SourceConfig, open_source
from credcheck.model import Authority
from credcheck.source import Source, Subject
from credcheck.source.adapter import Context
from credcheck.source.interface import AdapterFault
from credcheck.source.plugin.messages import pack_answer
from credcheck.storage import NoCache
from credcheck.testing import SourceContract, physician, subject
from tests.support.book import (
    VERIFIED_ON,
    accredited,
    add,
    certified,
    new_book,
    page,
    permitted,
    trained,
    with_document,
)
from tests.support.book_world import (
    ALMA,
    MET,
    alma,
    append_board_row,
    certificate_finding,
    strike_coverage,
)
from tests.support.world import TODAY, codes, findings


class TestBook(SourceContract):
    @pytest.fixture
    def source(self, tmp_path: Path) -> Source:
        new_book(tmp_path / "book", certified(), trained(), accredited(), permitted())
        context = Context(folder=tmp_path, today=TODAY, cache=NoCache())
        settings = SourceConfig(name="under-test", adapter="book", options={})
        return open_source(settings, context, "test")

    @pytest.fixture
    def known(self) -> Subject:
        return subject(physician(ALMA, "Abernathy", "Alma"))

    def test_answers_go_over_a_pipe(self, source: Source, known: Subject) -> None:
        """The book is no plugin: what people verified does not come over a pipe."""
        (answer,) = source.collect([known])
        with pytest.raises(AdapterFault, match="only the book"):
            pack_answer(answer)


class TestProof:
    """An entry without a method, and without document or contact, never makes ``met``."""

    def test_what_was_verified_with_proof_is_met_and_names_who_did(self, world: Path) -> None:
        new_book(world / "book", certified(), trained())
        verdict = alma(world)
        assert verdict.outcome == "meets"
        (board,) = (x for x in verdict.findings if x.requirement == "board_certification")
        assert "by J. Roe, telephone, 2026-10-20" in board.reasons[0].message
        (item,) = (x for x in verdict.evidence if x.id in board.evidence)
        assert item.authority is Authority.PRIMARY
        assert item.verification is not None
        assert item.verification.contact == "Ms. A. Registrar"

    def test_without_the_book_it_is_open(self, world: Path) -> None:
        new_book(world / "book", certified(), trained())
        assert certificate_finding(world, without=["book"]) == "unverified"

    @pytest.mark.parametrize(
        "lack",
        [
            {"how": None},
            {"contact": None},
            {"contact": "..."},
            {"how": None, "contact": None},
            {"asked": "physician"},
            {"name": "Bellweather, Boris"},
            {"name": "?"},
            {"npi": "2100000019"},
        ],
    )
    @pytest.mark.slow(every_case=True)
    def test_without_it_nothing_is_met(self, world: Path, lack: dict[str, Any]) -> None:
        new_book(world / "book", certified(**lack))
        assert certificate_finding(world) == "unverified"

    def test_a_document_is_proof(self, world: Path) -> None:
        book = new_book(world / "book")
        add(book, with_document(book, certified()))
        assert certificate_finding(world) == MET

    def test_a_swapped_document_is_none(self, world: Path) -> None:
        book = new_book(world / "book")
        document = add(book, with_document(book, certified())).documents()[0]
        document_path(book.folder, document).write_bytes(b"another scan, of a better certificate")
        verdict = alma(world)
        assert "verification_unproven" in codes(verdict, "board_certification")
        assert findings(verdict)["board_certification"] == "unverified"

    def test_a_lost_document_is_none(self, world: Path) -> None:
        book = new_book(world / "book")
        add(book, with_document(book, certified()))
        shutil.rmtree(book.folder / "documents")
        assert certificate_finding(world) == "unverified"

    def test_a_redacted_document_is_none(self, world: Path) -> None:
        book = new_book(world / "book")
        document = add(book, with_document(book, certified())).documents()[0]
        entry = Redacted(by="J. Roe", on=VERIFIED_ON, document=document.sha256, reason="wrong scan")
        add(book, entry)
        remove_document(book.folder, document)
        assert certificate_finding(world) == "unverified"

    def test_a_second_document_may_still_prove_it(self, world: Path) -> None:
        book = new_book(world / "book")
        one = with_document(book, certified(), b"one", "one.pdf")
        two = with_document(book, certified(), b"two", "two.pdf")
        added = add(book, replace(one, documents=(*one.documents, *two.documents)))
        remove_document(book.folder, added.documents()[0])
        assert certificate_finding(world) == MET


class TestBroken:
    """A book that cannot be trusted, or is not there, has failed: it is never an empty one."""

    def test_a_book_that_is_not_there(self, world: Path) -> None:
        verdict = alma(world)
        assert [x.state for x in verdict.sources if x.name == "book"] == ["failed"]
        assert "source_failed" in codes(verdict, "board_certification")

    def test_a_book_that_was_edited(self, world: Path) -> None:
        book = new_book(world / "book", certified(status="Revoked"))
        append_board_row(world, "Certified")
        file = page(book, 2)
        file.write_bytes(file.read_bytes().replace(b"Revoked", b"Retired"))
        verdict = alma(world)
        assert [x.state for x in verdict.sources if x.name == "book"] == ["failed"]

    def test_the_head_stands_in_the_verdict(self, world: Path) -> None:
        book = new_book(world / "book", certified())
        (report,) = (x for x in alma(world).sources if x.name == "book")
        assert report.snapshot == book.read().head.digest


class TestPrograms:
    """The accreditation of the program that somebody was trained in may be verified, too."""

    def test_a_program_that_no_list_has(self, world: Path) -> None:
        number = "5303812077"
        new_book(world / "book", trained(program_code=number))
        assert findings(alma(world))["fellowship"] == "not_met"  # absent from a complete list
        shutil.rmtree(world / "book")
        strike_coverage(world, "programs.csv")
        new_book(world / "book", trained(program_code=number))
        assert findings(alma(world))["fellowship"] == "unverified"
        shutil.rmtree(world / "book")
        new_book(world / "book", trained(program_code=number), accredited(program_code=number))
        assert findings(alma(world))["fellowship"] == MET

    def test_a_program_verified_for_another_person_is_not_used(self, world: Path) -> None:
        number = "5303812077"
        strike_coverage(world, "programs.csv")
        other = accredited(program_code=number, npi="2100000019")
        new_book(world / "book", trained(program_code=number), other)
        assert findings(alma(world))["fellowship"] == "unverified"

    def test_a_list_that_says_otherwise(self, world: Path) -> None:
        new_book(world / "book", trained(), accredited(status="Accreditation Withheld"))
        assert findings(alma(world))["fellowship"] == "unverified"
