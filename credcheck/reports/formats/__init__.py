"""Formats of results, one file each. A file here that defines FORMAT is a format; no list is kept."""

import importlib
import pkgutil
from functools import cache

from credcheck.reports.formats.base import Format


@cache
def formats() -> dict[str, Format]:
    """Return every format by its name."""
    modules = (
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
    )
    found = (module.FORMAT for module in modules if hasattr(module, "FORMAT"))
    return {each.name: each for each in sorted(found, key=lambda each: each.name)}
