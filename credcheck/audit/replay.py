"""Results judged again from the evidence that they carry: the same bytes, or the difference named."""

import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from credcheck.checker import check
from credcheck.model import Dossier, Verdict, plain, to_json
from credcheck.runs.results import Line
from credcheck.standards.loader import Standard

_SHOWN = 5


class ReplayResult(NamedTuple):
    """One verdict judged again. ``compare_results`` is empty where it has the same bytes."""

    number: int
    row: int
    text: bytes
    differences: tuple[str, ...]


def replay_lines(lines: Iterable[Line], standard: Standard) -> Iterator[ReplayResult]:
    """Judge every verdict again, with no source and no network."""
    for line in lines:
        again = check(_rebuild_dossier(line.verdict), standard, line.verdict.as_of)
        text = to_json(again)
        told = () if text == line.text else tuple(_list_differences(line, again))
        yield ReplayResult(line.number, line.verdict.query.row, text, told)


def _rebuild_dossier(verdict: Verdict) -> Dossier:
    return Dossier(
        query=verdict.query,
        resolution=verdict.resolution,
        physician=verdict.physician,
        evidence=verdict.evidence,
        sources=verdict.sources,
    )


def _list_differences(line: Line, again: Verdict) -> Iterator[str]:
    before, now = plain(line.verdict), plain(again)
    found = list(_walk_differences(before, now, ""))
    if not found:
        yield "the same values, but other bytes: the line was not written by this version"
    yield from itertools.islice(found, _SHOWN)
    if len(found) > _SHOWN:
        yield f"and {len(found) - _SHOWN} more"


def _walk_differences(before: object, now: object, where: str) -> Iterator[str]:
    if isinstance(before, dict) and isinstance(now, dict):
        for name in {**before, **now}:
            yield from _walk_differences(before.get(name), now.get(name), f"{where}.{name}")
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for place, (one, other) in enumerate(zip(before, now, strict=True)):
            yield from _walk_differences(one, other, f"{where}[{_step_name(one, place)}]")
    elif before != now:
        in_file, again = _abbreviate(before), _abbreviate(now)
        yield f"{where.removeprefix('.')}: {in_file} in the file, {again} judged again"


def _step_name(value: object, place: int) -> object:
    return value.get("requirement", place) if isinstance(value, dict) else place


def _abbreviate(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
