"""The gate: what stops the pipeline."""

import pytest

from credcheck.audit.baseline import Baseline
from credcheck.audit.gate import Gate, GateResult
from credcheck.audit.policy import parse_fail_on
from credcheck.audit.waivers import Waivers
from credcheck.model import Verdict
from tests.support.build import AS_OF, STANDARD, certificate, dossier, fellowship, program
from tests.support.build import verdict as judged
from tests.support.runs import asked, fails, meets, results, unverified


def judge(verdict: Verdict, fail_on: str, *before: Verdict) -> GateResult:
    baseline = Baseline(results(*before), STANDARD.ref) if before else None
    return Gate(parse_fail_on(fail_on), Waivers([], AS_OF), baseline, AS_OF).evaluate(verdict)


WHAT = "American Board of Anesthesiology, Pain Medicine"


@pytest.mark.parametrize(
    ("verdict", "fail_on", "gates", "undecided"),
    [
        (meets(), "does_not_meet,unverified", (), False),
        (fails(), "does_not_meet,unverified", ("does_not_meet",), False),
        (unverified(), "does_not_meet,unverified", ("unverified",), True),
        (unverified(), "does_not_meet", (), False),
        (fails(), "unverified", (), False),
        (fails(), "none", (), False),
        (meets(expires="2027-01-30"), "expiring:90d",
         (f"expiring: {WHAT} ends on 2027-01-30 (board certificate)",), False),
        (meets(expires="2027-01-31"), "expiring:90d", (), False),
    ],
)  # fmt: skip
def test_what_gates(
    verdict: Verdict, fail_on: str, gates: tuple[str, ...], undecided: bool
) -> None:
    judged = judge(verdict, fail_on)
    assert (judged.gates, judged.undecided) == (gates, undecided)


def test_what_the_baseline_has_does_not_gate_and_its_age_is_told() -> None:
    judged = judge(fails(), "does_not_meet,unverified", fails())
    assert judged.gates == ()
    assert judged.known == {
        "board_certification": "known: board certificate not met in the baseline of 2026-11-01,"
        " 0 days earlier"
    }


def test_what_is_worse_than_the_baseline_gates() -> None:
    both = "does_not_meet,unverified"
    assert judge(fails(), both, meets()).gates == ("does_not_meet",)
    assert judge(fails(), both, unverified()).gates == ("does_not_meet",)
    assert judge(unverified(), both, fails()).gates == ("unverified",)


def test_somebody_who_is_not_in_the_baseline_gates() -> None:
    from msgspec.structs import replace

    from credcheck.model.npi import parse

    other = fails()
    other = replace(other, query=replace(other.query, npi=parse("2100000019")))
    assert judge(fails(), "does_not_meet", other).gates == ("does_not_meet",)


def test_changed_means_another_outcome_than_in_the_baseline() -> None:
    assert judge(meets(), "changed", meets()).gates == ()
    assert judge(meets(), "changed", fails()).gates == (
        "changed: does not meet in the baseline, meets now",
    )
    assert judge(unverified(), "changed", meets()).undecided


def test_changed_means_another_reason_too() -> None:
    revoked = asked(judged(dossier(fellowship(), certificate(status="Revoked"), program())))
    assert judge(fails(), "changed", fails()).gates == ()
    assert judge(revoked, "changed", fails()).gates == (
        "changed: another reason: board certificate revoked",
    )


def test_two_rows_of_one_physician_accept_only_what_both_have() -> None:
    assert judge(fails(), "does_not_meet", fails(), meets(2)).gates == ("does_not_meet",)
