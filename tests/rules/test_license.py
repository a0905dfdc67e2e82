"""Rule kind ``license``: a physician whose license was revoked must not meet the standard."""

import datetime as dt
from typing import Any

import pytest

from credcheck.model import (
    Authority,
    Coverage,
    Decision,
    EvidenceKind,
    License,
    Licensure,
    Place,
    Query,
    SourceState,
    Taxonomy,
    VerdictOutcome,
)
from tests.support.build import (
    AS_OF,
    NPI,
    codes,
    day,
    dossier,
    evidence,
    good,
    match,
    physician,
    source,
    sources,
    verdict,
)

BY_LICENSE = match(by="license")
DATES = ("status_on", "issued", "expires", "order_on", "order_ended_on")


def license_(**changes: Any) -> Licensure:
    usual = {"number": "35.1", "state": "OH", "status": "Active", "expires": "2027-04-01"} | changes
    made: dict[str, Any] = {k: day(v) if k in DATES and v else v for k, v in usual.items()}
    return Licensure(**made)


def row(at: int = 1, tied: Any = BY_LICENSE, **changes: Any) -> Any:
    more = {k: changes.pop(k) for k in ("source", "authority", "problem") if k in changes}
    return evidence(license_(**changes), tied=tied, row=at, **more)


def asked(scope: tuple[str, ...] = ("OH",), **changes: Any) -> Any:
    changes = {"coverage": Coverage.PARTIAL, **changes}
    return (*sources(), source(EvidenceKind.LICENSE, scope=scope, **changes))


def judged(*items: Any, reports: Any = None, **changes: Any) -> tuple[str, set[str]] | None:
    numbered = [*good(), *items]
    case = dossier(*numbered, reports=reports or asked(), **changes)
    found = {x.requirement: x for x in verdict(case).findings}
    each = found.get("license")
    return (each.outcome, codes(each)) if each else None


def test_a_revoked_license_never_meets_the_standard() -> None:
    case = dossier(*good(), row(9, status="Revoked"), reports=asked())
    assert verdict(case).outcome is VerdictOutcome.DOES_NOT_MEET


def test_an_active_license_meets_it_and_the_state_is_named() -> None:
    case = dossier(*good(), row(9), reports=asked())
    found = next(x for x in verdict(case).findings if x.requirement == "license")
    assert (found.outcome, codes(found)) == ("met", {"license_active"})
    assert "OH (licenses of 2026-11-01)" in found.reasons[0].message


def test_without_a_source_there_is_no_finding_and_no_block() -> None:
    made = verdict(dossier(*good()))
    assert made.outcome is VerdictOutcome.MEETS
    assert "license" not in {x.requirement for x in made.findings}


def test_a_state_that_was_asked_and_has_no_row_is_silent() -> None:
    assert judged() is None


def test_a_whole_list_that_lacks_the_known_number_is_a_doubt() -> None:
    found = judged(reports=asked(coverage=Coverage.COMPLETE))
    assert found == ("unverified", {"license_unknown"})


@pytest.mark.parametrize(
    "status",
    ["Expired", "SURRENDERED  ", "Suspended", " revoked", "Not licensed", "Voluntary surrender"],
)
def test_not_active_is_not_met(status: str) -> None:
    expires = "2026-10-01" if status == "Expired" else "2027-04-01"
    found = judged(row(9, status=status, expires=expires))
    assert found == ("not_met", {"license_not_active"})


@pytest.mark.parametrize(
    "status",
    ["Inactive", "RETIRED", "Lapsed", "Delinquent ", "Not renewed", "Cancelled", "Deceased"],
)
def test_what_states_use_differently_is_neither_met_nor_a_negative(status: str) -> None:
    assert judged(row(9, status=status)) == ("unverified", {"license_not_active"})
    there = row(9, state="TX", number="J1", status=status)
    assert judged(row(8), there, reports=asked(("OH", "TX"))) == ("met", {"license_active"})


