"""What a verdict with paths says in words: the path that held, or what is missing in each."""

from collections.abc import Sequence
from typing import NamedTuple

from credcheck.model import Finding, Outcome, Verdict, VerdictOutcome
from credcheck.reference.labels import humanize, label, label_inside

CONTEXT_HEAD = "What records cannot show"


class PathLine(NamedTuple):
    """One path for people: ``says`` is what each of its requirements came to."""

    id: str
    outcome: Outcome
    says: str


def sentence(verdict: Verdict) -> str:
    """Return the verdict's outcome in words, with the path that it rests on."""
    held = [path.id for path in verdict.paths or () if path.outcome is Outcome.MET]
    plain = label("verdict_meaning", verdict.outcome).removesuffix(".")
    if verdict.outcome is VerdictOutcome.MEETS and held:
        return f"{plain}, by the {name_paths(held)}"
    if verdict.outcome is VerdictOutcome.DOES_NOT_MEET and _fails_by_paths(verdict):
        return "No path is met: each has a requirement that is not met"
    if verdict.outcome is VerdictOutcome.UNVERIFIED and verdict.paths and not held:
        return "No path could be established"
    return plain


def list_paths(verdict: Verdict) -> list[PathLine]:
    """Return each path with what its requirements came to, in the standard's order."""
    outcomes = {finding.requirement: finding.outcome for finding in verdict.findings}
    return [
        PathLine(
            path.id,
            path.outcome,
            "; ".join(_say(x, outcomes.get(x, Outcome.UNVERIFIED)) for x in path.requirements),
        )
        for path in verdict.paths or ()
    ]


def paths_of(verdict: Verdict, requirement: str) -> tuple[str, ...]:
    """Return the paths that ask for something; none where everybody is asked for it."""
    return tuple(path.id for path in verdict.paths or () if requirement in path.requirements)


def name_with_paths(verdict: Verdict, finding: Finding) -> str:
    """Return a finding's requirement with its paths: ``Board certificate (path Pain)``."""
    paths = paths_of(verdict, finding.requirement)
    what = label("requirement", finding.requirement)
    return f"{what} ({name_paths(paths)})" if paths else what


def code_with_paths(verdict: Verdict, finding: Finding) -> str:
    """Return a finding's code with its paths, for programs: ``fellowship (path pain)``."""
    paths = paths_of(verdict, finding.requirement)
    if not paths:
        return finding.requirement
    return f"{finding.requirement} (path{'s' if len(paths) > 1 else ''} {', '.join(paths)})"


def name_paths(paths: Sequence[str]) -> str:
    """Return some paths by name: ``path Pain``, ``paths Pain and Spine``."""
    return f"path{'s' if len(paths) > 1 else ''} {' and '.join(map(humanize, paths))}"


def _say(requirement: str, outcome: Outcome) -> str:
    return f"{label('requirement', requirement)}: {label_inside('outcome', outcome)}"


def list_open(verdict: Verdict) -> tuple[Finding, ...]:
    """Return the findings that are worth following up: not those of a path that is lost.

    Where some path is open, one with a negative is not the nearest way; where none is, all are listed.
    """
    is_open = any(path.outcome is Outcome.UNVERIFIED for path in verdict.paths or ())
    if not is_open:
        return verdict.failing
    lost = {path.id for path in verdict.paths or () if path.outcome is Outcome.NOT_MET}
    return tuple(
        finding
        for finding in verdict.failing
        if not (ways := paths_of(verdict, finding.requirement)) or not lost.issuperset(ways)
    )


def list_context(verdict: Verdict) -> list[str]:
    """Return what no record establishes, a line each."""
    return [f"{label('topic', said.topic)}: {said.message}" for said in verdict.context or ()]


def _fails_by_paths(verdict: Verdict) -> bool:
    """Tell whether nothing that is asked of everybody is negative."""
    paths = verdict.paths or ()
    common = (x for x in verdict.failing if not paths_of(verdict, x.requirement))
    return bool(paths) and all(finding.outcome is not Outcome.NOT_MET for finding in common)
