"""Attacks on the book: whatever somebody writes into it, it never makes a false ``meets``.

What cannot be an entry is refused (test_storage.py, test_documents.py). These are entries that can be.
"""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from credcheck.book.own_word import is_own_name
from credcheck.cli.commands.book_decide import list_later
from credcheck.model import PersonName
from credcheck.model.verification import names_somebody
from tests.support.book import (
    add,
    certified,
    confirmed,
    digests,
    licensed,
    new_book,
    settled,
    trained,
    with_document,
)
from tests.support.book_world import (
    MET,
    OLIVE,
    alma,
    append_board_row,
    certificate_finding,
)
from tests.support.world import codes, findings, judge

UNPROVEN: list[dict[str, Any]] = [{"how": None}, {"contact": None}, {"by": "Alma Abernathy"}]


class TestWhoSaysIt:
    """Nobody verifies themselves, and a word for nobody is no contact."""

    @pytest.mark.parametrize(
        "changes",
        [
            {"contact": "J. Roe"},  # who signed it
            {"contact": "j  ROE"},
            *({"contact": x} for x in ("N/A", "none", "-", "unknown", "X", "12", "see note")),
            {"contact": "Alma Abernathy"},  # the physician, whatever 'asked' says
            {"contact": "Abernathy, A."},
            {"by": "Alma Abernathy"},
            {"by": "ABERNATHY ALMA MD"},
            {"by": "A. Abernathy"},
            {"by": "n/a"},
        ],
    )
    @pytest.mark.slow(every_case=True)
    def test_it_proves_nothing(self, world: Path, changes: dict[str, str]) -> None:
        new_book(world / "book", certified(**changes))
        assert certificate_finding(world) == "unverified"

    @pytest.mark.parametrize("contact", ["Ms. Abernathy", "Alma Registrar", "J. Roe Sr.", "李"])
    @pytest.mark.slow(every_case=True)
    def test_somebody_else_is_somebody_else(self, world: Path, contact: str) -> None:
        new_book(world / "book", certified(contact=contact))
        assert certificate_finding(world) == MET

    def test_a_document_does_not_make_the_physician_somebody_else(self, world: Path) -> None:
        book = new_book(world / "book")
        add(book, with_document(book, certified(by="Alma Abernathy")))
        assert certificate_finding(world) == "unverified"

    def test_the_physician_clears_no_row_of_a_list(self, world: Path) -> None:
        (verdict,) = judge(world, OLIVE)
        (item,) = (x for x in verdict.evidence if x.source == "exclusions")
        body = settled(npi=OLIVE, name="", row=item.provenance.sha256)
        book = new_book(world / "book", replace(body, by="Olive Orangetip"))
        add(book, replace(body, contact="Olive Orangetip"))
        (verdict,) = judge(world, OLIVE)
        assert findings(verdict)["not_excluded"] == "unverified"

    def test_the_physician_is_no_second_person(self, world: Path, tmp_path: Path) -> None:
        ours = tmp_path / "ours.toml"
        ours.write_text(
            'schema_version = 1\nid = "ours"\nversion = "1"\nname = "Ours"\n'
            'extends = "interventional-pain"\n'
            "[requirements.board_certification]\nsecond_person = true\n"
        )
        book = new_book(world / "book", certified())
        add(book, confirmed(digests(book.read())[1], by="Dr. Alma Abernathy"))
        assert certificate_finding(world, standard=str(ours)) == "unverified"
        add(book, confirmed(digests(book.read())[1], by="M. Second"))
        assert certificate_finding(world, standard=str(ours)) == MET


