"""What the book says against a list, a list against the book, and entries against each other."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from credcheck.book.chain import BookError
from credcheck.book.entries import Withdrawn
from tests.support.book import (
    VERIFIED_ON,
    add,
    certified,
    confirmed,
    digests,
    new_book,
    trained,
)
from tests.support.book_world import (
    MET,
    alma,
    append_board_row,
    certificate_finding,
)
from tests.support.world import codes, findings


class TestContradiction:
    """A listing that says otherwise raises doubt, as between any two sources."""

    def test_a_listing_that_says_revoked(self, world: Path) -> None:
        new_book(world / "book", certified())
        append_board_row(world, "Revoked")
        verdict = alma(world)
        assert "contradiction" in codes(verdict, "board_certification")
        assert findings(verdict)["board_certification"] == "unverified"

    def test_a_complete_listing_that_lacks_it(self, world: Path) -> None:
        new_book(world / "book", certified())
        config = world / "credcheck.toml"
        text = config.read_text(encoding="utf-8")
        boards = 'path = "boards.csv"\nauthority = "primary"\ncoverage = "partial"'
        assert boards in text
        config.write_text(text.replace(boards, boards.replace("partial", "complete")), "utf-8")
        assert "contradiction" in codes(alma(world), "board_certification")

    def test_a_negative_of_the_book_against_a_good_listing(self, world: Path) -> None:
        new_book(world / "book", certified(status="Revoked"))
        append_board_row(world, "Certified")
        assert certificate_finding(world) == "unverified"

    @pytest.mark.parametrize(
        "lack", [{"how": None}, {"contact": None}, {"on": dt.date(2026, 1, 5)}]
    )
    def test_a_negative_without_proof_raises_doubt_all_the_same(
        self, world: Path, lack: dict[str, Any]
    ) -> None:
        new_book(world / "book", certified(status="Revoked", **lack))
        append_board_row(world, "Certified")
        assert certificate_finding(world) == "unverified"

    @pytest.mark.parametrize(
        "lack", [{"how": None}, {"contact": None}, {"on": dt.date(2026, 1, 5)}]
    )
    def test_a_positive_without_proof_makes_no_good_of_a_fresh_negative(
        self, world: Path, lack: dict[str, Any]
    ) -> None:
        new_book(world / "book", certified(**lack))
        append_board_row(world, "Revoked")
        verdict = alma(world)
        assert "certificate_revoked" in {
            reason.code
            for found in verdict.findings
            for step in found.steps
            for reason in step.reasons
        }
        assert findings(verdict)["board_certification"] != MET

    def test_two_entries_that_disagree(self, world: Path) -> None:
        new_book(world / "book", certified(), certified(status="Suspended", by="M. Other"))
        assert certificate_finding(world) == "unverified"

    def test_a_word_that_nobody_understands_decides_nothing(self, world: Path) -> None:
        new_book(world / "book", certified(status="Certified, pending hearing"))
        assert "not_understood" in codes(alma(world), "board_certification")

    def test_what_cannot_be_is_no_pass(self, world: Path) -> None:
        new_book(world / "book", certified(board="American Board of Surgery"))
        assert certificate_finding(world) != MET

    def test_what_is_left_out_still_speaks_against(self, world: Path) -> None:
        new_book(world / "book", certified(status="Revoked"))
        append_board_row(world, "Certified")
        assert certificate_finding(world, without=["book"]) == "unverified"


class TestCorrection:
    def test_a_correction_stands_in_for_the_old(self, world: Path) -> None:
        book = new_book(world / "book", certified(status="Revoked"))
        old = digests(book.read())[-1]
        add(book, certified(corrects=old, note="read the wrong line"))
        assert certificate_finding(world) == MET

    def test_a_withdrawn_entry_is_gone(self, world: Path) -> None:
        book = new_book(world / "book", certified())
        old = digests(book.read())[-1]
        add(book, Withdrawn(by="J. Roe", on=VERIFIED_ON, entry=old, reason="wrong person"))
        assert certificate_finding(world) == "unverified"
        with pytest.raises(BookError, match="has replaced"):
            add(book, certified(corrects=old))

    def test_nobody_corrects_an_entry_about_somebody_else(self, tmp_path: Path) -> None:
        book = new_book(tmp_path / "book", certified())
        old = digests(book.read())[-1]
        with pytest.raises(BookError, match="another person"):
            add(book, certified(npi="2100000019", corrects=old))
        with pytest.raises(BookError, match="a different kind"):
            add(book, trained(corrects=old))
        add(book, certified(corrects=old))
        with pytest.raises(BookError, match="has replaced"):
            add(book, certified(corrects=old, by="M. Other"))

    def test_a_confirmation_of_an_entry_does_not_outlive_it(self, tmp_path: Path) -> None:
        book = new_book(tmp_path / "book", certified())
        old = digests(book.read())[-1]
        add(book, confirmed(old))
        new = digests(add(book, certified(corrects=old, status="Retired")))[-1]
        assert book.read().confirmations(new) == ()
