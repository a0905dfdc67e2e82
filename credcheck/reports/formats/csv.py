"""CSV for spreadsheets: a row a verdict, and no cell that could act as a formula."""

import csv
import io
from typing import BinaryIO

from credcheck.reports.columns import list_columns
from credcheck.reports.formats.base import Format, ReportContext
from credcheck.reports.summary import header_row, list_remarks, verdict_row
from credcheck.runs.results import Results
from credcheck.tables.csv_safe import escape_cell


def _write(results: Results, out: BinaryIO, extra: ReportContext) -> None:
    others = results.header.roster.others if results.header.roster else ()
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    columns = list_columns(results)
    writer.writerow(map(escape_cell, header_row(columns, others)))
    for verdict in results:
        cells = verdict_row(verdict, columns, others, list_remarks(verdict, extra.remark))
        writer.writerow(map(escape_cell, cells))
    text.detach()


FORMAT = Format(
    "csv",
    ".csv",
    "one row per verdict, safe to open in a spreadsheet",
    _write,
    is_compressible=True,
)