class TestWhen:
    """Nothing was verified before it could be."""

    @pytest.mark.parametrize(
        "body",
        [
            certified(issued="2026-10-25"),
            certified(on=dt.date(2016, 9, 1)),
            trained(end_date="2026-10-31", start_date="2025-11-01"),
            trained(on=dt.date(2015, 1, 1)),
        ],
    )
    @pytest.mark.slow(every_case=True)
    def test_before_it_was_so_it_is_no_pass(self, world: Path, body: Any) -> None:
        new_book(world / "book", body)
        name = "fellowship" if type(body) is type(trained()) else "board_certification"
        assert findings(alma(world))[name] != MET

    @pytest.mark.parametrize(("day", "count"), [(19, 2), (20, 0), (21, 0)])
    @pytest.mark.slow(every_case=True)
    def test_a_decision_does_not_rest_on_what_was_verified_after_it(
        self, world: Path, day: int, count: int
    ) -> None:
        new_book(world / "book", certified(), trained())
        said = list(list_later(alma(world), dt.date(2026, 10, day)))
        assert len(said) == count
        assert all("was verified by J. Roe on 2026-10-20, after the decision" in x for x in said)


class TestCorrections:
    """A correction that is not proven cannot take away what was."""

    @pytest.mark.parametrize("lack", UNPROVEN)
    @pytest.mark.slow(every_case=True)
    def test_a_proven_loss_is_not_corrected_away(self, world: Path, lack: dict[str, Any]) -> None:
        book = new_book(world / "book", certified(status="Revoked"))
        append_board_row(world, "Certified")
        assert certificate_finding(world) == "unverified"
        old = digests(book.read())[-1]
        add(book, certified(corrects=old, **lack))
        assert certificate_finding(world) == "unverified"

    def test_a_proven_correction_still_does(self, world: Path) -> None:
        book = new_book(world / "book", certified(status="Revoked"))
        append_board_row(world, "Certified")
        add(book, certified(corrects=digests(book.read())[-1]))
        assert certificate_finding(world) == MET

    @pytest.mark.parametrize("lack", UNPROVEN)
    def test_what_was_corrected_proves_nothing_any_more(
        self, world: Path, lack: dict[str, Any]
    ) -> None:
        book = new_book(world / "book", certified())
        add(book, certified(corrects=digests(book.read())[-1], **lack))
        assert certificate_finding(world) == "unverified"

    def test_a_correction_of_a_correction(self, world: Path) -> None:
        book = new_book(world / "book", certified(status="Revoked"))
        add(book, certified(status="Suspended", corrects=digests(book.read())[-1]))
        add(book, certified(corrects=digests(book.read())[-1]))
        assert certificate_finding(world) == MET
        add(book, certified(status="Revoked", corrects=digests(book.read())[-1], how=None))
        assert certificate_finding(world) == "unverified"

    def test_taking_out_the_document_of_a_correction_brings_the_loss_back(
        self, world: Path
    ) -> None:
        book = new_book(world / "book", certified(status="Revoked"))
        append_board_row(world, "Certified")
        old = digests(book.read())[-1]
        add(book, with_document(book, certified(corrects=old)))
        assert certificate_finding(world) == MET
        (document,) = book.read().documents()
        (book.folder / "documents" / document.file).unlink()
        assert certificate_finding(world) == "unverified"

    @pytest.mark.parametrize("lack", [{"how": None}, {"contact": None}])
    def test_a_row_that_is_this_persons_is_not_corrected_away(
        self, world: Path, lack: dict[str, Any]
    ) -> None:
        (verdict,) = judge(world, OLIVE)
        (item,) = (x for x in verdict.evidence if x.source == "exclusions")
        usual = {"npi": OLIVE, "name": "", "row": item.provenance.sha256}
        book = new_book(world / "book", settled(**usual, is_person=True))
        old = digests(book.read())[-1]
        add(book, settled(**usual, is_person=False, corrects=old, **lack))
        (verdict,) = judge(world, OLIVE)
        assert findings(verdict)["not_excluded"] == "unverified"


