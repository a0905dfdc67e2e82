"""A baseline: what was accepted covers what was accepted, and nothing else."""

import datetime as dt
from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest
from msgspec.structs import replace

from credcheck._util.errors import UsageError
from credcheck.audit.baseline import Baseline, BaselineError
from credcheck.audit.gate import Gate, GateResult
from credcheck.audit.keys import SharedIdError, check_ids
from credcheck.audit.policy import parse_fail_on
from credcheck.audit.waivers import Waivers
from credcheck.checker import check
from credcheck.model import (
    Certificate,
    Decision,
    Dossier,
    EvidenceKind,
    PersonName,
    Query,
    Reason,
    ReasonCode,
    Resolution,
    SourceState,
    StandardRef,
    Verdict,
)
from credcheck.model.npi import parse
from credcheck.runs.results import ResultsError
from tests.support.build import (
    AS_OF,
    STANDARD,
    certificate,
    dossier,
    fellowship,
    program,
    source,
    sources,
    verdict,
)
from tests.support.runs import asked, fails, meets, results

LONG_AGO = "2020-12-31"
UNREADABLE = Reason(code=ReasonCode.RECORD_UNREADABLE, message="line 2 has 3 fields")


def judge(now: Verdict, *before: Verdict) -> GateResult:
    baseline = Baseline(results(*before), STANDARD.ref)
    policy = parse_fail_on("does_not_meet,unverified")
    return Gate(policy, Waivers([], AS_OF), baseline, AS_OF).evaluate(now)


def certified(*records: Certificate, silent: Sequence[str] = ()) -> Verdict:
    """Return a verdict on somebody with these certificates, while some lists do not answer."""
    failed = [
        source(EvidenceKind.CERTIFICATE, name=name, state=SourceState.FAILED) for name in silent
    ]
    reports = (*sources(), *failed)
    return asked(verdict(dossier(fellowship(), *records, program(), reports=reports)))


STATES = {
    "nothing": certified(),
    "expired": certified(certificate(expires=LONG_AGO)),
    "expired another time": certified(certificate(expires="2019-12-31")),
    "revoked": certified(certificate(status="Revoked")),
    "suspended": certified(certificate(status="Suspended")),
    "both": certified(certificate(expires=LONG_AGO), certificate(status="Revoked")),
    "inactive": certified(certificate(status="Retired")),
    "not understood": certified(certificate(status="Certified?")),
    "silent": certified(silent=["other"]),
    "revoked, and another list is silent": certified(
        certificate(status="Revoked"), silent=["other"]
    ),
}
ACCEPTED = {
    *((name, name) for name in STATES),
    ("expired", "expired another time"),
    ("expired another time", "expired"),
    ("both", "expired"),
    ("both", "expired another time"),
    ("both", "revoked"),
    ("revoked, and another list is silent", "silent"),
}
"""Before, and now: the same reasons or fewer of them, and no worse outcome."""


@pytest.mark.parametrize(("before", "now"), list(product(STATES, STATES)))
def test_another_reason_is_new_and_a_worse_one_too(before: str, now: str) -> None:
    judged = judge(STATES[now], STATES[before])
    assert (not judged.gates) is ((before, now) in ACCEPTED)


def test_what_is_adverse_and_known_is_told() -> None:
    judged = judge(STATES["revoked"], STATES["revoked"])
    (told,) = judged.adverse
    assert told.startswith(
        "known, although board certificate revoked: board certificate not met in the baseline"
    )


@pytest.mark.parametrize(
    "change", [{"id": "another"}, {"version": "2099.1"}, {"sha256": "0" * 64}], ids=str
)
def test_a_baseline_of_another_standard_is_refused(change: dict[str, str]) -> None:
    other: StandardRef = replace(STANDARD.ref, **change)
    with pytest.raises(BaselineError, match="say nothing about another") as caught:
        Baseline(results(fails()), other)
    assert isinstance(caught.value, UsageError)
    assert "credcheck batch" in str(caught.value)


