"""The checker: findings to a verdict, purely."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcheck.checker import check
from credcheck.model import (
    Decision,
    Dossier,
    EvidenceKind,
    Query,
    Reason,
    ReasonCode,
    Resolution,
    SourceState,
    to_json,
    verdict_from_json,
)
from credcheck.verify.caching_checker import CachingChecker
from tests.support.build import (
    AS_OF,
    NPI,
    STANDARD,
    certificate,
    dossier,
    exclusion,
    fellowship,
    good,
    program,
    source,
    verdict,
)
from tests.support.drawn import dossiers


def test_all_required_findings_met_is_meets() -> None:
    made = verdict(dossier(*good()))
    assert made.outcome == "meets"
    required = [each.outcome for each in made.findings if each.level == "required"]
    assert required == ["met"] * 5


def test_one_negative_decides_whatever_is_unverified() -> None:
    assert verdict(dossier(exclusion())).outcome == "does_not_meet"


def test_one_unverified_finding_leaves_the_verdict_unverified() -> None:
    assert verdict(dossier(certificate(), program())).outcome == "unverified"


def test_the_requirements_are_those_of_the_contract_in_order() -> None:
    made = verdict(dossier(*good()))
    assert [(each.requirement, each.level) for each in made.findings] == [
        ("registration", "required"),
        ("base_specialty", "required"),
        ("fellowship", "required"),
        ("board_certification", "required"),
        ("not_excluded", "required"),
        ("image_guidance", "advisory"),
        ("radiation_safety", "advisory"),
    ]


def test_every_finding_has_a_reason_and_every_unverified_one_a_next_step() -> None:
    for case in (dossier(), dossier(*good()), dossier(reports=())):
        for each in verdict(case).findings:
            assert each.reasons
            assert all(reason.message for reason in each.reasons)
            assert each.outcome != "unverified" or each.next_step


def test_every_word_traces_to_a_record() -> None:
    """Every evidence id that a finding names is in the verdict."""
    made = verdict(dossier(*good()))
    known = {item.id for item in made.evidence}
    for each in made.findings:
        assert set(each.evidence) <= known
        if each.outcome == "met" and each.requirement != "not_excluded":
            assert each.evidence


class TestNobody:
    """Identity comes before evidence."""

    RESOLUTION = Resolution(
        by="name",
        decision=Decision.AMBIGUOUS,
        reasons=(Reason(code=ReasonCode.IDENTITY_AMBIGUOUS, message="2 people fit"),),
        next_step="Give the NPI.",
    )

    def test_without_a_person_every_finding_is_unverified(self) -> None:
        nobody = dossier(*good(), query=Query(name="X"), physician=None, resolution=self.RESOLUTION)
        made = verdict(nobody)
        assert made.outcome == "unverified"
        for each in made.findings:
            assert each.outcome == "unverified"
            assert each.reasons == self.RESOLUTION.reasons
            assert each.next_step == "Give the NPI."

    def test_not_even_an_exclusion_counts_then(self) -> None:
        nobody = dossier(
            exclusion(), query=Query(name="X"), physician=None, resolution=self.RESOLUTION
        )
        assert verdict(nobody).outcome == "unverified"

    def test_a_number_alone_can_be_found_deactivated(self) -> None:
        from tests.support.build import registration

        gone = Resolution(
            by="npi",
            decision=Decision.NO_MATCH,
            reasons=(Reason(code=ReasonCode.NPI_DEACTIVATED, message="gone"),),
        )
        nobody = dossier(registration(status="deactivated"), physician=None, resolution=gone)
        assert verdict(nobody).outcome == "does_not_meet"

    def test_a_number_of_another_person_than_the_one_named_is_not_judged(self) -> None:
        from tests.support.build import registration

        conflict = Resolution(
            by="npi",
            decision=Decision.CONFLICT,
            reasons=(Reason(code=ReasonCode.IDENTITY_CONFLICT, message="another name"),),
        )
        nobody = dossier(
            registration(entity_type="organization"),
            query=Query(npi=NPI),
            physician=None,
            resolution=conflict,
        )
        assert verdict(nobody).outcome == "unverified"


def test_the_same_dossier_gives_the_same_bytes() -> None:
    case = dossier(fellowship(), certificate(), program(), exclusion(reinstated_on="2020-01-01"))
    assert to_json(verdict(case)) == to_json(verdict(case))


def test_a_verdict_can_be_judged_again_from_what_it_carries() -> None:
    """What the verdict carries is all that the checker saw."""
    from credcheck.model import Dossier

    first = to_json(verdict(dossier(*good())))
    read = verdict_from_json(first)
    again = Dossier(
        query=read.query,
        resolution=read.resolution,
        physician=read.physician,
        evidence=read.evidence,
        sources=read.sources,
    )
    assert to_json(check(again, STANDARD, read.as_of)) == first


@pytest.mark.parametrize("module", ["credcheck.checker", "credcheck.rules", "credcheck.model"])
def test_the_core_imports_no_io(module: str) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"httpx", "rich", "typer", "diskcache", "sqlite3", "nameparser", "credcheck_sources"}
    assert not heavy & set(done.stdout.split())


def test_a_failed_source_is_never_a_negative() -> None:
    reports = tuple(source(kind, state=SourceState.FAILED) for kind in EvidenceKind)
    assert verdict(
        dossier(exclusion(), certificate(status="Revoked"), reports=reports)
    ).outcome == ("unverified")


@given(st.lists(dossiers(), min_size=1, max_size=6))
def test_what_is_kept_for_many_is_what_each_ones_own_check_says(cases: list[Dossier]) -> None:
    """The pure check is the truth; the cache around it never says anything else."""
    cached = CachingChecker(STANDARD, AS_OF)
    for each in cases:
        assert cached(each) == check(each, STANDARD, AS_OF)
