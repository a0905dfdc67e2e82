"""Paths and context in every report: the path that held, or what is missing in each."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from junitparser import JUnitXml
from msgspec.structs import replace
from openpyxl import load_workbook
from rich.console import Console

from credcheck.model import Coverage, EvidenceKind, Record, SourceReport, Verdict
from credcheck.reports.formats import formats
from credcheck.reports.formats.base import ReportContext
from credcheck.reports.paths import CONTEXT_HEAD, list_open, sentence
from credcheck.reports.summary import list_next_steps, list_reasons
from credcheck.reports.terminal.explain import explanation
from credcheck.reports.terminal.verdict import verdict_table
from credcheck.runs.results import Results
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
from tests.support.pages import Page
from tests.support.runs import asked, header

PAIN = (certificate(), fellowship(), program())
SURGEON = certificate(
    board="American Board of Orthopaedic Surgery",
    certificate="Orthopaedic Surgery",
    certificate_type="general",
)


@pytest.fixture
def standard(tmp_path: Path) -> Standard:
    return load(tmp_path, TWO_PATHS)


def about(
    standard: Standard,
    *records: Record,
    row: int = 1,
    reports: tuple[SourceReport, ...] | None = None,
) -> Verdict:
    return asked(judge(dossier(*records, reports=reports), standard), row)


def run_of(standard: Standard, *verdicts: Verdict) -> Results:
    head = replace(header(verdicts), standard=standard.ref)
    return Results(head, lambda: iter(verdicts))


def written(name: str, run: Results) -> bytes:
    out = io.BytesIO()
    formats()[name].write(run, out, ReportContext(roster="roster.csv"))
    return out.getvalue()


def shown(made: Verdict, standard: Standard) -> str:
    console = Console(file=io.StringIO(), width=110)
    console.print(verdict_table(made, standard))
    console.print(explanation(made))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


class TestTheSentence:
    """The first line says by which path, or that none holds."""

    def test_it_names_the_path_that_held(self, standard: Standard) -> None:
        assert sentence(about(standard, SURGEON)).endswith("is met, by the path Surgeon")
        assert sentence(about(standard, *PAIN, SURGEON)).endswith("by the paths Pain and Surgeon")

    def test_it_says_that_no_path_is_met(self, standard: Standard) -> None:
        assert sentence(about(standard)) == (
            "No path is met: each has a requirement that is not met"
        )

    def test_a_negative_that_everybody_is_asked_for_comes_first(self, standard: Standard) -> None:
        said = sentence(about(standard, *PAIN, exclusion()))
        assert said == "At least one requirement is not met"
        assert sentence(about(standard, exclusion())) == said

    def test_it_says_that_none_could_be_established(self, standard: Standard) -> None:
        assert sentence(about(standard, certificate())) == "No path could be established"

    def test_an_open_path_is_not_blamed_for_another_doubt(self, standard: Standard) -> None:
        reports = tuple(x for x in sources() if EvidenceKind.EXCLUSION not in x.kinds)
        said = sentence(about(standard, SURGEON, reports=reports))
        assert said == "Something the standard requires could not be established"


class TestNextSteps:
    """A way that is lost is not worth a letter while another is open."""

    def test_only_open_paths_have_steps(self, standard: Standard) -> None:
        made = about(standard, certificate())
        assert [each.requirement for each in list_open(made)] == ["pain_fellowship"]
        assert len(list_next_steps(made)) == 1

    def test_where_every_path_is_lost_each_has_its_steps(self, standard: Standard) -> None:
        made = about(standard)
        assert {each.requirement for each in list_open(made)} == {
            *("pain_certificate", "pain_fellowship", "surgical_certificate")
        }

    def test_what_everybody_is_asked_for_has_its_step_whatever_the_paths(
        self, standard: Standard
    ) -> None:
        reports = tuple(x for x in sources() if EvidenceKind.EXCLUSION not in x.kinds)
        made = about(standard, certificate(), reports=reports)
        assert {each.requirement for each in list_open(made)} == {"pain_fellowship", "not_excluded"}


def test_reasons_name_the_path_that_they_belong_to(standard: Standard) -> None:
    said = list_reasons(about(standard, certificate()))
    assert said[0].startswith("Accredited pain fellowship (path Pain): ")
    assert said[1].startswith("Surgical certificate (path Surgeon): ")


def test_the_screen_shows_each_path_with_what_it_asks(standard: Standard) -> None:
    text = shown(about(standard, *PAIN), standard)
    assert "Path (one is enough)" in text
    assert "Pain medicine certificate: met; Accredited pain fellowship: met" in text
    assert "Surgical certificate: not met" in text
    assert "(path Surgeon)" in text
    assert CONTEXT_HEAD in text


def test_csv_has_a_column_a_path(standard: Standard) -> None:
    run = run_of(standard, about(standard, *PAIN), about(standard, row=2))
    first, second = csv.DictReader(io.StringIO(written("csv", run).decode(), newline=""))
    assert (first["path_pain"], first["path_surgeon"]) == ("met", "not_met")
    assert (second["path_pain"], second["path_surgeon"]) == ("not_met", "not_met")
    assert "was trained in" in first["context"]


def test_xlsx_has_a_sheet_of_paths_and_one_of_context(standard: Standard) -> None:
    book = load_workbook(io.BytesIO(written("xlsx", run_of(standard, about(standard, *PAIN)))))
    assert {"Paths", CONTEXT_HEAD} <= set(book.sheetnames)
    paths = list(book["Paths"].iter_rows(min_row=2, values_only=True))
    assert [row[3:5] for row in paths] == [("Pain", "Met"), ("Surgeon", "Not met")]


def test_junit_fails_nothing_of_a_path_that_was_not_needed(standard: Standard) -> None:
    suites = JUnitXml.fromstring(written("junit", run_of(standard, about(standard, SURGEON))))
    assert (suites.failures, suites.errors) == (0, 0)
    text = written("junit", run_of(standard, about(standard, SURGEON))).decode()
    assert 'name="surgical_certificate (path surgeon)"' in text
    assert 'name="path pain" value="not_met' in text


def test_junit_fails_what_is_missing_where_no_path_holds(standard: Standard) -> None:
    suites = JUnitXml.fromstring(written("junit", run_of(standard, about(standard))))
    assert suites.failures + suites.errors == 3


def test_the_page_tells_of_paths_and_context(standard: Standard) -> None:
    text = written("html", run_of(standard, about(standard, *PAIN))).decode()
    (drawer,) = Page(text).drawers
    assert "by the path Pain" in drawer
    assert "Surgical certificate: not met" in drawer
    assert CONTEXT_HEAD in drawer


def test_fhir_tells_of_paths_and_context(standard: Standard) -> None:
    text = written("fhir", run_of(standard, about(standard, *PAIN))).decode()
    assert "by the path Pain" in text
    assert "Surgical certificate: not met" in text
    assert CONTEXT_HEAD in text


def test_the_table_of_results_tells_of_context_under_its_own_head(standard: Standard) -> None:
    text = written("table", run_of(standard, about(standard, *PAIN))).decode()
    assert text.index(CONTEXT_HEAD) > text.index("Meets")
    assert CONTEXT_HEAD not in written("table", run_of(standard, about(standard))).decode()


def test_sarif_points_at_what_is_missing_in_each_path(standard: Standard) -> None:
    document = json.loads(written("sarif", run_of(standard, about(standard, *PAIN[1:]))))
    results: list[Any] = document["runs"][0]["results"]
    assert [each["ruleId"] for each in results] == ["pain_certificate", "surgical_certificate"]
    assert "not_met (path pain)" in results[0]["message"]["text"]
    assert results[0]["properties"]["notEstablishedByRecords"]


class TestBlocking:
    """A blocking requirement has no finding in some verdicts and one in others."""

    @pytest.fixture
    def run(self, tmp_path: Path) -> Results:
        content = TWO_PATHS.replace('rule = "exclusion"', 'rule = "exclusion"\nlevel = "blocking"')
        standard = load(tmp_path, content)
        partial = (
            *(x for x in sources() if EvidenceKind.EXCLUSION not in x.kinds),
            source(EvidenceKind.EXCLUSION, coverage=Coverage.PARTIAL),
        )
        silent = about(standard, *PAIN, reports=partial)
        told = about(standard, *PAIN, exclusion(), row=2, reports=partial)
        assert (silent.outcome, told.outcome) == ("meets", "does_not_meet")
        return run_of(standard, silent, told)

    def test_csv_keeps_every_cell_under_its_head(self, run: Results) -> None:
        first, second = csv.DictReader(io.StringIO(written("csv", run).decode(), newline=""))
        assert (first["not_excluded"], second["not_excluded"]) == ("", "not_met")
        assert second["path_pain"] == "met"
        assert "excluded" in second["reasons"]

    def test_sarif_knows_the_rule(self, run: Results) -> None:
        (found,) = json.loads(written("sarif", run))["runs"][0]["results"]
        assert found["ruleId"] == "not_excluded"

    def test_junit_fails_it(self, run: Results) -> None:
        suites = JUnitXml.fromstring(written("junit", run))
        assert suites.failures == 1
        assert b"not_excluded (blocking)" in written("junit", run)
