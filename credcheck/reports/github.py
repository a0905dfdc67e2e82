"""Marks for CI logs. GitHub Actions, "Workflow commands": ::error file=F,line=N,title=T::message."""

from collections.abc import Iterator

from credcheck._util.text import escape_control, pluralize
from credcheck.audit.summary import Summary
from credcheck.model import VerdictOutcome
from credcheck.reports.policy import describe_violation

_MOST = 10  # GitHub shows ten errors and ten warnings of a step


def github(summary: Summary, roster: str) -> Iterator[str]:
    """Yield the workflow commands for the worst of the rows that fail, and for what is let pass."""
    for gated in summary.worst[:_MOST]:
        command = "warning" if gated.outcome is VerdictOutcome.UNVERIFIED else "error"
        line = f",line={gated.line}" if gated.line else ""
        row = f"row {gated.line or gated.row}" + (f", NPI {gated.npi}" if gated.npi else "")
        title = _escape_property(f"{gated.headline} ({row})")
        message = "; ".join([*map(describe_violation, gated.gates), *gated.reasons])
        yield f"::{command} file={_escape_property(roster)}{line},title={title}::{_escape(message)}"
    for entry in summary.adverse_entries[:_MOST]:
        yield f"::warning title=Adverse finding covered by a waiver or the baseline::{_escape(entry)}"
    if summary.gated > _MOST:
        more = pluralize(summary.gated - _MOST, "more row")
        yield f"::warning title=credcheck::{more} failed the policy; see the report"


def _escape(text: str) -> str:
    return escape_control(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
