"""The options that commands share, in groups, and their help."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from credcheck.cli.console import Screen

LOG_VARIABLE = "CREDCHECK_LOG"
_SOURCES = "Sources"
_SCREEN = "Output"
_RUN = "Run"
_FORMATS = Path(__file__).parent.parent / "reports" / "formats"

License = Annotated[
    str | None,
    typer.Option(
        "--license",
        metavar="NUMBER",
        help="Narrow a name search by license number.",
        show_default=False,
    ),
]
Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="The configuration file.", show_default=False),
]
Standard = Annotated[
    str | None,
    typer.Option(
        "--standard",
        metavar="ID|FILE",
        help="Use this standard instead of the configured one.",
        show_default=False,
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        help="Check as of this date instead of today.",
        show_default=False,
    ),
]
Demo = Annotated[
    bool,
    typer.Option(
        "--demo",
        help="Use the built-in world of invented people: no network, no configuration.",
        rich_help_panel=_SOURCES,
    ),
]
Offline = Annotated[
    bool,
    typer.Option("--offline", help="Do not use the network.", rich_help_panel=_SOURCES),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="SOURCE",
        help="Ask only this source (repeatable).",
        rich_help_panel=_SOURCES,
        show_default=False,
    ),
]
Quiet = Annotated[
    bool,
    typer.Option("-q", "--quiet", help="Show only errors on stderr.", rich_help_panel=_SCREEN),
]
NoColor = Annotated[
    bool,
    typer.Option("--no-color", help="Do not use colors (like NO_COLOR).", rich_help_panel=_SCREEN),
]
Verbose = Annotated[
    int,
    typer.Option(
        "-v",
        "--verbose",
        count=True,
        help="Show more detail on stderr; -vv shows debug output.",
        rich_help_panel=_SCREEN,
        show_default=False,
    ),
]
Roster = Annotated[
    str,
    typer.Argument(metavar="ROSTER", help="CSV, TSV, XLSX or Parquet; - is standard input."),
]
Log = Annotated[
    Path | None,
    typer.Option(
        "--log",
        metavar="FILE",
        help=f"The log of runs. Default: ${LOG_VARIABLE}, else in the user's state folder.",
        show_default=False,
        rich_help_panel=_RUN,
    ),
]
Refresh = Annotated[
    bool,
    typer.Option(
        "--refresh", help="Ignore cached answers and ask again.", rich_help_panel=_SOURCES
    ),
]


@dataclass(frozen=True, kw_only=True)
class Request:
    """What to judge by: the configuration, the standard, the day, and which sources to ask."""

    config: Config = None
    standard: Standard = None
    as_of: AsOf = None
    allow_future: Annotated[
        bool,
        typer.Option(
            "--allow-future", help="Allow a future --as-of date; the result is a projection."
        ),
    ] = False
    offline: Offline = False
    refresh: Refresh = False
    demo: Demo = False
    only: Only = None
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="SOURCE",
            help="Leave this source out (repeatable).",
            rich_help_panel=_SOURCES,
            show_default=False,
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class RegistryOptions:
    """Which registry to ask."""

    config: Config = None
    offline: Offline = False
    refresh: Refresh = False
    demo: Demo = False

    @property
    def request(self) -> Request:
        """The same as a request."""
        return Request(
            config=self.config, offline=self.offline, refresh=self.refresh, demo=self.demo
        )


@dataclass(frozen=True, kw_only=True)
class NameOptions:
    """What narrows a name."""

    state: Annotated[
        str | None,
        typer.Option(
            "--state", metavar="XX", help="Narrow a name search by state.", show_default=False
        ),
    ] = None
    city: Annotated[
        str | None,
        typer.Option(
            "--city", metavar="CITY", help="Narrow a name search by city.", show_default=False
        ),
    ] = None
    specialty: Annotated[
        str | None,
        typer.Option(
            "--specialty",
            metavar="WORDS",
            help="Narrow a name search by specialty, such as anesthesiology.",
            show_default=False,
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class ScreenOptions:
    """How much is said, and in color or not."""

    verbose: Verbose = 0
    quiet: Quiet = False
    no_color: NoColor = False

    def open(self) -> "Screen":
        """Return the screen, with logging set up."""
        from credcheck.cli.console import Screen

        return Screen(no_color=self.no_color, quiet=self.quiet, verbose=self.verbose)


@dataclass(frozen=True, kw_only=True)
class RunOptions:
    """How a run goes on, and where its journal and log lie."""

    resume: Annotated[
        bool,
        typer.Option("--resume", help="Resume an interrupted run.", rich_help_panel=_RUN),
    ] = False
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="Replace outputs and discard an unfinished run.",
            rich_help_panel=_RUN,
        ),
    ] = False
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            metavar="N",
            min=1,
            max=64,
            help=(
                "The number of processes. Default: one per core for large rosters over "
                "files, otherwise 1."
            ),
            show_default=False,
            rich_help_panel=_RUN,
        ),
    ] = None
    journal: Annotated[
        Path | None,
        typer.Option(
            "--journal",
            metavar="FILE",
            help="The journal of verdicts during the run. Default: beside the output.",
            show_default=False,
            rich_help_panel=_RUN,
        ),
    ] = None
    log: Log = None

    @property
    def log_file(self) -> Path:
        """The log of runs."""
        return find_log(self.log)

    def journal_file(self, roster: str, output: str | None) -> Path:
        """Return the journal of a run."""
        return self.journal or choose_journal(roster, output)


def list_formats() -> tuple[str, ...]:
    """Return the formats of results. None of them is imported for it."""
    files = (path.stem for path in _FORMATS.glob("*.py"))
    return tuple(sorted(name for name in files if name not in {"__init__", "base"}))


def find_log(given: Path | None) -> Path:
    """Return where the log of runs lies."""
    from credcheck.config import state_folder

    named = os.environ.get(LOG_VARIABLE)
    return given or (Path(named) if named else state_folder() / "log.ndjson")


def choose_journal(roster: str, output: str | None) -> Path:
    """Return where a run's journal lies: beside its output, else in the user's state folder."""
    import hashlib

    from credcheck.config import state_folder

    if output is not None and output != "-":
        path = Path(output)
        return path.with_name(f".{path.name}.journal")
    name = hashlib.sha256(str(Path(roster).resolve()).encode()).hexdigest()[:32]
    return state_folder() / "journals" / f"{name}.journal"
