"""A rule by somebody who has never read the truth rules still tells the truth: the guard holds it."""

from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from credcheck.checker import check
from credcheck.model import (
    Authority,
    CertificateEvidence,
    Coverage,
    Decision,
    EvidenceKind,
    Outcome,
    ReasonCode,
    SourceState,
)
from credcheck.rules.base import Parameters, Rule
from credcheck.rules.context import RuleContext
from credcheck.rules.result import Check, met, not_met
from credcheck.standards.loader import Requirement, Standard
from tests.support.build import AS_OF, STANDARD, certificate, dossier, evidence, match, source


class NaiveParameters(Parameters, kw_only=True):
    """There is nothing to set."""


def weigh(context: RuleContext, parameters: NaiveParameters) -> Sequence[Check]:
    """Meet it with any certificate that says Certified; nothing found is a negative."""
    items = [x for x in context.dossier.evidence if isinstance(x, CertificateEvidence)]
    if not items:
        return [not_met(ReasonCode.NOT_LISTED, "no certificate")]
    return [
        met(ReasonCode.CERTIFICATE_CURRENT, "certified", item.id)
        if item.record is not None and item.record.status == "Certified"
        else not_met(ReasonCode.CERTIFICATE_INACTIVE, "not certified", item.id)
        for item in items
    ]


NAIVE: Rule[NaiveParameters] = Rule(
    kind="naive",
    parameters=NaiveParameters,
    weigh=weigh,
    evidence_types=(CertificateEvidence,),
)
REQUIREMENT = Requirement(
    id="naive", rule=NAIVE, level="required", title="Naive", cites=(), parameters=NaiveParameters()
)
OWN: Standard = replace(STANDARD, requirements=(REQUIREMENT,))


def judged(*items: Any, **report: Any) -> Outcome:
    reports = (source(EvidenceKind.CERTIFICATE, **report),)
    (found,) = check(dossier(*items, reports=reports), OWN, AS_OF).findings
    assert found.outcome is not Outcome.UNVERIFIED or found.reasons
    return found.outcome


def test_what_is_plain_is_left_to_the_rule() -> None:
    assert judged(certificate()) == "met"
    assert judged(certificate(status="Revoked")) == "not_met"
    assert judged() == "not_met"


@pytest.mark.parametrize(
    "items",
    [
        (certificate(), certificate(status="Revoked")),
        (certificate(), certificate(status="Suspended pending hearing")),
        (certificate(status="Probation"),),
        (certificate(board="Some Board"),),
        (certificate(certificate="Pain Med"),),
        (certificate(board="American Board of Surgery"),),
        (certificate(issued="2027-01-01", expires="2016-01-01"),),
        (certificate(verified_on="2019-01-01"),),
        (evidence(certificate(), tied=match(Decision.AMBIGUOUS)),),
        (evidence(certificate(), tied=match(Decision.CONFLICT)),),
        (evidence(certificate(), problem="expires: '2026-02-30' is no day"),),
        (evidence(certificate(), authority=Authority.SELF_REPORTED),),
        (evidence(None, kind=EvidenceKind.CERTIFICATE, problem="has 3 fields"),),
    ],
)
def test_a_doubt_makes_it_unverified(items: tuple[Any, ...]) -> None:
    assert judged(*items) == "unverified"


@pytest.mark.parametrize(
    "report",
    [
        {"torn": "row 9 breaks off"},
        {"state": SourceState.STALE},
        {"state": SourceState.FAILED},
        {"state": SourceState.SKIPPED},
    ],
)
def test_a_source_in_doubt_makes_it_unverified(report: dict[str, Any]) -> None:
    assert judged(certificate(), **report) == "unverified"
    assert judged(**report) == "unverified"


@pytest.mark.parametrize("report", [{"nameless": 1}, {"coverage": Coverage.PARTIAL}])
def test_absence_counts_in_a_whole_list_alone(report: dict[str, Any]) -> None:
    assert judged(certificate(), **report) == "met"
    assert judged(**report) == "unverified"


def test_a_rule_that_says_nothing_leaves_it_unverified() -> None:
    silent = replace(NAIVE, weigh=lambda context, parameters: [])
    standard = replace(OWN, requirements=(replace(REQUIREMENT, rule=silent),))
    (found,) = check(dossier(), standard, AS_OF).findings
    assert found.outcome == "unverified"


def test_a_rule_that_names_no_evidence_shows_nothing_by_absence() -> None:
    vague = replace(NAIVE, evidence_types=())
    standard = replace(OWN, requirements=(replace(REQUIREMENT, rule=vague),))
    (found,) = check(dossier(), standard, AS_OF).findings
    assert found.outcome == "unverified"


class TestBlocking:
    """A blocking requirement passes over silence, and nothing else."""

    def judged(self, *items: Any, **report: Any) -> tuple[str, list[str]]:
        blocking = replace(REQUIREMENT, level="blocking")
        other = replace(STANDARD.requirements[0])
        standard = replace(OWN, requirements=(other, blocking))
        reports = (
            source(EvidenceKind.REGISTRATION),
            source(EvidenceKind.CERTIFICATE, **{"coverage": Coverage.PARTIAL} | report),
        )
        made = check(dossier(*items, reports=reports), standard, AS_OF)
        return made.outcome, [each.requirement for each in made.findings]

    def test_silence_has_no_finding(self) -> None:
        assert self.judged() == ("meets", ["registration"])

    def test_a_negative_decides(self) -> None:
        assert self.judged(certificate(status="Revoked"))[0] == "does_not_meet"

    def test_a_doubt_leaves_it_unverified(self) -> None:
        assert self.judged(certificate(status="Probation"))[0] == "unverified"

    def test_a_positive_is_told(self) -> None:
        assert self.judged(certificate()) == ("meets", ["registration", "naive"])

    def test_a_source_that_was_left_out_is_silence(self) -> None:
        assert self.judged(state=SourceState.SKIPPED) == ("meets", ["registration"])

    @pytest.mark.parametrize(
        "report",
        [
            {"state": SourceState.FAILED},
            {"state": SourceState.STALE},
            {"torn": "row 9", "coverage": Coverage.COMPLETE},
        ],
    )
    def test_a_source_that_could_not_be_used_is_a_doubt(self, report: dict[str, Any]) -> None:
        assert self.judged(**report)[0] == "unverified"
