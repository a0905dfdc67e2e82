"""Rule kind ``certification``."""

import datetime as dt
from typing import Any

import msgspec
import pytest

from credcheck.model import Authority, Certificate, Coverage, Decision, EvidenceKind, SourceState
from credcheck.standards.loader import load_standard
from tests.support.build import (
    certificate,
    codes,
    day,
    dossier,
    evidence,
    finding,
    match,
    source,
    sources,
)

REQUIREMENT = "board_certification"


def judged(*records: Certificate, **coverage: Coverage) -> tuple[str, set[str]]:
    found = finding(dossier(*records, reports=sources(**coverage)), REQUIREMENT)
    return found.outcome, codes(found)


def test_a_current_certificate_of_a_member_board_meets_it() -> None:
    assert judged(certificate()) == ("met", {"certificate_current"})


def test_the_expiry_day_itself_still_counts_and_the_day_after_does_not() -> None:
    assert judged(certificate(expires="2026-11-01"))[0] == "met"
    assert judged(certificate(expires="2026-10-31")) == ("not_met", {"certificate_expired"})


@pytest.mark.parametrize("name", ["Pain Medicine", "Pain Management", "pain medicine"])
def test_the_old_name_of_the_certificate_counts(name: str) -> None:
    assert judged(certificate(certificate=name))[0] == "met"


@pytest.mark.parametrize(
    "name", ["Anesthesiology", "Hospice and Palliative Medicine", "Headache Medicine"]
)
def test_another_certificate_does_not(name: str) -> None:
    assert judged(certificate(certificate=name)) == ("not_met", {"certificate_wrong_specialty"})


@pytest.mark.parametrize("name", ["Pain", "Pain Med", "Pain Medicin", "Interventional Pain", "x"])
def test_a_certificate_that_is_not_understood_is_no_other_one(name: str) -> None:
    assert judged(certificate(certificate=name)) == ("unverified", {"not_understood"})


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("Expired", "certificate_expired"),
        ("Lapsed", "certificate_expired"),
        ("Revoked", "certificate_revoked"),
        ("Suspended", "certificate_suspended"),
        ("Inactive", "certificate_inactive"),
        ("Not Certified", "certificate_inactive"),
        ("Not Board Certified", "certificate_inactive"),
        ("Surrendered", "certificate_inactive"),
    ],
)
def test_the_status_outranks_dates_that_look_current(status: str, code: str) -> None:
    assert judged(certificate(status=status)) == ("not_met", {code})


@pytest.mark.parametrize(
    "status", ["", "Certified?", "Certified*", "Probation", "C", "Certified (see note)"]
)
def test_a_status_that_is_not_known_is_unverified(status: str) -> None:
    assert judged(certificate(status=status)) == ("unverified", {"not_understood"})


def test_a_continuous_certificate_needs_no_expiry() -> None:
    assert judged(certificate(expires=None, duration="continuous"))[0] == "met"


@pytest.mark.parametrize(
    ("board", "issued", "found"),
    [
        (
            "American Osteopathic Board of Anesthesiology",
            "1999-05-01",
            ("met", "certificate_current"),
        ),
        (
            "American Osteopathic Board of Anesthesiology",
            "2012-05-01",
            ("unverified", "impossible"),
        ),
        ("American Board of Anesthesiology", "1999-05-01", ("unverified", "impossible")),
    ],
)
def test_a_lifetime_certificate_is_one_of_a_board_that_gave_them(
    board: str, issued: str, found: tuple[str, str]
) -> None:
    lifetime = certificate(board=board, issued=issued, expires=None, duration="time_unlimited")
    assert judged(lifetime) == (found[0], {found[1]})


@pytest.mark.parametrize(
    "board",
    [
        *("American Board of Internal Medicine", "American Board of Surgery"),
        *("American Board of Preventive Medicine", "American Osteopathic Board of Proctology"),
    ],
)
def test_a_board_that_issues_no_such_certificate_is_a_contradiction(board: str) -> None:
    assert judged(certificate(board=board)) == ("unverified", {"impossible"})


def test_a_certificate_of_before_the_boards_first_is_a_contradiction() -> None:
    early = certificate(board="American Board of Emergency Medicine", issued="2001-09-10")
    assert judged(early) == ("unverified", {"impossible"})


