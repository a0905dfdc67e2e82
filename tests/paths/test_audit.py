"""Paths in an audit: what a waiver, a baseline and an end mean where there are several ways."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from credcheck.audit.baseline import Baseline
from credcheck.audit.expirations import expiries
from credcheck.audit.gate import Gate, GateResult
from credcheck.audit.policy import parse_fail_on
from credcheck.audit.waivers import Waiver, Waivers
from credcheck.model import Coverage, EvidenceKind, ReasonCode, Record, Verdict
from credcheck.runs.results import Results
from credcheck.standards.loader import Standard
from tests.paths.standards import TWO_PATHS, load
from tests.support.build import AS_OF, certificate, dossier, fellowship, program, sources
from tests.support.build import verdict as judge
from tests.support.runs import asked, header

SURGEON = certificate(
    board="American Board of Orthopaedic Surgery",
    certificate="Orthopaedic Surgery",
    certificate_type="general",
)
ENDED = replace(certificate(), expires=certificate(expires="2025-12-31").expires)
REVOKED = replace(SURGEON, status="Revoked")


@pytest.fixture
def standard(tmp_path: Path) -> Standard:
    return load(tmp_path, TWO_PATHS)


def about(standard: Standard, *records: Record, row: int = 1) -> Verdict:
    return asked(judge(dossier(*records), standard), row)


def waiver(requirement: str, *reasons: ReasonCode) -> Waiver:
    return Waiver(
        npi="2000001075",
        requirement=requirement,
        reasons=reasons,
        author="A",
        reason="R",
        created=dt.date(2026, 10, 1),
        expires=dt.date(2026, 12, 1),
    )


def gate(
    standard: Standard, made: Verdict, *waivers: Waiver, before: Verdict | None = None
) -> GateResult:
    known = None
    if before is not None:
        head = replace(header([before]), standard=standard.ref)
        known = Baseline(Results(head, lambda: iter([before])), standard.ref)
    policy = parse_fail_on("does_not_meet,unverified")
    return Gate(policy, Waivers(waivers, AS_OF), known, AS_OF).evaluate(made)


class TestWaivers:
    """A waived finding is taken for met, so it may complete its path, and no other."""

    def test_one_that_completes_a_path_is_enough(self, standard: Standard) -> None:
        made = about(standard, ENDED, fellowship(), program())
        assert made.outcome == "does_not_meet"
        given = waiver("pain_certificate", ReasonCode.CERTIFICATE_EXPIRED)
        assert gate(standard, made, given).gates == ()

    def test_one_in_a_path_that_lacks_more_is_not(self, standard: Standard) -> None:
        made = about(standard, ENDED)
        given = waiver("pain_certificate", ReasonCode.CERTIFICATE_EXPIRED)
        assert gate(standard, made, given).gates == ("unverified",)

    def test_one_of_another_reason_is_not(self, standard: Standard) -> None:
        made = about(standard, certificate(status="Revoked"), fellowship(), program())
        given = waiver("pain_certificate", ReasonCode.CERTIFICATE_EXPIRED)
        assert gate(standard, made, given).gates == ("does_not_meet",)


class TestBaseline:
    """The baseline accepts all that failed, and only if nothing else does now."""

    def test_what_was_known_in_every_path_passes(self, standard: Standard) -> None:
        made = about(standard, ENDED, fellowship(), program())
        assert gate(standard, made, before=made).gates == ()

    def test_what_is_new_in_another_path_gates(self, standard: Standard) -> None:
        before = about(standard, ENDED, fellowship(), program())
        now = about(standard, ENDED, fellowship(), program(), REVOKED)
        assert gate(standard, now, before=before).gates == ("does_not_meet",)

    def test_a_path_that_was_met_and_is_no_more_gates(self, standard: Standard) -> None:
        before = about(standard, SURGEON)
        assert gate(standard, about(standard, REVOKED), before=before).gates


class TestAdverse:
    """A revocation in a path that was not needed decides nothing and is never silent."""

    def test_it_does_not_undo_the_path_that_holds(self, standard: Standard) -> None:
        made = about(standard, certificate(), fellowship(), program(), REVOKED)
        assert made.outcome == "meets"
        judged = gate(standard, made)
        assert judged.gates == ()
        assert judged.adverse == ("surgical certificate revoked, in a path that was not needed",)

    def test_what_only_ran_out_is_not_adverse(self, standard: Standard) -> None:
        ran_out = replace(SURGEON, expires=ENDED.expires)
        made = about(standard, certificate(), fellowship(), program(), ran_out)
        assert gate(standard, made).adverse == ()


class TestWhatEnds:
    """What a met path rests on ends; what only another path asks is not needed."""

    def test_the_path_that_holds(self, standard: Standard) -> None:
        made = about(standard, certificate(expires="2026-12-31"), SURGEON)
        assert [each.requirement for each in expiries(made)] == ["surgical_certificate"]

    def test_both_where_both_hold(self, standard: Standard) -> None:
        made = about(standard, certificate(), fellowship(), program(), SURGEON)
        assert {each.requirement for each in expiries(made)} == {
            "pain_certificate",
            "surgical_certificate",
        }

    def test_what_is_met_so_far_where_none_holds(self, standard: Standard) -> None:
        reports = sources(**{EvidenceKind.CERTIFICATE: Coverage.PARTIAL})
        made = asked(judge(dossier(certificate(), reports=reports), standard))
        assert [each.requirement for each in expiries(made)] == ["pain_certificate"]
