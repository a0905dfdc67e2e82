"""What every report says was asked, and was not: requirement by requirement, state by state."""

import io
from pathlib import Path

from msgspec.structs import replace
from openpyxl import load_workbook

from credcheck.model import Coverage, EvidenceKind, SourceState, Verdict
from credcheck.reports.coverage import list_coverage
from credcheck.reports.formats import formats
from credcheck.reports.formats.base import ReportContext
from credcheck.reports.packet.build import build_packet
from credcheck.reports.packet.context import PacketCase, PacketRun
from credcheck.reports.run_coverage import RunCoverage
from tests.support.build import dossier, good, source, sources, verdict
from tests.support.cli import credcheck
from tests.support.runs import meets, results


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


def run_of(*verdicts: Verdict) -> list[str]:
    coverage = RunCoverage()
    for each in verdicts:
        coverage.add(each)
    return [f"{line.what}: {line.says}" for line in coverage.lines()]


def test_a_run_says_what_was_not_asked_of_how_many() -> None:
    texas = source(EvidenceKind.LICENSE, scope=("TX",), rows=6_000, name="texas")
    made = verdict(dossier(*good(), reports=(*sources(), texas)))
    lines = run_of(made, made)
    assert (
        "State licenses: texas of TX (2026-11-01, 6,000 rows);"
        " not asked: a license is known in OH (2 physicians)"
    ) in lines
    assert "Medicare revocations: not asked" in lines


def test_a_list_that_failed_for_some_is_said_for_how_many() -> None:
    one = source(EvidenceKind.STATE_EXCLUSION, scope=("OH",), name="ohio")
    two = source(EvidenceKind.STATE_EXCLUSION, state=SourceState.FAILED, name="ohio")
    made = [verdict(dossier(*good(), reports=(*sources(), each))) for each in (one, one, two)]
    (line,) = [x for x in run_of(*made) if x.startswith("State Medicaid exclusions")]
    assert "ohio of OH (2026-11-01), for 2 physicians" in line
    assert "failed: the reason why), for 1 physician" in line
    assert "not asked: OH (1 physician)" in line


def test_whoever_was_not_found_was_not_asked_about() -> None:
    assert run_of(replace(verdict(dossier()), physician=None)) == []


def test_every_report_of_a_run_says_it() -> None:
    page, book = io.BytesIO(), io.BytesIO()
    saved = results(meets(1))
    formats()["html"].write(saved, page, ReportContext())
    formats()["xlsx"].write(saved, book, ReportContext())
    sheet = load_workbook(io.BytesIO(book.getvalue()))["Coverage"]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    for text in ("What was asked, and what was not", "a license is known in OH (1 physician)"):
        assert text in page.getvalue().decode()
    assert "a license is known in OH (1 physician)" in cells
    case = PacketCase(run=PacketRun(header=saved.header), verdict=meets(1), key="x")
    (section,) = [x for x in build_packet(case).sections if x.title.startswith("What was asked")]
    assert "a license is known in OH" in str(section)


def test_sources_list_says_what_can_be_asked_about(tmp_path: Path) -> None:
    config = tmp_path / "credcheck.toml"
    config.write_text(
        '[sources.texas]\nadapter = "listing"\npreset = "tx-licenses"\nsnapshot = "current"\n'
        '[sources.ohio]\nadapter = "listing"\npreset = "oh-medicaid-exclusions"\npath = "x.csv"\n'
        "as_of = 2026-11-01\n",
        encoding="utf-8",
    )
    listed = credcheck("sources", "list", "--config", str(config)).out
    assert "State licenses: texas of TX (not asked: nothing is imported yet)" in listed
    assert "State Medicaid exclusions: ohio of OH (2026-11-01)" in listed
    assert "Medicare revocations: not asked" in listed
