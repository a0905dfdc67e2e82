"""Parquet results, read by DuckDB and Polars; the questions of the how-to are asked of the demo."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from credcheck.model import Verdict, to_json
from credcheck.reports.formats import formats
from credcheck.reports.formats.base import ReportContext
from credcheck.reports.formats.parquet import SCHEMA, make_schema
from credcheck.runs.results import Results, open_results
from tests.support.cli import credcheck
from tests.support.runs import fails, meets, results, unverified

pytest.importorskip("pyarrow")
ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "how-to" / "query-results.md"
QUESTIONS = re.findall(r"^```sql\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
RUN = results(meets(1, id="A-1", other={"Unit": "Spine", "Note": "=1+1"}), fails(2), unverified(3))


def write(path: Path, run: Results = RUN) -> Path:
    with path.open("wb") as out:
        formats()["parquet"].write(run, out, ReportContext())
    return path


def ask(path: Path, question: str) -> list[Any]:
    duckdb = pytest.importorskip("duckdb")
    asked = question.replace("november.parquet", str(path))
    return list(duckdb.connect().sql(asked).fetchall())


def test_the_schema_is_the_same_whatever_is_in_it(tmp_path: Path) -> None:
    from pyarrow import parquet

    nobody = replace(unverified(1).query, npi=None, name="Zoe Nobody")
    empty = replace(unverified(1), query=nobody, physician=None, evidence=(), sources=())
    for name, run in (("full", RUN), ("bare", results(empty)), ("none", results())):
        read = parquet.ParquetFile(write(tmp_path / f"{name}.parquet", run)).schema_arrow
        assert read.remove_metadata().equals(make_schema()), name
        about = {key.decode(): value.decode() for key, value in read.metadata.items()}
        assert about["credcheck.schema"] == SCHEMA
        assert json.loads(about["credcheck.run"]) == json.loads(to_json(run.header))


def test_the_published_columns_stay() -> None:
    """A version only adds columns; whoever takes one away or renames it begins a new version."""
    schema = make_schema()
    assert SCHEMA == "credcheck.parquet/1"
    assert {
        *("row", "line", "id", "npi", "name", "outcome", "as_of", "standard", "standard_version"),
        *("asked", "resolved_by", "resolution", "resolution_reasons", "next_step", "findings"),
        *("evidence", "sources", "other"),
    } <= set(schema.names)
    described = PAGE.read_text("utf-8")
    for name in schema.names:
        assert f"`{name}`" in described


def test_all_that_is_in_it_is_as_in_the_verdict(tmp_path: Path) -> None:
    from pyarrow import parquet

    rows = parquet.read_table(write(tmp_path / "r.parquet")).to_pylist()
    for row, verdict in zip(rows, RUN, strict=True):
        check_row(row, verdict)
    assert dict(rows[0]["other"]) == {"Unit": "Spine", "Note": "=1+1"}


def check_row(row: dict[str, Any], verdict: Verdict) -> None:
    assert (row["row"], row["outcome"], row["npi"]) == (
        verdict.query.row,
        verdict.outcome,
        verdict.npi,
    )
    assert [x["requirement"] for x in row["findings"]] == [x.requirement for x in verdict.findings]
    for found, finding in zip(row["findings"], verdict.findings, strict=True):
        assert [x["message"] for x in found["reasons"]] == [x.message for x in finding.reasons]
        assert found["evidence"] == list(finding.evidence)
    for found, item in zip(row["evidence"], verdict.evidence, strict=True):
        assert json.loads(found["record"]) == json.loads(to_json(item.record))
        assert (found["kind"], found["sha256"]) == (
            json.loads(to_json(item))["kind"],
            item.provenance.sha256,
        )


def test_polars_reads_it(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    frame = polars.read_parquet(write(tmp_path / "r.parquet"))
    assert frame["outcome"].to_list() == ["meets", "does_not_meet", "unverified"]
    findings = frame.select("row", "findings").explode("findings").unnest("findings")
    wrong = findings.filter(polars.col("outcome") == "not_met")
    assert set(wrong["row"].to_list()) == {2}


def test_the_same_results_give_the_same_bytes(tmp_path: Path) -> None:
    out = io.BytesIO()
    formats()["parquet"].write(RUN, out, ReportContext())
    assert write(tmp_path / "r.parquet").read_bytes() == out.getvalue()


@pytest.mark.slow
def test_the_questions_of_the_how_to_are_answered(tmp_path: Path) -> None:
    saved, table = tmp_path / "n.ndjson.zst", tmp_path / "n.parquet"
    roster = ROOT / "fixtures" / "demo" / "roster.csv"
    own = {"CREDCHECK_LOG": str(tmp_path / "log")}
    assert credcheck("batch", str(roster), "--demo", "-o", str(saved), env=own).status == 0
    assert credcheck("report", str(saved), "-o", str(table)).status == 0
    verdicts = list(open_results(saved, sealed=True))
    outcomes, failing, expiring, steps, sources = (ask(table, each) for each in QUESTIONS)
    assert dict(outcomes) == open_results(saved).header.outcomes
    assert {row[0] for row in failing} == {v.query.row for v in verdicts if v.failing}
    assert expiring
    assert all(row[4] for row in expiring)
    assert steps[0][1] == max(count for _, count in steps)
    assert {name for name, _, _ in sources} == {x.name for v in verdicts for x in v.sources}
