"""What stands in credcheck.toml for a file: a table of options, and comments that say why."""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from credcheck._util.text import pluralize
from credcheck.model.reading import ColumnReading, Reading
from credcheck.setup.kinds import (
    LEIE,
    REGISTRY,
    ROSTER,
    adapter_options,
    describe_kind,
    is_published,
    preset_of,
)
from credcheck.setup.propose import Proposal, find_schema, list_options
from credcheck.setup.questions import list_meanings
from credcheck.setup.series import Series
from credcheck.setup.settings import spell_settings
from credcheck.tables import Column
from credcheck.tables.dates import NO_EXPIRY

_NAMES: Mapping[str, str] = {
    ROSTER: "staff",
    REGISTRY: "registry",
    LEIE: "exclusions",
    "board-certificates": "boards",
    "fellowships": "fellowships",
    "training-programs": "programs",
    "listing exclusion": "state-exclusions",
    "listing competency": "courses",
    "listing procedure": "procedures",
}
_ISO = "YYYY-MM-DD"
_EITHER_WAY = {"MM/DD/YYYY", "DD/MM/YYYY"}
_CLAIMS = (
    'authority = "secondary" until you confirm that the file comes from the issuer itself ("primary");',
    'coverage = "partial" until you confirm that anyone it does not list has none ("complete").',
)


class ConfigBlock(NamedTuple):
    """A table of the configuration: ``group`` is ``sources`` or ``rosters``."""

    group: str
    name: str
    options: Mapping[str, Any]
    comments: tuple[str, ...]


def make_block(
    proposal: Proposal, folder: Path, taken: Collection[str], series: Series | None = None
) -> ConfigBlock:
    """Return the table for a file as it would be read; that of a roster stands for its series."""
    kind = proposal.kind
    group = "rosters" if kind == ROSTER else "sources"
    name = _free_name(preset_of(kind) or _NAMES[kind], taken)
    options: dict[str, Any] = adapter_options(kind) if group == "sources" else {}
    options["path"] = relative_path(proposal.path, folder)
    if series is not None and group == "rosters":
        options["path"] = relative_path(proposal.path.with_name(series.pattern), folder)
    if kind not in {ROSTER, REGISTRY, LEIE}:
        options |= {"authority": "secondary", "coverage": "partial"}
    options |= list_options(proposal.options)
    if proposal.reading is not None and preset_of(kind) is not None:
        options["header"] = [x.header for x in proposal.reading.columns if x.header]
    elif proposal.reading is not None and not is_published(kind):
        options |= save_reading(proposal.reading, options)
    comments = _comment(proposal) + _describe_series(series, group, name)
    return ConfigBlock(group, name, options, comments)


def describe_open(proposal: Proposal, name: str) -> list[str]:
    """Return what is open about a file that is read, each with what to type about it."""
    command, reading = f"credcheck sources set {name}", proposal.reading
    lines = [
        f"left open: {each.text} Such as: {command} {spell_settings(says)}"
        for each in proposal.questions
        if "value_map" not in (says := each.answers[0][1])
    ]
    if reading is None or is_published(proposal.kind):
        return lines
    is_asked = any("date_formats" in each.answers[0][1] for each in proposal.questions)
    schema = {column.name: column for column in find_schema(proposal.kind).columns}
    for use in reading.used:
        column = schema.get(use.ours or "")
        if use.not_understood and column is not None and (column.words or not is_asked):
            lines.append(_describe_words(use, column, command))
    if reading.rejected:
        rows = pluralize(reading.rows, "row")
        lines.append(
            f"{reading.rejected:,} of {rows} cannot be read; see: credcheck sources check {name} -v"
        )
    return lines


