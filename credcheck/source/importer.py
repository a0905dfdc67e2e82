"""Importers: what brings a registry or a listing into the store.

A registry has an importer of its own, found by entry point, as adapters are. A configured source that
can keep a file, as listings can, is its own importer.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Protocol, runtime_checkable

from credcheck._util.errors import UsageError
from credcheck._util.progress import Progress
from credcheck._util.suggest import did_you_mean
from credcheck.source import Source
from credcheck.source.adapter import OWN
from credcheck.storage.snapshots import Info, Store, StoreError
from credcheck.tables import UnusableTable

GROUP = "credcheck.source.importer"


@dataclass(frozen=True, kw_only=True)
class ImportJob:
    """What is to be imported.

    With ``update`` the files change the snapshot in use; else they are the whole registry. ``as_of``
    is the day that they speak of, where their names do not tell. ``force`` lets a snapshot be
    replaced by an older or a far smaller one. ``today`` tells which days are yet to come.
    """

    files: tuple[Path, ...]
    store: Store
    update: bool = False
    as_of: dt.date | None = None
    force: bool = False
    today: dt.date | None = None
    show: Callable[[Progress], None] = lambda _: None

    def check_date(self, name: str, day: dt.date) -> None:
        """Check the day that a file speaks of. Raises UnusableTable for one that is yet to come.

        It must be later than today everywhere on earth; ``force`` takes it all the same.
        """
        if self.today is not None and day > self.today + dt.timedelta(days=1) and not self.force:
            raise UnusableTable(
                f"{name} is dated {day}, which is in the future: use --as-of, or --force if that"
                " is right"
            )

    def current_snapshot(self, dataset: str) -> Info | None:
        """Return the snapshot in use, if there is one.

        With ``force`` a damaged one counts as none. Raises StoreError for it otherwise.
        """
        try:
            return self.store.current(dataset)
        except StoreError:
            if self.force:
                return None
            raise


class Importer(Protocol):
    """Imports one registry.

    Raises UnusableTable for files that cannot be trusted, StoreError and StoreLocked as the store
    does, and OSError where the store cannot be written. The snapshot in use is left as it was then.
    """

    def __call__(self, job: ImportJob) -> Info:
        """Import, and return what the snapshot is."""
        ...


@runtime_checkable
class Importable(Source, Protocol):
    """A source that can be asked about a file in the store; its name is that of the dataset."""

    def import_file(self, job: ImportJob) -> Info:
        """Import a file. Raises as an Importer does, and ImporterError if it is not set up so."""
        ...


class ImporterError(UsageError):
    """There is no such importer, or it is not to be used so."""


def load_importer(dataset: str, configured: Callable[[], Sequence[Source]]) -> Importer:
    """Return what imports a dataset: a registry's importer, else the source of that name.

    ``configured`` gives the configured sources. Raises ImporterError if nothing imports it.
    """
    points = entry_points(group=GROUP, name=dataset)
    if len(points) > 1:
        rivals = ", ".join(sorted(point.value for point in points))
        raise ImporterError(f"two packages use the dataset name {dataset!r}: {rivals}; remove one")
    for point in points:
        return _load(point)
    listings = {x.facts.name: x.import_file for x in configured() if isinstance(x, Importable)}
    if dataset in listings:
        return listings[dataset]
    names = [*sorted({point.name for point in entry_points(group=GROUP)}), *listings]
    raise ImporterError(
        f"{dataset!r} cannot be imported{did_you_mean(dataset, names)}; a listing is imported by"
        " the name"
        " of its source in the configuration"
    )


def _load(point: EntryPoint) -> Importer:
    if not point.module.startswith(OWN):
        from credcheck.source.plugin import load_importer_plugin  # here: ours needs none of it

        return load_importer_plugin(point)
    importer: Importer = point.load()
    return importer