def test_an_inactive_license_whose_own_end_has_passed_is_not_active() -> None:
    found = judged(row(9, status="Inactive", expires="2019-01-01"))
    assert found == ("not_met", {"license_not_active"})


@pytest.mark.parametrize(
    "status",
    [
        *("Active - Probation", "ACTIVE WITH CONDITIONS", "Limited", "Active, Restricted"),
        *("Pending", "Expired - renewal in process", "Suspended - stayed", "Revoked; stayed"),
        *(
            "Current",
            "Clear",
            "Active - Inactive",
            "Temporary",
            "Active/Expired",
            "Revocation pending",
        ),
    ],
)
def test_a_qualified_word_is_not_its_first_word(status: str) -> None:
    found = judged(row(9, status=status))
    assert found is not None
    assert found[0] == "unverified"


def test_a_word_that_is_not_understood_is_quoted_with_what_to_do() -> None:
    case = dossier(*good(), row(9, status="Actv"), reports=asked())
    found = next(x for x in verdict(case).findings if x.requirement == "license")
    assert codes(found) == {"not_understood"}
    assert "'Actv'" in found.reasons[0].message
    assert "value_map" in (found.next_step or "")


@pytest.mark.parametrize(
    ("status", "reason", "outcome", "code"),
    [
        ("Active", "CURRENT", "met", "license_active"),
        ("Active", "Probation", "unverified", "license_restricted"),
        ("Active", "See public file", "unverified", "not_understood"),
        ("Active", "Revoked", "unverified", "contradiction"),
        ("INACTIVE", "LAPSED DUE TO NON-RENEWAL", "not_met", "license_not_active"),
        ("INACTIVE", "Surrendered", "not_met", "license_not_active"),
        ("Inactive", "Retired", "unverified", "license_not_active"),
        ("Expired", "Renewal in process", "unverified", "not_understood"),
        ("Expired", "Active", "unverified", "contradiction"),
        ("Revoked", "Fraud in obtaining it", "not_met", "license_not_active"),
    ],
)
def test_what_stands_beside_the_status_counts(
    status: str, reason: str, outcome: str, code: str
) -> None:
    expires = None if status.upper() == "INACTIVE" else "2027-04-01"
    if status == "Expired":
        expires = "2026-10-01"
    found = judged(row(9, status=status, status_reason=reason, expires=expires))
    assert found == (outcome, {code})


@pytest.mark.parametrize(
    "kind", ["Physician In Training", "TEMPORARY PHYSICIAN", "Residency License", "MD (Volunteer)"]
)
def test_a_license_of_a_limited_type_needs_a_person(kind: str) -> None:
    assert judged(row(9, license_type=kind)) == ("unverified", {"license_restricted"})


@pytest.mark.parametrize("kind", ["Physician License", "Physician and Surgeon", "MD", ""])
def test_a_license_of_a_full_type_is_one(kind: str) -> None:
    assert judged(row(9, license_type=kind)) == ("met", {"license_active"})


def test_the_order_and_its_date_are_said() -> None:
    suspended = row(9, status="Suspended", status_on="2026-03-04", order="Order 26-0034")
    case = dossier(*good(), suspended, reports=asked())
    found = next(x for x in verdict(case).findings if x.requirement == "license")
    assert "2026-03-04" in found.reasons[0].message
    assert "Order 26-0034" in found.reasons[0].message


@pytest.mark.parametrize("order", ["Under board order", "Public reprimand", "Yes"])
def test_active_with_an_order_needs_a_person(order: str) -> None:
    assert judged(row(9, order=order)) == ("unverified", {"license_restricted"})


@pytest.mark.parametrize("order", ["NONE", "No", "CLEARED", "COMPLAINT DISMISSED", ""])
def test_no_order_is_clear(order: str) -> None:
    assert judged(row(9, order=order)) == ("met", {"license_active"})


def test_an_order_that_ended_is_history() -> None:
    found = judged(row(9, order="Probation", order_on="2019-01-01", order_ended_on="2020-01-01"))
    assert found == ("met", {"license_active"})


