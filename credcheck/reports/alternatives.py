"""Paths of a standard and what no record establishes, in labels: for pages, workbooks and packets."""

from typing import NamedTuple

from credcheck.model import Outcome, Verdict
from credcheck.reference.labels import humanize, label
from credcheck.reports.paths import sentence


class ShownPath(NamedTuple):
    """One path for people; ``says`` is what each of its requirements came to."""

    title: str
    code: str
    outcome: str
    says: str


def describe_outcome(verdict: Verdict) -> str:
    """Return what the verdict's word means, with the path that it rests on, if there is one."""
    if not verdict.paths:
        return label("verdict_meaning", verdict.outcome)
    said = sentence(verdict)
    return f"{said[:1].upper()}{said[1:]}."


def show_paths(verdict: Verdict) -> list[ShownPath]:
    """Return each path with what its requirements came to, in the standard's order."""
    outcomes = {finding.requirement: finding.outcome for finding in verdict.findings}
    shown = []
    for path in verdict.paths or ():
        parts = (
            f"{label('requirement', x)}:"
            f" {label('outcome', outcomes.get(x, Outcome.UNVERIFIED)).lower()}"
            for x in path.requirements
        )
        outcome = label("outcome", path.outcome)
        shown.append(ShownPath(humanize(path.id), str(path.outcome), outcome, "; ".join(parts)))
    return shown


def show_context(verdict: Verdict) -> list[str]:
    """Return what no record establishes, a line each."""
    return [f"{label('topic', said.topic)}: {said.message}" for said in verdict.context or ()]
