"""Rule kind ``exclusion``."""

import datetime as dt
from typing import Any

import pytest

from credcheck.model import Coverage, Decision, EvidenceKind, Place, SourceState
from tests.support.build import (
    AS_OF,
    codes,
    dossier,
    evidence,
    exclusion,
    finding,
    match,
    physician,
    source,
    sources,
)

BY_NAME = match(Decision.AMBIGUOUS, by="name", why="only the name agrees")


def judged(*items: Any, **changes: Any) -> tuple[str, set[str]]:
    found = finding(dossier(*items, **changes), "not_excluded")
    return found.outcome, codes(found)


def test_absence_from_the_complete_list_meets_it() -> None:
    assert judged() == ("met", {"not_excluded"})


def test_absence_from_a_partial_list_tells_nothing() -> None:
    partial = sources(exclusion=Coverage.PARTIAL)
    assert judged(reports=partial) == ("unverified", {"not_found_in_partial_source"})


@pytest.mark.parametrize(("days", "outcome"), [(45, "met"), (46, "unverified")])
def test_absence_from_a_list_of_long_after_the_day_tells_nothing(days: int, outcome: str) -> None:
    """Whoever was reinstated since is in it no more."""
    later = source(EvidenceKind.EXCLUSION, max_age_days=45, as_of=AS_OF + dt.timedelta(days))
    others = [each for each in sources() if each.kinds != later.kinds]
    assert judged(reports=[*others, later])[0] == outcome


@pytest.mark.parametrize("damage", [{"torn": "row 9 breaks off"}, {"nameless": 1}])
def test_absence_needs_every_list_whole_that_is_to_be_complete(damage: Any) -> None:
    """Another list that is whole does not answer for it."""
    other = source(EvidenceKind.EXCLUSION, name="sam", **damage)
    assert judged(reports=(*sources(), other)) == ("unverified", {"source_damaged"})
    partial = source(EvidenceKind.EXCLUSION, name="sam", coverage=Coverage.PARTIAL, **damage)
    assert judged(reports=(*sources(), partial))[0] == "met"


def test_a_reinstatement_that_may_be_to_come_is_unverified() -> None:
    assert judged(exclusion(reinstated_on="2026")) == ("unverified", {"possible_exclusion"})
    assert judged(exclusion(reinstated_on="2027"))[0] == "not_met"


def test_a_row_with_the_npi_decides() -> None:
    assert judged(exclusion()) == ("not_met", {"excluded"})


@pytest.mark.parametrize("tied", [BY_NAME, match(Decision.MATCH, by="name")])
def test_a_row_with_the_name_alone_is_a_possible_exclusion(tied: Any) -> None:
    found = judged(evidence(exclusion(), tied=tied))
    assert found == ("unverified", {"possible_exclusion"})


def test_a_row_with_the_npi_and_another_name_is_a_conflict() -> None:
    found = judged(evidence(exclusion(), tied=match(Decision.CONFLICT)))
    assert found == ("unverified", {"identity_conflict"})


def test_a_reinstated_person_is_not_excluded() -> None:
    found = judged(exclusion(reinstated_on="2024-01-01"))
    assert found == ("met", {"not_excluded", "reinstated"})


def test_a_reinstatement_after_the_day_does_not_count_yet() -> None:
    assert judged(exclusion(reinstated_on="2026-11-02"))[0] == "not_met"


def test_an_exclusion_after_the_day_is_not_in_force_yet() -> None:
    assert judged(exclusion(excluded_on="2026-11-02"))[0] == "met"


@pytest.mark.parametrize("vague", ["2026", "2026-11"])
def test_whether_an_exclusion_in_the_year_of_the_day_had_begun_is_not_said(vague: str) -> None:
    assert judged(exclusion(excluded_on=vague)) == ("unverified", {"possible_exclusion"})


def test_reinstated_before_it_was_excluded_is_a_contradiction() -> None:
    turned = exclusion(excluded_on="2023-05-19", reinstated_on="2019-01-01")
    assert judged(turned) == ("unverified", {"contradiction"})


@pytest.mark.parametrize("state", [SourceState.STALE, SourceState.SKIPPED])
def test_an_exclusion_in_a_list_that_cannot_prove_raises_doubt(state: SourceState) -> None:
    reports = (
        source(EvidenceKind.EXCLUSION),
        source(EvidenceKind.EXCLUSION, name="second", state=state),
    )
    listed = evidence(exclusion(), source="second")
    assert finding(dossier(listed, reports=reports), "not_excluded").outcome == "unverified"


@pytest.mark.parametrize("damage", [{"torn": "row 9 breaks off"}, {"nameless": 1}])
def test_absence_shows_nothing_in_a_list_that_is_not_whole(damage: Any) -> None:
    reports = (source(EvidenceKind.EXCLUSION, **damage),)
    found = finding(dossier(reports=reports), "not_excluded")
    assert (found.outcome, codes(found)) == ("unverified", {"source_damaged"})
    listed = finding(dossier(exclusion(), reports=reports), "not_excluded")
    assert listed.outcome == "not_met"


class TestWaiver:
    """A waiver holds in one state only."""

    WAIVED: dict[str, Any] = {"waiver_on": "2024-01-01", "waiver_state": "OH"}

    def test_where_the_person_works_in_that_state_alone_a_person_must_look(self) -> None:
        assert judged(exclusion(**self.WAIVED)) == ("unverified", {"waiver"})

    def test_elsewhere_the_exclusion_holds(self) -> None:
        both = physician(places=(Place(state="OH"), Place(state="KY")))
        found = judged(exclusion(**self.WAIVED), person=both)
        assert found == ("not_met", {"excluded", "waiver"})


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (SourceState.FAILED, "source_failed"),
        (SourceState.STALE, "source_stale"),
        (SourceState.SKIPPED, "no_source"),
    ],
)
def test_a_list_that_was_not_usable_is_never_clear(state: SourceState, code: str) -> None:
    reports = (source(EvidenceKind.EXCLUSION, state=state),)
    assert judged(reports=reports) == ("unverified", {code})


def test_one_list_that_failed_leaves_it_unverified_though_another_is_clear() -> None:
    reports = (
        source(EvidenceKind.EXCLUSION),
        source(EvidenceKind.EXCLUSION, name="state", state=SourceState.FAILED),
    )
    assert judged(reports=reports) == ("unverified", {"source_failed"})


def test_an_exclusion_stands_though_another_list_failed() -> None:
    reports = (
        source(EvidenceKind.EXCLUSION),
        source(EvidenceKind.EXCLUSION, name="state", state=SourceState.FAILED),
    )
    assert judged(exclusion(), reports=reports) == ("not_met", {"excluded"})


def test_without_a_list_it_is_never_clear() -> None:
    assert judged(reports=()) == ("unverified", {"no_source"})


def test_a_row_that_cannot_be_read_is_never_passed_over() -> None:
    unread = evidence(None, kind=EvidenceKind.EXCLUSION, problem="EXCLDATE gives no day")
    assert judged(unread) == ("unverified", {"record_unreadable"})
