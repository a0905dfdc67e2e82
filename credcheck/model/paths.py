"""Paths: alternatives inside a standard. A whole path suffices; within one, every requirement holds.

Three values as everywhere (truth rule 1): a path is the AND of its findings, the paths together are
their OR, and what stands outside of them is required whichever path holds.
"""

from collections.abc import Iterable, Mapping, Sequence

from credcheck.model.base import Model
from credcheck.model.outcome import Outcome, all_of, any_of


class PathResult(Model, kw_only=True):
    """What one path came to. ``requirements`` are its own; their findings say what was missing."""

    id: str
    outcome: Outcome
    requirements: tuple[str, ...]


def weigh_path(
    id_: str, requirements: Sequence[str], outcomes: Mapping[str, Outcome]
) -> PathResult:
    """Return what a path comes to. A requirement without an outcome is not established."""
    found = [outcomes.get(each, Outcome.UNVERIFIED) for each in requirements]
    return PathResult(id=id_, outcome=all_of(found), requirements=tuple(requirements))


def combine_with_paths(outcomes: Mapping[str, Outcome], paths: Iterable[PathResult]) -> Outcome:
    """Combine the outcomes of what decides: all that is in no path, and one path of several."""
    ways = tuple(paths)
    inside = {name for way in ways for name in way.requirements}
    common = [outcome for name, outcome in outcomes.items() if name not in inside]
    return all_of([*common, any_of([way.outcome for way in ways])] if ways else common)
