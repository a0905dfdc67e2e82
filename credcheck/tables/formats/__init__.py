"""The formats of tables, one a file. A format is added by adding a file with ``FORMAT``."""

from functools import cache
from importlib import import_module
from pathlib import Path

from credcheck.tables.formats.base import TableFormat

_LAST = "csv"  # what is nothing else is text


@cache
def table_formats() -> tuple[TableFormat, ...]:
    """Return all formats; text comes last, since it fits everything."""
    names = sorted(
        path.stem
        for path in Path(__file__).parent.glob("*.py")
        if path.stem not in {"__init__", "base"}
    )
    names = sorted(names, key=lambda name: (name == _LAST, name != "zip"))
    return tuple(import_module(f"{__name__}.{name}").FORMAT for name in names)
