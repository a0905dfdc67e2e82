"""``credcheck sources import`` and ``prune``: registries and listings that are held on this machine."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from credcheck._util.errors import OutputError, Terminated, UsageError
from credcheck._util.text import pluralize
from credcheck.cli import options
from credcheck.cli.console import print_error, write_text
from credcheck.cli.options import Request
from credcheck.cli.progress import show_bytes
from credcheck.cli.session import open_session, today_here
from credcheck.config import ConfigError, find_config, is_configured, load_config, store_folder
from credcheck.model.dates import DateError, parse_date
from credcheck.source import Source
from credcheck.source.importer import ImportJob, load_importer
from credcheck.storage.snapshots import Info, Store, StoreError

EXAMPLES = """Examples:

credcheck sources import nppes NPPES_Data_Dissemination_November_2026_V2.zip

credcheck sources import nppes NPPES_Data_Dissemination_110926_111526_Weekly_V2.zip --update

credcheck sources import nppes NPPES_Deactivated_NPI_Report_111026.zip --update

credcheck sources import boards diplomates.csv --as-of 2026-11-01"""

_ASKED_BY = {"nppes": "credcheck sources add registry --adapter nppes-file"}


def import_(
    dataset: Annotated[
        str,
        typer.Argument(metavar="DATASET", help="nppes, or the name of a configured listing."),
    ],
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="CMS's files as downloaded, or the file of the listing."
        ),
    ],
    update: Annotated[
        bool,
        typer.Option("--update", help="Apply a weekly file or a deactivation report."),
    ] = False,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="YYYY-MM-DD",
            help="The date of the data. Default: from CMS's file names, or the date of the file.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[
        bool,
        typer.Option(
            "--force", help="Accept a file that is older or much smaller than the current one."
        ),
    ] = False,
    config: options.Config = None,
    quiet: options.Quiet = False,
) -> None:
    """Import the NPPES dissemination file or a listing into the store, for sources to read.

    CMS's zip is read without unpacking, and files are recognized by their headers. A listing is
    kept unchanged. The new snapshot is built beside the old one and then replaces it; the old
    one stays until you prune it.

    Exit status: 0 imported, 5 a file is unusable, 6 the store could not be written; in both
    cases, the old snapshot stays in use.
    """
    try:
        importer = load_importer(dataset, lambda: _open_configured(config))
        with show_bytes(quiet=quiet) as show:
            job = ImportJob(
                files=tuple(files),
                store=Store(store_folder()),
                update=update,
                as_of=_parse_day(as_of),
                force=force,
                today=today_here(),
                show=show,
            )
            info = importer(job)
    except (KeyboardInterrupt, Terminated):
        print_error("stopped: nothing was imported; the copy in use was kept")
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"the store {store_folder()}: {reason}; the copy in use was kept"
        raise OutputError(message) from error
    if not quiet:
        print_summary(info, is_asked=is_configured(config))


def _open_configured(config: Path | None) -> Sequence[Source]:

    if not is_configured(config):
        return ()  # the NPPES file needs no configuration
    return open_session(Request(config=config)).source_set.sources


def prune(
    dataset: Annotated[
        str, typer.Argument(metavar="DATASET", help="The name of an import; see sources list.")
    ],
    keep: Annotated[
        int,
        typer.Option(
            "--keep", min=1, help="The number of snapshots to keep. Default: 1.", show_default=False
        ),
    ] = 1,
    config: options.Config = None,
) -> None:
    """Remove old snapshots, except the newest, the current one and those you configured."""
    store = Store(store_folder())
    if dataset not in store.datasets():
        there = ", ".join(store.datasets()) or "nothing"
        raise UsageError(f"{dataset!r} has not been imported; the store holds: {there}")
    try:
        removed = store.prune(dataset, keep, _list_named_snapshots(config))
    except OSError as error:
        raise OutputError(f"some snapshots could not be removed: {error}") from error
    for info in removed:
        write_text(f"removed {info.folder}, dated {info.as_of}\n")
    write_text(f"{pluralize(len(removed), 'snapshot')} of {dataset} removed\n")


def _list_named_snapshots(config: Path | None) -> Sequence[str]:
    """Return the beginnings of ids that the configuration names, if there is one."""
    if not is_configured(config):
        return ()
    try:
        sources = load_config(find_config(config)).sources
    except ConfigError as error:
        raise UsageError(f"cannot tell which snapshots are still in use: {error}") from error
    named = [str(source.options.get("snapshot", "")) for source in sources]
    return [each for each in named if each not in {"", "current"}]


def list_current_snapshots() -> tuple[list[tuple[Info, bool]], list[str]]:
    """Return all snapshots of the store, each with whether it is in use, and what is damaged."""
    store, damaged = Store(store_folder()), []
    found: list[tuple[Info, bool]] = []
    for dataset in store.datasets():
        try:
            current = store.current(dataset)
            found += [(info, info == current) for info in store.snapshots(dataset)]
        except StoreError as error:
            damaged.append(str(error))
    return found, damaged


def _parse_day(text: str | None) -> dt.date | None:

    try:
        return parse_date(text, ("YYYY-MM-DD",)).earliest if text else None
    except DateError as error:
        raise UsageError(f"--as-of: {error}") from error


def print_summary(info: Info, *, is_asked: bool) -> None:
    """Print what was imported."""
    kept = ", ".join(f"{count:,} {kind}" for kind, count in sorted(info.kept.items()))
    write_text(f"{info.dataset} as of {info.as_of}: {kept}\n")
    write_text(f"snapshot {info.folder} is now in use\n")
    if info.dataset in _ASKED_BY and not is_asked:
        write_text(f"no source uses it yet; to add one: {_ASKED_BY[info.dataset]}\n")
    if info.rejected:
        write_text(f"{pluralize(info.rejected, 'row')} could not be read; the first ones:\n")
    for reject in info.rejects:
        write_text(f"  {reject}\n")
    for note in info.notes:
        write_text(f"{note}\n")
