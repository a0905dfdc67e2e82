"""``credcheck sources``: what is configured, whether it answers, and adding to it."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Group
from rich.text import Text

from credcheck.cli import options
from credcheck.cli.commands import fetch, imports, source_edits, template
from credcheck.cli.commands.imports import list_current_snapshots
from credcheck.cli.console import Screen, print_error, write, write_text
from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.cli.options import Request
from credcheck.cli.session import open_session, today_here
from credcheck.cli.source_coverage import report_configured
from credcheck.config import is_configured
from credcheck.model import SourceState, plain, to_pretty_json
from credcheck.model.reading import Reading
from credcheck.reports.terminal.reading import describe_reading, reading_page
from credcheck.reports.terminal.sources import (
    coverage_list,
    snapshot_list,
    source_list,
    source_states,
)
from credcheck.source.adapter import adapter_names
from credcheck.source.source_set import SourceResult, list_readings, probe
from credcheck.storage.snapshots import Info

app = typer.Typer(no_args_is_help=True, help="List, check, add and import sources.")
_NAME = re.compile(r"[A-Za-z0-9_-]+")


@app.command("list")
def list_(config: options.Config = None, demo: options.Demo = False) -> None:
    """List the configured sources, the imports, and the available adapters.

    Exit status: 5 if an import is damaged; it is named, and the rest is listed.
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
        print_error("no source is configured yet; see: credcheck sources add --help")
        return
    session = open_session(Request(config=config, demo=demo))
    facts = [source.facts for source in session.source_set.sources]
    write_text(screen.render(source_list(session.settings.file, facts, adapter_names())))
    imported = {info.dataset: info for info, in_use in stored if in_use}
    reports = report_configured(session.settings.sources, facts, imported)
    write_text(screen.render(coverage_list(reports)))
    if stored:
        write_text("\n" + screen.render(snapshot_list(stored, session.context.today)))


class CheckFormat(StrEnum):
    """How to show what was found."""

    TABLE = "table"
    JSON = "json"


@app.command()
def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help=(
                "Sources to check, with full details of how they are read. Default: all, in brief."
            ),
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        CheckFormat, typer.Option("--format", help="Output format.")
    ] = CheckFormat.TABLE,
    config: options.Config = None,
    as_of: options.AsOf = None,
    demo: options.Demo = False,
    offline: options.Offline = False,
    only: options.Only = None,
    verbose: options.Verbose = 0,
    no_color: options.NoColor = False,
) -> None:
    """Ask every source one harmless question: does it answer, how old is it, how is it read?

    Every rejected row is listed; -v shows in full how each table is read.

    Exit status: 0 all sources are usable, 3 some are not.
    """
    screen = Screen(no_color=no_color, verbose=verbose)
    request = Request(
        config=config, as_of=as_of, demo=demo, offline=offline, only=[*(only or ()), *(names or ())]
    )
    session = open_session(request)
    sources = session.source_set.sources
    with screen.show_status("Asking the sources ..."):
        probes = [probe(source, session.as_of) for source in sources]
        readings = list_readings(sources)
    if format_ is CheckFormat.JSON:
        write(to_pretty_json(_list_checks(probes, readings)) + b"\n")
    else:
        write_text(screen.render(source_states(probes, session.as_of)))
        write_text("\n" + screen.render(_show_readings(readings, whole=bool(names or verbose))))
    if any(each.report.state is not SourceState.OK for each in probes):
        raise CliExit(Exit.UNVERIFIED)


def _list_checks(
    probes: Sequence[SourceResult], readings: Mapping[str, Reading]
) -> list[dict[str, object]]:
    return [
        {"source": plain(each.report), "reading": plain(readings.get(each.facts.name))}
        for each in probes
    ]


def _show_readings(readings: Mapping[str, Reading], *, whole: bool) -> Group:
    if whole:
        return Group(*(reading_page(name, each) for name, each in readings.items()))
    lines = [Text(f"{name}: {describe_reading(each)}") for name, each in readings.items()]
    return Group(*lines)


app.command("import", epilog=imports.EXAMPLES)(imports.import_)
app.command()(imports.prune)
app.command(epilog=fetch.EXAMPLES)(fetch.fetch)
app.command()(fetch.presets)
app.command("add", epilog=source_edits.EXAMPLES)(source_edits.add)
app.command("set")(source_edits.set_)
app.command()(source_edits.remove)
app.command("template")(template.template)