def test_an_order_of_later_than_the_day_does_not_count_yet() -> None:
    assert judged(row(9, order="Probation", order_on="2026-11-09")) == ("met", {"license_active"})


@pytest.mark.parametrize("status", ["Actv", "Active?", "", "Active - see file", "In process"])
def test_a_word_that_is_not_understood_decides_nothing(status: str) -> None:
    found = judged(row(9, status=status))
    assert found is not None
    assert found[0] == "unverified"


def test_active_and_revoked_in_one_row_is_a_contradiction() -> None:
    found = judged(row(9, order="REVOKED"))
    assert found is not None
    assert found[0] == "unverified"


def test_active_after_its_own_end_is_a_contradiction() -> None:
    found = judged(row(9, expires="2026-01-31"))
    assert found is not None
    assert found[0] == "unverified"


def test_two_rows_about_one_license_that_differ_decide_nothing() -> None:
    found = judged(row(8), row(9, status="Revoked"))
    assert found == ("unverified", {"contradiction"})


def test_a_later_term_of_one_license_is_succession() -> None:
    old = row(8, status="Expired", issued="2010-01-01", expires="2020-01-01")
    assert judged(old, row(9, issued="2020-01-02")) == ("met", {"license_active"})


def test_a_license_that_ran_out_in_another_state_does_not_undo_an_active_one() -> None:
    old = row(8, state="TX", number="J1", status="Expired", expires="2019-01-01")
    assert judged(old, row(9), reports=asked(("OH", "TX"))) == ("met", {"license_active"})


def test_a_loss_in_another_state_counts_beside_an_active_license() -> None:
    lost = row(8, state="TX", number="J1", status="Revoked")
    found = judged(lost, row(9), reports=asked(("OH", "TX")))
    assert found == ("not_met", {"license_not_active"})


def test_a_license_that_ran_out_where_the_physician_practices_is_a_doubt() -> None:
    here = row(8, status="Expired", expires="2019-01-01")
    there = row(9, state="TX", number="J1")
    found = judged(here, there, reports=asked(("OH", "TX")))
    assert found == ("unverified", {"license_not_active"})


def test_a_license_that_ran_out_while_another_state_was_not_asked_is_a_doubt() -> None:
    more = Taxonomy(code="207L00000X", license=License(number="J1", state="TX"))
    person = physician()
    person = physician(taxonomies=(*person.taxonomies, more))
    found = judged(row(9, status="Expired", expires="2019-01-01"), person=person)
    assert found == ("unverified", {"license_not_active"})


@pytest.mark.parametrize("tied", [match(by="name"), match(Decision.AMBIGUOUS, by="name")])
def test_a_name_alone_is_never_a_license(tied: Any) -> None:
    assert judged(row(9, tied)) is None
    assert judged(row(9, tied, status="Revoked")) is None


def test_a_decisive_name_with_a_loss_in_a_state_without_known_number_is_a_lead() -> None:
    found = judged(row(9, match(by="name"), state="TX", status="Revoked"))
    assert found == ("unverified", {"license_unknown"})


def test_a_number_of_several_people_decides_nothing() -> None:
    found = judged(row(9, match(Decision.AMBIGUOUS, by="license")))
    assert found == ("unverified", {"identity_ambiguous"})


def test_only_the_state_itself_makes_a_negative() -> None:
    found = judged(row(9, status="Revoked", authority=Authority.SECONDARY))
    assert found == ("unverified", {"license_not_active"})


@pytest.mark.parametrize("state", [SourceState.STALE, SourceState.FAILED])
def test_a_source_that_was_configured_and_cannot_be_used_is_not_silent(state: SourceState) -> None:
    found = judged(reports=asked(state=state))
    assert found is not None
    assert found[0] == "unverified"


UNUSABLE = pytest.mark.parametrize("state", [SourceState.STALE, SourceState.FAILED])


def unusable(state: SourceState, *scope: str) -> Any:
    return source(EvidenceKind.LICENSE, scope=scope, name="other", state=state)