class TestLicenses:
    """A license that somebody looked up is as good as a row of a list, and no better."""

    def license(self, world: Path, *bodies: Any) -> str | None:
        new_book(world / "book", *bodies)
        return findings(alma(world)).get("license")

    def lists(self, world: Path, text: str) -> None:
        path = world / "licenses.csv"
        lines = path.read_text("utf-8").splitlines()
        kept = [line for line in lines if not line.startswith("Abernathy")]
        path.write_text("\n".join([*kept, text, ""]), encoding="utf-8")

    def test_it_says_who_looked(self, world: Path) -> None:
        self.lists(world, "")
        assert self.license(world, licensed()) == MET
        verdict = alma(world)
        (found,) = (x for x in verdict.findings if x.requirement == "license")
        assert "by J. Roe, telephone, 2026-10-20: OH license 35.000107" in found.reasons[0].message

    def test_a_license_that_was_lost(self, world: Path) -> None:
        self.lists(world, "")
        assert self.license(world, licensed(status="Revoked")) == "not_met"

    @pytest.mark.parametrize(
        "row",
        [
            "Abernathy,Alma,35.000107,OH,,Revoked,,,2027-10-01,,,",
            "Abernathy,Alma,35.000107,OH,,Suspended,2026-01-05,,2027-10-01,,,",
            "Abernathy,Alma,35.000107,OH,,Expired,,,2025-10-01,,,",
            "Abernathy,Alma,35.000107,OH,,Active,,,2027-10-01,Probation,2026-01-05,",
            "Abernathy,Alma,35.000107,OH,,Actv,,,2027-10-01,,,",
        ],
    )
    @pytest.mark.slow(every_case=True)
    def test_it_talks_no_list_out_of_what_it_says(self, world: Path, row: str) -> None:
        self.lists(world, row)
        assert self.license(world, licensed()) != MET

    @pytest.mark.parametrize(
        "lack",
        [*UNPROVEN, {"asked": "physician"}, {"on": dt.date(2026, 5, 1)}, {"order": "Probation"}],
    )
    @pytest.mark.slow(every_case=True)
    def test_without_proof_it_shows_nothing(self, world: Path, lack: dict[str, Any]) -> None:
        self.lists(world, "")
        assert self.license(world, licensed(**lack)) != MET

    @pytest.mark.parametrize("lack", [*UNPROVEN, {"on": dt.date(2026, 5, 1)}])
    @pytest.mark.slow(every_case=True)
    def test_a_loss_without_proof_is_a_doubt(self, world: Path, lack: dict[str, Any]) -> None:
        assert self.license(world, licensed(status="Revoked", **lack)) == "unverified"


def test_an_entry_under_another_number_is_not_found(world: Path) -> None:
    new_book(world / "book", certified(npi=OLIVE), trained(npi=OLIVE))
    found = findings(alma(world))
    assert (found["board_certification"], found["fellowship"]) == ("unverified", "unverified")


def test_the_name_on_an_entry_must_be_the_physicians(world: Path) -> None:
    new_book(world / "book", certified(name="Orangetip, Olive"))
    assert "identity_conflict" in codes(alma(world), "board_certification")


def test_a_book_that_cannot_be_written_is_read(world: Path) -> None:
    book = new_book(world / "book", certified())
    for path in sorted(book.folder.rglob("*"), reverse=True):
        path.chmod(0o500 if path.is_dir() else 0o400)
    book.folder.chmod(0o500)
    try:
        assert certificate_finding(world) == MET
    finally:
        for path in (book.folder, *book.folder.rglob("*")):
            path.chmod(0o700)


@pytest.mark.parametrize(
    ("text", "is_own"),
    [
        ("Ana María Núñez", True),
        ("NUNEZ, ANA", True),
        ("A. Nunez", True),
        ("Dr. Ana Núñez-Soler", True),
        ("B. Nunez", False),
        ("Ana Soler", False),
        ("Nunez", False),
        ("", False),
    ],
)
def test_whose_name_it_is(text: str, is_own: bool) -> None:
    assert is_own_name(text, [PersonName(last="Núñez", first="Ana María")]) is is_own


@pytest.mark.parametrize("text", ["", " ", "N/A", "none", "NONE.", "-", "x", "42", "self", "n.a."])
def test_what_names_nobody(text: str) -> None:
    assert not names_somebody(text)


@pytest.mark.parametrize("text", ["Ms. A. Registrar", "JR", "Ng", "李", "Records office"])
def test_what_names_somebody(text: str) -> None:
    assert names_somebody(text)
