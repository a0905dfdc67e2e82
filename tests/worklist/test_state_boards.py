"""Licenses on the work list: the state's board is asked, and its answer is an entry that decides."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from credcheck.book.entries import AnyBody, LicenseVerified
from credcheck.model import Coverage, EvidenceKind, License, Licensure, Taxonomy, Verdict
from credcheck.standards.loader import load_standard
from credcheck.worklist.addressees import AddresseeKind, Wanted
from credcheck.worklist.answers import AnswersError, make_entry, read_answers
from credcheck.worklist.contacts import ContactDirectory, load_contacts
from credcheck.worklist.items import Item, Plan, list_items
from credcheck.worklist.letters import Sender, write_letters
from credcheck.worklist.sheet import write_sheet
from tests.support.build import (
    STANDARD,
    dossier,
    evidence,
    good,
    match,
    physician,
    source,
    sources,
    verdict,
)
from tests.support.sheets import fill_in

ANSWER: dict[str, Any] = {
    "answer": "found",
    "status": "Active",
    "to": dt.date(2027, 10, 1),
    "order": "none",
    "how": "web",
    "asked": "issuer",
    "contact": "license look-up",
    "verified_by": "J. Roe",
    "verified_on": dt.date(2026, 10, 20),
}


def judged(**changes: Any) -> Verdict:
    """Judge somebody whose Ohio license is not simply active."""
    record = Licensure(**{"number": "35.1", "state": "OH", "status": "Active", **changes})
    asked = source(EvidenceKind.LICENSE, scope=("OH",), coverage=Coverage.PARTIAL)
    row = evidence(record, row=9, tied=match(by="license"))
    return verdict(dossier(*good(), row, reports=(*sources(), asked)))


def listed(**changes: Any) -> list[Item]:
    made = judged(**changes)
    return [x for x in list_items([made], STANDARD, Plan()) if x.requirement == "license"]


@pytest.mark.parametrize("changes", [{"order": "Public reprimand"}, {"status": "Actv"}])
def test_the_board_of_the_state_is_asked(changes: dict[str, str]) -> None:
    (item,) = listed(**changes)
    assert (item.ask.kind, item.ask.key, item.wanted) == (
        AddresseeKind.STATE,
        "OH",
        Wanted.LICENSE,
    )
    assert (item.known["number"], item.known["subject"]) == ("35.1", "OH")


def test_a_letter_to_it_names_the_license_and_nothing_of_the_finding(tmp_path: Path) -> None:
    contacts = tmp_path / "contacts.csv"
    contacts.write_text(
        "kind,name,number,contact,address\nstate,Ohio Board,OH,Verification,1 State House\n"
    )
    sender = Sender(day=dt.date(2026, 11, 20), signer="J. Roe")
    items = listed(order="Public reprimand")
    (letter,) = write_letters(items, load_contacts(contacts), sender)
    assert letter.kind is AddresseeKind.STATE
    for told in ("Ohio Board", "Attention: Verification", "1 State House", "License: 35.1, OH"):
        assert told in letter.text
    assert "reprimand" not in letter.text


def test_a_license_of_the_registry_alone_is_verified_with_the_standards_state() -> None:
    standard = load_standard("us-tn-63-6-244")
    kentucky = Taxonomy(code="207L00000X", license=License(number="1", state="KY"))
    case = dossier(*good(), person=physician(taxonomies=(kentucky,)))
    items = list_items([verdict(case, standard)], standard, Plan())
    (item,) = (x for x in items if x.requirement == "registered_license")
    assert (item.ask.name, item.known) == ("State licensing board of TN", {"subject": "TN"})


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "work.xlsx"
    with path.open("wb") as out:
        write_sheet(out, listed(order="Public reprimand"), ContactDirectory(), {})
    return path


def take_in(path: Path) -> list[AnyBody]:
    def never(document: object) -> Any:
        raise AssertionError(document)

    return [make_entry(each, never, str) for each in read_answers(path, path.parent)]


def test_an_answer_becomes_an_entry_about_the_license(sheet: Path) -> None:
    fill_in(sheet, {"license": ANSWER})
    (body,) = take_in(sheet)
    assert isinstance(body, LicenseVerified)
    record = body.record
    assert (record.state, record.number, record.status) == ("OH", "35.1", "Active")
    assert (str(record.expires), record.order) == ("2027-10-01", "none")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"order": None}, "order is missing"),
        ({"number": None}, "number is missing"),
        ({"subject": "Ohoi"}, "'Ohoi' is not a state"),
        ({"term": "continuous"}, "term does not apply"),
    ],
)
def test_what_a_license_needs_is_named(sheet: Path, change: dict[str, Any], said: str) -> None:
    fill_in(sheet, {"license": ANSWER | change})
    with pytest.raises(AnswersError, match=said):
        take_in(sheet)
