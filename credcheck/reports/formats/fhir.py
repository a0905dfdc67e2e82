"""FHIR R4: one Bundle of all that was verified, for systems of provider directories."""

import html
import uuid
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

import msgspec

from credcheck._util.text import escape_control, escape_control_json
from credcheck.audit.headlines import headline
from credcheck.model import (
    Authority,
    Certificate,
    Decision,
    Evidence,
    Fellowship,
    Finding,
    Outcome,
    PersonName,
    Physician,
    ReasonCode,
    Verdict,
    VerdictOutcome,
)
from credcheck.reports.formats.base import Format, Remark, ReportContext
from credcheck.reports.paths import CONTEXT_HEAD, list_context, list_paths
from credcheck.reports.summary import list_reasons, reasons_line
from credcheck.reports.terminal.styles import person_line
from credcheck.runs.results import Results


def _write(results: Results, out: BinaryIO, extra: ReportContext) -> None:
    made = msgspec.json.encode(results.header.started_at)
    out.write(b'{"resourceType":"Bundle","type":"collection","timestamp":%s,"entry":[' % made)
    separator = b"\n"
    for verdict in results:
        for address, resource in resources(verdict, extra.remark):
            entry = {"fullUrl": address, "resource": resource}
            out.write(separator + escape_control_json(msgspec.json.encode(entry)))
            separator = b",\n"
    out.write(b"\n]}\n")


FORMAT = Format("fhir", ".fhir", "a FHIR R4 Bundle: practitioners and what was verified", _write)


Resource = dict[str, Any]


class Holding(NamedTuple):
    """What a practitioner holds, with the evidence that tells of it."""

    evidence: str
    record: Certificate | Fellowship


_NPI = "http://hl7.org/fhir/sid/us-npi"
_TERMS = "http://terminology.hl7.org/CodeSystem/"
_STATUS: dict[Outcome | VerdictOutcome, str] = {
    Outcome.MET: "validated",
    Outcome.NOT_MET: "val-fail",
    Outcome.UNVERIFIED: "in-process",
    VerdictOutcome.MEETS: "validated",
    VerdictOutcome.DOES_NOT_MEET: "val-fail",
    VerdictOutcome.UNVERIFIED: "in-process",
}
_SEVERITY = {VerdictOutcome.DOES_NOT_MEET: "error", VerdictOutcome.UNVERIFIED: "warning"}
_ISSUES = {Decision.AMBIGUOUS: "multiple-matches", Decision.CONFLICT: "conflict"}


def resources(verdict: Verdict, remark: Remark) -> Iterator[tuple[str, Resource]]:
    """Yield a verdict's resources, each with its address: the same at every run.

    Of a person: the practitioner, the verdict, and each finding. Of a query that led to nobody: the
    outcome, with the reason.
    """
    if verdict.physician is None:
        yield _address(verdict, "outcome"), _nobody(verdict)
        return
    held = _held(verdict)
    person = _address(verdict, "practitioner")
    yield person, _practitioner(verdict.physician, held)
    yield _address(verdict, "verdict"), _whole(verdict, person)
    for finding in verdict.findings:
        yield (
            _address(verdict, finding.requirement),
            _finding(verdict, finding, person, held, remark(verdict, finding)),
        )


def _address(verdict: Verdict, what: str) -> str:
    standard = verdict.standard
    parts = (standard.sha256, str(verdict.as_of), str(verdict.query.row), verdict.npi or "", what)
    return uuid.uuid5(uuid.NAMESPACE_URL, "credcheck:" + "/".join(parts)).urn


def _held(verdict: Verdict) -> list[Holding]:
    """Return the certificates and fellowships that met findings rest on."""
    used = {each for x in verdict.findings if x.outcome is Outcome.MET for each in x.evidence}
    return [
        Holding(x.id, x.record)
        for x in verdict.evidence
        if x.id in used and isinstance(x.record, Certificate | Fellowship)
    ]


def _practitioner(physician: Physician, held: Sequence[Holding]) -> Resource:
    return _drop_empty(
        resourceType="Practitioner",
        identifier=[{"use": "official", "system": _NPI, "value": str(physician.npi)}],
        name=[_name(name) for name in physician.names],
        address=[_drop_empty(use="work", city=x.city, state=x.state) for x in physician.places],
        qualification=[_qualification(each.record) for each in held],
    )


def _name(name: PersonName) -> Resource:
    return _drop_empty(
        use="old" if name.kind == "former" else "",
        family=name.last,
        given=[part for part in (name.first, name.middle) if part],
        suffix=[name.suffix] if name.suffix else [],
    )


