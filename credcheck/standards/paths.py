"""The paths of a standard: alternatives, each a list of requirements that must all be met.

What is in a path is asked of those who go that way; what is in none, of everybody. So a path holds
``required`` requirements alone: a blocking one speaks of the person whichever way was taken, and an
advisory one decides nothing.
"""

from collections.abc import Mapping, Sequence
from itertools import permutations

import msgspec

from credcheck._util.suggest import did_you_mean
from credcheck.model import Model, RequirementLevel
from credcheck.standards.document import RawTable, StandardError, check_keys


class StandardPath(Model, kw_only=True):
    """One path: ``requirements`` are the ids of what it asks. ``cites`` names where it comes from."""

    id: str
    title: str
    requirements: tuple[str, ...]
    cites: tuple[str, ...] = ()


def parse_paths(
    raw: RawTable, levels: Mapping[str, RequirementLevel], where: str
) -> tuple[StandardPath, ...]:
    """Return the paths of a document. Raises StandardError for one that could not mean what it says."""
    paths = tuple(_parse_path(name, each, f"{where}: path {name!r}") for name, each in raw.items())
    for path in paths:
        _check_members(path, levels, f"{where}: path {path.id!r}")
    _check_absorbed(paths, where)
    return paths


def _parse_path(name: str, raw: Mapping[str, object], where: str) -> StandardPath:
    check_keys(raw, (x for x in StandardPath.__struct_fields__ if x != "id"), where)
    if not name.strip():
        raise StandardError(f"{where}: a path needs a name")
    try:
        return msgspec.convert({"id": name, "title": name, "requirements": (), **raw}, StandardPath)
    except msgspec.ValidationError as error:
        raise StandardError(f"{where}: {error}") from error


def _check_members(path: StandardPath, levels: Mapping[str, RequirementLevel], where: str) -> None:
    if not path.requirements:
        raise StandardError(f"{where}: no requirement is named, so everyone would meet it")
    for name in path.requirements:
        if name not in levels:
            raise StandardError(
                f"{where}: unknown requirement {name!r}{did_you_mean(name, levels)}"
            )
        if levels[name] != "required":
            raise StandardError(
                f"{where}: requirement {name!r} is {levels[name]}, but only a required one can be in a"
                " path; leave it out of the path, or make it required"
            )
    if len(set(path.requirements)) != len(path.requirements):
        raise StandardError(f"{where}: a requirement is named twice")


def _check_absorbed(paths: Sequence[StandardPath], where: str) -> None:
    """Refuse a path that asks all that another asks: whoever meets it meets that one."""
    for wide, narrow in permutations(paths, 2):
        if set(wide.requirements) <= set(narrow.requirements):
            raise StandardError(
                f"{where}: path {narrow.id!r} requires everything that path {wide.id!r} requires, so it"
                " never decides; drop one of them, or add what else the other requires"
            )
