"""JSON: one document with the run's header and all verdicts."""

from typing import BinaryIO

from credcheck.model import to_json
from credcheck.reports.formats.base import Format, ReportContext
from credcheck.runs.results import Results


def _write(results: Results, out: BinaryIO, extra: ReportContext) -> None:
    del extra
    out.write(b'{"schema":"credcheck.results/1","run":' + to_json(results.header))
    out.write(b',"verdicts":[')
    separator = b"\n"
    for verdict in results:
        out.write(separator + to_json(verdict))
        separator = b",\n"
    out.write(b"\n]}\n")


FORMAT = Format("json", ".json", "one document with the header and all verdicts", _write)
