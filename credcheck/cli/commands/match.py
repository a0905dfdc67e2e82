"""``credcheck match``: a listing without NPIs, each row with its decision."""

import csv
import io
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from credcheck.cli import options
from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.cli.options import columns_said

if TYPE_CHECKING:
    from credcheck.cli.console import Screen
    from credcheck.cli.session import Request
    from credcheck.matching import PeopleRegistry
    from credcheck.matching.listing import Listing

_FILES = "Files"
_DECISIONS = ("match", "ambiguous", "no_match")
_UNANSWERED = "unanswered"


def match(
    listing: Annotated[Path, typer.Argument(metavar="LISTING", help="The listing, a CSV file.")],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="Where to write; - is stdout.")
    ],
    registry: Annotated[
        Path | None,
        typer.Option(
            "--registry",
            metavar="FILE",
            help="People in CSV to match against. Default: the configured registry.",
            show_default=False,
            rich_help_panel=_FILES,
        ),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--columns",
            metavar="OURS=THEIRS",
            help="Which column is which (repeatable), such as last_name='Diplomate Last Name'.",
            show_default=False,
            rich_help_panel=_FILES,
        ),
    ] = None,
    encoding: Annotated[
        str,
        typer.Option("--encoding", help="How the listing is encoded.", rich_help_panel=_FILES),
    ] = "utf-8",
    delimiter: Annotated[
        str | None,
        typer.Option(
            "--delimiter",
            help="What parts its cells. Default: a comma, or a tab in a .tsv file.",
            show_default=False,
            rich_help_panel=_FILES,
        ),
    ] = None,
    registry_columns: Annotated[
        list[str] | None,
        typer.Option(
            "--registry-columns",
            metavar="OURS=THEIRS",
            help="The same for the registry's file.",
            show_default=False,
            rich_help_panel=_FILES,
        ),
    ] = None,
    trained_in: Annotated[
        str,
        typer.Option(
            "--trained-in",
            metavar="SPECIALTY",
            help="What training rows are about that do not say it.",
            rich_help_panel=_FILES,
        ),
    ] = "Pain Medicine",
    config: options.Config = None,
    offline: options.Offline = False,
    refresh: options.Refresh = False,
    demo: options.Demo = False,
    verbose: options.Verbose = 0,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Say for each row of a listing whose it is: match, ambiguous or no_match, and why.

    Columns are guessed from the header. OUT has row, decision, npi and reasons first, then the
    listing's own columns, then what the decision rests on.

    Exit status: 0 every row was decided, 3 the registry did not answer for some, 5 a file is
    unusable, 2 wrong usage.
    """
    from credcheck.cli.console import Screen
    from credcheck.cli.files import check_target
    from credcheck.cli.session import Request
    from credcheck.matching import ColumnsError, read_listing
    from credcheck.tables import UnusableTable

    screen = Screen(no_color=no_color, quiet=quiet, verbose=verbose)
    check_target("-o", output, [listing], force=True)
    read = options.read_options(encoding, delimiter, None)
    request = Request(config=config, offline=offline, refresh=refresh, demo=demo)
    try:
        rows = read_listing(listing, read, columns_said(columns), trained_in)
        with screen.waiting("Reading the registry ..."):
            people = _registry(registry, columns_said(registry_columns), request)
        decisions = _write(rows, people, output, screen)
    except ColumnsError as error:
        raise CliExit(Exit.USAGE, str(error)) from error
    except UnusableTable as error:
        raise CliExit(Exit.INPUT_UNUSABLE, str(error)) from error
    if not quiet:
        _sum_up(decisions, output)
    if decisions[_UNANSWERED]:
        rows_left = f"{decisions[_UNANSWERED]:,} of the ambiguous rows"
        message = f"the registry did not answer for {rows_left}; run again when it does"
        raise CliExit(Exit.UNVERIFIED, message)


def _registry(path: Path | None, said: dict[str, str], request: "Request") -> "PeopleRegistry":
    from credcheck.cli.session import open_session
    from credcheck.matching import FileRegistry, LiveRegistry, people_of_file

    if path is not None:
        return FileRegistry(people_of_file(path, said))
    session = open_session(request)
    if session.panel.searchable is None:
        message = "the configuration has no registry that can be asked by name; give --registry"
        raise CliExit(Exit.USAGE, message)
    return LiveRegistry(session.panel, session.as_of)


def _write(
    listing: "Listing", registry: "PeopleRegistry", output: str, screen: "Screen"
) -> Counter[str]:
    from credcheck.cli.files import open_output
    from credcheck.matching import match_rows, output_header, output_row

    decisions: Counter[str] = Counter()
    width = len(listing.header)
    with open_output(output) as file, screen.counting("Deciding rows") as tick:
        out = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(output_header(listing.header))
        for matched in match_rows(listing.rows, registry):
            writer.writerow(output_row(matched, width))
            decisions[matched.decision] += 1
            decisions[_UNANSWERED] += matched.unanswered
            tick()
        out.detach()
    return decisions


def _sum_up(decisions: Counter[str], output: str) -> None:
    from credcheck.cli.console import print_error

    total = sum(decisions[name] for name in _DECISIONS)
    parts = [f"{name} {decisions[name]:,}" for name in _DECISIONS]
    where = "" if output == "-" else f"; written to {output}"
    print_error(f"{total:,} rows: {', '.join(parts)}{where}")
