"""Every format of results, read back by somebody else's reader."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from junitparser import JUnitXml
from msgspec.structs import replace

from credcheck.model import (
    Decision,
    Finding,
    Reason,
    ReasonCode,
    Resolution,
    Rival,
    Verdict,
    verdict_from_json,
)
from credcheck.model.npi import parse
from credcheck.reports.formats import formats
from credcheck.reports.formats.base import ReportContext
from credcheck.runs.results import Results
from tests.support.pages import Page
from tests.support.runs import fails, meets, results, unverified

SCHEMA = json.loads((Path(__file__).parent / "sarif_subset.json").read_text(encoding="utf-8"))
RUN = results(
    meets(1, id="A-1", other={"Unit": "Spine"}), fails(2, other={"Unit": "=1+1"}), unverified(3)
)


def written(name: str, run: Results = RUN, extra: ReportContext | None = None) -> bytes:
    out = io.BytesIO()
    formats()[name].write(
        run, out, extra or ReportContext(log_head="3:abc", roster="some dir/roster.csv")
    )
    return out.getvalue()


def waive(verdict: Verdict, finding: Finding) -> str | None:
    return "waived: by somebody" if finding.requirement == "board_certification" else None


def test_all_formats_are_found() -> None:
    assert set(formats()) == {
        "csv",
        "fhir",
        "html",
        "json",
        "junit",
        "ndjson",
        "parquet",
        "sarif",
        "table",
        "xlsx",
    }
    assert len({each.suffix for each in formats().values()}) == len(formats())


@pytest.mark.parametrize("name", [name for name in formats() if name != "xlsx"])
def test_the_same_results_give_the_same_bytes(name: str) -> None:
    assert written(name) == written(name)


def test_ndjson_and_json_lose_nothing() -> None:
    lines = written("ndjson").splitlines()
    assert [verdict_from_json(line) for line in lines[1:]] == list(RUN)
    document = json.loads(written("json"))
    assert document["verdicts"] == [json.loads(line) for line in lines[1:]]
    assert document["run"] == json.loads(lines[0])


def test_csv_has_our_columns_the_requirements_and_theirs() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv").decode(), newline="")))
    assert [row["outcome"] for row in rows] == ["meets", "does_not_meet", "unverified"]
    assert rows[0]["id"] == "A-1"
    assert rows[1]["board_certification"] == "not_met"
    assert [row["Unit"] for row in rows] == ["Spine", "'=1+1", ""]
    assert "expired on 2025-12-31" in rows[1]["reasons"]


@pytest.mark.parametrize("name", ["csv", "html"])
def test_whom_a_name_could_mean_is_listed_a_few_of_them(name: str) -> None:
    numbers = ["2000001075", "2100000142", "2100000381", "2000001083", "2000001141", "2100000019"]
    rivals = [Rival(npi=parse(x), name=f"DOE {x[-1]}", city="LIMA", state="OH") for x in numbers]
    reason = Reason(code=ReasonCode.IDENTITY_AMBIGUOUS, message="6 people bear this name")
    resolution = Resolution(
        by="name", decision=Decision.AMBIGUOUS, reasons=(reason,), candidates=tuple(rivals)
    )
    lost = replace(unverified(), physician=None, resolution=resolution)
    shown = written(name, results(lost)).decode()
    shown = Page(shown).everything() if name == "html" else shown
    assert "possibly DOE 5 (NPI 2000001075, LIMA, OH)" in shown
    assert "and 1 more" in shown
    assert "2100000019" not in shown


def test_junit_counts_are_those_of_the_cases() -> None:
    suites = JUnitXml.fromstring(written("junit"))
    assert (suites.tests, suites.failures, suites.errors, suites.skipped) == (21, 1, 1, 0)
    assert [suite.name[:5] for suite in suites] == ["row 2", "row 3", "row 4"]
    kinds = [type(result).__name__ for suite in suites for case in suite for result in case.result]
    assert sorted(kinds) == ["Error", "Failure"]


def test_a_remark_makes_a_failing_case_pass_and_stands_there() -> None:
    text = written("junit", extra=ReportContext(remark=waive))
    suites = JUnitXml.fromstring(text)
    assert (suites.failures, suites.errors) == (0, 1)
    assert b"not_met: waived: by somebody" in text


def check_sarif(document: Any) -> None:
    jsonschema.Draft202012Validator(
        SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    ).validate(document)


def test_sarif_keeps_to_its_schema_and_points_into_the_roster() -> None:
    document = json.loads(written("sarif"))
    check_sarif(document)
    (run,) = document["runs"]
    assert [(x["ruleId"], x["level"]) for x in run["results"]] == [
        ("board_certification", "error"),
        ("fellowship", "warning"),
    ]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "some%20dir/roster.csv"
    assert place["region"]["startLine"] == 3
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_suppresses_what_is_waived() -> None:
    document = json.loads(written("sarif", extra=ReportContext(remark=waive)))
    check_sarif(document)
    assert document["runs"][0]["results"][0]["suppressions"] == [
        {"kind": "external", "justification": "waived: by somebody"}
    ]


def test_a_table_for_people() -> None:
    text = written("table").decode()
    assert "Does not meet" in text
    assert max(map(len, text.splitlines())) <= 120
