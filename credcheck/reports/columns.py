"""The columns that the verdicts of one run need: its standard's requirements and paths.

A blocking requirement of which nobody said anything has no finding, so one verdict does not show them
all. Those of a shipped standard are known; for another, all verdicts are looked through.
"""

from typing import NamedTuple

from credcheck.runs.results import Results
from credcheck.standards.loader import list_shipped, load_standard


class Columns(NamedTuple):
    """Requirements and paths, in the standard's order."""

    requirements: tuple[str, ...]
    paths: tuple[str, ...]


def list_columns(results: Results) -> Columns:
    """Return the columns of some results."""
    ref = results.header.standard
    if ref.id in list_shipped():
        standard = load_standard(ref.id)
        if standard.ref == ref:
            requirements = tuple(each.id for each in standard.requirements)
            return Columns(requirements, tuple(path.id for path in standard.paths))
    requirements_seen: dict[str, None] = {}
    paths_seen: dict[str, None] = {}
    for verdict in results:
        requirements_seen |= dict.fromkeys(each.requirement for each in verdict.findings)
        paths_seen |= dict.fromkeys(path.id for path in verdict.paths or ())
    return Columns(tuple(requirements_seen), tuple(paths_seen))
