"""Paths: alternatives of which a whole one suffices, in three values as everything."""

import json
from pathlib import Path
from typing import Any

import pytest

from credcheck.model import (
    Coverage,
    Decision,
    EvidenceKind,
    Query,
    Reason,
    ReasonCode,
    Resolution,
    SourceState,
    Verdict,
    plain,
    to_json,
    verdict_from_json,
)
from credcheck.standards.loader import Standard
from tests.paths.standards import TWO_PATHS, load
from tests.support.build import (
    certificate,
    dossier,
    exclusion,
    fellowship,
    program,
    source,
    sources,
)
from tests.support.build import verdict as judge

PAIN = (certificate(), fellowship(), program())
SURGEON = certificate(
    board="American Board of Orthopaedic Surgery",
    certificate="Orthopaedic Surgery",
    certificate_type="general",
)


@pytest.fixture
def standard(tmp_path: Path) -> Standard:
    return load(tmp_path, TWO_PATHS)


def outcomes(made: Verdict) -> dict[str, str]:
    return {each.id: str(each.outcome) for each in made.paths or ()}


def test_a_whole_path_suffices(standard: Standard) -> None:
    made = judge(dossier(*PAIN), standard)
    assert made.outcome == "meets"
    assert outcomes(made) == {"pain": "met", "surgeon": "not_met"}


def test_so_does_the_other(standard: Standard) -> None:
    made = judge(dossier(SURGEON), standard)
    assert made.outcome == "meets"
    assert outcomes(made) == {"pain": "not_met", "surgeon": "met"}


def test_half_of_each_path_is_no_path(standard: Standard) -> None:
    made = judge(dossier(certificate()), standard)
    assert outcomes(made) == {"pain": "unverified", "surgeon": "not_met"}
    assert made.outcome == "unverified"


def test_where_no_path_is_met_and_none_is_open_it_does_not_meet(standard: Standard) -> None:
    made = judge(dossier(), standard)
    assert outcomes(made) == {"pain": "not_met", "surgeon": "not_met"}
    assert made.outcome == "does_not_meet"


def test_an_undecided_path_leaves_it_unverified(standard: Standard) -> None:
    reports = sources(**{EvidenceKind.CERTIFICATE: Coverage.PARTIAL})
    made = judge(dossier(reports=reports), standard)
    assert set(outcomes(made).values()) == {"unverified"}
    assert made.outcome == "unverified"


def test_a_path_is_met_whatever_is_open_in_another(standard: Standard) -> None:
    reports = tuple(
        source(EvidenceKind.FELLOWSHIP, state=SourceState.FAILED)
        if EvidenceKind.FELLOWSHIP in each.kinds
        else each
        for each in sources()
    )
    made = judge(dossier(certificate(), SURGEON, reports=reports), standard)
    assert outcomes(made) == {"pain": "unverified", "surgeon": "met"}
    assert made.outcome == "meets"


class TestWhatIsOutsideOfThePaths:
    """What every path has in common decides as ever."""

    def test_a_negative_decides(self, standard: Standard) -> None:
        made = judge(dossier(*PAIN, exclusion()), standard)
        assert outcomes(made)["pain"] == "met"
        assert made.outcome == "does_not_meet"

    def test_a_doubt_leaves_it_unverified(self, standard: Standard) -> None:
        reports = tuple(x for x in sources() if EvidenceKind.EXCLUSION not in x.kinds)
        made = judge(dossier(*PAIN, reports=reports), standard)
        assert outcomes(made)["pain"] == "met"
        assert made.outcome == "unverified"

    def test_a_blocking_one_that_nobody_tells_of_is_passed_over(self, tmp_path: Path) -> None:
        content = TWO_PATHS.replace('rule = "exclusion"', 'rule = "exclusion"\nlevel = "blocking"')
        reports = tuple(x for x in sources() if EvidenceKind.EXCLUSION not in x.kinds)
        made = judge(dossier(*PAIN, reports=reports), load(tmp_path, content))
        assert made.outcome == "meets"
        assert "not_excluded" not in {each.requirement for each in made.findings}

    def test_an_advisory_one_decides_nothing(self, tmp_path: Path) -> None:
        content = TWO_PATHS.replace('rule = "exclusion"', 'rule = "exclusion"\nlevel = "advisory"')
        assert judge(dossier(*PAIN, exclusion()), load(tmp_path, content)).outcome == "meets"


def test_without_a_person_every_path_is_unverified(standard: Standard) -> None:
    reason = Reason(code=ReasonCode.IDENTITY_AMBIGUOUS, message="2 people fit")
    nobody: dict[str, Any] = {
        "query": Query(name="X"),
        "physician": None,
        "resolution": Resolution(by="name", decision=Decision.AMBIGUOUS, reasons=(reason,)),
    }
    made = judge(dossier(*PAIN, **nobody), standard)
    assert set(outcomes(made).values()) == {"unverified"}
    assert made.outcome == "unverified"


class TestTheVerdictAsJson:
    """``paths`` stand beside ``findings`` where a standard has them, and nowhere else."""

    def test_each_path_says_its_outcome_and_its_requirements(self, standard: Standard) -> None:
        said = json.loads(to_json(judge(dossier(*PAIN), standard)))
        assert said["paths"] == [
            {
                "id": "pain",
                "outcome": "met",
                "requirements": ["pain_certificate", "pain_fellowship"],
            },
            {"id": "surgeon", "outcome": "not_met", "requirements": ["surgical_certificate"]},
        ]
        assert list(said).index("paths") == list(said).index("findings") + 1

    def test_it_is_read_as_it_was_written(self, standard: Standard) -> None:
        line = to_json(judge(dossier(*PAIN), standard))
        assert to_json(verdict_from_json(line)) == line

    def test_a_standard_without_paths_says_nothing_of_them(self) -> None:
        assert "paths" not in plain(judge(dossier(*PAIN)))


class TestWhatFails:
    """What keeps a verdict from ``meets``: nothing of a path where another one holds."""

    def test_nothing_where_a_path_is_met(self, standard: Standard) -> None:
        assert judge(dossier(SURGEON), standard).failing == ()

    def test_what_is_missing_in_each_path_where_none_is(self, standard: Standard) -> None:
        made = judge(dossier(certificate()), standard)
        assert [each.requirement for each in made.failing] == [
            "pain_fellowship",
            "surgical_certificate",
        ]