@pytest.mark.parametrize(
    "changes",
    [
        {"issued": "2026-12-31", "expires": "2016-09-10"},
        {"issued": "2026-10-25", "verified_on": "2026-10-20"},
        {"verified_on": "2062-10-20"},
    ],
)
def test_dates_that_cannot_be_are_a_contradiction(changes: Any) -> None:
    outcome, found = judged(certificate(**changes))
    assert (outcome, "impossible" in found) == ("unverified", True)


@pytest.mark.parametrize("duration", [None, "time_limited"])
def test_a_missing_expiry_is_unverified_otherwise(duration: str | None) -> None:
    missing = certificate(expires=None, duration=duration)
    assert judged(missing) == ("unverified", {"certificate_dates_unknown"})


@pytest.mark.parametrize("duration", [None, "continuous", "time_unlimited"])
def test_certified_with_a_past_date_is_a_contradiction_unless_time_limited(
    duration: str | None,
) -> None:
    past = certificate(expires="2020-12-31", duration=duration, status="Active")
    outcome, found = judged(past)
    assert (outcome, "contradiction" in found) == ("unverified", True)


def test_a_certificate_issued_after_the_day_is_not_yet_effective() -> None:
    later = certificate(issued="2026-11-02")
    assert judged(later) == ("not_met", {"certificate_not_yet_effective"})


@pytest.mark.parametrize("changes", [{"issued": "2026"}, {"expires": "2026"}])
def test_a_date_known_only_to_the_year_that_decides_is_unverified(changes: Any) -> None:
    assert judged(certificate(**changes)) == ("unverified", {"certificate_dates_unknown"})


@pytest.mark.parametrize("changes", [{"issued": "2016"}, {"expires": "2027"}, {"issued": None}])
def test_a_vague_date_that_does_not_decide_is_no_matter(changes: Any) -> None:
    assert judged(certificate(**changes))[0] == "met"


def test_a_current_certificate_wins_over_an_expired_one() -> None:
    old = certificate(status="Expired", issued="2006-01-01", expires="2016-01-01")
    assert judged(old, certificate()) == ("met", {"certificate_current"})


@pytest.mark.parametrize("status", ["Revoked", "Suspended"])
def test_a_current_certificate_does_not_win_over_a_revocation_of_it(status: str) -> None:
    assert judged(certificate(), certificate(status=status)) == ("unverified", {"contradiction"})


@pytest.mark.parametrize("status", ["Revoked", "Surrendered", "Retired", "Inactive", "Probation"])
def test_a_loss_has_no_day_so_it_stands_against_a_later_certificate_too(status: str) -> None:
    lost = certificate(status=status, issued="2001-01-01")
    outcome, found = judged(lost, certificate())
    assert (outcome, "contradiction" in found) == ("unverified", True)


@pytest.mark.parametrize("status", ["Revoked", "Suspended", "Retired"])
def test_a_loss_without_a_day_says_nothing_of_an_earlier_day(status: str) -> None:
    found = finding(dossier(certificate(status=status)), REQUIREMENT, as_of=dt.date(2018, 1, 1))
    assert found.outcome == "unverified"


def test_expired_leaves_an_earlier_day_to_the_dates() -> None:
    ended = certificate(status="Expired", expires="2020-12-31")
    assert finding(dossier(ended), REQUIREMENT, as_of=dt.date(2018, 1, 1)).outcome == "met"
    assert finding(dossier(ended), REQUIREMENT).outcome == "not_met"


def test_one_term_that_ends_on_two_days_is_a_contradiction() -> None:
    other = certificate(expires="2020-12-31")
    outcome, found = judged(certificate(), other)
    assert (outcome, "contradiction" in found) == ("unverified", True)
    renewed = certificate(expires="2016-09-09", issued="2006-09-10")
    assert judged(certificate(), renewed)[0] == "met"


def test_another_boards_revocation_is_another_certificate() -> None:
    other = certificate(
        status="Revoked", board="American Board of Physical Medicine and Rehabilitation"
    )
    assert judged(other, certificate())[0] == "met"


