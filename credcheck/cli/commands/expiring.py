"""``credcheck expiring``: what ends or has to be verified again."""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from credcheck._util.errors import UsageError
from credcheck.audit.expirables import Decisions, Expirable, list_expirables, sort_key
from credcheck.cli.book_folder import BookFolderOptions, parse_day
from credcheck.cli.commands.results import Saved
from credcheck.cli.console import choose_width
from credcheck.cli.decisions import list_decisions
from credcheck.cli.files import open_output
from credcheck.cli.paths import check_paths, known_inputs, named_inputs, output_file
from credcheck.cli.span import Window, parse_span
from credcheck.reports.expirables import WRITERS, write_table
from credcheck.runs.results import Results, open_results

EXAMPLES = {
    "expiring": """Examples:

credcheck expiring november.ndjson

credcheck expiring november.ndjson --within 60d -o expiring.xlsx""",
}


class ExpiringFormat(StrEnum):
    """The formats of what is due."""

    TABLE = "table"
    CSV = "csv"
    XLSX = "xlsx"


_BY_NAME = {".csv": ExpiringFormat.CSV, ".xlsx": ExpiringFormat.XLSX, ".txt": ExpiringFormat.TABLE}


def expiring(
    results: Saved,
    where: BookFolderOptions,
    *,
    within: Annotated[
        int,
        typer.Option("--within", metavar="DAYS", parser=parse_span, help="How far to look ahead."),
    ] = "90d",  # type: ignore[assignment]  # what the parser is given
    window: Window = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="YYYY-MM-DD",
            help="The day to count from. Default: the day of the results.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        ExpiringFormat | None,
        typer.Option("--format", help="Default: by OUT's name; table.", show_default=False),
    ] = None,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help="The output file; - is stdout.")
    ] = "-",
    force: Annotated[bool, typer.Option("--force", help="Replace OUT.")] = False,
) -> None:
    """List what expires or must be verified again in the next 30, 60 and 90 days.

    This covers expiring certificates and permits, items without an end date that must be
    verified again, monthly license checks, and the committee's next decisions. A roster may
    have the columns last_credentialed and owner.
    """
    form = format_ or _choose_format(output)
    inputs = [*named_inputs({"the results": results}), *known_inputs(where.config)]
    check_paths(output_file("-o", output), inputs, force=force)
    saved = open_results(results)
    day = parse_day("--as-of", as_of, saved.header.as_of)
    decided = list_decisions(where.find())
    last = day + dt.timedelta(days=within)
    found = sorted(
        (each for each in _list_all(saved, decided, window) if each.due <= last),
        key=sort_key,
    )
    with open_output(output) as out:
        if form is ExpiringFormat.TABLE:
            write_table(found, day, out, choose_width(output))
        else:
            WRITERS[form](found, day, out)


def _choose_format(output: str) -> ExpiringFormat:
    if output == "-":
        return ExpiringFormat.TABLE
    known = _BY_NAME.get(Path(output).suffix.lower())
    if known is None:
        endings = ", ".join(_BY_NAME)
        raise UsageError(
            f"-o {output}: use --format, or give the file one of these endings: {endings}"
        )
    return known


def _list_all(
    saved: Results, decided: dict[str, Decisions], limit: int | None
) -> Iterator[Expirable]:
    for verdict in saved:
        mine = decided.get(str(verdict.npi or ""))
        yield from list_expirables(verdict, mine and mine.approved, limit)
