"""``sources import`` of a listing: its file is kept in the store as it was on a day."""

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from credcheck._util.files import modified_date
from credcheck._util.text import pluralize
from credcheck.model import EvidenceKind
from credcheck.source.importer import ImportJob
from credcheck.storage.manifest import MANIFEST, Info, is_dataset_name
from credcheck.tables import UnusableTable
from credcheck.tables.lines import check_regular
from credcheck_sources.listings.searchable import SearchableListing

_FEWEST = 0.9  # of the rows before: a listing that lost a tenth may be cut off
_AT_LEAST = 10  # rows lost: a short list may well lose a tenth
_QUOTED_REJECTS = 5


Prepare = Callable[[Path, Path], object]
"""Makes what is kept of a file, from the file."""


def import_file(
    job: ImportJob,
    dataset: str,
    kind: EvidenceKind,
    load: Callable[[Path], SearchableListing],
    prepare: Prepare = shutil.copyfile,
    name: str | None = None,
) -> Info:
    """Keep a file as the dataset's snapshot in use. Raises as credcheck.source.importer.Importer does.

    ``prepare`` makes what is kept, under ``name`` or the file's own: the file itself, unless said. It
    is read from the copy that is kept, so that what was checked is what will be asked.
    """
    file = _single_file(job, dataset)
    before = job.current_snapshot(dataset)
    with job.store.building(dataset) as folder:
        copy = folder / (name or file.name)
        prepare(file, copy)
        day = job.as_of or modified_date(file)
        job.check_date(file.name, day)
        info = _make_info(load(copy), dataset, kind, day, copy.name)
        if before is not None and not job.force:
            _check_replaceable(info, before)
        return job.store.publish(folder, info)


def open_imported(
    folder: Path, info: Info, load: Callable[[Path], SearchableListing]
) -> SearchableListing:
    """Read what was kept. Raises UnusableTable if it is gone, or not what was imported."""
    for name in info.files:
        try:
            loaded = load(folder / Path(name).name)
        except UnusableTable as error:
            raise UnusableTable(
                f"{error}: the snapshot is damaged; import the file again"
            ) from error
        if _snapshot_id(info.as_of, loaded) == info.id:
            loaded.snapshot = replace(loaded.snapshot, id=info.id, as_of=info.as_of)
            return loaded
    raise UnusableTable(f"the snapshot {folder} is not the file that was imported; import it again")


def _single_file(job: ImportJob, dataset: str) -> Path:
    if job.update:
        raise UnusableTable("a listing is imported as a whole, not as an update")
    if len(job.files) != 1:
        raise UnusableTable(f"{dataset} is one listing: import one file")
    if not is_dataset_name(dataset):
        raise UnusableTable(
            f"the source {dataset!r} cannot be a folder name; use only letters, digits, - and _"
        )
    (file,) = job.files
    check_regular(file)
    if file.name == MANIFEST:
        raise UnusableTable(f"{file.name} cannot be stored under that name; rename it")
    return file


def _make_info(
    loaded: SearchableListing, dataset: str, kind: EvidenceKind, day: dt.date, name: str
) -> Info:
    snapshot = loaded.snapshot
    rows, rejects = snapshot.rows or 0, snapshot.rejects
    return Info(
        dataset=dataset,
        id=_snapshot_id(day, loaded),
        as_of=day,
        files=(name,),
        rows=rows,
        kept={f"{kind} records": rows - len(rejects)},
        rejected=len(rejects),
        rejects=rejects[:_QUOTED_REJECTS],
    )


def _snapshot_id(day: dt.date, loaded: SearchableListing) -> str:
    return hashlib.sha256(f"{day}\n{loaded.snapshot.id}".encode()).hexdigest()


def _check_replaceable(info: Info, before: Info) -> None:
    """Raise UnusableTable for a file that is older than the one in use, or far smaller."""
    name = info.files[0]
    if info.as_of < before.as_of:
        raise UnusableTable(
            f"{name} is dated {info.as_of}, and the snapshot in use {before.as_of}: use --force to go"
            " back to the older one, or --as-of if that is not its date"
        )
    if info.rows < before.rows * _FEWEST and info.rows <= before.rows - _AT_LEAST:
        raise UnusableTable(
            f"{name} holds {pluralize(info.rows, 'row')}, and the snapshot in use {before.rows:,}:"
            " it may be cut off; use --force if it is complete"
        )
