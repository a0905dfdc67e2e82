"""Rows that people have settled, and what a second person is needed for."""

from pathlib import Path
from typing import Any

import pytest

from credcheck.book.chain import BookError
from credcheck.book.documents import document_path
from credcheck.book.entries import Withdrawn
from credcheck.book.storage import BookFolder
from credcheck.model import Decision, Verdict
from tests.support.book import (
    VERIFIED_ON,
    add,
    certified,
    confirmed,
    digests,
    new_book,
    settled,
    trained,
    with_document,
)
from tests.support.book_world import ALMA, MET, OLIVE, alma, certificate_finding
from tests.support.world import codes, findings, judge


class TestDispositions:
    """A namesake on the exclusion list: settled by a person, bound to the row and to the physician."""

    def row(self, world: Path) -> str:
        (verdict,) = judge(world, OLIVE)
        (item,) = (x for x in verdict.evidence if x.source == "exclusions")
        return item.provenance.sha256

    def olive(self, world: Path, **more: Any) -> Verdict:
        (verdict,) = judge(world, OLIVE, **more)
        return verdict

    def put(self, world: Path, **changes: Any) -> None:
        row = self.row(world)
        usual = {"npi": OLIVE, "name": "Orangetip, Olive", "row": row, "is_person": False}
        new_book(world / "book", settled(**{**usual, **changes}))

    def test_a_namesake_is_cleared_and_shown(self, world: Path) -> None:
        assert findings(self.olive(world))["not_excluded"] == "unverified"
        self.put(world)
        verdict = self.olive(world)
        (found,) = (x for x in verdict.findings if x.requirement == "not_excluded")
        assert found.outcome == MET
        (remark,) = (x for x in found.reasons if x.code == "row_settled")
        assert "settled by J. Roe, telephone, 2026-10-20" in remark.message
        (item,) = (x for x in verdict.evidence if x.id in remark.about)
        assert item.match.decision is Decision.NO_MATCH

    def test_the_person_is_excluded_if_it_is_theirs(self, world: Path) -> None:
        self.put(world, is_person=True)
        assert findings(self.olive(world))["not_excluded"] == "not_met"

    def test_a_changed_row_is_open_again(self, world: Path) -> None:
        self.put(world)
        leie = world / "leie.csv"
        text = leie.read_text(encoding="utf-8")
        (line,) = (x for x in text.splitlines() if x.startswith("ORANGETIP"))
        leie.write_text(text.replace(line, line.replace("1128a1", "1128b4")), encoding="utf-8")
        assert findings(self.olive(world))["not_excluded"] == "unverified"

    def test_another_row_is_open(self, world: Path) -> None:
        self.put(world)
        leie = world / "leie.csv"
        text = leie.read_text(encoding="utf-8")
        (line,) = (x for x in text.splitlines() if x.startswith("ORANGETIP"))
        leie.write_text(text + line.replace("20230519", "20240519") + "\n", encoding="utf-8")
        assert findings(self.olive(world))["not_excluded"] == "unverified"

    def test_a_second_row_that_differs_in_the_birth_date_alone_is_open(self, world: Path) -> None:
        self.put(world)
        leie = world / "leie.csv"
        text = leie.read_text(encoding="utf-8")
        header, *_ = text.splitlines()
        (line,) = (x for x in text.splitlines() if x.startswith("ORANGETIP"))
        cells = line.split(",")
        place = header.split(",").index("DOB") + 1  # one cell before it has a comma in its quotes
        cells[place] = "19610401"
        leie.write_text(text + ",".join(cells) + "\n", encoding="utf-8")
        verdict = self.olive(world)
        assert findings(verdict)["not_excluded"] == "unverified"
        assert len([x for x in verdict.evidence if x.source == "exclusions"]) == 2

    @pytest.mark.parametrize(
        "lack", [{"how": None}, {"contact": None}, {"npi": ALMA}, {"row": "f" * 64}]
    )
    def test_one_that_does_not_count_clears_nobody(self, world: Path, lack: dict[str, Any]) -> None:
        self.put(world, **lack)
        assert findings(self.olive(world))["not_excluded"] == "unverified"

    def test_a_document_that_was_swapped_clears_nobody(self, world: Path) -> None:
        book = new_book(world / "book")
        body = settled(npi=OLIVE, name="", row=self.row(world))
        document = add(book, with_document(book, body)).documents()[0]
        assert findings(self.olive(world))["not_excluded"] == MET
        document_path(book.folder, document).write_bytes(b"x")
        assert findings(self.olive(world))["not_excluded"] == "unverified"

    def test_a_hit_by_number_is_not_talked_away(self, world: Path) -> None:
        excluded = "2100000340"
        (verdict,) = judge(world, excluded)
        (item,) = (x for x in verdict.evidence if x.source == "exclusions")
        assert findings(verdict)["not_excluded"] == "not_met"
        new_book(world / "book", settled(npi=excluded, name="", row=item.provenance.sha256))
        (verdict,) = judge(world, excluded)
        assert findings(verdict)["not_excluded"] == "unverified"

    def test_without_the_book_it_is_open_again(self, world: Path) -> None:
        self.put(world)
        assert findings(self.olive(world, without=["book"]))["not_excluded"] == "unverified"

    def test_a_disposition_that_was_withdrawn_is_gone(self, world: Path) -> None:
        self.put(world)
        book = BookFolder(world / "book")
        entry = digests(book.read())[-1]
        add(book, Withdrawn(by="J. Roe", on=VERIFIED_ON, entry=entry, reason="another man"))
        assert findings(self.olive(world))["not_excluded"] == "unverified"

    def test_an_ambiguous_certificate_becomes_evidence(self, world: Path) -> None:
        wanted = "2100000381"
        (verdict,) = judge(world, wanted)
        rows = [x for x in verdict.evidence if x.match.decision is Decision.AMBIGUOUS]
        assert findings(verdict)["board_certification"] == "unverified"
        bodies = [
            settled(npi=wanted, name="", row=x.provenance.sha256, is_person=True) for x in rows
        ]
        new_book(world / "book", *bodies)
        (verdict,) = judge(world, wanted)
        assert findings(verdict)["board_certification"] == MET
        (other,) = judge(world, "2100000399")
        assert findings(other)["board_certification"] != MET


