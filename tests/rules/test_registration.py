"""Rule kind ``registration``."""

import pytest

from credcheck.model import Coverage, Decision, EvidenceKind, SourceState, Taxonomy
from tests.support.build import (
    certificate,
    codes,
    dossier,
    evidence,
    finding,
    good,
    match,
    registration,
    source,
    sources,
)


def judged(**changes: object) -> tuple[str, set[str]]:
    found = finding(dossier(*good(evidence(registration(**changes), row=9))), "registration")
    return found.outcome, codes(found)


def test_an_active_individual_physician_meets_it() -> None:
    assert judged() == ("met", {"npi_active"})


def test_a_deactivated_number_does_not() -> None:
    assert judged(status="deactivated", note="CMS deactivated NPI") == (
        "not_met",
        {"npi_deactivated"},
    )


def test_a_reactivated_number_is_active_though_it_keeps_its_deactivation_date() -> None:
    dates = {"deactivation_date": "2015-01-14", "reactivation_date": "2015-06-01"}
    assert judged(**dates)[0] == "met"


@pytest.mark.parametrize("back", [None, "2010-06-01"])
def test_active_though_deactivated_since_is_a_contradiction(back: str | None) -> None:
    dates = {"deactivation_date": "2015-01-14", "reactivation_date": back}
    assert judged(**dates) == ("unverified", {"contradiction"})


@pytest.mark.parametrize(
    ("codes_", "credential"),
    [
        (("367500000X", "207LP2900X"), "MD"),
        (("208VP0014X",), "CRNA"),
        (("207L00000X",), "Ph.D."),
        (("207L00000X",), "D.P.M."),
        (("367500000X",), "MD"),
    ],
)
def test_a_physician_and_another_profession_at_once_is_a_contradiction(
    codes_: tuple[str, ...], credential: str
) -> None:
    taxonomies = tuple(Taxonomy(code=code) for code in codes_)
    found = judged(taxonomies=taxonomies, credential=credential)
    assert found == ("unverified", {"contradiction"})


@pytest.mark.parametrize("credential", ["MD", "D.O.", "MD, PhD", "M.D., M.P.H.", "MD PA", "", None])
def test_a_physicians_letters_are_no_contradiction(credential: str | None) -> None:
    assert judged(credential=credential)[0] == "met"


@pytest.mark.parametrize(
    "code", ["390200000X", "174400000X", "261QP3300X", "204E00000X", "207SG0205X", "207L00000"]
)
def test_a_code_that_names_no_profession_decides_nothing(code: str) -> None:
    assert judged(taxonomies=(Taxonomy(code=code),))[0] == "unverified"


@pytest.mark.parametrize(
    ("gone", "back", "outcome"),
    [
        ("2026-10-01", "2026-11-02", "not_met"),
        ("2026-11-01", "2026-11-02", "not_met"),
        ("2026-10-01", "2026-11-01", "met"),
        ("2026-11-02", "2026-11-03", "met"),
        ("2026-10-01", "2026-11", "unverified"),
    ],
)
def test_a_number_that_was_inactive_on_the_day_does_not_count(
    gone: str, back: str, outcome: str
) -> None:
    assert judged(deactivation_date=gone, reactivation_date=back)[0] == outcome


@pytest.mark.parametrize(
    ("gone", "outcome"),
    [("2026-11-01", "not_met"), ("2026-11-02", "unverified"), ("2026", "unverified")],
)
def test_a_number_that_was_deactivated_after_the_day_is_unverified(gone: str, outcome: str) -> None:
    assert judged(status="deactivated", deactivation_date=gone) == (outcome, {"npi_deactivated"})


@pytest.mark.parametrize(
    ("issued", "outcome"), [("2026-11-01", "met"), ("2026-11-02", "unverified")]
)
def test_a_number_that_was_issued_after_the_day_is_unverified(issued: str, outcome: str) -> None:
    assert judged(enumeration_date=issued)[0] == outcome


def test_a_status_that_is_not_said_is_unverified() -> None:
    assert judged(status=None) == ("unverified", {"record_unreadable"})


def test_an_organization_does_not() -> None:
    assert judged(entity_type="organization") == ("not_met", {"npi_is_organization"})


def test_an_entity_type_that_is_not_said_is_unverified() -> None:
    assert judged(entity_type=None)[0] == "unverified"


@pytest.mark.parametrize(
    "code",
    [
        *("367500000X", "363L00000X", "363A00000X", "111N00000X", "163WP0000X"),
        *("1223X2210X", "213E00000X"),
    ],
)
def test_no_other_profession_is_a_physician(code: str) -> None:
    assert judged(taxonomies=(Taxonomy(code=code),)) == ("not_met", {"not_a_physician"})


def test_one_physician_taxonomy_among_others_is_enough() -> None:
    both = (Taxonomy(code="390200000X"), Taxonomy(code="208VP0014X"))
    assert judged(taxonomies=both)[0] == "met"


def test_without_any_taxonomy_a_member_boards_certificate_shows_a_physician() -> None:
    bare = evidence(registration(taxonomies=()), row=9)
    assert finding(dossier(certificate(), bare), "registration").outcome == "met"
    assert finding(dossier(bare), "registration").outcome == "unverified"


def test_another_boards_certificate_does_not_show_a_physician() -> None:
    bare = evidence(registration(taxonomies=()), row=9)
    other = certificate(board="World Institute of Pain")
    assert finding(dossier(other, bare), "registration").outcome == "unverified"


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (SourceState.FAILED, "source_failed"),
        (SourceState.STALE, "source_stale"),
        (SourceState.SKIPPED, "no_source"),
    ],
)
def test_a_registry_that_did_not_answer_leaves_it_unverified(state: SourceState, code: str) -> None:
    found = finding(
        dossier(reports=(source(EvidenceKind.REGISTRATION, state=state),)), "registration"
    )
    assert (found.outcome, codes(found)) == ("unverified", {code})
    assert found.next_step


def test_a_number_that_a_partial_registry_lacks_is_unverified() -> None:
    case = dossier(evidence=())
    found = finding(case, "registration")
    assert (found.outcome, codes(found)) == ("unverified", {"npi_not_found"})


def test_a_number_that_a_complete_registry_lacks_is_a_negative() -> None:
    case = dossier(evidence=(), reports=sources(registration=Coverage.COMPLETE))
    found = finding(case, "registration")
    assert (found.outcome, codes(found)) == ("not_met", {"npi_not_found"})


def test_without_a_registry_it_is_unverified() -> None:
    found = finding(dossier(evidence=(), reports=()), "registration")
    assert (found.outcome, codes(found)) == ("unverified", {"no_source"})


def test_two_registries_that_disagree_are_unverified() -> None:
    active = evidence(registration(), id_="a")
    gone = evidence(registration(status="deactivated"), id_="b", source="file")
    reports = (*sources(), source(EvidenceKind.REGISTRATION, name="file"))
    found = finding(dossier(active, gone, reports=reports), "registration")
    assert (found.outcome, codes(found)) == ("unverified", {"contradiction"})


def test_a_negative_stands_only_if_no_other_registry_failed() -> None:
    gone = evidence(registration(status="deactivated"), id_="a")
    down = source(EvidenceKind.REGISTRATION, name="other", state=SourceState.FAILED)
    found = finding(dossier(gone, reports=(*sources(), down)), "registration")
    assert found.outcome == "not_met"


def test_another_persons_record_does_not_count() -> None:
    tied = match(Decision.CONFLICT)
    found = finding(dossier(evidence(registration(), tied=tied)), "registration")
    assert (found.outcome, codes(found)) == ("unverified", {"identity_conflict"})
