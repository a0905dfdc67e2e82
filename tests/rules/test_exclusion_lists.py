"""Rule kinds ``exclusion``, ``state_exclusion`` and ``revocation`` over many lists."""

from typing import Any

import pytest

from credcheck.model import (
    Authority,
    Coverage,
    Decision,
    EvidenceKind,
    SourceState,
    VerdictOutcome,
)
from tests.support.build import (
    codes,
    dossier,
    evidence,
    exclusion,
    good,
    match,
    source,
    sources,
    verdict,
)

STATE = EvidenceKind.STATE_EXCLUSION
REVOCATION = EvidenceKind.REVOCATION
REQUIREMENTS = {STATE: "state_exclusions", REVOCATION: "medicare_standing"}
HITS = {STATE: "excluded", REVOCATION: "medicare_revoked"}
BLOCKING = pytest.mark.parametrize("kind", [STATE, REVOCATION])


def listed(kind: EvidenceKind, **changes: Any) -> Any:
    more = {k: changes.pop(k) for k in ("tied", "authority", "problem") if k in changes}
    return evidence(exclusion(**changes), kind=kind, row=9, **more)


def asked(kind: EvidenceKind, **changes: Any) -> Any:
    scope = ("TX",) if kind is STATE else ()
    return (*sources(), source(kind, scope=scope, **changes))


def judged(kind: EvidenceKind, *items: Any, **changes: Any) -> tuple[str, set[str], str] | None:
    made = verdict(dossier(*good(), *items, reports=asked(kind, **changes)))
    found = {x.requirement: x for x in made.findings}.get(REQUIREMENTS[kind])
    return (found.outcome, codes(found), found.reasons[0].message) if found else None


@BLOCKING
def test_a_hit_by_number_fails_the_verdict(kind: EvidenceKind) -> None:
    case = dossier(*good(), listed(kind), reports=asked(kind))
    assert verdict(case).outcome is VerdictOutcome.DOES_NOT_MEET
    found = judged(kind, listed(kind))
    assert found is not None
    assert found[:2] == ("not_met", {HITS[kind]})


@BLOCKING
def test_a_hit_by_number_in_a_copy_of_the_list_is_a_doubt(kind: EvidenceKind) -> None:
    found = judged(kind, listed(kind, authority=Authority.SECONDARY))
    assert found is not None
    assert found[:2] == ("unverified", {HITS[kind]})


@BLOCKING
@pytest.mark.parametrize("decision", [Decision.MATCH, Decision.AMBIGUOUS])
def test_a_hit_by_name_is_a_doubt(kind: EvidenceKind, decision: Decision) -> None:
    found = judged(kind, listed(kind, tied=match(decision, by="name", why="the name")))
    assert found is not None
    assert found[:2] == ("unverified", {"possible_exclusion"})


@BLOCKING
def test_an_entry_that_ended_is_history_and_said(kind: EvidenceKind) -> None:
    found = judged(kind, listed(kind, ends_on="2025-01-01"))
    assert found is not None
    assert found[:2] == ("met", {"not_excluded", "entry_ended"})


@BLOCKING
def test_an_entry_that_ends_later_is_in_force(kind: EvidenceKind) -> None:
    found = judged(kind, listed(kind, ends_on="2027-01-01"))
    assert found is not None
    assert found[0] == "not_met"


@BLOCKING
@pytest.mark.parametrize("vague", ["2026-11-01", "2026", "2026-11"])
def test_whether_an_entry_that_ends_about_the_day_is_over_is_not_said(
    kind: EvidenceKind, vague: str
) -> None:
    found = judged(kind, listed(kind, ends_on=vague))
    assert found is not None
    assert found[0] == "unverified"


@BLOCKING
def test_an_end_before_the_beginning_is_a_contradiction(kind: EvidenceKind) -> None:
    found = judged(kind, listed(kind, ends_on="2020-01-01"))
    assert found is not None
    assert found[:2] == ("unverified", {"contradiction"})


@BLOCKING
def test_absence_from_a_whole_list_is_said_with_its_day_and_rows(kind: EvidenceKind) -> None:
    found = judged(kind, rows=1234)
    assert found is not None
    assert found[:2] == ("met", {"not_excluded"})
    assert "(2026-11-01, 1,234 rows)" in found[2]


def test_the_states_that_were_not_asked_are_named() -> None:
    found = judged(STATE)
    assert found is not None
    assert "of TX" in found[2]
    assert "not asked: OH" in found[2]


