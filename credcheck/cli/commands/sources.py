"""``credcheck sources``: what is configured, whether it answers, and adding to it."""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import tomli_w
import typer

from credcheck._util.errors import OutputError, UsageError
from credcheck._util.files import atomic_write, check_regular
from credcheck._util.toml import parse_toml
from credcheck.cli import options
from credcheck.cli.commands import fetch, imports
from credcheck.cli.commands.imports import list_current_snapshots
from credcheck.cli.console import Screen, print_error, write_text
from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.cli.options import Request
from credcheck.cli.session import open_session, today_here
from credcheck.config import FILE_NAME, is_configured, open_source, parse_config
from credcheck.model import SourceState
from credcheck.reports.terminal.sources import snapshot_list, source_list, source_states
from credcheck.source.adapter import Context, adapter_names
from credcheck.source.source_set import probe
from credcheck.storage import NoCache
from credcheck.storage.snapshots import Info

app = typer.Typer(no_args_is_help=True, help="List, check, add and import sources.")
_NAME = re.compile(r"[A-Za-z0-9_-]+")


@app.command("list")
def list_(config: options.Config = None, demo: options.Demo = False) -> None:
    """List the configured sources, what is imported, and the adapters that could be configured.

    Exit status: 5 where something that was imported is damaged; it is named, and the rest is listed.
    """
    screen, (stored, damaged) = Screen(), list_current_snapshots()
    _show_sources(screen, stored, config, demo=demo)
    if damaged:
        for problem in damaged:
            print_error(problem)
        raise CliExit(Exit.INPUT_UNUSABLE)


def _show_sources(
    screen: Screen, stored: Sequence[tuple[Info, bool]], config: Path | None, *, demo: bool
) -> None:
    if stored and not demo and not is_configured(config):
        write_text(screen.render(snapshot_list(stored, today_here())))
        print_error(
            "no source is configured yet, so nothing asks it; see: credcheck sources add --help"
        )
        return
    session = open_session(Request(config=config, demo=demo))
    facts = [source.facts for source in session.source_set.sources]
    write_text(screen.render(source_list(session.settings.file, facts, adapter_names())))
    if stored:
        write_text("\n" + screen.render(snapshot_list(stored, session.context.today)))


@app.command()
def check(
    config: options.Config = None,
    as_of: options.AsOf = None,
    demo: options.Demo = False,
    offline: options.Offline = False,
    only: options.Only = None,
    verbose: options.Verbose = 0,
    no_color: options.NoColor = False,
) -> None:
    """Ask every source one harmless question: does it answer, how old is it, what was rejected?

    Every rejected row is named. Exit status: 0 all are usable, 3 some are not.
    """
    screen = Screen(no_color=no_color, verbose=verbose)
    session = open_session(
        Request(config=config, as_of=as_of, demo=demo, offline=offline, only=only)
    )
    with screen.show_status("Asking the sources ..."):
        probes = [probe(source, session.as_of) for source in session.source_set.sources]
    write_text(screen.render(source_states(probes, session.as_of)))
    if any(each.report.state is not SourceState.OK for each in probes):
        raise CliExit(Exit.UNVERIFIED)


app.command("import", epilog=imports.EXAMPLES)(imports.import_)
app.command()(imports.prune)
app.command(epilog=fetch.EXAMPLES)(fetch.fetch)
app.command()(fetch.presets)


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Your name for the source.")],
    adapter: Annotated[
        str, typer.Option("--adapter", metavar="ADAPTER", help="Its adapter; see: sources list.")
    ],
    path: Annotated[
        str | None, typer.Option("--path", metavar="FILE", help="Its file.", show_default=False)
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="OPTION=VALUE",
            help="Another option, such as coverage=complete (repeatable).",
            show_default=False,
        ),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            metavar="FILE",
            help="The file to add to. Default: credcheck.toml here, made if need be.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Add a source to the configuration. Nothing is written unless the result is valid."""
    file = config or Path(FILE_NAME)
    chosen = {"adapter": adapter} | ({"path": path} if path else {})
    for setting in settings or ():
        option, equals, value = setting.partition("=")
        if not equals:
            raise UsageError(f"--set {setting!r}: write it as OPTION=VALUE")
        chosen[option.strip()] = parse_value(value.strip())
    add_source(file, name, chosen)
    write_text(f"{file}: [sources.{name}] added; see: credcheck sources check\n")


def parse_value(text: str) -> Any:
    """Return an option's value: a TOML value if it reads as one, else the text itself."""
    try:
        return parse_toml(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def add_source(file: Path, name: str, options: Mapping[str, Any]) -> None:
    """Append the source to the file. Raises UsageError, with nothing written, if that is not valid."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r}: a source's name has letters, digits, - and _ only")
    before = _read_config(file)
    block = tomli_w.dumps({"sources": {name: dict(options)}})
    after = f"{before.rstrip()}\n\n{block}" if before.strip() else block
    try:
        settings = parse_config(parse_toml(after), file)
        new = next(source for source in settings.sources if source.name == name)
        open_source(new, _dummy_context(settings.folder), str(file))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file}: {name} is there already, or: {error}") from error
    _write_config(file, after)


def _read_config(file: Path) -> str:
    check_regular(file, f"the configuration {file}")
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: {error}") from error


def _dummy_context(folder: Path) -> Context:
    return Context(folder=folder, today=dt.date.min, cache=NoCache(), offline=True)


def _write_config(file: Path, text: str) -> None:
    try:
        with atomic_write(file.resolve()) as out:
            out.write(text.encode("utf-8"))
    except OSError as error:
        raise OutputError(f"{file}: {error.strerror}") from error
