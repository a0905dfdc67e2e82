"""Importers: what brings a whole registry into the store. Found by entry point, as adapters are."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import NamedTuple, Protocol

from credcheck.nearest import nearest
from credcheck.store import Info, Store

GROUP = "credcheck.importers"


class Progress(NamedTuple):
    """How far an import has come. ``total`` is in bytes, unpacked."""

    done: int
    total: int
    phase: str


@dataclass(frozen=True, kw_only=True)
class ImportJob:
    """What is to be imported.

    With ``update`` the files change the snapshot in use; else they are the whole registry. ``as_of``
    is the day that they speak of, where their names do not tell. ``force`` lets a snapshot be
    replaced by an older or a far smaller one.
    """

    files: tuple[Path, ...]
    store: Store
    update: bool = False
    as_of: dt.date | None = None
    force: bool = False
    show: Callable[[Progress], None] = lambda _: None


class Importer(Protocol):
    """Imports one registry.

    Raises TableUnusable for files that cannot be trusted, StoreError and StoreLocked as the store
    does, and OSError where the store cannot be written. The snapshot in use is left as it was then.
    """

    def __call__(self, job: ImportJob) -> Info:
        """Import, and return what the snapshot is."""
        ...


class ImporterError(ValueError):
    """There is no such importer."""


def load_importer(dataset: str) -> Importer:
    """Load an importer by the name of its dataset. Raises ImporterError if there is none."""
    found = list(entry_points(group=GROUP, name=dataset))
    if not found:
        names = sorted({point.name for point in entry_points(group=GROUP)})
        raise ImporterError(
            f"nothing imports {dataset!r}{nearest(dataset, names)}; known: {', '.join(names)}"
        )
    importer: Importer = found[0].load()
    return importer
