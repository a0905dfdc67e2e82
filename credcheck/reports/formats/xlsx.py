"""XLSX: a sheet of verdicts with colored outcomes, and a sheet of the reasons.

Every cell is text, whatever it holds: nothing is a formula, no NPI becomes a number.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from credcheck._util.text import escape_control
from credcheck.model import Finding, RunHeader, Verdict
from credcheck.reports.columns import list_columns
from credcheck.reports.formats.base import Format, ReportContext
from credcheck.reports.paths import CONTEXT_HEAD, list_paths
from credcheck.reports.summary import header_row, reasons_line, verdict_row
from credcheck.runs.results import Results

if TYPE_CHECKING:
    from openpyxl import Workbook

_LONGEST = 32_767  # what a cell can hold
_MOST_ROWS = 1_048_575  # what a sheet can hold, below its header
_CUT = " ... (cut here; the whole is in the NDJSON)"
_GREEN, _RED, _YELLOW = "C6EFCE", "FFC7CE", "FFEB9C"
_FILLS = {
    "meets": _GREEN,
    "met": _GREEN,
    "does_not_meet": _RED,
    "not_met": _RED,
    "unverified": _YELLOW,
}
_WIDTHS = {
    "name": 28,
    "outcome": 16,
    "reasons": 60,
    "next_steps": 60,
    "npi": 13,
    "row": 7,
    "context": 60,
    "asks": 60,
    "statement": 90,
}
_REASONS = (
    *("row", "id", "npi", "requirement", "level", "outcome"),
    *("codes", "reasons", "next_step", "evidence", "waived_or_known"),
)
_PATHS = ("row", "id", "npi", "path", "outcome", "asks")
_CONTEXT = ("row", "id", "npi", "kind", "topic", "statement", "evidence")


def _write(results: Results, out: BinaryIO, extra: ReportContext) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    try:
        _fill(book, results, extra)
    except BaseException:
        for sheet in book.worksheets:
            sheet.close()  # one that is left open complains when it is collected
        raise
    book.save(out)


def _fill(book: "Workbook", results: Results, extra: ReportContext) -> None:
    others = results.header.roster.others if results.header.roster else ()
    columns = list_columns(results)
    sheets = _Sheet(book, "Verdicts", header_row(columns, others))
    reasons = _Sheet(book, "Reasons", list(_REASONS))
    paths = _LateSheet(book, "Paths", _PATHS)
    context = _LateSheet(book, CONTEXT_HEAD, _CONTEXT)
    for verdict in results:
        sheets.add(verdict_row(verdict, columns, others))
        for finding in verdict.findings:
            reasons.add(_reason_row(verdict, finding, extra))
        for path in list_paths(verdict):
            paths.add([*_who(verdict), path.id, str(path.outcome), path.says])
        for said in verdict.context or ():
            records = ", ".join(said.evidence)
            context.add([*_who(verdict), said.kind, said.topic, said.message, records])
    _about(book, results.header, extra)


def _who(verdict: Verdict) -> list[str]:
    return [str(verdict.query.row), verdict.query.id or "", verdict.npi or ""]


class _Sheet:
    """A sheet with a frozen, bold header, to which rows are added."""

    def __init__(self, book: "Workbook", title: str, header: list[str]) -> None:
        from openpyxl.styles import Font, PatternFill
        from openpyxl.utils import get_column_letter

        self._sheet = book.create_sheet(title)
        self._fills = {word: PatternFill("solid", fgColor=x) for word, x in _FILLS.items()}
        self._sheet.freeze_panes = "A2"
        for place, name in enumerate(header, 1):
            self._sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, 18)
        bold = Font(bold=True)
        cells = [self._cell(name) for name in header]
        for cell in cells:
            cell.font = bold
        self._sheet.append(cells)

    def add(self, texts: list[str]) -> None:
        """Add a row."""
        self._sheet.append([self._cell(text) for text in texts])

    def _cell(self, text: str) -> Any:
        from openpyxl.cell import WriteOnlyCell

        shown = escape_control(text)
        if len(shown) > _LONGEST:
            shown = shown[: _LONGEST - len(_CUT)] + _CUT
        cell = WriteOnlyCell(self._sheet, shown)
        cell.data_type = "s"
        if shown in self._fills:
            cell.fill = self._fills[shown]
        return cell


class _LateSheet:
    """A sheet that is there only if it has a row."""

    def __init__(self, book: "Workbook", title: str, header: Sequence[str]) -> None:
        self._make = partial(_Sheet, book, title, list(header))
        self._sheet: _Sheet | None = None

    def add(self, texts: list[str]) -> None:
        """Add a row."""
        if self._sheet is None:
            self._sheet = self._make()
        self._sheet.add(texts)


def _reason_row(verdict: Verdict, finding: Finding, extra: ReportContext) -> list[str]:
    return [
        *_who(verdict),
        finding.requirement,
        finding.level,
        str(finding.outcome),
        ", ".join(reason.code for reason in finding.reasons),
        reasons_line(finding),
        finding.next_step or "",
        ", ".join(finding.evidence),
        extra.remark(verdict, finding) or "",
    ]


def _about(book: "Workbook", header: RunHeader, extra: ReportContext) -> None:
    sheet = _Sheet(book, "Run", ["what", "value"])
    roster = header.roster
    facts = {
        "standard": f"{header.standard.id} {header.standard.version}",
        "as of": str(header.as_of),
        "started at": header.started_at.isoformat(),
        "credcheck": header.version,
        "roster": roster.file if roster else "",
        "roster sha256": roster.sha256 if roster else "",
        "log head": extra.log_head or "",
    }
    for what, value in facts.items():
        sheet.add([what, value])
    book.properties.creator = "credcheck"
    book.properties.created = book.properties.modified = header.started_at.replace(tzinfo=None)


FORMAT = Format(
    "xlsx", ".xlsx", "a workbook: verdicts in color, reasons, and the run", _write, _MOST_ROWS
)