@BLOCKING
def test_silence_of_a_partial_list_is_no_finding(kind: EvidenceKind) -> None:
    assert judged(kind, coverage=Coverage.PARTIAL) is None


@BLOCKING
def test_a_list_that_was_not_asked_is_no_finding(kind: EvidenceKind) -> None:
    made = verdict(dossier(*good()))
    assert made.outcome is VerdictOutcome.MEETS
    assert REQUIREMENTS[kind] not in {x.requirement for x in made.findings}
    assert judged(kind, state=SourceState.SKIPPED) is None


@BLOCKING
@pytest.mark.parametrize("state", [SourceState.STALE, SourceState.FAILED])
def test_a_list_that_is_configured_and_cannot_be_used_is_a_doubt(
    kind: EvidenceKind, state: SourceState
) -> None:
    found = judged(kind, state=state)
    assert found is not None
    assert found[0] == "unverified"


@BLOCKING
def test_a_torn_list_clears_nobody(kind: EvidenceKind) -> None:
    found = judged(kind, torn="row 9 breaks off")
    assert found is not None
    assert found[:2] == ("unverified", {"source_damaged"})


def test_sam_tells_who_excluded_and_until_when() -> None:
    debarred = exclusion(agency="OPM", ends_on="2028-01-01", exclusion_type="Reciprocal")
    made = verdict(dossier(*good(), evidence(debarred, row=9)))
    found = next(x for x in made.findings if x.requirement == "not_excluded")
    assert found.outcome == "not_met"
    assert "excluded on 2023-05-19 by OPM until 2028-01-01, Reciprocal" in found.reasons[0].message


def test_one_federal_list_that_was_left_out_leaves_the_other_unable_to_clear() -> None:
    other = source(EvidenceKind.EXCLUSION, name="sam", state=SourceState.SKIPPED)
    made = verdict(dossier(*good(), reports=(*sources(), other)))
    found = next(x for x in made.findings if x.requirement == "not_excluded")
    assert found.outcome == "unverified"


@BLOCKING
@pytest.mark.parametrize("word", ["Reinstated", "exclusion LIFTED", "Removed - appeal", "Expired"])
def test_a_row_that_says_itself_that_it_is_over_decides_nothing(
    kind: EvidenceKind, word: str
) -> None:
    found = judged(kind, listed(kind, exclusion_type=word))
    assert found is not None
    assert found[:2] == ("unverified", {"possible_exclusion"})


@BLOCKING
@pytest.mark.parametrize("word", ["Excluded", "Terminated", "Suspended", "1128b4", ""])
def test_a_row_in_force_is_a_negative_whatever_it_is_called(kind: EvidenceKind, word: str) -> None:
    found = judged(kind, listed(kind, exclusion_type=word))
    assert found is not None
    assert found[0] == "not_met"


def federal(*items: Any, sam: Coverage = Coverage.PARTIAL) -> tuple[str, set[str]]:
    more = source(EvidenceKind.EXCLUSION, name="sam", coverage=sam)
    made = verdict(dossier(*good(), *items, reports=(*sources(), more)))
    found = next(x for x in made.findings if x.requirement == "not_excluded")
    return found.outcome, codes(found)


@pytest.mark.parametrize("agency", ["HHS", "hhs ", "Department of Health and Human Services"])
def test_an_exclusion_of_hhs_that_the_whole_list_of_the_oig_lacks_decides_nothing(
    agency: str,
) -> None:
    row = evidence(exclusion(agency=agency), source="sam", row=9)
    assert federal(row) == ("unverified", {"contradiction"})


def test_an_exclusion_of_another_agency_is_no_copy() -> None:
    row = evidence(exclusion(agency="OPM"), source="sam", row=9)
    assert federal(row) == ("not_met", {"excluded"})


def test_an_exclusion_of_hhs_that_both_lists_have_decides() -> None:
    rows = [evidence(exclusion(agency="HHS"), source="sam", row=9), evidence(exclusion(), row=8)]
    assert federal(*rows)[0] == "not_met"


def test_a_namesake_is_a_remark_and_the_name_is_not_said_to_be_absent() -> None:
    elsewhere = match(
        Decision.NO_MATCH, by="name", reasons=("named_so_elsewhere",), why="in another state"
    )
    row = evidence(exclusion(), tied=elsewhere, row=9)
    made = verdict(dossier(*good(), row))
    found = next(x for x in made.findings if x.requirement == "not_excluded")
    assert (found.outcome, codes(found)) == ("met", {"not_excluded", "namesake_listed"})
    assert "nor the name" not in found.reasons[0].message
    assert "very likely about someone else: in another state" in found.reasons[1].message
