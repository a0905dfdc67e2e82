"""Parquet: a row a verdict, its findings and evidence nested, for DuckDB, Polars and the like.

The schema has a version in the file's metadata (``credcheck.schema``), beside the run's header as JSON
(``credcheck.run``). Columns are added to it, never renamed.
"""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from credcheck.model import Evidence, Finding, Verdict, plain, to_json
from credcheck.reports.formats.base import Format, ReportContext
from credcheck.runs.results import Results

if TYPE_CHECKING:
    from pyarrow import Schema

SCHEMA = "credcheck.parquet/1"
_BATCH = 2_000
_QUERY = ("npi", "name", "state", "city", "license_number", "license_state")
_TEXTS = (
    *("board", "certificate", "certificate_type", "topic", "title", "issuer", "program_code"),
    *("program_name", "name", "specialty", "accreditor", "status", "duration", "entity_type"),
    *("exclusion_type", "code"),
)
_DATES = (
    *("issued", "expires", "start_date", "end_date", "verified_on", "reverify_by"),
    *("accredited_from", "accredited_to", "excluded_on", "reinstated_on"),
)
"""Fields of records that are columns of their own; dates as they are known: 2030, 2030-06, 2030-06-30.
All of a record is in ``record``, as JSON."""


def make_schema() -> "Schema":
    """Return the schema. It is the same for all results."""
    import pyarrow as pa

    text, texts, day = pa.string(), pa.list_(pa.string()), pa.date32()
    reason = pa.struct({"code": text, "message": text, "about": texts})
    finding = {"requirement": text, "level": text, "outcome": text, "reasons": pa.list_(reason)}
    finding |= {"evidence": texts, "next_step": text}
    record = dict.fromkeys((*_TEXTS, *_DATES), text)
    match = {"matched_by": text, "decision": text, "match_reasons": texts, "why": text}
    evidence = {"id": text, "kind": text, "source": text, "authority": text} | match
    evidence |= {"problem": text, "snapshot": text, "row": pa.int64(), "line": pa.int64()}
    evidence |= {"url": text, "source_as_of": day, "sha256": text} | record | {"record": text}
    source = {"name": text, "state": text, "as_of": day, "rows": pa.int64(), "detail": text}
    columns = {"row": pa.int64(), "line": pa.int64(), "id": text, "npi": text, "name": text}
    columns |= {"outcome": text, "as_of": day, "standard": text, "standard_version": text}
    columns |= {"resolved_by": text, "resolution": text, "next_step": text}
    columns |= {
        "resolution_reasons": pa.list_(reason),
        "asked": pa.struct(dict.fromkeys(_QUERY, text)),
    }
    columns |= {"findings": pa.list_(pa.struct(finding)), "evidence": pa.list_(pa.struct(evidence))}
    columns |= {"sources": pa.list_(pa.struct(source)), "other": pa.map_(text, text)}
    return pa.schema(columns)


def _write(results: Results, out: BinaryIO, extra: ReportContext) -> None:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    del extra
    about = {"credcheck.schema": SCHEMA, "credcheck.run": to_json(results.header).decode()}
    schema = make_schema().with_metadata(about)
    rows = map(_make_row, results)
    with ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in _take_batches(rows):
            writer.write_batch(pa.RecordBatch.from_pylist(batch, schema=schema))


def _take_batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _make_row(verdict: Verdict) -> dict[str, Any]:
    query, resolution = verdict.query, verdict.resolution
    return {
        "row": query.row,
        "line": query.line,
        "id": query.id,
        "npi": verdict.npi,
        "name": verdict.name,
        "outcome": str(verdict.outcome),
        "as_of": verdict.as_of,
        "standard": verdict.standard.id,
        "standard_version": verdict.standard.version,
        "resolved_by": resolution.by,
        "resolution": str(resolution.decision),
        "next_step": resolution.next_step,
        "resolution_reasons": plain(resolution.reasons),
        "asked": {name: getattr(query, name) for name in _QUERY},
        "findings": list(map(_make_finding, verdict.findings)),
        "evidence": list(map(_make_evidence, verdict.evidence)),
        "sources": [
            {
                "name": each.name,
                "state": str(each.state),
                "as_of": each.as_of,
                "rows": each.rows,
                "detail": each.detail,
            }
            for each in verdict.sources
        ],
        "other": list(query.other.items()),
    }


def _make_finding(finding: Finding) -> dict[str, Any]:
    return {
        "requirement": finding.requirement,
        "level": str(finding.level),
        "outcome": str(finding.outcome),
        "reasons": plain(finding.reasons),
        "evidence": list(finding.evidence),
        "next_step": finding.next_step,
    }


def _make_evidence(item: Evidence) -> dict[str, Any]:
    record, match, place = plain(item.record) or {}, item.match, item.provenance
    fields = {name: record.get(name) or None for name in (*_TEXTS, *_DATES)}
    return fields | {
        "id": item.id,
        "kind": item.__struct_config__.tag,
        "source": item.source,
        "authority": str(item.authority),
        "matched_by": match.by,
        "decision": str(match.decision),
        "match_reasons": [str(each) for each in match.reasons],
        "why": match.why,
        "problem": item.problem,
        "snapshot": place.snapshot,
        "row": place.row,
        "line": place.line,
        "url": place.url,
        "source_as_of": place.as_of,
        "sha256": place.sha256,
        "record": None if item.record is None else to_json(item.record).decode(),
    }


FORMAT = Format(
    "parquet",
    ".parquet",
    "one row per verdict, with nested findings and evidence, for DuckDB and Polars",
    _write,
    needs="pyarrow",
)
