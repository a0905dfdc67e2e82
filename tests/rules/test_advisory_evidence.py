"""Rule kind ``advisory_evidence``: it may help, and never decides."""

from typing import Any

import pytest

from credcheck.model import (
    Competency,
    Coverage,
    Enrollment,
    EvidenceKind,
    Licensure,
    Procedure,
    SourceState,
)
from credcheck.model.dates import PartialDate
from tests.support.build import (
    certificate,
    codes,
    day,
    dossier,
    evidence,
    fellowship,
    finding,
    good,
    match,
    program,
    source,
    sources,
    verdict,
)


def permit(**changes: Any) -> Competency:
    return Competency(**{"topic": "radiation safety", "title": "Course", **changes})


def judged(requirement: str, *records: Any) -> tuple[str, set[str]]:
    found = finding(dossier(*records), requirement)
    return found.outcome, codes(found)


def test_a_permit_or_course_on_the_topic_shows_it() -> None:
    assert judged("radiation_safety", permit()) == ("met", {"radiation_safety_evidenced"})
    shown = judged("image_guidance", permit(topic="fluoroscopy"))
    assert shown == ("met", {"image_guidance_evidenced"})


@pytest.mark.parametrize(
    "changes",
    [
        {"expires": PartialDate(2026, 10, 31)},
        {"expires": PartialDate(2026)},
        {"issued": PartialDate(2026, 11, 2)},
        {"status": "Revoked"},
    ],
)
def test_one_that_does_not_hold_on_the_day_shows_nothing(changes: Any) -> None:
    assert judged("radiation_safety", permit(**changes)) == ("unverified", {"no_evidence"})


def test_enough_services_under_codes_with_imaging_show_image_guidance() -> None:
    some = Procedure(code="62323", services=6)
    more = Procedure(code="64483", services=5)
    assert judged("image_guidance", some, more) == ("met", {"image_guidance_evidenced"})
    assert judged("image_guidance", some) == ("unverified", {"no_evidence"})


def test_a_topic_that_is_not_understood_shows_nothing() -> None:
    found = judged("radiation_safety", permit(topic="hand washing"))
    assert found == ("unverified", {"not_understood"})


@pytest.mark.parametrize(
    ("imaged", "blind", "found"),
    [
        (0, 100, ("unverified", {"image_guidance_doubtful"})),
        (14, 514, ("unverified", {"image_guidance_doubtful"})),
        (49, 50, ("unverified", {"image_guidance_doubtful"})),
        (50, 50, ("met", {"image_guidance_evidenced"})),
        (60, 9, ("met", {"image_guidance_evidenced"})),
    ],
)
def test_the_share_with_imaging_decides_and_both_numbers_are_said(
    imaged: int, blind: int, found: tuple[str, set[str]]
) -> None:
    records = (
        Procedure(code="62323", services=imaged),
        Procedure(code="62322", services=blind),
    )
    assert judged("image_guidance", *records) == found
    message = finding(dossier(*records), "image_guidance").reasons[0].message
    assert str(imaged) in message
    assert str(blind) in message


def test_other_injections_do_not_outvote_those_that_are_done_blind() -> None:
    records = (
        Procedure(code="62323", services=14),
        Procedure(code="62322", services=514),
        Procedure(code="64483", services=600),
    )
    assert judged("image_guidance", *records) == ("unverified", {"image_guidance_doubtful"})
    message = finding(dossier(*records), "image_guidance").reasons[0].message
    assert "14 of 528 (3%)" in message


def test_injections_that_cannot_be_done_blind_show_it_alone() -> None:
    records = (Procedure(code="64483", services=40),)
    assert judged("image_guidance", *records) == ("met", {"image_guidance_evidenced"})


def test_absence_is_never_a_negative() -> None:
    for requirement in ("image_guidance", "radiation_safety"):
        assert judged(requirement) == ("unverified", {"no_evidence"})


def test_a_source_that_failed_is_told() -> None:
    usual = tuple(x for x in sources() if EvidenceKind.COMPETENCY not in x.kinds)
    reports = (*usual, source(EvidenceKind.COMPETENCY, state=SourceState.FAILED))
    found = finding(dossier(reports=reports), "radiation_safety")
    assert codes(found) == {"no_evidence", "source_failed"}


def test_advice_decides_nothing() -> None:
    assert verdict(dossier(*good())).outcome == "meets"
    shown = (permit(), Procedure(code="62323", services=99))
    assert verdict(dossier(fellowship(), program(), *shown)).outcome == "does_not_meet"
    assert verdict(dossier(certificate(), *shown)).outcome == "unverified"


def test_a_row_of_another_person_shows_nothing() -> None:
    from credcheck.model import Decision
    from tests.support.build import match

    doubtful = evidence(permit(), tied=match(Decision.AMBIGUOUS, by="name"))
    assert judged("radiation_safety", doubtful)[0] == "unverified"


@pytest.mark.parametrize(
    ("status", "outcome"), [("Active", "met"), ("Expired", "unverified"), ("Revoked", "unverified")]
)
def test_a_permit_of_california_is_valid_only_while_the_license_is(
    status: str, outcome: str
) -> None:
    expires = "2026-10-01" if status == "Expired" else "2027-10-01"
    held = Licensure(number="A1", state="CA", status=status, expires=day(expires))
    tied = evidence(held, tied=match(by="license"), row=9)
    reports = (*sources(), source(EvidenceKind.LICENSE, scope=("CA",), coverage=Coverage.PARTIAL))
    case = dossier(permit(state="CA"), tied, reports=reports)
    assert finding(case, "radiation_safety").outcome == outcome


def test_billing_says_nothing_of_radiation_safety() -> None:
    torn = evidence(None, kind=EvidenceKind.PROCEDURE, problem="shifted", row=3)
    assert codes(finding(dossier(torn), "radiation_safety")) == {"no_evidence"}


@pytest.mark.parametrize(
    ("until", "told"), [(None, True), ("2028-01-01", True), ("2020-01-01", False)]
)
def test_an_opt_out_explains_why_claims_are_silent_and_is_no_fault(
    until: str | None, told: bool
) -> None:
    out = Enrollment(program="Medicare opt-out", since=day("2018-01-01"), until=day(until))
    item = evidence(out, kind=EvidenceKind.ENROLLMENT, row=9)
    case = dossier(*good(), item, reports=(*sources(), source(EvidenceKind.ENROLLMENT)))
    assert verdict(case).outcome == "meets"
    message = finding(case, "image_guidance").reasons[0].message
    assert ("opted out of Medicare" in message) is told
