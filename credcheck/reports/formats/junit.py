"""JUnit: a suite a physician, a case a requirement. ``unverified`` is an error, never skipped.

CI systems show a skipped case green, and what could not be established is not. Layout: the Ant/Jenkins
schema of JUnit XML, which all CI systems read; a case holds at most one failure or error.
"""

from collections.abc import Iterator
from typing import BinaryIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from credcheck._util.text import escape_control
from credcheck.audit.headlines import headline
from credcheck.model import Finding, Outcome, RunHeader, Verdict
from credcheck.reports.formats.base import Format, ReportContext
from credcheck.reports.paths import CONTEXT_HEAD, code_with_paths, list_context, list_paths
from credcheck.reports.summary import reasons_line
from credcheck.reports.terminal.styles import person_line
from credcheck.runs.results import Results


def _write(results: Results, out: BinaryIO, extra: ReportContext) -> None:
    totals = _SuiteCounts()
    for verdict in results:
        totals.add(verdict, extra)
    xml = XMLGenerator(out, encoding="utf-8", short_empty_elements=True)
    xml.startDocument()
    title = f"credcheck {results.header.standard.id}"
    _open(xml, "testsuites", name=title, **totals.attributes)
    for verdict in results:
        _suite(xml, verdict, results.header, extra)
    xml.endElement("testsuites")
    xml.endDocument()


class _SuiteCounts:
    """How many cases there are, and how many of them fail."""

    def __init__(self) -> None:
        self.tests = self.failures = self.errors = 0

    def add(self, verdict: Verdict, extra: ReportContext) -> None:
        """Count a verdict's cases."""
        for finding in verdict.findings:
            self.tests += 1
            counted = _count_suites(verdict, finding, extra)
            self.failures += counted is Outcome.NOT_MET
            self.errors += counted is Outcome.UNVERIFIED

    @property
    def attributes(self) -> dict[str, str]:
        """Return the counts as attributes; nothing is ever skipped."""
        numbers = (self.tests, self.failures, self.errors, 0)
        return dict(zip(("tests", "failures", "errors", "skipped"), map(str, numbers), strict=True))


def _count_suites(verdict: Verdict, finding: Finding, extra: ReportContext) -> Outcome:
    """Return what a case counts as: what does not keep the verdict from ``meets`` passes.

    So do findings that are waived or known, advisory ones, and those of a path that was not needed.
    """
    if finding not in verdict.failing or extra.remark(verdict, finding):
        return Outcome.MET
    return finding.outcome


def _suite(xml: XMLGenerator, verdict: Verdict, header: RunHeader, extra: ReportContext) -> None:
    counts = _SuiteCounts()
    counts.add(verdict, extra)
    name = f"row {verdict.query.sheet_row}: {person_line(verdict.query, verdict.physician)}"
    _open(xml, "testsuite", name=name, time="0", **counts.attributes)
    _open(xml, "properties")
    for key, value in _properties(verdict, header, extra):
        _open(xml, "property", name=key, value=value)
        xml.endElement("property")
    xml.endElement("properties")
    for finding in verdict.findings:
        _case(xml, verdict, finding, extra)
    xml.endElement("testsuite")


def _properties(
    verdict: Verdict, header: RunHeader, extra: ReportContext
) -> Iterator[tuple[str, str]]:
    yield "outcome", str(verdict.outcome)
    yield "headline", headline(verdict)
    yield "as_of", str(verdict.as_of)
    yield "standard", f"{header.standard.id} {header.standard.version} {header.standard.sha256}"
    for path in list_paths(verdict):
        yield f"path {path.id}", f"{path.outcome}: {path.says}"
    for said in list_context(verdict):
        yield CONTEXT_HEAD, said
    if verdict.query.id:
        yield "id", verdict.query.id
    if extra.log_head:
        yield "log_head", extra.log_head


def _case(xml: XMLGenerator, verdict: Verdict, finding: Finding, extra: ReportContext) -> None:
    name = code_with_paths(verdict, finding) + (
        "" if finding.level == "required" else f" ({finding.level})"
    )
    _open(xml, "testcase", name=name, classname=f"credcheck.{verdict.npi or 'unknown'}", time="0")
    counted = _count_suites(verdict, finding, extra)
    text = reasons_line(finding)
    more = f"{text}\nNext step: {finding.next_step}" if finding.next_step else text
    if counted is Outcome.MET:
        remark = extra.remark(verdict, finding)
        _element(xml, "system-out", f"{finding.outcome}: {remark + '; ' if remark else ''}{text}")
    else:
        element = "failure" if counted is Outcome.NOT_MET else "error"
        codes = " ".join(reason.code for reason in finding.reasons)
        _element(xml, element, more, message=f"{finding.outcome}: {text}", type=codes)
    xml.endElement("testcase")


def _element(xml: XMLGenerator, element: str, text: str, **attributes: str) -> None:
    _open(xml, element, **attributes)
    xml.characters("\n".join(map(escape_control, text.split("\n"))))
    xml.endElement(element)


def _open(xml: XMLGenerator, element: str, **attributes: str) -> None:
    shown = {name: escape_control(value) for name, value in attributes.items()}
    xml.startElement(element, AttributesImpl(shown))


FORMAT = Format(
    "junit", ".xml", "JUnit XML for CI: one suite per physician, one case per requirement", _write
)
