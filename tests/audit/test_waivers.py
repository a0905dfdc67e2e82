"""Waivers: whom, what, for which reasons and records, who, why, until when."""

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from credcheck.audit.gate import Gate, GateResult
from credcheck.audit.policy import parse_fail_on
from credcheck.audit.waivers import Waiver, Waivers
from credcheck.model import (
    Certificate,
    Decision,
    EvidenceKind,
    ReasonCode,
    SourceState,
    Verdict,
)
from credcheck.reference.labels import list_phrases, phrase
from tests.support.build import (
    AS_OF,
    certificate,
    dossier,
    evidence,
    exclusion,
    fellowship,
    good,
    program,
    source,
    sources,
    verdict,
)
from tests.support.runs import asked, fails, meets

EXPIRED, REVOKED = ReasonCode.CERTIFICATE_EXPIRED, ReasonCode.CERTIFICATE_REVOKED


def waiver(**changes: Any) -> Waiver:
    usual: dict[str, Any] = {
        "npi": "2000001075",
        "requirement": "board_certification",
        "reasons": (EXPIRED,),
        "author": "A",
        "reason": "R",
        "created": dt.date(2026, 10, 1),
        "expires": dt.date(2026, 11, 1),
    }
    return Waiver(**usual | changes)


def judge(verdict: Verdict, *waivers: Waiver) -> GateResult:
    policy = parse_fail_on("does_not_meet,unverified")
    return Gate(policy, Waivers(waivers, AS_OF), None, AS_OF).evaluate(verdict)


def gated(book: Waivers, found: Verdict | None = None) -> tuple[str, ...]:
    gate = Gate(parse_fail_on("does_not_meet"), book, None, AS_OF)
    return gate.evaluate(found or fails()).gates


def with_certificate(*records: Certificate, digests: str = "") -> Verdict:
    """Return a verdict on somebody with these certificates, each with a digest of its own."""
    rows = [evidence(record, row=place, id_=f"c{place}") for place, record in enumerate(records, 1)]
    items = [
        replace(row, provenance=replace(row.provenance, sha256=digit * 64))
        for row, digit in zip(rows, digests or "a" * len(rows), strict=True)
    ]
    return asked(verdict(dossier(fellowship(), *items, program())))


def excluded(**changes: Any) -> Verdict:
    return asked(verdict(dossier(*good(exclusion(**changes)))))


def test_a_waiver_in_force_keeps_a_finding_from_gating() -> None:
    book = Waivers([waiver()], AS_OF)
    assert gated(book) == ()
    assert (book.unused, book.overdue, book.mismatched) == ((), (), ())


def test_its_last_day_is_included_and_the_day_after_is_not() -> None:
    assert not gated(Waivers([waiver(expires=AS_OF)], AS_OF))
    assert gated(Waivers([waiver(expires=AS_OF - dt.timedelta(days=1))], AS_OF))


def test_an_ended_waiver_is_reported_where_it_would_be_needed() -> None:
    book = Waivers([waiver(expires=dt.date(2026, 10, 31))], AS_OF)
    assert gated(book) == ("does_not_meet",)
    assert book.overdue == (waiver(expires=dt.date(2026, 10, 31)),)


def test_one_that_nothing_needs_is_unused() -> None:
    book = Waivers([waiver()], AS_OF)
    assert gated(book, meets()) == ()
    assert book.unused == (waiver(),)


def test_one_for_another_requirement_or_person_does_nothing() -> None:
    others = [waiver(requirement="fellowship"), waiver(npi="2100000019")]
    assert gated(Waivers(others, AS_OF)) == ("does_not_meet",)


def test_one_that_has_not_begun_does_nothing() -> None:
    assert gated(
        Waivers([waiver(created=dt.date(2026, 11, 2), expires=dt.date(2026, 12, 1))], AS_OF)
    )


def test_a_waiver_may_name_the_users_own_key() -> None:
    book = Waivers([waiver(npi=None, id="S-1")], AS_OF)
    gate = Gate(parse_fail_on("does_not_meet"), book, None, AS_OF)
    judged = gate.evaluate(fails(id="S-1"))
    assert judged.gates == ()
    assert "until 2026-11-01" in judged.waived["board_certification"]
    assert gate.evaluate(fails(id="S-2")).gates


@pytest.mark.parametrize("status", ["Revoked", "Suspended", "Retired", "Certified?", "Inactive"])
def test_another_reason_than_the_one_it_was_given_for_is_not_waived(status: str) -> None:
    now = with_certificate(certificate(status=status, expires="2025-12-31"))
    book = Waivers([waiver()], AS_OF)
    assert Gate(parse_fail_on("does_not_meet,unverified"), book, None, AS_OF).evaluate(now).gates
    (told,) = book.mismatched
    (code,) = {r.code for f in now.failing for r in f.reasons}
    assert told.endswith(f"it does not cover this: {phrase(code, 'board_certification')}")
    assert book.unused == ()


