"""``credcheck sources presets`` and ``fetch``: published files, and getting them into the store."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from credcheck._util.errors import InputError, OutputError, UsageError
from credcheck._util.progress import Progress
from credcheck.cli import options
from credcheck.cli.commands.imports import print_summary
from credcheck.cli.console import Screen, print_error, write_text
from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.cli.fetching import NPPES, Fetch, FetchLog, day_of, find_newest, plan_fetches
from credcheck.cli.options import Request
from credcheck.cli.progress import show_bytes
from credcheck.cli.session import make_context, today_here
from credcheck.config import (
    Config,
    SourceConfig,
    find_config,
    is_configured,
    load_config,
    open_source,
    state_folder,
    store_folder,
)
from credcheck.reports.terminal.presets import preset_details, preset_list
from credcheck.source import Source
from credcheck.source.importer import ImportJob, load_importer
from credcheck.source.presets import list_presets, load_preset
from credcheck.storage.download import Downloader
from credcheck.storage.partial_file import Received
from credcheck.storage.snapshots import Store

EXAMPLES = """Examples:

credcheck sources fetch --dry-run

credcheck sources fetch leie tx-licenses

credcheck sources fetch nppes"""


def presets(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Show one of them whole.", show_default=False),
    ] = None,
    no_color: options.NoColor = False,
) -> None:
    """List the published files whose reading is shipped, by state; or show one.

    A preset says where a file is published, what its columns and words mean, and what absence from
    it means.
    """
    screen = Screen(no_color=no_color)
    if name is not None:
        write_text(screen.render(preset_details(name, load_preset(name))))
        return
    write_text(screen.render(preset_list({each: load_preset(each) for each in list_presets()})))


def fetch(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help="Sources, presets, or nppes. Default: every configured source that asks the store.",
            show_default=False,
        ),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(
            "--url", metavar="URL", help="Where one file is, if it has moved.", show_default=False
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what is new; download nothing.")
    ] = False,
    force: Annotated[
        bool,
        typer.Option(
            "--force", help="Take a file that is older, or far smaller, than what is there."
        ),
    ] = False,
    config: options.Config = None,
    quiet: options.Quiet = False,
) -> None:
    """Get published files into the store, to be asked from there.

    Only the hosts of presets and of the configuration are asked, and nothing behind a login. A download
    that broke off goes on where it stopped, unless the file has changed. The file is read and checked
    before it takes the place of the one in use. Exit status: 0 all are there, 2 a name is wrong or a
    file is to be got by hand, 5 a file could not be got or is unusable; the copy in use was kept then.
    """
    if url is not None and len(names or ()) != 1:
        raise UsageError("--url takes exactly one NAME")
    settings = load_config(find_config(config)) if is_configured(config) else None
    planned = plan_fetches(names or (), settings.sources if settings else (), url)
    if not planned:
        raise UsageError("no configured source can be fetched; see: credcheck sources presets")
    run = _Run(settings, dry_run=dry_run, force=force, quiet=quiet)
    failed = [each.name for each in planned if not run.fetch(each, is_named=bool(names))]
    if failed:
        print_error(f"not fetched: {', '.join(failed)}; the copy in use was kept")
        raise CliExit(Exit.INPUT_UNUSABLE)


class _Run:
    """Fetches one file after another; one that cannot be got does not stop the others."""

    def __init__(self, settings: Config | None, *, dry_run: bool, force: bool, quiet: bool) -> None:
        self._settings = settings
        self._dry_run, self._force, self._quiet = dry_run, force, quiet
        self._folder = state_folder() / "fetch"
        self._log = FetchLog(self._folder)
        self._store = Store(store_folder())
        self._today = today_here()

    def fetch(self, wanted: Fetch, *, is_named: bool) -> bool:
        """Fetch one file. Returns whether it is there; says why not."""
        if wanted.url is None:
            return self._explain_by_hand(wanted, is_named=is_named)
        try:
            with show_bytes(quiet=self._quiet or self._dry_run) as show:
                self._fetch(wanted, show)
        except InputError as error:
            print_error(f"{wanted.name}: {error}")
            return False
        except OSError as error:
            raise OutputError(f"{wanted.name}: {error.strerror or error}") from error
        return True

    def _fetch(self, wanted: Fetch, show: Callable[[Progress], None]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with Downloader(self._folder, show=show) as downloader:
            wanted = find_newest(downloader, wanted, self._folder)
            before = self._read_before(wanted)
            if self._dry_run:
                self._look(downloader, wanted, before)
            else:
                self._get(downloader, wanted, before)

    def _get(self, downloader: Downloader, wanted: Fetch, before: Received | None) -> None:
        assert wanted.url is not None  # noqa: S101 - the caller has looked
        file = self._folder / wanted.file
        try:
            received = downloader.get(wanted.url, file, before)
            if received is None:
                self._say(f"{wanted.name}: unchanged\n")
                return
            self._import(wanted, file, received)
        finally:
            file.unlink(missing_ok=True)
        self._log.write(wanted.name, received)

    def _look(self, downloader: Downloader, wanted: Fetch, before: Received | None) -> None:
        assert wanted.url is not None  # noqa: S101 - the caller has looked
        now = downloader.look(wanted.url, before.validators if before else None)
        if now is None:
            write_text(f"{wanted.name}: unchanged\n")
            return
        size = f"{now.length:,} bytes" if now.length is not None else "size unknown"
        changed = f", changed {now.modified}" if now.modified else ""
        write_text(f"{wanted.name}: new ({size}{changed}) from {wanted.url}\n")

    def _read_before(self, wanted: Fetch) -> Received | None:
        """Return what was fetched last, if it is from this URL and still in the store."""
        last = self._log.read(wanted.name)
        if last is None or last.url != wanted.url or self._force:
            return None
        return last if self._store.current(wanted.name) is not None else None

    def _import(self, wanted: Fetch, file: Path, received: Received) -> None:
        day = day_of(received, self._today)
        job = ImportJob(
            files=(file,),
            store=self._store,
            as_of=None if wanted.name == NPPES else day,
            force=self._force,
            today=self._today,
        )
        importer = load_importer(wanted.name, lambda: [self._open(wanted.source)])
        info = importer(job)
        if not self._quiet:
            print_summary(info, is_asked=self._is_configured(wanted))

    def _open(self, source: SourceConfig | None) -> Source:
        assert source is not None  # noqa: S101 - only a registry has none
        folder = self._settings.folder if self._settings else Path.cwd()
        settings = self._settings or Config(file="", folder=folder)
        context = make_context(settings, self._today, Request(offline=True))
        return open_source(source, context, settings.file or "preset")

    def _is_configured(self, wanted: Fetch) -> bool:
        names = [each.name for each in self._settings.sources] if self._settings else []
        if wanted.name == NPPES:
            return self._settings is not None
        if wanted.name not in names:
            setting = f"--adapter listing --set preset={wanted.name} --set snapshot=current"
            write_text(
                f"no source uses it yet; to add one: credcheck sources add {wanted.name} {setting}\n"
            )
        return True

    def _explain_by_hand(self, wanted: Fetch, *, is_named: bool) -> bool:
        message = (
            f"{wanted.name} must be downloaded by hand: {wanted.by_hand} Page: {wanted.page}."
            f" Then: credcheck sources import {wanted.name} FILE"
        )
        if is_named:
            raise UsageError(message)
        self._say(f"{message}\n")
        return True

    def _say(self, text: str) -> None:
        if not self._quiet:
            write_text(text)
