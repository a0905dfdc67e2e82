"""Presets for people to read: which published files can be read, by state."""

from collections.abc import Mapping

from rich.console import Group
from rich.table import Table
from rich.text import Text

from credcheck.reports.terminal.styles import safe_text
from credcheck.source.presets import Preset

_HEADERS = ("State", "Preset", "Evidence", "Publisher", "Seen", "How to get it")


def preset_list(presets: Mapping[str, Preset]) -> Group:
    """Return the presets, the federal ones first, then by state."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for header in _HEADERS:
        table.add_column(header, overflow="fold", vertical="top", no_wrap=header == "Preset")
    for name in sorted(presets, key=lambda each: (presets[each].state or "", each)):
        preset = presets[name]
        table.add_row(
            preset.state or "US",
            safe_text(name),
            str(preset.kind),
            safe_text(preset.publisher),
            str(preset.seen_on),
            "credcheck sources fetch" if preset.url else "by hand",
        )
    return Group(table)


def preset_details(name: str, preset: Preset) -> Text:
    """Return all that a preset says of its file, for a person who is to get it."""
    got = preset.url or f"by hand: {preset.by_hand}"
    lines = {
        "file": preset.file,
        "published by": preset.publisher,
        "page": preset.page,
        "how to get it": got,
        "cadence": preset.cadence,
        "terms": preset.terms,
        "not being listed means": preset.absence,
        "coverage": str(preset.coverage),
        "format seen": f"{preset.seen} ({preset.seen_on})",
    }
    text = safe_text(f"{name}: {preset.title}", "bold")
    for label, value in lines.items():
        text.append("\n  ").append(safe_text(f"{label}: {value}"))
    setting = f"--adapter listing --set preset={name} --set snapshot=current"
    return text.append("\n\n").append(f"To use it: credcheck sources add NAME {setting}")
