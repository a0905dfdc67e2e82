"""``credcheck match``: a listing without NPIs, each row with its decision."""

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from credcheck._util.errors import UsageError
from credcheck.cli import options, table_options
from credcheck.cli.console import Screen, print_error
from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.cli.files import open_output
from credcheck.cli.paths import check_paths, known_inputs, named_inputs, output_file
from credcheck.cli.session import open_session
from credcheck.matching import (
    FileRegistry,
    LiveRegistry,
    PeopleRegistry,
    match_rows,
    output_header,
    output_row,
    read_listing,
    read_people,
)
from credcheck.matching.listing import ListingRows

EXAMPLES = {
    "match": """Examples:

credcheck match diplomates.csv --registry people.csv -o matched.csv

credcheck match diplomates.csv -o matched.csv --columns 'last_name=Diplomate Last Name'"""
}
_FILES = "Table"
_DECISIONS = ("match", "ambiguous", "no_match")
_UNANSWERED = "unanswered"


def match(
    listing: Annotated[Path, typer.Argument(metavar="LISTING", help="The listing, a CSV file.")],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="The output file; - is stdout.")
    ],
    *,
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
            help="Map a column (repeatable), such as last_name='Diplomate Last Name'.",
            show_default=False,
            rich_help_panel=_FILES,
        ),
    ] = None,
    encoding: table_options.Encoding = "utf-8",
    delimiter: table_options.Delimiter = None,
    sheet: table_options.Sheet = None,
    header_row: table_options.HeaderRow = None,
    registry_columns: Annotated[
        list[str] | None,
        typer.Option(
            "--registry-columns",
            metavar="OURS=THEIRS",
            help="Map a column of the registry's file (repeatable).",
            show_default=False,
            rich_help_panel=_FILES,
        ),
    ] = None,
    trained_in: Annotated[
        str,
        typer.Option(
            "--trained-in",
            metavar="SPECIALTY",
            help="The specialty of training rows that do not name one.",
            rich_help_panel=_FILES,
        ),
    ] = "Pain Medicine",
    source: options.RegistryOptions,
    look: options.ScreenOptions,
) -> None:
    """Find out who each row of a listing is about: match, ambiguous or no_match, and why.

    Columns are recognized by their headers. OUT starts with row, decision, npi and reasons,
    followed by the listing's own columns and the basis of the decision.

    Exit status: 0 every row was decided, 3 the registry did not answer for some rows, 5 a file
    is unusable, 2 wrong usage.
    """
    screen = look.open()
    read_from = {"the listing": listing, "--registry": registry}
    inputs = [*named_inputs(read_from), *known_inputs(source.config)]
    check_paths(output_file("-o", output), inputs, force=True)
    read = table_options.make_read_options(encoding, delimiter, sheet, header_row)
    rows = read_listing(listing, read, table_options.parse_columns(columns), trained_in)
    with screen.show_status("Reading the registry ..."):
        people = _open_registry(
            registry, table_options.parse_columns(registry_columns), source.request
        )
    decisions = _write(rows, people, output, screen)
    if not look.quiet:
        _print_summary(decisions, output)
    if decisions[_UNANSWERED]:
        rows_left = f"{decisions[_UNANSWERED]:,} of the ambiguous rows"
        message = f"the registry did not answer for {rows_left}; run again later"
        raise CliExit(Exit.UNVERIFIED, message)


def _open_registry(
    path: Path | None, said: dict[str, str], request: options.Request
) -> PeopleRegistry:

    if path is not None:
        return FileRegistry(read_people(path, said))
    session = open_session(request)
    if session.source_set.searchable is None:
        message = "no configured registry can be searched by name; use --registry"
        raise UsageError(message)
    return LiveRegistry(session.source_set, session.as_of)


def _write(
    listing: ListingRows, registry: PeopleRegistry, output: str, screen: Screen
) -> Counter[str]:

    decisions: Counter[str] = Counter()
    width = len(listing.header)
    with open_output(output) as file, screen.show_count("Matching rows") as tick:
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


def _print_summary(decisions: Counter[str], output: str) -> None:

    total = sum(decisions[name] for name in _DECISIONS)
    parts = [f"{name} {decisions[name]:,}" for name in _DECISIONS]
    where = "" if output == "-" else f"; written to {output}"
    print_error(f"{total:,} rows: {', '.join(parts)}{where}")
