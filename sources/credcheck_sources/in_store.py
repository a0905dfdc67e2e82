"""What was imported, found for a source that asks it."""

from pathlib import Path

from credcheck.source import SourceFailed
from credcheck.source.adapter import Context
from credcheck.storage.snapshots import Info, Store, StoreError

CURRENT = "current"
"""How a configuration names the snapshot in use."""


def find_snapshot(
    context: Context, dataset: str, beginning: str | None, missing: str
) -> tuple[Path, Info]:
    """Return the folder of a snapshot, and what it is: that whose id begins so, or the one in use.

    Raises SourceFailed; ``missing`` says so where nothing was imported, and what to do.
    """
    if context.store is None:
        raise SourceFailed("there is no store with imported data")
    store = Store(context.store)
    try:
        chosen = beginning not in {None, CURRENT}
        info = store.find(dataset, str(beginning)) if chosen else store.current(dataset)
    except StoreError as error:
        raise SourceFailed(str(error)) from error
    if info is None:
        raise SourceFailed(missing)
    return store.path(info), info