def test_a_line_by_another_standard_or_of_another_day_is_no_baseline() -> None:
    other = replace(fails(2), standard=replace(STANDARD.ref, sha256="0" * 64))
    late = replace(fails(2), as_of=dt.date(2026, 10, 1))
    for line in (other, late):
        with pytest.raises(ResultsError, match="row 3"):
            Baseline(results(fails(), line), STANDARD.ref)


def nobody(query: Query, decision: Decision = Decision.NO_MATCH) -> Verdict:
    """Return a verdict on a row that led to nobody."""
    resolution = Resolution(by="npi", decision=decision, reasons=(UNREADABLE,))
    case = Dossier(query=query, resolution=resolution, sources=sources())
    return check(case, STANDARD, AS_OF)


def by_id(row: int, id_: str | None = "A") -> Verdict:
    """Return a verdict on a row that cannot be read, so that its id alone says whom it is about."""
    return nobody(Query(row=row, id=id_, problem=UNREADABLE))


def test_a_row_that_cannot_be_read_is_known_by_its_id() -> None:
    assert judge(by_id(7), by_id(2)).gates == ()
    assert judge(by_id(7, "B"), by_id(2)).gates == ("unverified",)


def test_a_row_that_says_nothing_of_whom_it_means_is_never_known() -> None:
    """The same place in another file is not the same person."""
    assert judge(by_id(2, None), by_id(2, None)).gates == ("unverified",)


def test_an_id_that_two_rows_of_the_baseline_have_is_refused_where_it_decides() -> None:
    with pytest.raises(SharedIdError, match=r"rows 1, 4 have the id 'A'.*baseline"):
        Baseline(results(by_id(1), meets(2), fails(3, id="A")), STANDARD.ref)
    shared = Baseline(results(fails(1, id="A"), fails(2, id="A")), STANDARD.ref)
    assert shared.ids == frozenset()  # there the number says who is meant


def test_an_id_that_two_rows_of_the_roster_have_is_refused_where_it_decides() -> None:
    rows = [Query(row=1, id="A"), Query(row=2, id="B"), Query(row=3, id="A"), Query(row=4)]
    check_ids(rows, {})
    check_ids(rows, {"B": "a waiver", "C": "a waiver"})
    with pytest.raises(SharedIdError, match=r"rows 1, 3 have the id 'A'.*for a waiver"):
        check_ids(rows, {"A": "a waiver"})
    many = [Query(row=row, id="A") for row in range(1, 9)]
    with pytest.raises(SharedIdError, match=r"rows 1, 2, 3, 4, 5, \.\.\. have"):
        check_ids(many, {"A": "a waiver"})
    assert Baseline(results(by_id(1)), STANDARD.ref).ids == {"A"}


def named(row: int, **changes: Any) -> Verdict:
    name = PersonName(last="Doe", first="Jane")
    return nobody(Query(row=row, name="Jane Doe", person=name, state="OH", **changes))


def test_two_people_of_one_name_are_told_apart_by_all_that_was_asked() -> None:
    assert judge(named(1), named(5)).gates == ()
    assert judge(named(1, city="Akron"), named(1, city="Akron")).gates == ()
    for more in ({"city": "Dayton"}, {"license_number": "35.2"}, {"specialty": "urology"}):
        assert judge(named(1, **more), named(1, city="Akron")).gates == ("unverified",)


def test_a_conflict_is_known_only_for_the_same_number_and_name() -> None:
    def clash(name: str) -> Verdict:
        return nobody(Query(npi=parse("2000001075"), name=name), Decision.CONFLICT)

    assert judge(clash("Bob Roe"), clash("Bob Roe")).gates == ()
    assert judge(clash("Carl Coe"), clash("Bob Roe")).gates == ("unverified",)


def test_two_rows_of_one_physician_accept_only_the_reasons_that_both_have() -> None:
    second = replace(STATES["revoked"], query=replace(STATES["revoked"].query, row=2))
    assert judge(STATES["both"], STATES["both"], second).gates == ("does_not_meet",)
    assert judge(STATES["revoked"], STATES["both"], second).gates == ()