class TestSecondPerson:
    """A standard may ask for a second person."""

    @pytest.fixture
    def standard(self, tmp_path: Path) -> str:
        path = tmp_path / "ours.toml"
        path.write_text(
            'schema_version = 1\nid = "ours"\nversion = "1"\nname = "Ours"\n'
            'extends = "interventional-pain"\n'
            "[requirements.board_certification]\nsecond_person = true\n"
            "[requirements.not_excluded]\nsecond_person = true\n",
            encoding="utf-8",
        )
        return str(path)

    def test_one_person_alone_is_not_enough(self, world: Path, standard: str) -> None:
        book = new_book(world / "book", certified(), trained())
        verdict = alma(world, standard=standard)
        assert "second_person_missing" in codes(verdict, "board_certification")
        assert findings(verdict)["fellowship"] == MET
        add(book, confirmed(digests(book.read())[1]))
        assert certificate_finding(world, standard=standard) == MET

    def test_nobody_confirms_their_own(self, tmp_path: Path) -> None:
        book = new_book(tmp_path / "book", certified())
        for name in ("J. Roe", "j roe", " J.ROE "):
            with pytest.raises(BookError, match="another person must confirm"):
                add(book, confirmed(digests(book.read())[1], by=name))

    def test_a_cleared_row_needs_one_too(self, world: Path, standard: str) -> None:
        (verdict,) = judge(world, OLIVE)
        (item,) = (x for x in verdict.evidence if x.source == "exclusions")
        body = settled(npi=OLIVE, name="", row=item.provenance.sha256)
        book = new_book(world / "book", body)
        (verdict,) = judge(world, OLIVE, standard=standard)
        assert "second_person_missing" in codes(verdict, "not_excluded")
        add(book, confirmed(digests(book.read())[1]))
        (verdict,) = judge(world, OLIVE, standard=standard)
        assert findings(verdict)["not_excluded"] == MET
