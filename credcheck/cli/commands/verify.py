"""``credcheck verify``: one physician."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from credcheck._util.errors import UsageError
from credcheck.cli import options
from credcheck.cli.console import Screen, write, write_text
from credcheck.cli.exit_codes import EXIT_OF, CliExit
from credcheck.cli.query import parse_birth_date, parse_query
from credcheck.cli.session import Session, open_session
from credcheck.cli.streams import read_line
from credcheck.model import Query, Verdict, to_json, to_pretty_json
from credcheck.runs.results import seal_header
from credcheck.verify.collect import BirthDates
from credcheck.verify.pipeline import verify as verify_all

EXAMPLES = {
    "verify": """Examples:

credcheck verify 2000001075 --demo

credcheck verify 2000001075 --config credcheck.toml --as-of 2026-11-01

credcheck verify "Doe, Jane Q." --state OH --format json

credcheck verify 2000001075 --demo --plain"""
}


BirthDate = Annotated[
    str | None,
    typer.Option(
        "--birth-date",
        metavar="YYYY-MM-DD",
        help="Compared with exclusion lists; never stored or shown.",
        show_default=False,
    ),
]


class VerdictFormat(StrEnum):
    """The formats of a single verdict."""

    TABLE = "table"
    JSON = "json"
    NDJSON = "ndjson"


def verify(
    query: Annotated[
        list[str],
        typer.Argument(metavar="QUERY", help="An NPI, or a name. '-' reads it from stdin."),
    ],
    name: options.NameOptions,
    *,
    license_number: options.License = None,
    birth_date: BirthDate = None,
    format_: Annotated[
        VerdictFormat | None,
        typer.Option(
            "--format",
            help="Output format. Default: table on a terminal, otherwise json.",
            show_default=False,
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the steps to each finding, record by record.")
    ] = False,
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Use plain words, for a patient or a referring doctor."),
    ] = False,
    request: options.Request,
    look: options.ScreenOptions,
) -> None:
    """Check one physician against the standard, and show the evidence.

    Exit status: 0 meets, 4 does not meet, 3 unverified, 2 wrong usage.
    """
    if plain and (explain or format_ is not None):
        raise UsageError("--plain cannot be combined with --format or --explain")
    screen = look.open()
    wanted = parse_query(_read_typed(query), name, license_number=license_number)
    session = open_session(request)
    born = parse_birth_date(birth_date, session.as_of)
    verdict = _judge(wanted, session, screen, {} if born is None else {wanted.row: born})
    if plain:
        from credcheck.reports.plain import plain_page

        write_text(plain_page(verdict, session.standard))
        raise CliExit(EXIT_OF[verdict.outcome])
    default = VerdictFormat.TABLE if screen.is_terminal or explain else VerdictFormat.JSON
    _show(
        verdict,
        session,
        screen,
        format_ or default,
        explain=explain,
        rejects=bool(look.verbose),
    )
    raise CliExit(EXIT_OF[verdict.outcome])


def _read_typed(words: list[str]) -> str:
    """Return what was typed, with or without quotes: one query."""
    if words != ["-"]:
        return " ".join(words)
    first = read_line()
    if not sys.stdin.isatty() and read_line().strip():
        raise UsageError(
            "standard input holds several lines, and verify takes one physician; for several:"
            " credcheck batch - -o results.xlsx"
        )
    return first


def _judge(query: Query, session: Session, screen: Screen, birth_dates: BirthDates) -> Verdict:
    sources, standard, as_of = session.source_set, session.standard, session.as_of
    with screen.show_status("Asking the sources ..."):
        return next(verify_all([query], sources, standard, as_of, birth_dates=birth_dates))


def _show(
    verdict: Verdict,
    session: Session,
    screen: Screen,
    form: VerdictFormat,
    *,
    explain: bool,
    rejects: bool,
) -> None:
    if form is VerdictFormat.JSON:
        write(to_pretty_json(verdict))
    elif form is VerdictFormat.NDJSON:
        line = to_json(verdict) + b"\n"
        write(to_json(seal_header(session.header(), [line])) + b"\n" + line)
    else:
        # Rich is slow to import, and JSON needs none of it.
        from credcheck.reports.terminal.explain import explanation
        from credcheck.reports.terminal.verdict import verdict_table

        page = verdict_table(
            verdict, session.standard, projected=session.projected, verbose=rejects
        )
        parts = [page]
        write_text(screen.render(*parts, *([explanation(verdict)] if explain else [])))