@pytest.mark.parametrize("row", [{"moc": "No"}, {"status": "Certified, not in MOC"}])
def test_not_in_moc_is_a_remark(row: Any) -> None:
    assert judged(certificate(**row)) == ("met", {"certificate_current", "not_in_moc"})


@pytest.mark.parametrize(
    "board",
    [
        *("American Board of Pain Medicine", "American Board of Interventional Pain Physicians"),
        *("World Institute of Pain", "American Board of Physician Specialties"),
        *("ABIPP", "NBPAS", "American Board of Pain Medicine, Inc."),
    ],
)
def test_other_boards_are_reported_and_not_counted(board: str) -> None:
    assert judged(certificate(board=board)) == ("not_met", {"board_not_recognized"})


@pytest.mark.parametrize(
    "board",
    ["ABPM", "ABPS", "American Board of Pain Mgmt", "American Bd of Anesthesiologists", "", "Pain"],
)
def test_a_board_that_is_not_understood_is_unverified(board: str) -> None:
    assert judged(certificate(board=board)) == ("unverified", {"not_understood"})


@pytest.mark.parametrize(
    "board",
    [
        *("American Board of Anesthesiology (ABA)", "The American Board of Anesthesiology, Inc."),
        *("ABA - American Board of Anesthesiology", "aba", "#American Board of Anesthesiology"),
        *("ABMS - American Board of Anesthesiology", "American Board of Anesthesiology | ABMS"),
    ],
)
def test_a_board_is_understood_with_plain_damage(board: str) -> None:
    assert judged(certificate(board=board)) == ("met", {"certificate_current"})


def test_an_aoa_certificate_counts_where_the_standard_says_so() -> None:
    case = dossier(certificate(board="American Osteopathic Board of Anesthesiology"))
    assert finding(case, REQUIREMENT).outcome == "met"
    strict = load_standard("interventional-pain-abms")
    assert codes(finding(case, REQUIREMENT, strict)) == {"board_not_recognized"}


def test_absence_is_a_negative_only_in_a_complete_listing() -> None:
    assert judged() == ("not_met", {"not_listed"})
    partial = judged(certificate=Coverage.PARTIAL)
    assert partial == ("unverified", {"not_found_in_partial_source"})


@pytest.mark.parametrize(
    "other",
    [certificate(certificate="Anesthesiology"), certificate(board="World Institute of Pain")],
)
def test_another_certificate_says_nothing_in_a_partial_listing(other: Certificate) -> None:
    partial = judged(other, certificate=Coverage.PARTIAL)
    assert partial == ("unverified", {"not_found_in_partial_source"})


def test_a_found_negative_is_a_negative_in_a_partial_listing_too() -> None:
    revoked = certificate(status="Revoked")
    assert judged(revoked, certificate=Coverage.PARTIAL)[0] == "not_met"


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (SourceState.FAILED, "source_failed"),
        (SourceState.STALE, "source_stale"),
        (SourceState.SKIPPED, "no_source"),
    ],
)
def test_a_source_that_was_not_usable_makes_it_unverified(state: SourceState, code: str) -> None:
    case = dossier(certificate(), reports=(source(EvidenceKind.CERTIFICATE, state=state),))
    found = finding(case, REQUIREMENT)
    assert (found.outcome, codes(found)) == ("unverified", {code})


def test_another_source_can_make_up_for_a_failed_one() -> None:
    reports = (
        source(EvidenceKind.CERTIFICATE, state=SourceState.FAILED),
        source(EvidenceKind.CERTIFICATE, name="profile"),
    )
    case = dossier(evidence(certificate(), source="profile"), reports=reports)
    assert finding(case, REQUIREMENT).outcome == "met"


def test_without_any_source_it_is_unverified() -> None:
    found = finding(dossier(reports=()), REQUIREMENT)
    assert (found.outcome, codes(found)) == ("unverified", {"no_source"})
    assert found.next_step is not None
    assert "board" in found.next_step


@pytest.mark.parametrize(
    ("decision", "code"),
    [(Decision.AMBIGUOUS, "identity_ambiguous"), (Decision.CONFLICT, "identity_conflict")],
)
def test_a_row_that_may_be_another_persons_is_a_gap(decision: Decision, code: str) -> None:
    found = finding(dossier(evidence(certificate(), tied=match(decision))), REQUIREMENT)
    assert (found.outcome, code in codes(found)) == ("unverified", True)


