"""The pictures of a run: outcomes, findings, physicians by requirement, what ends when, the sources."""

import datetime as dt
from collections.abc import Iterator, Sequence

from credcheck.model import Outcome, SourceReport, SourceState, VerdictOutcome
from credcheck.reference.labels import label
from credcheck.reports.ages import describe_age, is_limit
from credcheck.reports.charts.svg import cut, line, picture, rect, words
from credcheck.reports.charts.tally import RunTally

_WIDTH, _LEFT, _ROW = 540.0, 186.0, 24.0
_BAR = _WIDTH - _LEFT - 60
_MARKS = {Outcome.MET: "\u2713", Outcome.NOT_MET: "\u2715", Outcome.UNVERIFIED: "?"}
"""Drawn in the grid's cells, so that color is not the only sign."""


def draw_outcomes(tally: RunTally) -> str:
    """Draw how many meet, do not meet, and are unverified."""
    counts = [
        (label("verdict_short", word), tally.outcomes[word], str(word)) for word in VerdictOutcome
    ]
    said = ", ".join(f"{name}: {count:,}" for name, count, _ in counts)
    parts = _draw_bars(counts, max(tally.rows, 1))
    return picture(_WIDTH, _ROW * len(counts) + 6, said, parts, name="outcomes")


def draw_findings(tally: RunTally) -> str:
    """Draw for each requirement how many findings came out how."""
    parts: list[str] = []
    said = []
    for place, (name, counts) in enumerate(tally.findings.items()):
        title, y = label("requirement", name), 4 + _ROW * place
        parts.append(words(_LEFT - 8, y + 14, cut(title, 26), anchor="end"))
        x = _LEFT
        shown = [f"{counts[word]:,} {label('outcome', word).lower()}" for word in Outcome]
        for word, hint in zip(Outcome, shown, strict=True):
            width = (_WIDTH - _LEFT - 6) * counts[word] / max(counts.total(), 1)
            parts += [rect(x, y, width, 18, f"o-{word}", f"{title}: {hint}")] if width else []
            x += width
        said.append(f"{title}: {', '.join(shown)}")
    height = _ROW * len(tally.findings) + 6
    return picture(_WIDTH, height, "; ".join(said), parts, name="findings")


def draw_grid(tally: RunTally) -> str:
    """Draw physicians by requirements, a cell a finding."""
    rows, names = tally.grid, list(tally.requirements)
    left, top, cell = _LEFT, 138.0, 18.0
    step = (_WIDTH - left - 108) / max(len(names), 1)
    parts = list(_draw_slanted(names, left, top, step))
    for place, row in enumerate(rows):
        y = top + cell * place
        parts.append(words(left - 8, y + 13, cut(row.name, 24), anchor="end"))
        for column, name in enumerate(names):
            word = row.findings.get(name)
            if word is None:
                continue
            x = left + step * column
            hint = f"{row.name}, {label('requirement', name)}: {label('outcome', word)}"
            parts.append(rect(x, y + 1, step - 3, cell - 2, f"o-{word}", hint))
            parts.append(words(x + (step - 3) / 2, y + 13, _MARKS[word], f"m-{word}", "middle"))
    said = (
        f"{len(rows):,} physicians by {len(names)} requirements; the table below gives the same"
        " facts"
    )
    return picture(_WIDTH, top + cell * len(rows) + 6, said, parts, name="grid")


def _draw_slanted(names: Sequence[str], left: float, top: float, step: float) -> Iterator[str]:
    for column, name in enumerate(names):
        x, y = left + step * column + step / 2 - 4, top - 8
        text = words(0, 0, cut(label("requirement", name), 28))
        yield f'<g transform="translate({x:.1f} {y:.1f}) rotate(-45)">{text}</g>'


def draw_expiries(tally: RunTally) -> str:
    """Draw how many findings end in each of the coming months."""
    months = tally.months
    most, step, base = max([*months.values(), 1]), (_WIDTH - 40) / len(months), 120.0
    parts = [line(20, base, _WIDTH - 20, base, "rule")]
    for place, (month, count) in enumerate(months.items()):
        x, height = 20 + step * place, 92 * count / most
        if count:
            parts.append(rect(x + 2, base - height, step - 4, height, "bar", f"{month}: {count:,}"))
            parts.append(words(x + step / 2, base - height - 4, f"{count:,}", "t small", "middle"))
        if place % 3 == 0:
            parts.append(words(x, base + 15, month, "t small"))
    said = ", ".join(f"{month}: {count:,}" for month, count in months.items() if count)
    title = f"Findings that expire, by month: {said or 'none'}; later: {tally.ends_later:,}"
    return picture(_WIDTH, base + 24, title, parts, name="expiries")


def draw_sources(tally: RunTally) -> str:
    """Draw how old each source is, beside how old it may be, and what its silence is worth."""
    sources = list(tally.sources.values())
    day = tally.header.as_of
    ages = {x.name: (day - x.as_of).days for x in sources if x.as_of is not None}
    limits = (x.max_age_days or 0 for x in sources if is_limit(x.max_age_days))
    most = max([*ages.values(), *limits, 1])
    parts: list[str] = []
    for place, source in enumerate(sources):
        parts += _draw_source(source, day, most, 4 + 38.0 * place)
    said = "; ".join(f"{x.name}: {describe_source(x, day)}" for x in sources)
    return picture(_WIDTH, 38.0 * len(sources) + 8, said or "No sources", parts, name="sources")


def describe_source(source: SourceReport, day: dt.date) -> str:
    """Return how old a source is, and its coverage: ``12 of 120 days, complete``."""
    age = describe_age(source.as_of, day, source.max_age_days)
    return f"{age}, {label('coverage_short', source.coverage)}"


def _draw_source(source: SourceReport, day: dt.date, most: int, y: float) -> Iterator[str]:
    yield words(_LEFT - 8, y + 14, cut(source.name, 26), anchor="end")
    yield words(_LEFT, y + 31, describe_source(source, day), "t small")
    scale = (_WIDTH - _LEFT - 12) / most
    if is_limit(source.max_age_days) and source.max_age_days:
        yield rect(_LEFT, y + 3, source.max_age_days * scale, 14, "room", "Maximum age")
    if source.as_of is not None:
        age = max((day - source.as_of).days, 0)
        state = "bar" if source.state is SourceState.OK else "o-unverified"
        yield rect(_LEFT, y + 3, max(age * scale, 3), 14, state, describe_source(source, day))


def _draw_bars(counts: Sequence[tuple[str, int, str]], most: int) -> list[str]:
    parts: list[str] = []
    for place, (name, count, code) in enumerate(counts):
        y = 4 + _ROW * place
        width = _BAR * count / most
        parts.append(words(_LEFT - 8, y + 14, name, anchor="end"))
        parts.append(rect(_LEFT, y, max(width, 2), 18, f"o-{code}", f"{name}: {count:,}"))
        parts.append(words(_LEFT + width + 8, y + 14, f"{count:,}", "t strong"))
    return parts
