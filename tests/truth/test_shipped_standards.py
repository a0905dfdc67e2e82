"""Every shipped standard: what is proven against somebody never leads to ``meets``.

The people are those of the standards' own cases who meet them, by each of their paths.
"""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from credcheck.cases.dossier import build_dossier
from credcheck.cases.runner import StandardCase, find_cases, load_cases, run_cases
from credcheck.checker import check
from credcheck.model import (
    Authority,
    Coverage,
    Dossier,
    EvidenceKind,
    Exclusion,
    License,
    Licensure,
    Record,
    SourceState,
    Verdict,
)
from credcheck.standards.loader import list_shipped, list_unprotected, load_standard
from tests.paths.standards import TWO_PATHS, load
from tests.support.build import day, evidence, match, source
from tests.support.examples import examples

STANDARDS = {name: load_standard(name) for name in list_shipped()}
AS_OF = dt.date(2026, 11, 1)
STATES = ("TN", "OK", "MO", "OH", "NY")

LOST = st.sampled_from(["Revoked", "REVOKED", "Suspended", "Suspended by board", "Surrendered"])
ODD = st.sampled_from(["Active?", "Actv", "Active - see file", "In process", "Hearing set"])
ORDERS = st.sampled_from(["Under board order", "Public reprimand", "Probation", "Yes", "26-0034"])
SINCE = st.sampled_from([None, day("2019-05-01"), day("2025"), day("2026-11-01")])


def meeting(name: str) -> list[StandardCase]:
    """Return the cases of a standard that meet it."""
    cases = load_cases(find_cases(name), STANDARDS[name]).cases
    return [each for each in cases if each.expect == "meets" and each.as_of is None]


MEETING = [(name, case) for name in STANDARDS for case in meeting(name)]
PEOPLE = st.sampled_from(MEETING)


def license_(**changes: Any) -> Licensure:
    usual = {"number": "35.1", "state": "OH", "status": "Active", "expires": day("2027-12-31")}
    return Licensure(**{**usual, **changes})


losses = st.builds(
    license_, state=st.sampled_from(STATES), status=LOST, status_on=SINCE, order=st.just("")
)
exclusions = st.builds(
    Exclusion,
    exclusion_type=st.sampled_from(["1128a1", ""]),
    excluded_on=st.sampled_from([day("2019-05-01"), day("2026-11-01")]),
    state=st.sampled_from(["", *STATES]),
)
unclear = st.one_of(
    st.builds(license_, state=st.sampled_from(STATES), status=ODD),
    st.builds(license_, state=st.sampled_from(STATES), order=ORDERS),
    st.builds(license_, state=st.sampled_from(STATES), status=st.just("Restricted")),
)
harms = st.one_of(
    losses.map(lambda x: (EvidenceKind.LICENSE, x)),
    exclusions.map(lambda x: (EvidenceKind.EXCLUSION, x)),
    exclusions.map(lambda x: (EvidenceKind.STATE_EXCLUSION, x)),
    exclusions.map(lambda x: (EvidenceKind.REVOCATION, x)),
)


def add(case: Dossier, kind: EvidenceKind, record: Record, **changes: Any) -> Dossier:
    """Return a dossier with one more list, which has one row of this person."""
    authority = changes.pop("authority", Authority.PRIMARY)
    tied = match(by=changes.pop("by", "npi"))
    scope = tuple(filter(None, [getattr(record, "state", "")]))
    report = source(kind, name="second", scope=scope, **changes)
    report = replace(report, authority=authority, as_of=AS_OF)
    item = evidence(record, row=99, source="second", authority=authority, tied=tied)
    if kind is not EvidenceKind.LICENSE:
        item = evidence(record, row=99, source="second", authority=authority, tied=tied, kind=kind)
    return replace(case, evidence=(*case.evidence, item), sources=(*case.sources, report))


def judge(
    person: tuple[str, StandardCase], harm: tuple[EvidenceKind, Record], **how: Any
) -> Verdict:
    name, case = person
    return check(add(build_dossier(case, AS_OF), *harm, **how), STANDARDS[name], AS_OF)


@pytest.mark.parametrize("name", STANDARDS)
def test_every_standard_has_people_who_meet_it(name: str) -> None:
    assert meeting(name)


@pytest.mark.parametrize("name", STANDARDS)
def test_its_cases_hold_and_come_out_in_every_way(name: str) -> None:
    results = run_cases(load_cases(find_cases(name), STANDARDS[name]), STANDARDS[name])
    assert [each.wrong for each in results] == [()] * len(results)
    outcomes = {each.verdict.outcome for each in results}
    assert outcomes == {"meets", "does_not_meet", "unverified"}


