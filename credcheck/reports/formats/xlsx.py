"""XLSX: a workbook of people, findings, evidence, what ends, sources and next steps."""

from typing import BinaryIO

from credcheck.reports.formats.base import Format, ReportContext
from credcheck.reports.workbook.sheet import MOST_ROWS
from credcheck.runs.results import Results


def _write(results: Results, out: BinaryIO, extra: ReportContext) -> None:
    from credcheck.reports.workbook.write import write_workbook

    write_workbook(results, out, extra)


FORMAT = Format(
    "xlsx",
    ".xlsx",
    "a workbook: people, findings, evidence, next steps",
    _write,
    MOST_ROWS,
    has_decisions=True,
)
