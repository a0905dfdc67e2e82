"""Saved results judged again from their own evidence: the same bytes, or the difference named.

Three things are held against the file. Each line is judged again, its person resolved again. What a
line says is held against itself, the other lines and the header. And the header's seal is held
against every byte, for what nothing else can tell (a record's date that decides nothing).
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from credcheck.audit.consistency import RunConsistency
from credcheck.audit.recall import recall_dossier
from credcheck.checker import check
from credcheck.model import RunHeader, Verdict, plain, to_json
from credcheck.runs.results import Line, ResultsSeal, seal_header
from credcheck.standards.loader import Standard

_SHOWN = 5


class ReplayResult(NamedTuple):
    """One verdict judged again. ``differences`` is empty where it came out as it stands."""

    number: int
    row: int
    text: bytes
    differences: tuple[str, ...]


class Replay:
    """Judges the verdicts of one file again and, when all are judged, its header."""

    def __init__(self, header_line: bytes, header: RunHeader, standard: Standard) -> None:
        """Take the header's line, with its end, and what it says."""
        self._line = header_line
        self._header = header
        self._standard = standard
        self._consistency = RunConsistency(header)
        self._seal = ResultsSeal(header_line)
        self._again: Counter[str] = Counter()
        self.unlike = 0
        """How many verdicts came out otherwise."""

    @property
    def rows(self) -> int:
        """How many verdicts were judged again."""
        return self._consistency.rows

    def judge(self, lines: Iterable[Line]) -> Iterator[ReplayResult]:
        """Judge every verdict again, with no source and no network."""
        for line in lines:
            self._seal.add(line.text + b"\n")
            again = check(recall_dossier(line.verdict), self._standard, line.verdict.as_of)
            text = to_json(again)
            told = [] if text == line.text else list(_list_differences(line.verdict, again))
            told += self._consistency.check(line.verdict)
            self.unlike += bool(told)
            self._again[str(again.outcome)] += 1
            yield ReplayResult(line.number, line.verdict.query.row, text, tuple(told))

    def check_header(self) -> tuple[str, ...]:
        """Return what in the header does not fit the verdicts, once all are judged."""
        counts = self._consistency.outcomes
        expected = self._replace_counts(self.rows, counts)
        told = list(_walk_differences(plain(self._header), plain(expected), ""))
        if not told and to_json(expected) + b"\n" != self._line:
            told.append(
                "the values match but the bytes differ: this version did not write the header"
            )
        if self._header.seal is None:
            told.append(
                "seal: missing, so fields that do not affect the verdict may have been changed"
            )
        elif self._header.seal != self._seal.text:
            told.append("seal: it does not match; the file was changed after it was written")
        return tuple(told)

    def make_header(self, lines: Iterable[bytes]) -> RunHeader:
        """Return the header of the verdicts as they were judged again, which stand in these lines."""
        return seal_header(self._replace_counts(self.rows, self._again), lines)

    def _replace_counts(self, rows: int, outcomes: Counter[str]) -> RunHeader:
        """Return the header with what can be told anew; only that of a roster counts its rows."""
        is_counted = self._header.roster is not None
        return replace(
            self._header,
            standard=self._standard.ref,
            rows=rows if is_counted else None,
            outcomes=dict(sorted(outcomes.items())) if is_counted else {},
        )


def _list_differences(before: Verdict, again: Verdict) -> Iterator[str]:
    found = list(_walk_differences(plain(before), plain(again), ""))
    if not found:
        yield "the values match but the bytes differ: this version did not write the line"
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
        yield f"{where.removeprefix('.')}: {in_file} in the file, {again} when checked again"


def _step_name(value: object, place: int) -> object:
    return value.get("requirement", place) if isinstance(value, dict) else place


def _abbreviate(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
