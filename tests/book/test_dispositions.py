"""What a disposition does to how a row was tied: the whole table, and what does not count."""

import datetime as dt
from typing import Any

import pytest

from credcheck.book.dispositions import settle_match
from credcheck.model import Decision, Disposition, Match, ProofDocument
from tests.support.build import match

DAY = dt.date(2026, 10, 20)
MATCH, AMBIGUOUS, CONFLICT, NO_MATCH = (
    Decision.MATCH,
    Decision.AMBIGUOUS,
    Decision.CONFLICT,
    Decision.NO_MATCH,
)


def said(*, is_person: bool, **changes: Any) -> Disposition:
    usual: dict[str, Any] = {
        "entry": "e" * 64,
        "by": "J. Roe",
        "on": DAY,
        "recorded": DAY,
        "how": "web",
        "documents": (ProofDocument(sha256="d" * 64),),
    }
    return Disposition(**{**usual, "is_person": is_person, **changes})


@pytest.mark.parametrize(
    ("before", "by", "is_person", "after", "counts"),
    [
        (AMBIGUOUS, "name", True, MATCH, True),
        (AMBIGUOUS, "name", False, NO_MATCH, True),
        (AMBIGUOUS, "npi", True, MATCH, True),
        (AMBIGUOUS, "npi", False, NO_MATCH, True),
        (CONFLICT, "npi", True, MATCH, True),
        (CONFLICT, "npi", False, NO_MATCH, True),
        (MATCH, "name", True, MATCH, True),
        (MATCH, "name", False, NO_MATCH, True),
        (MATCH, "npi", True, MATCH, True),
        (MATCH, "npi", False, AMBIGUOUS, False),
        (MATCH, "license", False, AMBIGUOUS, False),
        (NO_MATCH, "name", True, AMBIGUOUS, False),
        (NO_MATCH, "npi", True, AMBIGUOUS, False),
    ],
)
def test_the_table(
    before: Decision, by: str, is_person: bool, after: Decision, counts: bool
) -> None:
    settled = settle_match(match(before, by), [said(is_person=is_person)])
    assert settled.decision is after
    assert settled.disposition is not None
    assert settled.disposition.before is before
    assert settled.disposition.counts is counts


@pytest.mark.parametrize("by", ["name", "npi"])
def test_a_row_that_is_somebody_elses_stays_so(by: str) -> None:
    tied = match(NO_MATCH, by)
    assert settle_match(tied, [said(is_person=False)]) == tied


@pytest.mark.parametrize("by", ["program_code", "program_name"])
def test_a_programs_row_is_nobodys(by: str) -> None:
    tied = match(MATCH, by)
    assert settle_match(tied, [said(is_person=False)]) == tied


UNPROVEN: list[dict[str, Any]] = [
    {"how": None},
    {"documents": ()},
    {"documents": (ProofDocument(sha256="d" * 64, state="missing"),)},
    {"documents": (ProofDocument(sha256="d" * 64, state="changed"),)},
    {"documents": (ProofDocument(sha256="d" * 64, state="redacted"),)},
    {"documents": (), "contact": " - "},
    {"by": "?"},
    {"recorded": DAY - dt.timedelta(days=2)},
]


@pytest.mark.parametrize("lack", UNPROVEN)
@pytest.mark.parametrize("before", [AMBIGUOUS, CONFLICT])
@pytest.mark.parametrize("is_person", [True, False])
def test_one_that_is_not_proven_settles_nothing(
    lack: dict[str, Any], before: Decision, is_person: bool
) -> None:
    settled = settle_match(match(before, "name"), [said(is_person=is_person, **lack)])
    assert settled.decision is before
    assert settled.disposition is not None
    assert not settled.disposition.counts


@pytest.mark.parametrize("lack", UNPROVEN)
def test_one_that_is_not_proven_still_raises_doubt(lack: dict[str, Any]) -> None:
    """A row that somebody says is this person's is not passed over as another's."""
    assert settle_match(match(NO_MATCH), [said(is_person=True, **lack)]).decision is AMBIGUOUS


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("before", "by", "after"),
    [
        (AMBIGUOUS, "name", AMBIGUOUS),
        (CONFLICT, "npi", CONFLICT),
        (MATCH, "name", AMBIGUOUS),
        (MATCH, "npi", MATCH),
        (NO_MATCH, "name", AMBIGUOUS),
    ],
)
def test_two_who_disagree_settle_nothing(
    order: int, before: Decision, by: str, after: Decision
) -> None:
    both = [said(is_person=True), said(is_person=False, by="M. Other")][::order]
    settled = settle_match(match(before, by), both)
    assert settled.decision is after
    assert "disagree" in settled.why


def test_two_who_agree_need_one_proof() -> None:
    both = [said(is_person=False), said(is_person=False, by="M. Other", how=None)]
    settled = settle_match(match(AMBIGUOUS, "name"), both)
    assert settled.decision is NO_MATCH
    assert settled.disposition is not None
    assert settled.disposition.by == "J. Roe"


def test_rows_that_differ_in_private_data_alone_stay_open() -> None:
    """Father and son: the birth date is not in the digest, so the digest does not say which."""
    settled = settle_match(match(AMBIGUOUS, "name"), [said(is_person=False)], alone=False)
    assert settled.decision is AMBIGUOUS


def test_a_book_that_was_left_out_clears_nobody() -> None:
    tied = match(AMBIGUOUS, "name")
    assert settle_match(tied, [said(is_person=False)], proves=False) == tied
    other = settle_match(match(NO_MATCH, "name"), [said(is_person=True)], proves=False)
    assert other.decision is AMBIGUOUS


def test_nothing_said_changes_nothing() -> None:
    tied = Match(by="name", decision=AMBIGUOUS)
    assert settle_match(tied, []) is tied