def _qualification(record: Certificate | Fellowship) -> Resource:
    if isinstance(record, Certificate):
        return _drop_empty(
            code={"text": record.certificate},
            period=_drop_empty(start=record.issued, end=record.expires),
            issuer={"display": record.board},
        )
    number = record.program_code
    return _drop_empty(
        identifier=[{"type": {"text": "program number"}, "value": number}] if number else [],
        code={"text": " ".join(filter(None, ("Fellowship", record.specialty)))},
        period=_drop_empty(start=record.start_date, end=record.end_date),
        issuer=_drop_empty(display=record.program_name),
    )


def _whole(verdict: Verdict, person: str) -> Resource:
    paths = [f"path {x.id}: {x.outcome} ({x.says})" for x in list_paths(verdict)]
    context = [f"{CONTEXT_HEAD}: {said}" for said in list_context(verdict)]
    said = [headline(verdict), *list_reasons(verdict), *paths, *context]
    result = _result(verdict, verdict.outcome, person, said, "")
    return result | {"failureAction": _make_concept("failure-action", "fatal")}


def _finding(
    verdict: Verdict, finding: Finding, person: str, held: Sequence[Holding], remark: str | None
) -> Resource:
    used = [item for item in verdict.evidence if item.id in finding.evidence]
    places = [place for place, each in enumerate(held) if each.evidence in finding.evidence]
    step = f"Next step: {finding.next_step}" if finding.next_step else ""
    attested = any(reason.code is ReasonCode.SELF_REPORTED for reason in finding.reasons)
    head = f"{finding.requirement}: {finding.outcome}: {reasons_line(finding)}"
    result = _result(
        verdict, finding.outcome, person, [head, step, remark or ""], finding.requirement
    )
    if attested and finding.outcome is Outcome.MET:
        result["status"] = "attested"  # nobody but the person says so
    action = "none" if finding.level == "advisory" else "fatal"
    return result | _drop_empty(
        targetLocation=[f"Practitioner.qualification[{place}]" for place in places],
        failureAction=_make_concept("failure-action", action),
        validationType={"text": "self-reported"} if attested else _validation(used),
        primarySource=[_source(item) for item in used],
    )


def _result(
    verdict: Verdict,
    outcome: Outcome | VerdictOutcome,
    person: str,
    said: Sequence[str],
    requirement: str,
) -> Resource:
    standard = verdict.standard
    process = f"{standard.id} {standard.version} (sha256 {standard.sha256})"
    return {
        "resourceType": "VerificationResult",
        "text": {"status": "generated", "div": _narrative(said)},
        "target": [{"reference": person}],
        "status": _STATUS[outcome],
        "statusDate": str(verdict.as_of),
        "validationProcess": [{"text": ": ".join(filter(None, (process, requirement)))}],
    }


def _validation(used: Sequence[Evidence]) -> Resource:
    """Say how it was validated; FHIR has no code for one source that is not primary."""
    sources = {item.source: item.authority for item in used}
    if len(sources) > 1:
        return _make_concept("validation-type", "multiple")
    if Authority.PRIMARY in sources.values():
        return _make_concept("validation-type", "primary")
    return _drop_empty(text=", ".join(f"one source, {each}" for each in sources.values()))


def _source(item: Evidence) -> Resource:
    return _drop_empty(
        who={"display": item.source},
        type=[{"text": str(item.authority)}],
        validationDate=item.provenance.as_of,
    )


def _nobody(verdict: Verdict) -> Resource:
    reasons = "; ".join(list_reasons(verdict))
    person = person_line(verdict.query, None)
    return {
        "resourceType": "OperationOutcome",
        "issue": [
            {
                "severity": _SEVERITY[verdict.outcome],
                "code": _ISSUES.get(verdict.resolution.decision, "processing"),
                "diagnostics": f"row {verdict.query.row}: {person}: {verdict.outcome}: {reasons}",
            }
        ],
    }


def _make_concept(system: str, code: str) -> Resource:
    return {"coding": [{"system": _TERMS + system, "code": code}]}


def _narrative(said: Sequence[str]) -> str:
    lines = "".join(
        f"<p>{html.escape(escape_control(each), quote=False)}</p>" for each in said if each
    )
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{lines}</div>'


def _drop_empty(**parts: Any) -> Resource:
    """Return the parts that are there: FHIR knows no empty texts, lists or objects."""
    return {name: _plain(part) for name, part in parts.items() if part}


def _plain(part: Any) -> Any:
    return part if isinstance(part, (list, dict, str)) else str(part)
