"""NDJSON: the run's header, then a verdict a line. The form that everything else is made from."""

from typing import BinaryIO

from credcheck.reports.formats.base import Format, ReportContext
from credcheck.runs.results import Results


def _write(results: Results, out: BinaryIO, extra: ReportContext) -> None:
    del extra
    out.writelines(results.ndjson())


FORMAT = Format(
    "ndjson",
    ".ndjson",
    "a header, then one verdict per line; lossless",
    _write,
    is_logged=True,
    is_compressible=True,
)
