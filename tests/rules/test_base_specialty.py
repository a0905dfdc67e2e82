"""Rule kind ``base_specialty``."""

from typing import Any

import pytest

from credcheck.model import Decision, EvidenceKind, Record, SourceState, Taxonomy
from credcheck.standards.loader import load_standard
from tests.support.build import (
    certificate,
    codes,
    dossier,
    evidence,
    finding,
    match,
    registration,
    source,
    sources,
    verdict,
)

GENERAL: dict[str, Any] = {
    "certificate": "Anesthesiology",
    "certificate_type": "general",
    "duration": "continuous",
    "expires": None,
}


def judged(*records: Record, taxonomies: tuple[str, ...] = ()) -> tuple[str, set[str]]:
    listed = registration(taxonomies=tuple(Taxonomy(code=code) for code in taxonomies))
    found = finding(dossier(*records, listed), "base_specialty")
    return found.outcome, codes(found)


@pytest.mark.parametrize(
    "code",
    [
        *("207L00000X", "208100000X", "207X00000X", "207T00000X", "207LP2900X", "2081P2900X"),
        "207XS0117X",
        "207Q00000X",
        "2084P2900X",
        "2084N0400X",
        "207P00000X",
        "2085R0202X",
    ],
)
def test_a_qualifying_taxonomy_meets_it_as_self_reported(code: str) -> None:
    assert judged(taxonomies=(code,)) == ("met", {"specialty_qualifies", "self_reported"})


@pytest.mark.parametrize("code", ["208VP0014X", "208VP0000X"])
def test_a_pain_taxonomy_alone_carries_no_base(code: str) -> None:
    assert judged(taxonomies=(code,))[0] == "unverified"


@pytest.mark.parametrize("code", ["207R00000X", "208600000X", "208000000X"])
def test_another_base_does_not_meet_it(code: str) -> None:
    assert judged(taxonomies=(code, "208VP0014X")) == (
        "not_met",
        {"specialty_not_qualifying", "self_reported"},
    )


def test_a_physician_code_that_is_not_in_the_table_is_unverified() -> None:
    assert judged(taxonomies=("208999999X", "207R00000X"))[0] == "unverified"


def test_no_taxonomy_at_all_is_unverified() -> None:
    assert judged()[0] == "unverified"


@pytest.mark.parametrize("status", ["Certified", "Expired", "Inactive", "Retired", "Suspended"])
def test_a_general_certificate_ever_held_meets_it(status: str) -> None:
    general = certificate(**GENERAL | {"status": status})
    assert judged(general, taxonomies=("208VP0014X",)) == ("met", {"specialty_qualifies"})


def test_a_revoked_general_certificate_is_not_made_up_for_by_a_self_report() -> None:
    revoked = certificate(**GENERAL | {"status": "Revoked"})
    assert judged(revoked, taxonomies=("207L00000X",)) == ("unverified", {"certificate_revoked"})


@pytest.mark.parametrize(
    "lost",
    [
        {"board": "American Board of Interventional Pain Physicians"},
        {"certificate": "Interventional Pain", "certificate_type": "subspecialty"},
    ],
)
def test_a_revoked_certificate_that_shows_no_base_takes_none_away(lost: Any) -> None:
    revoked = certificate(**GENERAL | {"status": "Revoked"} | lost)
    assert judged(revoked, taxonomies=("207L00000X",))[0] == "met"


def test_a_revoked_certificate_does_not_spoil_another_one() -> None:
    revoked = certificate(**GENERAL | {"status": "Revoked"})
    other = certificate(
        **GENERAL
        | {
            "certificate": "Physical Medicine and Rehabilitation",
            "board": "American Board of Physical Medicine and Rehabilitation",
        }
    )
    assert judged(revoked, other)[0] == "met"


def test_the_base_is_never_inferred_from_the_board_of_the_pain_certificate() -> None:
    pain = certificate(board="American Board of Physical Medicine and Rehabilitation")
    assert judged(pain, taxonomies=("208VP0014X",))[0] == "unverified"


def test_a_certificate_never_held_proves_nothing() -> None:
    never = certificate(**GENERAL | {"status": "Not Certified"})
    assert judged(never, taxonomies=("208VP0014X",))[0] == "unverified"


def test_a_certificate_issued_after_the_day_proves_nothing_yet() -> None:
    later = certificate(**GENERAL | {"issued": "2026-12-01"})
    assert judged(later, taxonomies=("208VP0014X",))[0] == "unverified"


def test_a_general_certificate_in_another_specialty_is_a_negative() -> None:
    internal = certificate(
        **GENERAL
        | {"certificate": "Internal Medicine", "board": "American Board of Internal Medicine"}
    )
    assert judged(internal, taxonomies=("207R00000X",))[0] == "not_met"


def test_another_boards_general_certificate_does_not_count() -> None:
    other = certificate(**GENERAL | {"board": "American Board of Physician Specialties"})
    assert judged(other, taxonomies=("208VP0014X",))[0] == "unverified"


def test_an_aoa_general_certificate_counts_where_the_standard_says_so() -> None:
    osteopathic = certificate(**GENERAL | {"board": "American Osteopathic Board of Anesthesiology"})
    case = dossier(osteopathic, registration(taxonomies=(Taxonomy(code="208VP0014X"),)))
    strict = load_standard("interventional-pain-abms")
    assert finding(case, "base_specialty").outcome == "met"
    assert finding(case, "base_specialty", strict).outcome == "unverified"


def test_a_failed_certificate_source_leaves_a_negative_open_but_not_a_positive() -> None:
    failed = tuple(
        source(EvidenceKind.CERTIFICATE, state=SourceState.FAILED)
        if EvidenceKind.CERTIFICATE in s.kinds
        else s
        for s in sources()
    )
    other = registration(taxonomies=(Taxonomy(code="207R00000X"),))
    assert finding(dossier(other, reports=failed), "base_specialty").outcome == "unverified"
    assert finding(dossier(reports=failed), "base_specialty").outcome == "met"


def test_a_certificate_that_may_be_another_persons_is_a_gap() -> None:
    doubtful = evidence(
        certificate(**GENERAL), tied=match(Decision.AMBIGUOUS, by="name", why="only the name")
    )
    other = registration(taxonomies=(Taxonomy(code="207R00000X"),))
    found = finding(dossier(doubtful, other), "base_specialty")
    assert (found.outcome, codes(found)) == ("unverified", {"identity_ambiguous"})


def test_the_finding_never_makes_the_verdict_pass_without_a_base() -> None:
    case = dossier(registration(taxonomies=(Taxonomy(code="208VP0014X"),)))
    assert verdict(case).outcome != "meets"
