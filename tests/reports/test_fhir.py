"""FHIR R4, read by somebody else's models of it (R4B, which differs in none of these resources)."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from msgspec.structs import replace

from credcheck.demo import demo_people
from credcheck.model import Finding, Query, ReasonCode, Verdict
from credcheck.reports.formats import formats
from credcheck.reports.formats.base import ReportContext
from credcheck.runs.results import Results
from tests.support.runs import fails, meets, results, unverified
from tests.support.world import copy_demo, judge


def bundle(*verdicts: Verdict, extra: ReportContext | None = None) -> list[dict[str, Any]]:
    """Return the entries of a bundle, after it was validated."""
    out = io.BytesIO()
    formats()["fhir"].write(results(*verdicts), out, extra or ReportContext())
    Bundle.model_validate_json(out.getvalue())
    document = json.loads(out.getvalue())
    addresses = [each["fullUrl"] for each in document["entry"]]
    assert len(set(addresses)) == len(addresses)
    return [each["resource"] for each in document["entry"]]


def of_type(entries: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [each for each in entries if each["resourceType"] == kind]


def statuses(verdict: Verdict) -> list[str]:
    return [each["status"] for each in of_type(bundle(verdict), "VerificationResult")]


def test_everybody_of_the_demo_world_is_valid_and_there(tmp_path: Path) -> None:
    npis = [person.npi for person in demo_people()]
    queries = [Query(npi=npi, row=row) for row, npi in enumerate(npis, 1)]  # type: ignore[arg-type]
    verdicts = judge(copy_demo(tmp_path), *queries)
    entries = bundle(*verdicts)
    people = len(of_type(entries, "Practitioner"))
    nobody = len(of_type(entries, "OperationOutcome"))
    assert people + nobody == len(npis)
    assert people
    assert nobody
    expected = sum(1 + len(each.findings) for each in verdicts if each.physician is not None)
    assert len(of_type(entries, "VerificationResult")) == expected


def test_the_practitioner_bears_the_number_the_name_and_what_was_found_good() -> None:
    (person,) = of_type(bundle(meets()), "Practitioner")
    assert person["identifier"][0] == {
        "use": "official",
        "system": "http://hl7.org/fhir/sid/us-npi",
        "value": "2000001075",
    }
    held = [(each["code"]["text"], each["period"]) for each in person["qualification"]]
    assert [text for text, _ in held] == ["Fellowship Pain Medicine", "Pain Medicine"]
    assert held[1][1]["end"] == "2030-12-31"


def test_an_expired_certificate_never_stands_as_a_qualification() -> None:
    """A reader would take it as held: FHIR has no place there to say that it is not."""
    (person,) = of_type(bundle(fails()), "Practitioner")
    assert [each["code"]["text"] for each in person["qualification"]] == [
        "Fellowship Pain Medicine"
    ]


@pytest.mark.parametrize(
    ("verdict", "status"),
    [(meets(), "validated"), (fails(), "val-fail"), (unverified(), "in-process")],
)
def test_the_whole_verdict_comes_first_and_says_its_status(verdict: Verdict, status: str) -> None:
    assert statuses(verdict)[0] == status


def test_each_finding_has_a_result_that_points_at_what_it_rests_on() -> None:
    entries = bundle(meets())
    by_process = {
        each["validationProcess"][0]["text"].rpartition(": ")[2]: each
        for each in of_type(entries, "VerificationResult")
    }
    board = by_process["board_certification"]
    assert board["targetLocation"] == ["Practitioner.qualification[1]"]
    assert board["failureAction"]["coding"][0]["code"] == "fatal"
    assert board["primarySource"][0]["who"] == {"display": "boards"}
    assert by_process["radiation_safety"]["failureAction"]["coding"][0]["code"] == "none"
    assert by_process["radiation_safety"]["status"] == "in-process"


def test_only_met_findings_are_ever_called_validated_and_self_reports_attested() -> None:
    for verdict in (meets(), fails(), unverified()):
        told = statuses(verdict)[1:]
        assert [status in {"validated", "attested"} for status in told] == [
            str(finding.outcome) == "met" for finding in verdict.findings
        ]
        by_word = [
            any(reason.code is ReasonCode.SELF_REPORTED for reason in finding.reasons)
            for finding in verdict.findings
        ]
        assert [status == "attested" for status in told] == by_word
        assert any(by_word)


def test_a_remark_stands_in_the_narrative_and_changes_no_status() -> None:
    def waived(verdict: Verdict, finding: Finding) -> str | None:
        return "waived: <by> somebody" if finding.requirement == "board_certification" else None

    entries = bundle(fails(), extra=ReportContext(remark=waived))
    (waived_one,) = (x for x in entries if "waived" in x.get("text", {}).get("div", ""))
    assert "waived: &lt;by&gt; somebody" in waived_one["text"]["div"]
    assert waived_one["status"] == "val-fail"


def test_text_from_outside_cannot_leave_the_narrative() -> None:
    evil = meets()
    reason = replace(evil.findings[0].reasons[0], message="</div><script>\x00\u202e")
    finding = replace(evil.findings[0], reasons=(reason,))
    entries = bundle(replace(evil, findings=(finding, *evil.findings[1:])))
    divs = [each["text"]["div"] for each in entries if "text" in each]
    assert any("&lt;script&gt;\\x00\\u202e" in div for div in divs)


def test_two_rows_about_one_person_have_addresses_of_their_own() -> None:
    entries = bundle(meets(1), meets(2))
    assert len(of_type(entries, "Practitioner")) == 2


def test_the_same_results_give_the_same_bytes() -> None:
    assert bundle(meets()) == bundle(meets())


def test_without_a_person_the_reason_is_told() -> None:
    nobody = replace(unverified(), physician=None)
    run: Results = results(nobody)
    out = io.BytesIO()
    formats()["fhir"].write(run, out, ReportContext())
    (issue,) = json.loads(out.getvalue())["entry"][0]["resource"]["issue"]
    assert issue["severity"] == "warning"
    assert issue["diagnostics"].startswith("row 1: ")
