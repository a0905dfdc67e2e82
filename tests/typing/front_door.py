"""An example of the front door, with the types that its users see. Type-checked by mypy, and run."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import assert_type

import credcheck
from credcheck import (
    Finding,
    Outcome,
    Query,
    ReasonCode,
    Results,
    Sources,
    Standard,
    UsageError,
    Verdict,
    VerdictOutcome,
    load_standard,
    make_query,
    open_sources,
    read_results,
    verify,
    verify_one,
    write_report,
)


def list_open(sources: Sources, npis: list[str]) -> dict[str, tuple[str, ...]]:
    """Return for each physician who does not meet the standard which requirements are in the way."""
    standard = load_standard("interventional-pain")
    assert_type(standard, Standard)
    verdicts = verify(npis, sources, standard=standard, as_of=dt.date(2026, 11, 1))
    assert_type(verdicts, Iterator[Verdict])
    return {
        str(verdict.npi): tuple(finding.requirement for finding in verdict.failing)
        for verdict in verdicts
        if verdict.outcome is not VerdictOutcome.MEETS
    }


def explain(sources: Sources, name: str) -> list[ReasonCode]:
    """Return the reason codes of what is not met for somebody who is known by a name."""
    query = make_query(name, state="OH")
    assert_type(query, Query)
    verdict = verify_one(query, sources)
    assert_type(verdict.findings, tuple[Finding, ...])
    failing = [x for x in verdict.findings if x.outcome is not Outcome.MET]
    return [reason.code for finding in failing for reason in finding.reasons]


def ask(sources: Sources, typed: str) -> Verdict | None:
    """Return the verdict for what somebody typed, or None where it is neither an NPI nor a name."""
    try:
        return verify_one(typed, sources)
    except UsageError:
        return None


def rewrite(saved: Path, report: Path) -> int:
    """Write a report of saved results, and return how many do not meet the standard."""
    results = read_results(saved)
    assert_type(results, Results)
    write_report(results, report)
    return sum(verdict.outcome is VerdictOutcome.DOES_NOT_MEET for verdict in results)


def main() -> None:
    """Run the example in the demo's world."""
    sources = open_sources(demo=True, cached=False)
    assert list_open(sources, ["2000001075", "2100000142"]) == {
        "2100000142": ("board_certification",)
    }
    assert ReasonCode.CERTIFICATE_EXPIRED in explain(sources, "Otto Oakhurst")
    assert ask(sources, "12") is None
    assert credcheck.__version__