def test_a_doubtful_row_that_could_not_meet_it_changes_nothing() -> None:
    other = evidence(certificate(certificate="Anesthesiology"), tied=match(Decision.AMBIGUOUS))
    found = finding(dossier(other), REQUIREMENT)
    assert (found.outcome, codes(found)) == ("not_met", {"not_listed"})


def test_a_row_that_cannot_be_read_is_a_gap() -> None:
    unread = evidence(None, kind=EvidenceKind.CERTIFICATE, problem="has 5 fields", row=9)
    found = finding(dossier(unread), REQUIREMENT)
    assert (found.outcome, codes(found)) == ("unverified", {"record_unreadable"})


def test_a_row_that_cannot_be_read_at_all_may_undo_a_current_certificate() -> None:
    unread = evidence(None, kind=EvidenceKind.CERTIFICATE, problem="has 5 fields", row=9)
    found = finding(dossier(certificate(), unread), REQUIREMENT)
    assert (found.outcome, codes(found)) == ("unverified", {"contradiction", "record_unreadable"})


def test_a_self_reported_certificate_is_unverified() -> None:
    said = evidence(certificate(), authority=Authority.SELF_REPORTED)
    found = finding(dossier(said), REQUIREMENT)
    assert (found.outcome, codes(found)) == ("unverified", {"self_reported"})


def test_a_row_verified_too_long_ago_is_stale() -> None:
    assert judged(certificate(verified_on="2026-07-05"))[0] == "met"
    assert judged(certificate(verified_on="2026-07-03")) == ("unverified", {"source_stale"})
    assert judged(certificate(verified_on="2026"))[0] == "unverified"


def test_a_stale_row_is_no_negative_either() -> None:
    old = certificate(status="Suspended", verified_on="2019-05-01")
    assert judged(old) == ("unverified", {"source_stale"})


def test_a_certificate_that_had_to_be_verified_again_is_stale() -> None:
    due = certificate(expires=None, duration="continuous", reverify_by="2026-04-01")
    assert judged(due) == ("unverified", {"source_stale"})
    assert judged(msgspec.structs.replace(due, reverify_by=day("2027-04-01")))[0] == "met"


@pytest.mark.parametrize("state", [SourceState.STALE, SourceState.SKIPPED])
def test_a_loss_in_a_list_that_cannot_prove_raises_doubt(state: SourceState) -> None:
    reports = (
        source(EvidenceKind.CERTIFICATE),
        source(EvidenceKind.CERTIFICATE, name="second", state=state),
    )
    lost = evidence(certificate(status="Revoked"), source="second", row=2)
    found = finding(dossier(certificate(), lost, reports=reports), REQUIREMENT)
    assert (found.outcome, "contradiction" in codes(found)) == ("unverified", True)


def test_a_stale_positive_never_softens_a_fresh_loss() -> None:
    reports = (
        source(EvidenceKind.CERTIFICATE),
        source(EvidenceKind.CERTIFICATE, name="old", state=SourceState.STALE),
    )
    held = evidence(certificate(), source="old")
    lost = evidence(certificate(status="Revoked"), row=2)
    found = finding(dossier(lost, held, reports=reports), REQUIREMENT)
    assert found.outcome in {"not_met", "unverified"}
    assert "certificate_revoked" in {r.code for step in found.steps for r in step.reasons}


def test_an_issuers_complete_list_that_lacks_it_contradicts_another_list() -> None:
    reports = (
        source(EvidenceKind.CERTIFICATE, scope=("ABA/pain_medicine",)),
        source(EvidenceKind.CERTIFICATE, name="vendor", coverage=Coverage.PARTIAL),
    )
    said = evidence(certificate(), source="vendor", authority=Authority.SECONDARY)
    found = finding(dossier(said, reports=reports), REQUIREMENT)
    assert (found.outcome, "contradiction" in codes(found)) == ("unverified", True)
    silent = (source(EvidenceKind.CERTIFICATE, scope=("ABA/anesthesiology",)), reports[1])
    assert finding(dossier(said, reports=silent), REQUIREMENT).outcome == "met"
