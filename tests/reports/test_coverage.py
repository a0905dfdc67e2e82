"""What every report says was asked, and was not: requirement by requirement, state by state."""

from credcheck.model import Coverage, EvidenceKind, SourceState
from credcheck.reports.coverage import list_coverage
from tests.support.build import dossier, good, source, sources, verdict


def said(*more: object) -> dict[str, str]:
    made = verdict(dossier(*good(), reports=(*sources(), *more)))  # type: ignore[arg-type]
    return {str(line.kind): line.says for line in list_coverage(made)}


def test_what_was_not_asked_is_said() -> None:
    lines = said()
    assert lines["license"] == "not asked: a license is known in OH"
    assert lines["state_exclusion"] == "not asked: OH"
    assert lines["revocation"] == "not asked"


def test_a_state_that_was_asked_is_said_with_its_day_and_rows() -> None:
    asked = source(
        EvidenceKind.LICENSE, scope=("OH",), rows=6_000, coverage=Coverage.PARTIAL, name="ohio"
    )
    lines = said(asked)
    assert (
        lines["license"] == "ohio of OH (2026-11-01, 6,000 rows, not being listed proves nothing)"
    )


def test_a_source_that_failed_is_not_one_that_was_asked() -> None:
    failed = source(EvidenceKind.STATE_EXCLUSION, scope=("OH",), state=SourceState.FAILED)
    lines = said(failed)
    assert "failed: the reason why" in lines["state_exclusion"]
    assert "not asked: OH" in lines["state_exclusion"]


def test_nothing_is_said_of_advice_that_nobody_configured() -> None:
    made = verdict(dossier(*good(), reports=()))
    kinds = {line.kind for line in list_coverage(made)}
    assert EvidenceKind.COMPETENCY not in kinds
