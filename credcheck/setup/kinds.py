"""The kinds of files that a folder may hold: what each is called, and which adapter reads it."""

from collections.abc import Mapping, Sequence
from typing import Any

from credcheck.source.presets import list_presets, load_preset
from credcheck.tables.header import column_key

ROSTER = "roster"
REGISTRY = "nppes-file"
LEIE = "oig-leie"

GROUPS: Mapping[str, str] = {
    "board-certificates": "certificate",
    "fellowships": "fellowship",
    "training-programs": "program",
    "listing exclusion": "exclusion",
    "listing competency": "competency",
    "listing procedure": "procedure",
}
"""The kinds of listings, as an adapter and its kind, and their groups of headers."""

_PRESET = "preset"
_TITLES: Mapping[str, str] = {
    ROSTER: "a roster of physicians to check",
    REGISTRY: "the national registry (NPPES), as CMS publishes it",
    LEIE: "the OIG's exclusion list (LEIE)",
    "board-certificates": "a list of board certificates",
    "fellowships": "a list of completed fellowships",
    "training-programs": "a list of training programs and their accreditation",
    "listing exclusion": "another exclusion list, such as a state's",
    "listing competency": "a list of permits, courses or attestations",
    "listing procedure": "a list of procedures by physician",
}


def describe_kind(kind: str) -> str:
    """Return what a kind of file is, for people."""
    preset = preset_of(kind)
    if preset is None:
        return _TITLES[kind]
    return f"a published file: {load_preset(preset).title}"


def adapter_options(kind: str) -> dict[str, Any]:
    """Return the options that say which adapter reads a kind of file, and as what."""
    preset = preset_of(kind)
    if preset is not None:
        return {"adapter": "listing", "preset": preset}
    adapter, _, of = kind.partition(" ")
    return {"adapter": adapter} | ({"kind": of} if of else {})


def preset_of(kind: str) -> str | None:
    """Return the preset by which a kind of file is read, if it is a published one."""
    first, _, name = kind.partition(" ")
    return name if first == _PRESET else None


def is_published(kind: str) -> bool:
    """Tell whether a kind of file has its publisher's own headers, which are known beforehand."""
    return kind in {REGISTRY, LEIE} or preset_of(kind) is not None


def find_preset(header: Sequence[str]) -> str | None:
    """Return the kind of a file that has all headers of one preset, and no others."""
    keys = {column_key(name) for name in header if name}
    fits = [name for name in list_presets() if {*map(column_key, load_preset(name).header)} == keys]
    return f"{_PRESET} {fits[0]}" if len(fits) == 1 else None
