"""Rule kind ``advisory_evidence``: it may help, and never decides."""

from typing import Any

import pytest

from credcheck.model import Competency, EvidenceKind, Procedure, SourceState
from credcheck.model.dates import PartialDate
from tests.support.build import (
    certificate,
    codes,
    dossier,
    evidence,
    fellowship,
    finding,
    good,
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
        {"topic": "hand washing"},
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


def test_codes_without_imaging_show_nothing() -> None:
    blind = Procedure(code="62322", services=100)
    assert judged("image_guidance", blind) == ("unverified", {"no_evidence"})


def test_absence_is_never_a_negative() -> None:
    for requirement in ("image_guidance", "radiation_safety"):
        assert judged(requirement) == ("unverified", {"no_evidence"})


def test_a_source_that_failed_is_told() -> None:
    reports = (*sources()[:-2], source(EvidenceKind.COMPETENCY, state=SourceState.FAILED))
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