def test_one_more_reason_is_not_waived() -> None:
    both = with_certificate(
        certificate(expires="2025-12-31"), certificate(status="Revoked", expires="2024-12-31")
    )
    assert judge(both, waiver()).gates
    assert judge(both, waiver(), waiver(reasons=(REVOKED,))).gates  # two halves are no whole
    assert not judge(both, waiver(reasons=(EXPIRED, REVOKED))).gates


def test_a_revocation_that_did_not_decide_is_not_waived_with_what_did() -> None:
    """A second list did not answer: the finding says so, and not that another list says Revoked."""
    silent = source(EvidenceKind.CERTIFICATE, name="other", state=SourceState.FAILED)
    gone = dossier(
        fellowship(), certificate(status="Revoked"), program(), reports=(*sources(), silent)
    )
    now = asked(verdict(gone))
    (finding,) = now.failing
    assert {reason.code for reason in finding.reasons} == {ReasonCode.SOURCE_FAILED}
    assert judge(now, waiver(reasons=(ReasonCode.SOURCE_FAILED,))).gates
    passed = judge(now, waiver(reasons=(ReasonCode.SOURCE_FAILED, REVOKED)))
    assert passed.gates == ()
    assert passed.adverse


def test_a_waiver_that_names_records_covers_these_alone() -> None:
    mine, other = "a" * 64, "b" * 64
    one = with_certificate(certificate(expires="2025-12-31"), digests="a")
    both = with_certificate(
        certificate(expires="2025-12-31"), certificate(expires="2024-12-31"), digests="ab"
    )
    assert not judge(one, waiver(records=(mine,))).gates
    assert not judge(one, waiver(records=(mine, other))).gates
    assert judge(one, waiver(records=(other,))).gates
    assert judge(both, waiver(records=(mine,))).gates
    assert not judge(both, waiver(records=(mine, other))).gates
    book = Waivers([waiver(records=(mine,))], AS_OF)
    assert gated(book, both)
    assert book.mismatched[0].endswith(f"it does not name this record: {other}")


def test_a_waiver_that_names_records_does_not_cover_that_there_are_none() -> None:
    nothing = asked(verdict(dossier(fellowship(), program())))
    (finding,) = nothing.failing
    codes = tuple(reason.code for reason in finding.reasons)
    assert not judge(nothing, waiver(reasons=codes)).gates
    book = Waivers([waiver(reasons=codes, records=("a" * 64,))], AS_OF)
    assert gated(book, nothing)
    assert book.mismatched[0].endswith("the finding rests on none")


@pytest.mark.parametrize(
    ("now", "requirement", "codes"),
    [
        (with_certificate(certificate(status="Revoked")), "board_certification", (REVOKED,)),
        (
            with_certificate(certificate(status="Suspended")),
            "board_certification",
            (ReasonCode.CERTIFICATE_SUSPENDED,),
        ),
        (excluded(), "not_excluded", (ReasonCode.EXCLUDED,)),
        (
            excluded(waiver_on="2024-01-01", waiver_state="OH"),
            "not_excluded",
            (ReasonCode.WAIVER,),
        ),
    ],
)
def test_who_is_revoked_suspended_or_excluded_is_never_waived_silently(
    now: Verdict, requirement: str, codes: tuple[ReasonCode, ...]
) -> None:
    judged = judge(now, waiver(requirement=requirement, reasons=codes))
    assert judged.gates == ()
    (told,) = judged.adverse
    assert told.startswith(f"waived, although {list_phrases(codes, requirement)}: NPI 2000001075")
    assert judged.waived == {requirement: told}
    others = set(ReasonCode) - set(codes)
    assert judge(now, waiver(requirement=requirement, reasons=tuple(sorted(others)))).gates


def test_what_is_waived_and_not_adverse_is_not_called_so() -> None:
    judged = judge(fails(), waiver())
    assert judged.adverse == ()
    assert judged.waived["board_certification"].startswith("waived: NPI 2000001075")


def test_a_number_that_contradicts_the_name_does_not_say_whom_a_waiver_is_for() -> None:
    clash = fails()
    clash = replace(
        clash,
        physician=None,
        resolution=replace(clash.resolution, decision=Decision.CONFLICT),
    )
    assert judge(clash, waiver()).gates
    mine = replace(clash, query=replace(clash.query, id="A"))
    assert not judge(mine, waiver(npi=None, id="A")).gates


def test_a_verdict_that_no_finding_explains_is_never_let_pass() -> None:
    """Should a standard ever decide by more than its required findings, nothing here is waived."""
    odd = replace(meets(), outcome=fails().outcome)
    assert judge(odd, waiver()).gates == ("does_not_meet",)


def test_a_waiver_says_all_that_it_covers() -> None:
    assert str(waiver(reasons=(REVOKED, EXPIRED))) == (
        "NPI 2000001075, board certificate expired, board certificate revoked;"
        " accepted by A until 2026-11-01: R"
    )