def _describe_words(use: ColumnReading, column: Column, command: str) -> str:
    words = ", ".join(f"{word!r} ({count:,})" for word, count in use.not_understood.items())
    first = next(iter(use.not_understood))
    if not column.words:
        option = "no_expiry" if use.ours == "expires" else "null_values"
        return (
            f"left open: {words} in {use.header!r} is not a date, so its row is not read. If it says"
            f" that there is none: {command} {spell_settings({option: [first]})}"
        )
    # No meaning is proposed: whoever copies the line must not make a lapse a certificate.
    said = {"value_map": {column.name: {first: "WORD"}}}
    known = ", ".join(list_meanings(column.words))
    return (
        f"left open: {words} in {use.header!r} is not recognized, and what rests on it stays"
        f" unverified. Say what it means{f' (WORD is one of: {known})' if known else ''}:"
        f" {command} {spell_settings(said)}"
    )


def save_reading(reading: Reading, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options by which the next file must be read as this one was, or be refused."""
    columns = {x.ours: x.header for x in reading.used if x.header and x.ours}
    found: dict[str, Any] = {}
    if reading.header_row > 1:
        found["header_row"] = reading.header_row
    found["columns"] = columns | dict(said.get("columns", {}))
    forms = {form for each in reading.columns for form in each.dates} - {NO_EXPIRY}
    if forms & _EITHER_WAY and not said.get("date_formats"):
        # next month's file may not show by itself which of the two it is
        found["date_formats"] = sorted({*forms, _ISO})
    found["header"] = [x.header for x in reading.columns if x.header]
    return found


def relative_path(path: Path, folder: Path) -> str:
    """Return a path as it stands in a configuration that lies in a folder."""
    whole = path.resolve()
    try:
        return whole.relative_to(folder.resolve()).as_posix()
    except ValueError:
        return str(whole)


def comment_out(proposal: Proposal, folder: Path) -> list[str]:
    """Return lines for a file that cannot be read yet: what it is, why not, and how it may go on."""
    block = make_block(proposal, folder, ())
    return [
        f"{proposal.path.name} is skipped. It seems to be {describe_kind(proposal.kind)}, but:",
        *_wrap(proposal.bare_problem or "it is not clear how to read it"),
        f"[{block.group}.{block.name}]",
        *(
            f'{name} = "{block.options[name]}"'
            for name in ("adapter", "kind", "preset")
            if name in block.options
        ),
        f'path = "{block.options["path"]}"',
    ]


def _comment(proposal: Proposal) -> tuple[str, ...]:
    reading, kind = proposal.reading, proposal.kind
    lines = [f"{proposal.path.name}: {describe_kind(kind)}."]
    if reading is not None and kind != LEIE:
        unused = [x.header for x in reading.unused if x.header and x.use != "private"]
        if unused:
            verb = "Copied unchanged" if kind == ROSTER else "Not used"
            lines += _wrap(f"{verb}: {', '.join(unused)}.")
        for each in reading.used:
            words = ", ".join(f"{word!r} ({count})" for word, count in each.not_understood.items())
            if words:
                lines += _wrap(f"Not recognized in {each.header or each.ours}: {words}.")
        lines += [f"No {each.ours}: {each.without}." for each in reading.missing]
    if kind not in {ROSTER, REGISTRY, LEIE}:
        lines += _CLAIMS
    if kind == ROSTER:
        lines.append('path may hold * and ?: "roster-*.xlsx" are every matching file.')
    lines += [f"Open: {each.text}" for each in proposal.questions]
    return tuple(each for line in lines for each in _wrap(line))


def _describe_series(series: Series | None, group: str, name: str) -> tuple[str, ...]:
    if series is None:
        return ()
    older = ", ".join(path.name for path in series.older)
    lines = [f"The newest by its name and its rows; not read: {older}."]
    if group == "sources":
        lines.append(f"When the next one arrives: credcheck sources set {name} --path FILE")
    return tuple(each for line in lines for each in _wrap(line))


def _wrap(text: str) -> Sequence[str]:
    import textwrap

    flat = " ".join(text.split())
    return textwrap.wrap(flat, 98, break_long_words=False, break_on_hyphens=False) or [""]


def _free_name(name: str, taken: Collection[str]) -> str:
    bare = re.sub(r"[^A-Za-z0-9_-]", "-", name)
    number = 2
    found = bare
    while found in taken:
        found, number = f"{bare}-{number}", number + 1
    return found
