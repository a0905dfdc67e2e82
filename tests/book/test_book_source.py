"""The book as a source: the contract of every source, and every way to make it lie."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from credcheck.book.chain import BookError
from credcheck.book.documents import document_path, remove_document
from credcheck.book.entries import Redacted, Withdrawn
from credcheck.book.storage import BookFolder
from credcheck.config import SourceConfig, open_source
from credcheck.demo import DEMO_AS_OF
from credcheck.model import Authority, Decision, Verdict
from credcheck.source import Source, Subject
from credcheck.source.adapter import Context
from credcheck.source.interface import AdapterFault
from credcheck.source.plugin.messages import pack_answer
from credcheck.storage import NoCache
from credcheck.testing import SourceContract, physician, subject
from tests.support.book import (
    RECORDED,
    VERIFIED_ON,
    accredited,
    add,
    certified,
    confirmed,
    digests,
    new_book,
    page,
    permitted,
    settled,
    trained,
    with_document,
)
from tests.support.world import TODAY, codes, copy_demo, findings, judge

ALMA = "2000001075"
MET = "met"


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


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """The demo world with a book, and without Alma's rows in the board and fellowship listings."""
    folder = copy_demo(tmp_path)
    config = folder / "credcheck.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text + '\n[sources.book]\nadapter = "book"\n', encoding="utf-8")
    for name in ("boards.csv", "fellowships.csv"):
        strike(folder / name, ALMA)
    config.write_text(
        config.read_text(encoding="utf-8").replace(
            'path = "boards.csv"\nauthority = "primary"\ncoverage = "complete"',
            'path = "boards.csv"\nauthority = "primary"\ncoverage = "partial"',
        ),
        encoding="utf-8",
    )
    return folder


def strike(path: Path, npi: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if npi not in x), encoding="utf-8")


def alma(world: Path, **more: Any) -> Verdict:
    (verdict,) = judge(world, ALMA, **more)
    return verdict


def certificate_finding(world: Path, **more: Any) -> str:
    return findings(alma(world, **more))["board_certification"]


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


class TestAge:
    """A verification counts for 120 days, or as the configuration says; training does not age."""

    def verified(self, world: Path, days: int) -> None:
        """Begin a book in which Alma was verified so many days before the as-of date."""
        day = DEMO_AS_OF - dt.timedelta(days=days)
        new_book(world / "book", certified(on=day), trained(on=day))

    @pytest.mark.parametrize(("days", "right"), [(120, MET), (121, "unverified")])
    def test_it_counts_from_the_day_of_the_verification(
        self, world: Path, days: int, right: str
    ) -> None:
        self.verified(world, days)
        found = findings(alma(world))
        assert found["board_certification"] == right
        assert found["fellowship"] == MET

    def test_a_cvo_has_90(self, world: Path) -> None:
        self.verified(world, 91)
        config = world / "credcheck.toml"
        config.write_text(config.read_text("utf-8") + 'max_age = "90d"\n', encoding="utf-8")
        assert "source_stale" in codes(alma(world), "board_certification")

    def test_who_never_writes_does_not_make_the_book_stale(self, world: Path) -> None:
        """The book as a whole has no age: what it lacks about others is no gap."""
        old = dt.datetime(2024, 1, 2, tzinfo=dt.UTC)
        BookFolder(world / "book").begin("J. Roe", old.date(), old)
        assert [x.state for x in alma(world).sources if x.name == "book"] == ["ok"]

    def test_a_verification_of_a_day_to_come_cannot_be_written(self, tmp_path: Path) -> None:
        book = new_book(tmp_path / "book")
        with pytest.raises(BookError, match="is after the day"):
            add(book, certified(on=RECORDED.date() + dt.timedelta(days=2)))

    def test_a_book_of_a_day_to_come_is_not_used(self, world: Path) -> None:
        later = dt.datetime(2027, 6, 1, tzinfo=dt.UTC)
        book = new_book(world / "book")
        add(book, certified(on=later.date()), recorded=later)
        verdict = alma(world)
        assert [x.state for x in verdict.sources if x.name == "book"] == ["failed"]

    def test_the_day_of_writing_makes_nothing_younger(self, world: Path) -> None:
        """An old paper that is entered today is as old as its day."""
        book = new_book(world / "book")
        old = dt.date(2026, 5, 1)
        add(book, certified(on=old))
        assert certificate_finding(world) == "unverified"

    def test_a_certificate_that_was_verified_before_it_ended_has_ended(self, world: Path) -> None:
        new_book(world / "book", certified(expires="2026-10-25"))
        assert certificate_finding(world) != MET


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


def append_board_row(world: Path, status: str) -> None:
    path = world / "boards.csv"
    row = (
        f"{ALMA},Abernathy,Alma,,,,,,,,American Board of Anesthesiology,Pain Medicine,"
        f"subspecialty,{status},2016-09-10,2027-12-31,time_limited,,,2026-10-20\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")


def strike_coverage(world: Path, name: str) -> None:
    config = world / "credcheck.toml"
    text = config.read_text(encoding="utf-8")
    old = f'path = "{name}"\nauthority = "primary"\ncoverage = "complete"'
    assert old in text
    config.write_text(text.replace(old, old.replace("complete", "partial")), encoding="utf-8")


OLIVE = "2100000415"


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
