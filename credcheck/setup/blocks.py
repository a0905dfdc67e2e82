"""What stands in credcheck.toml for a file: a table of options, and comments that say why."""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from credcheck.model.reading import Reading
from credcheck.setup.guess import LEIE, REGISTRY, ROSTER, TITLES
from credcheck.setup.propose import Proposal, list_options
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


class Block(NamedTuple):
    """A table of the configuration: ``group`` is ``sources`` or ``rosters``."""

    group: str
    name: str
    options: Mapping[str, Any]
    comments: tuple[str, ...]


def make_block(proposal: Proposal, folder: Path, taken: Collection[str]) -> Block:
    """Return the table for a file as it would be read."""
    kind = proposal.kind
    group = "rosters" if kind == ROSTER else "sources"
    name = _free_name(_NAMES[kind], taken)
    options: dict[str, Any] = {}
    if group == "sources":
        adapter, _, of = kind.partition(" ")
        options["adapter"] = adapter
        if of:
            options["kind"] = of
    options["path"] = relative_path(proposal.path, folder)
    if kind not in {ROSTER, REGISTRY, LEIE}:
        options |= {"authority": "secondary", "coverage": "partial"}
    options |= list_options(proposal.options)
    if proposal.reading is not None and kind != LEIE:
        options |= save_reading(proposal.reading, options)
    return Block(group, name, options, _comment(proposal))


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
        f"{proposal.path.name} is skipped. It seems to be {TITLES[proposal.kind]}, but:",
        *_wrap(proposal.problem or "it is not clear how to read it"),
        f"[{block.group}.{block.name}]",
        *(
            f'{name} = "{block.options[name]}"'
            for name in ("adapter", "kind")
            if name in block.options
        ),
        f'path = "{block.options["path"]}"',
    ]


def _comment(proposal: Proposal) -> tuple[str, ...]:
    reading, kind = proposal.reading, proposal.kind
    lines = [f"{proposal.path.name}: {TITLES[kind]}."]
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