@examples(400)
@given(PEOPLE, harms, st.sampled_from(["npi", "license"]))
def test_what_is_proven_against_somebody_is_never_passed_over(
    person: tuple[str, StandardCase], harm: tuple[EvidenceKind, Record], by: str
) -> None:
    assert judge(person, harm, by=by).outcome == "does_not_meet"


@examples(400)
@given(
    PEOPLE,
    st.one_of(harms, unclear.map(lambda x: (EvidenceKind.LICENSE, x))),
    st.sampled_from(list(Authority)),
    st.sampled_from([SourceState.OK, SourceState.STALE, SourceState.SKIPPED]),
    st.sampled_from(list(Coverage)),
)
def test_whoever_says_it_and_however_old_it_is_a_doubt_at_least(
    person: tuple[str, StandardCase],
    harm: tuple[EvidenceKind, Record],
    authority: Authority,
    state: SourceState,
    coverage: Coverage,
) -> None:
    made = judge(person, harm, authority=authority, state=state, coverage=coverage)
    assert made.outcome != "meets"


@pytest.mark.parametrize(
    "changes",
    [{"status": "Active - see file"}, {"order": "Under board order"}, {"status": "Probation"}],
)
@pytest.mark.parametrize("name", STANDARDS)
def test_an_order_and_an_unknown_word_need_a_person(name: str, changes: dict[str, str]) -> None:
    for case in meeting(name):
        harm = (EvidenceKind.LICENSE, license_(**changes))
        assert judge((name, case), harm).outcome == "unverified"


@pytest.mark.parametrize("name", STANDARDS)
def test_a_deactivated_number_never_meets(name: str) -> None:
    for case in meeting(name):
        gone = replace(case, person=replace(case.person, is_active=False))
        made = check(build_dossier(gone, AS_OF), STANDARDS[name], AS_OF)
        assert made.outcome == "does_not_meet"


@pytest.mark.parametrize("name", STANDARDS)
def test_an_active_license_takes_nothing_away(name: str) -> None:
    for case in meeting(name):
        assert judge((name, case), (EvidenceKind.LICENSE, license_())).outcome == "meets"


@pytest.mark.parametrize("name", STANDARDS)
def test_it_protects_everybody(name: str) -> None:
    """By the rules, so that a standard that is shipped tomorrow cannot leave one out."""
    assert list_unprotected(STANDARDS[name]) == ()


def test_a_standard_that_leaves_one_out_is_told(tmp_path: Path) -> None:
    own = load(tmp_path, TWO_PATHS)
    assert list_unprotected(own) == ("license", "state_exclusion", "revocation")


class TestALicenseOfTheStateItself:
    """A standard of one state: what the registry says of a license gives way to the state's list."""

    CASE = next(x for x in meeting("us-tn-63-6-244") if x.person.licenses == {"TN": "45001"})

    def judged(self, *rows: Licensure, practice: str = "KY") -> Verdict:
        """Judge somebody who practices elsewhere, with a license there, by Tennessee's law."""
        own = replace(self.CASE.person, state=practice, licenses={"TN": "45001", "KY": "1"})
        case = replace(self.CASE, person=own, state_licenses=rows)
        return check(build_dossier(case, AS_OF), STANDARDS["us-tn-63-6-244"], AS_OF)

    def test_one_that_ran_out_there_is_not_made_good_by_another_state(self) -> None:
        active = license_(number="1", state="KY")
        for status in ("Expired", "Lapsed", "Retired"):
            gone = license_(number="45001", state="TN", status=status, expires=day("2025-01-31"))
            made = self.judged(active, gone)
            assert made.outcome == "unverified"
            (found,) = (x for x in made.findings if x.requirement == "registered_license")
            assert found.outcome == "unverified"
            assert "TN license 45001" in found.reasons[0].message

    def test_one_that_the_state_lists_as_active_is_more_than_the_own_word(self) -> None:
        made = self.judged(license_(number="45001", state="TN"), license_(number="1", state="KY"))
        assert made.outcome == "meets"
        (found,) = (x for x in made.findings if x.requirement == "registered_license")
        assert "self_reported" not in {str(x.code) for x in found.reasons}

    def test_an_earlier_license_of_the_state_does_not_matter_beside_a_later_one(self) -> None:
        training = license_(number="T-9", state="TN", status="Expired", expires=day("2015-06-30"))
        made = self.judged(training, license_(number="45001", state="TN"), practice="TN")
        assert made.outcome == "meets"


def test_registry_licenses_are_as_the_case_says() -> None:
    case = TestALicenseOfTheStateItself.CASE
    physician = build_dossier(case, AS_OF).physician
    assert physician is not None
    assert physician.licenses == (License(number="45001", state="TN"),)
