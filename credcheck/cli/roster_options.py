"""The options that commands about rosters and results share, and how they are read."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credcheck.cli.exit_codes import Exit, Stop

if TYPE_CHECKING:
    from credcheck.tables import ReadOptions

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
            raise Stop(Exit.USAGE, f"--columns {pair}: write OURS=THEIRS, our column's name first")
        said[ours.strip()] = theirs.strip()
    return said


def log_path(given: Path | None) -> Path:
    """Return where the log of runs lies."""
    from credcheck.config import state_folder

    named = os.environ.get(LOG_VARIABLE)
    return given or (Path(named) if named else state_folder() / "log.ndjson")


def read_options(encoding: str, delimiter: str | None, sheet: str | None) -> "ReadOptions":
    """Return how the roster is to be read. Raises Stop for an unknown encoding or delimiter."""
    from credcheck._util.suggest import nearest
    from credcheck.tables import DELIMITERS, ENCODINGS, ReadOptions

    delimiter = "\t" if delimiter == "\\t" else delimiter
    if encoding not in ENCODINGS:
        raise Stop(Exit.USAGE, f"--encoding: unknown {encoding!r}{nearest(encoding, ENCODINGS)}")
    if delimiter is not None and delimiter not in DELIMITERS:
        raise Stop(Exit.USAGE, f"--delimiter {delimiter!r}: it may be one of , ; | or a tab")
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
