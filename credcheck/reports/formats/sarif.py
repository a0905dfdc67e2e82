"""SARIF 2.1.0 (OASIS standard): each failing finding points at the roster's file and line."""

from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import quote

import msgspec

from credcheck import __version__
from credcheck._util.text import escape_control_json
from credcheck.model import Finding, Outcome, Verdict
from credcheck.reference.labels import label
from credcheck.reports.columns import list_columns
from credcheck.reports.formats.base import Format, ReportContext
from credcheck.reports.paths import code_with_paths, list_context
from credcheck.reports.summary import reasons_line
from credcheck.reports.terminal.styles import person_line
from credcheck.runs.results import Results

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_DOCUMENT = b'{"$schema":"%s","version":"2.1.0","runs":[{"tool":%s,"properties":%s,"results":['


def _write(results: Results, out: BinaryIO, extra: ReportContext) -> None:
    rules = list(list_columns(results).requirements)
    header = results.header
    properties = {
        "asOf": str(header.as_of),
        "standard": f"{header.standard.id} {header.standard.version} {header.standard.sha256}",
        "rows": header.rows,
        "outcomes": header.outcomes,
        **({"logHead": extra.log_head} if extra.log_head else {}),
    }
    uri = quote(extra.roster or (header.roster.file if header.roster else "roster"))
    out.write(_DOCUMENT % (_SCHEMA.encode(), _json(_tool(rules)), _json(properties)))
    separator = b"\n"
    for result in _results(results, rules, uri, extra):
        out.write(separator + _json(result))
        separator = b",\n"
    out.write(b"\n]}]}\n")


def _tool(rules: list[str]) -> dict[str, Any]:
    return {
        "driver": {
            "name": "credcheck",
            "version": __version__,
            "rules": [
                {"id": rule, "shortDescription": {"text": label("requirement", rule)}}
                for rule in rules
            ],
        }
    }


def _results(
    results: Results, rules: list[str], uri: str, extra: ReportContext
) -> Iterator[dict[str, Any]]:
    for verdict in results:
        for finding in verdict.failing:
            yield _result(verdict, finding, rules, uri, extra)


def _result(
    verdict: Verdict, finding: Finding, rules: list[str], uri: str, extra: ReportContext
) -> dict[str, Any]:
    remark = extra.remark(verdict, finding)
    step = f" Next step: {finding.next_step}" if finding.next_step else ""
    person = person_line(verdict.query, verdict.physician)
    key = verdict.query.npi or verdict.query.id or verdict.query.name or str(verdict.query.row)
    paths = code_with_paths(verdict, finding).removeprefix(finding.requirement)
    said = f"{finding.outcome}{paths}"
    context = list_context(verdict)
    result: dict[str, Any] = {
        "ruleId": finding.requirement,
        "level": "error" if finding.outcome is Outcome.NOT_MET else "warning",
        "message": {"text": f"{person}: {said}: {reasons_line(finding)}.{step}"},
        "locations": [_location(uri, verdict)],
        "partialFingerprints": {"physicianRequirement/v1": f"{key} {finding.requirement}"},
    }
    if context:
        result["properties"] = {"notEstablishedByRecords": context}
    if finding.requirement in rules:  # in an edited file it may not be
        result["ruleIndex"] = rules.index(finding.requirement)
    if remark:
        result["suppressions"] = [{"kind": "external", "justification": remark}]
    return result


def _location(uri: str, verdict: Verdict) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if verdict.query.line:
        place["region"] = {"startLine": verdict.query.line}
    return {"physicalLocation": place}


def _json(value: object) -> bytes:
    return escape_control_json(msgspec.json.encode(value))


FORMAT = Format(
    "sarif", ".sarif", "SARIF 2.1.0 for code scanning, pointing into the roster", _write
)
