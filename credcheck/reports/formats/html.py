"""HTML: one page that stands alone and loads nothing. Its policy lets its own script run alone."""

from typing import BinaryIO

from credcheck.reports.formats.base import Format, ReportContext
from credcheck.runs.results import Results


def _write(results: Results, out: BinaryIO, extra: ReportContext) -> None:
    from credcheck.reports.page.write import write_page

    write_page(results.header, results, out, extra)


FORMAT = Format("html", ".html", "a self-contained page for people", _write)
