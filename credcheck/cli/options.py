"""The options that commands share, and their help."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credcheck.cli.exit_codes import CliExit, Exit

if TYPE_CHECKING:
    from credcheck.tables import ReadOptions

_SOURCES = "Sources"
_SCREEN = "Output"

Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="The configuration to use.", show_default=False),
]
Standard = Annotated[
    str | None,
    typer.Option(
        "--standard",
        metavar="ID|FILE",
        help="The standard to judge by, in place of the configured one.",
        show_default=False,
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        help="The day to judge for, in place of today.",
        show_default=False,
    ),
]
AllowFuture = Annotated[
    bool, typer.Option("--allow-future", help="Let --as-of be a day to come: a projection.")
]
Offline = Annotated[
    bool,
    typer.Option("--offline", help="Use no network at all.", rich_help_panel=_SOURCES),
]
Refresh = Annotated[
    bool,
    typer.Option(
        "--refresh", help="Ask again, whatever the cache holds.", rich_help_panel=_SOURCES
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
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="SOURCE",
        help="Leave this source out (repeatable).",
        rich_help_panel=_SOURCES,
        show_default=False,
    ),
]
SourceState = Annotated[
    str | None,
    typer.Option("--state", metavar="XX", help="Narrow a name to a state.", show_default=False),
]
City = Annotated[
    str | None,
    typer.Option("--city", metavar="CITY", help="Narrow a name to a city.", show_default=False),
]
Specialty = Annotated[
    str | None,
    typer.Option(
        "--specialty",
        metavar="WORDS",
        help="Narrow a name to a specialty, such as anesthesiology.",
        show_default=False,
    ),
]
License = Annotated[
    str | None,
    typer.Option(
        "--license", metavar="NUMBER", help="Narrow a name to a licence.", show_default=False
    ),
]
Verbose = Annotated[
    int,
    typer.Option(
        "-v",
        "--verbose",
        count=True,
        help="Tell more on stderr; -vv tells all.",
        rich_help_panel=_SCREEN,
        show_default=False,
    ),
]
Quiet = Annotated[
    bool,
    typer.Option("-q", "--quiet", help="Tell only errors on stderr.", rich_help_panel=_SCREEN),
]
NoColor = Annotated[
    bool,
    typer.Option("--no-color", help="Use no colours (as NO_COLOR).", rich_help_panel=_SCREEN),
]


LOG_VARIABLE = "CREDCHECK_LOG"
_ROSTER = "Roster"
_RUN = "Run"
_FORMATS = Path(__file__).parent.parent / "reports" / "formats"


def format_names() -> tuple[str, ...]:
    """Return the formats of results. None of them is imported for it."""
    files = (path.stem for path in _FORMATS.glob("*.py"))
    return tuple(sorted(name for name in files if name not in {"__init__", "format"}))


Roster = Annotated[
    str,
    typer.Argument(metavar="ROSTER", help="CSV, TSV, XLSX or Parquet; - is standard input."),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--columns",
        metavar="OURS=THEIRS",
        help="Which column is which (repeatable), such as npi='Provider Number'.",
        show_default=False,
        rich_help_panel=_ROSTER,
    ),
]
Sheet = Annotated[
    str | None,
    typer.Option(
        "--sheet",
        metavar="NAME",
        help="The sheet of a workbook, where it has several.",
        show_default=False,
        rich_help_panel=_ROSTER,
    ),
]
Encoding = Annotated[
    str,
    typer.Option("--encoding", help="How a CSV is encoded.", rich_help_panel=_ROSTER),
]
Delimiter = Annotated[
    str | None,
    typer.Option(
        "--delimiter",
        help="What parts a CSV's cells. Default: a comma, or a tab in a .tsv file.",
        show_default=False,
        rich_help_panel=_ROSTER,
    ),
]
Resume = Annotated[
    bool,
    typer.Option("--resume", help="Go on with a run that was stopped.", rich_help_panel=_RUN),
]
Force = Annotated[
    bool,
    typer.Option(
        "--force",
        help="Replace outputs; begin anew, whatever an unfinished run has left.",
        rich_help_panel=_RUN,
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        metavar="N",
        min=1,
        max=64,
        help="How many processes judge. Default: one a core for large rosters over files, else 1.",
        show_default=False,
        rich_help_panel=_RUN,
    ),
]
Journal = Annotated[
    Path | None,
    typer.Option(
        "--journal",
        metavar="FILE",
        help="Where verdicts are kept while the run lasts. Default: beside the output.",
        show_default=False,
        rich_help_panel=_RUN,
    ),
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


def columns_said(pairs: list[str] | None) -> dict[str, str]:
    """Read OURS=THEIRS pairs. Raises Stop for one that is none."""
    said: dict[str, str] = {}
    for pair in pairs or ():
        ours, separator, theirs = pair.partition("=")
        if not separator or not theirs:
            raise CliExit(
                Exit.USAGE, f"--columns {pair}: write OURS=THEIRS, our column's name first"
            )
        said[ours.strip()] = theirs.strip()
    return said


def log_path(given: Path | None) -> Path:
    """Return where the log of runs lies."""
    from credcheck.config import state_folder

    named = os.environ.get(LOG_VARIABLE)
    return given or (Path(named) if named else state_folder() / "log.ndjson")


def read_options(encoding: str, delimiter: str | None, sheet: str | None) -> "ReadOptions":
    """Return how the roster is to be read. Raises Stop for an unknown encoding or delimiter."""
    from credcheck._util.suggest import did_you_mean
    from credcheck.tables import DELIMITERS, ENCODINGS, ReadOptions

    delimiter = "\t" if delimiter == "\\t" else delimiter
    if encoding not in ENCODINGS:
        raise CliExit(
            Exit.USAGE, f"--encoding: unknown {encoding!r}{did_you_mean(encoding, ENCODINGS)}"
        )
    if delimiter is not None and delimiter not in DELIMITERS:
        raise CliExit(Exit.USAGE, f"--delimiter {delimiter!r}: it may be one of , ; | or a tab")
    return ReadOptions(encoding=encoding, delimiter=delimiter, sheet=sheet)


def journal_path(roster: str, output: str | None) -> Path:
    """Return where a run's journal lies: beside its output, else in the user's state folder."""
    import hashlib

    from credcheck.config import state_folder

    if output is not None and output != "-":
        path = Path(output)
        return path.with_name(f".{path.name}.journal")
    name = hashlib.sha256(str(Path(roster).resolve()).encode()).hexdigest()[:32]
    return state_folder() / "journals" / f"{name}.journal"
