"""HTML: one page that stands alone. No script, nothing loaded from elsewhere, everything escaped."""

from importlib.resources import files
from typing import Any, BinaryIO

from credcheck._util.text import escape_control
from credcheck.model import Finding, Verdict
from credcheck.reports.formats.base import Format, ReportContext
from credcheck.reports.paths import (
    CONTEXT_HEAD,
    list_context,
    list_paths,
    paths_of,
    sentence,
)
from credcheck.reports.summary import list_candidates, list_next_steps, reasons_line
from credcheck.reports.terminal.styles import record_location
from credcheck.runs.results import Results


def _write(results: Results, out: BinaryIO, extra: ReportContext) -> None:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["visible"] = _visible
    said = {
        "candidates_of": list_candidates,
        "context_head": CONTEXT_HEAD,
        "context_of": list_context,
        "path_lines": list_paths,
        "paths_of": paths_of,
        "sentence": sentence,
        "next_steps": list_next_steps,
        "told": reasons_line,
        "where": record_location,
    }
    environment.globals.update(said)
    source = files("credcheck.reports").joinpath("page.html").read_text(encoding="utf-8")

    def remark(verdict: Verdict, finding: Finding) -> str:
        return extra.remark(verdict, finding) or ""

    parts = environment.from_string(source).stream(
        header=results.header,
        verdicts=results,
        extra=extra,
        remark=remark,
    )
    parts.enable_buffering(64)
    parts.dump(out, encoding="utf-8")


def _visible(value: Any) -> str:
    return escape_control(str(value))


FORMAT = Format("html", ".html", "a page for people that stands alone", _write)