@UNUSABLE
def test_nothing_hangs_on_an_unusable_list_of_a_state_without_a_license_of_the_person(
    state: SourceState,
) -> None:
    other = unusable(state, "WA")
    assert judged(row(9), reports=(*asked(), other)) == ("met", {"license_active"})
    assert judged(reports=(*sources(), other)) is None


@UNUSABLE
@pytest.mark.parametrize("scope", [("OH",), ("OH", "WA"), ()])
def test_it_hangs_on_one_of_a_state_with_a_license_and_of_a_state_that_is_not_known(
    state: SourceState, scope: tuple[str, ...]
) -> None:
    found = judged(row(9), reports=(*asked(), unusable(state, *scope)))
    assert found is not None
    assert found[0] == "unverified"


@UNUSABLE
@pytest.mark.parametrize(
    "changes",
    [
        {"person": physician(taxonomies=(Taxonomy(code="207L00000X"),))},
        {"person": physician(places=(Place(city="SEATTLE", state="WA"),))},
        {"person": physician(state="WA")},
        {"query": Query(npi=NPI, state="wa")},
        {"query": Query(npi=NPI, license_number="1", license_state="Washington")},
    ],
)
def test_whoever_may_have_a_license_there_stays_unverified(
    state: SourceState, changes: dict[str, Any]
) -> None:
    """No license is known, a practice is there, or the query asks for that state."""
    reports = (*asked(), unusable(state, "WA"))
    found = judged(row(9, match()), reports=reports, **changes)
    assert found is not None
    assert found[0] == "unverified"


@UNUSABLE
def test_a_license_that_another_list_has_for_the_person_makes_its_state_count(
    state: SourceState,
) -> None:
    reports = (*asked(), unusable(state, "WA"))
    found = judged(row(9), row(10, match(), number="MD1", state="WA"), reports=reports)
    assert found is not None
    assert found[0] == "unverified"


def test_the_finding_names_the_list_that_could_not_be_used() -> None:
    reports = (*asked(), unusable(SourceState.FAILED, "WA"))
    case = dossier(*good(), row(9), reports=reports)
    (found,) = (x for x in verdict(case).findings if x.requirement == "license")
    assert "other (WA) could not be used" in found.reasons[0].message


def test_a_source_that_was_left_out_is_silent_but_a_loss_in_it_is_a_doubt() -> None:
    reports = asked(state=SourceState.SKIPPED)
    assert judged(reports=reports) is None
    assert judged(row(9), reports=reports) is None
    found = judged(row(9, status="Revoked"), reports=reports)
    assert found is not None
    assert found[0] == "unverified"


def test_a_loss_of_later_than_the_day_says_nothing_of_the_day() -> None:
    later = asked(as_of=AS_OF + dt.timedelta(20))
    found = judged(row(9, status="Revoked"), reports=later)
    assert found == ("unverified", {"license_unknown"})
    dated = judged(row(9, status="Revoked", status_on="2026-10-30"), reports=later)
    assert dated == ("not_met", {"license_not_active"})


def test_a_row_that_cannot_be_read_is_a_doubt() -> None:
    torn = evidence(None, kind=EvidenceKind.LICENSE, tied=BY_LICENSE, problem="shifted", row=9)
    assert judged(torn) == ("unverified", {"record_unreadable"})


def test_what_the_person_says_of_an_own_license_is_silence() -> None:
    assert judged(row(9, authority=Authority.SELF_REPORTED)) is None
    found = judged(row(9, status="Revoked", authority=Authority.SELF_REPORTED))
    assert found == ("unverified", {"license_not_active"})


def test_a_loss_under_a_number_that_one_digit_parts_from_the_own_is_a_doubt() -> None:
    part = {"feature": "license", "ours": "35.1", "theirs": "35.2", "agreement": "partial"}
    near = match(Decision.AMBIGUOUS, by="name", compared=[part])
    found = judged(row(9, near, number="35.2", status="Revoked"))
    assert found == ("unverified", {"license_unknown"})
    assert judged(row(9, near, number="35.2")) is None
