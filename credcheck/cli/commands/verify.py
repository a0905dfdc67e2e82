"""``credcheck verify``: one physician."""

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from credcheck.cli import options
from credcheck.cli.exit_codes import EXIT_OF, CliExit

if TYPE_CHECKING:
    from credcheck.cli.console import Screen
    from credcheck.cli.session import Session
    from credcheck.model import Query, Verdict


class Format(StrEnum):
    """The formats of a single verdict."""

    TABLE = "table"
    JSON = "json"
    NDJSON = "ndjson"


def verify(
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help="An NPI, or a name. '-' reads it from stdin.")
    ],
    state: options.SourceState = None,
    city: options.City = None,
    specialty: options.Specialty = None,
    license_number: options.License = None,
    format_: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="How to show it. Default: table on a terminal, else json.",
            show_default=False,
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the way to each finding, record by record.")
    ] = False,
    config: options.Config = None,
    standard: options.Standard = None,
    as_of: options.AsOf = None,
    allow_future: options.AllowFuture = False,
    offline: options.Offline = False,
    refresh: options.Refresh = False,
    demo: options.Demo = False,
    only: options.Only = None,
    without: options.Without = None,
    verbose: options.Verbose = 0,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Check one physician against the standard, and show how it is known.

    Exit status: 0 meets, 4 does not meet, 3 unverified, 2 wrong usage.
    """
    from credcheck.cli.console import Screen
    from credcheck.cli.query import query_of
    from credcheck.cli.session import Request, open_session

    screen = Screen(no_color=no_color, quiet=quiet, verbose=verbose)
    wanted = query_of(
        sys.stdin.readline() if query == "-" else query,
        state=state,
        city=city,
        specialty=specialty,
        license_number=license_number,
    )
    session = open_session(
        Request(
            config=config,
            standard=standard,
            as_of=as_of,
            allow_future=allow_future,
            offline=offline,
            refresh=refresh,
            demo=demo,
            only=tuple(only or ()),
            without=tuple(without or ()),
        )
    )
    verdict = _judge(wanted, session, screen)
    shown = format_ or (Format.TABLE if screen.is_terminal or explain else Format.JSON)
    _show(verdict, session, screen, shown, explain=explain)
    raise CliExit(EXIT_OF[verdict.outcome])


def _judge(query: "Query", session: "Session", screen: "Screen") -> "Verdict":
    from credcheck.verify.pipeline import verify as verify_all

    with screen.waiting("Asking the sources ..."):
        return next(verify_all([query], session.panel, session.standard, session.as_of))


def _show(
    verdict: "Verdict", session: "Session", screen: "Screen", shown: Format, *, explain: bool
) -> None:
    from credcheck.cli.console import write, write_text

    if shown is Format.TABLE:
        from credcheck.reports.terminal.verdict import verdict_table

        parts = [verdict_table(verdict, session.standard, projected=session.projected)]
        if explain:
            from credcheck.reports.terminal.explain import explanation

            parts.append(explanation(verdict))
        write_text(screen.render(*parts))
        return
    from credcheck.model import to_json, to_pretty_json

    if shown is Format.JSON:
        write(to_pretty_json(verdict))
    else:
        write(to_json(session.header()) + b"\n" + to_json(verdict) + b"\n")
