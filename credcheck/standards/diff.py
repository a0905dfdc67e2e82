"""What differs between two standards, each with all that it extends: field by field, nothing judged."""

from collections.abc import Iterator, Mapping

from credcheck.model import Model, plain
from credcheck.standards.loader import Requirement, Standard
from credcheck.standards.paths import StandardPath


class StandardChange(Model, kw_only=True):
    """One difference. ``before`` or ``after`` is None where there is no such thing on that side.

    ``part`` is ``standard``, ``requirement ID`` or ``path ID``; ``field`` is empty for the whole part.
    """

    part: str
    field: str = ""
    before: str | None
    after: str | None


def diff_standards(old: Standard, new: Standard) -> tuple[StandardChange, ...]:
    """Return what differs, in the order of the new standard; what is gone comes last in its kind."""
    return (
        *_diff_fields("standard", _describe_standard(old), _describe_standard(new)),
        *_diff_parts("path", _describe_paths(old), _describe_paths(new)),
        *_diff_parts("requirement", _describe_all(old), _describe_all(new)),
    )


_Fields = dict[str, str]


def _describe_standard(standard: Standard) -> _Fields:
    about = " ".join(standard.description.split())
    return {"name": standard.name, "description": about}


def _describe_paths(standard: Standard) -> dict[str, _Fields]:
    return {each.id: _describe_path(each) for each in standard.paths}


def _describe_path(path: StandardPath) -> _Fields:
    return {
        "requirements": ", ".join(path.requirements),
        "title": path.title,
        "cites": "; ".join(path.cites),
    }


def _describe_all(standard: Standard) -> dict[str, _Fields]:
    return {each.id: _describe_requirement(each) for each in standard.requirements}


def _describe_requirement(requirement: Requirement) -> _Fields:
    return {
        "level": requirement.level,
        "rule": requirement.rule.kind,
        **{name: show_value(value) for name, value in plain(requirement.parameters).items()},
        "title": requirement.title,
        "cites": "; ".join(requirement.cites),
    }


def show_value(value: object) -> str:
    """Return a parameter's value for people."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} until {day}" for name, day in value.items())
    return str(value)


def _diff_parts(
    kind: str, old: Mapping[str, _Fields], new: Mapping[str, _Fields]
) -> Iterator[StandardChange]:
    for name in (*new, *(each for each in old if each not in new)):
        part = f"{kind} {name}"
        if name not in old:
            yield StandardChange(part=part, before=None, after=_sum_up(new[name]))
        elif name not in new:
            yield StandardChange(part=part, before=_sum_up(old[name]), after=None)
        else:
            yield from _diff_fields(part, old[name], new[name])


def _diff_fields(part: str, old: _Fields, new: _Fields) -> Iterator[StandardChange]:
    for field in dict.fromkeys((*old, *new)):
        before, after = old.get(field), new.get(field)
        if before != after:
            yield StandardChange(part=part, field=field, before=before, after=after)


def _sum_up(fields: _Fields) -> str:
    """Return a whole part in one line: what it asks, and at which level."""
    level = f", {fields['level']}" if "level" in fields else ""
    return f"{fields['title']}{level}"
