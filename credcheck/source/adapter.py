"""Adapters: how sources are made from configuration, and how they are found.

An adapter is found through an entry point of the group ``credcheck.sources``, chosen by its name
before anything is loaded: loading a plugin runs its code, so only those that the configuration names
are loaded. Those of other packages run in a process of their own (``credcheck.source.plugin``).
"""

import datetime as dt
import re
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Annotated, Generic, TypeVar

import msgspec

from credcheck._util.suggest import did_you_mean
from credcheck.model import EvidenceKind, Model
from credcheck.source import Source, SourceFailed
from credcheck.storage import ByteCache
from credcheck.tables import TableSchema

GROUP = "credcheck.sources"

OWN = "credcheck_sources."
"""How the modules begin that come with credcheck."""

OptionsT = TypeVar("OptionsT", bound=msgspec.Struct)


class AdapterError(ValueError):
    """An adapter is unknown, cannot be loaded, or refuses its options."""


class Context(Model, kw_only=True):
    """What the surroundings give to an adapter.

    ``folder`` is what relative paths are relative to. ``today`` is the day of the run: adapters
    never ask the clock for a date. With ``offline`` nothing may touch the network; with ``refresh``
    nothing is read from the cache. ``store`` is the folder of imported registries, if there is one.
    """

    folder: Path
    today: dt.date
    cache: ByteCache
    offline: bool = False
    refresh: bool = False
    store: Path | None = None

    def check_day(self, day: dt.date) -> None:
        """Check the day that a source speaks of. Raises SourceFailed for one that is yet to come.

        A day is tolerated: somewhere on earth it has begun.
        """
        if day > self.today + dt.timedelta(days=1):
            raise SourceFailed(
                f"it is dated {day}, which is in the future: correct its as_of or the file's date"
            )


class Adapter(msgspec.Struct, Generic[OptionsT], frozen=True, kw_only=True):
    """An adapter: its name, one line of description, its options' type and how it is opened.

    The options are a msgspec Struct with ``forbid_unknown_fields``; ``open`` gets the source's name,
    its options and the context, and does no work yet. Where a source is a table, its options are
    ``TableOptions`` and ``schema`` gives the table's columns for them.
    """

    name: str
    summary: str
    kinds: tuple[EvidenceKind, ...]
    options: type[OptionsT]
    open: Callable[[str, OptionsT, Context], Source]
    schema: Callable[[OptionsT], TableSchema] | None = None


def adapter_names() -> tuple[str, ...]:
    """Return the names of all installed adapters. None of them is loaded."""
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def load_adapter(name: str) -> "Adapter[msgspec.Struct]":
    """Load one adapter by name. Raises AdapterError if there is none or it cannot be loaded."""
    found = sorted(entry_points(group=GROUP, name=name), key=lambda point: point.value)
    if not found:
        raise AdapterError(f"unknown adapter {name!r}{did_you_mean(name, adapter_names())}")
    if len(found) > 1:
        rivals = ", ".join(point.value for point in found)
        raise AdapterError(f"two packages use the adapter name {name!r}: {rivals}; remove one")
    return _load(found[0])


def _load(point: EntryPoint) -> "Adapter[msgspec.Struct]":
    if not point.module.startswith(OWN):
        from credcheck.source.plugin import (
            load_plugin,
        )  # here: what comes with credcheck needs none

        return load_plugin(point)
    try:
        adapter: Adapter[msgspec.Struct] = point.load()
    except Exception as error:
        raise AdapterError(
            f"the adapter {point.name!r} ({point.value}) cannot be loaded:"
            f" {type(error).__name__}: {error}"
        ) from error
    return adapter


Days = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,5}d$")]
"""A number of days as it stands in a configuration: ``"120d"``."""

DEFAULT_MAX_AGE: Days = "120d"
"""NCQA's limit for verifications, from 2025-07-01."""


def parse_days(text: Days) -> int:
    """Return the number of days of ``120d``. Raises ValueError for anything else."""
    if not re.fullmatch(r"[0-9]{1,5}d", text):
        raise ValueError(f'{text!r} is not a number of days, such as "120d"')
    return int(text[:-1])
