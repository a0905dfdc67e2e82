"""``sources import nppes``: CMS's files into a new snapshot of the registry."""

import datetime as dt
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from msgspec.structs import replace

from credcheck._util.gc import disabled
from credcheck._util.progress import Progress
from credcheck._util.text import pluralize
from credcheck.source.importer import ImportJob
from credcheck.storage.snapshots import Info
from credcheck.tables import UnusableTable
from credcheck_sources.nppes_file.database import (
    DATASET,
    FILE,
    compute_content_id,
    create_database,
    open_copy,
)
from credcheck_sources.nppes_file.dates import check_period, find_day
from credcheck_sources.nppes_file.deactivations import read_deactivations
from credcheck_sources.nppes_file.files import Inputs, sort_inputs
from credcheck_sources.nppes_file.reader import (
    ReadTally,
    read_organization_names,
    read_registry,
    read_secondary_places,
)
from credcheck_sources.nppes_file.writer import RegistryWriter, is_newer

_ENTITIES = {"1": "individuals", "2": "organizations", "": "deactivated"}
_FEWEST = 0.9  # of the records of the snapshot in use: a registry does not shrink by a tenth
_MOST_REJECTED = 0.01  # of the rows
_TRIAL = 10_000  # records: less than any weekly file, so somebody is trying things out


def run(job: ImportJob) -> Info:
    """Import a monthly file whole, or a weekly one as an update of the snapshot in use."""
    return import_dataset(job, DATASET)


def import_dataset(job: ImportJob, dataset: str) -> Info:
    """Import into a dataset. Raises as credcheck.source.importer.Importer does."""
    inputs = sort_inputs(list(job.files))
    before = job.current_snapshot(dataset)
    base = _copy_base(job, inputs, before)
    day = _check_day(job, inputs, before, base)
    files = tuple(path.name for path in job.files)
    info = Info(dataset=dataset, as_of=day, files=files, base=base.id if base else None)
    with job.store.building(dataset) as folder, _describe_counts(), disabled():
        path = folder / FILE
        if base is not None:
            job.store.prove(base)
            shutil.copyfile(job.store.path(base) / FILE, path)
        with closing(open_copy(path) if base else create_database(path)) as connection:
            info = _fill(job, inputs, connection, info, base)
        if before is not None and not job.force:
            _check_size(info, before)
        return job.store.publish(folder, info)


def _copy_base(job: ImportJob, inputs: Inputs, before: Info | None) -> Info | None:
    """Return the snapshot to change, or None if the files are the whole registry."""
    if not job.update:
        if inputs.main is None:
            raise UnusableTable(
                "none of the files is an npidata file; to change a snapshot: --update"
            )
        return None
    if before is None:
        raise UnusableTable("there is no snapshot to update yet; import the monthly file first")
    return before


def _check_day(job: ImportJob, inputs: Inputs, before: Info | None, base: Info | None) -> dt.date:
    """Return the day that the snapshot will speak of. Raises UnusableTable where it cannot be right.

    What changes a snapshot never makes it older: a row replaces one that is not newer.
    """
    day = job.as_of or find_day(inputs).day
    name = inputs.parts[0].name
    job.check_date(name, day)
    if inputs.main is not None and not job.force:
        check_period(inputs.main.name, base)
    if before is None or day >= before.as_of:
        return day
    if base is not None and (inputs.main is None or job.force):
        return base.as_of
    if job.force:
        return day
    raise UnusableTable(
        f"{name} is dated {day}, older than the snapshot in use, dated {before.as_of}: use --force"
        f" {'to apply it anyway' if base else 'to go back to it'}"
    )


def _fill(
    job: ImportJob,
    inputs: Inputs,
    connection: sqlite3.Connection,
    info: Info,
    base: Info | None,
) -> Info:
    tally, filing, counted = ReadTally(), RegistryWriter(connection), _Counter(job, inputs)
    places = read_secondary_places(inputs.locations, tally, counted)
    names = read_organization_names(inputs.othername, tally, counted)
    if inputs.main is not None:
        records = read_registry(inputs.main, places, names, tally, counted)
        filing.add(records, is_newer)
    filing.add(read_deactivations(inputs.report, tally, counted), is_newer)
    if not job.force:
        _check_rejected(tally, inputs)
    counted.say("indexing the names")
    filing.finish()
    connection.execute("COMMIT")
    counted.say("computing the digest")
    entities = connection.execute("SELECT entity, count(*) FROM record GROUP BY entity")
    return replace(
        info,
        id=compute_content_id(connection, info.as_of.isoformat()),
        rows=tally.rows,
        kept={_ENTITIES.get(entity, "others"): count for entity, count in entities},
        rejected=tally.rejected + (base.rejected if base else 0),
        rejects=tuple(tally.rejects),
        notes=tuple(_notes(job, inputs, tally, filing)),
    )


def _notes(
    job: ImportJob, inputs: Inputs, tally: ReadTally, filing: RegistryWriter
) -> Iterator[str]:
    if job.as_of is None and not find_day(inputs).is_named:
        yield "no file name gives the date, so the file's own date is used; --as-of sets another"
    if tally.absent:
        yield (
            f"an extract: it lacks {pluralize(len(tally.absent), 'column')} that credcheck reads, such"
            f" as {tally.absent[0]!r}; their content is not known"
        )
    if filing.superseded:
        yield f"{pluralize(filing.superseded, 'row')} added nothing newer than the data already stored"
    if filing.garbled:
        yield f"{pluralize(filing.garbled, 'record')} with characters that are not UTF-8"


def _check_rejected(tally: ReadTally, inputs: Inputs) -> None:
    """Raise UnusableTable where more rows were rejected than a few."""
    if tally.rejected > tally.rows * _MOST_REJECTED:
        raise UnusableTable(
            f"{inputs.parts[0].name}: {tally.rejected:,} of {pluralize(tally.rows, 'row')} cannot be"
            f" read, such as {tally.rejects[0]}: download it again, or use --force to take the rest"
        )


def _check_size(info: Info, before: Info) -> None:
    now, then = sum(info.kept.values()), sum(before.kept.values())
    if now < then * _FEWEST and then > _TRIAL:
        raise UnusableTable(
            f"{info.files[0]} holds {pluralize(now, 'record')}, and the snapshot in use {then:,}; if it"
            " is a weekly file, use --update; to take it as the whole registry, use --force"
        )


class _Counter:
    """Counts the bytes that were read, and tells."""

    def __init__(self, job: ImportJob, inputs: Inputs) -> None:
        self._show = job.show
        self._done = 0
        self._total = sum(part.size for part in inputs.parts)

    def __call__(self, count: int) -> None:
        self._done += count
        self.say("reading")

    def say(self, phase: str) -> None:
        self._show(Progress(self._done, self._total, phase))


@contextmanager
def _describe_counts() -> Iterator[None]:
    """Tell a store that cannot be written as the OSError that it is."""
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(f"the snapshot cannot be written: {error}") from error
