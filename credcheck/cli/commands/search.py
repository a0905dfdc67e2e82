"""``credcheck search``: who bears a name. No verdict, and nobody is picked."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from credcheck.cli import options
from credcheck.cli.exit_codes import CliExit, Exit

if TYPE_CHECKING:
    from credcheck.cli.console import Screen
    from credcheck.model import Rival


class SearchFormat(StrEnum):
    """The formats of a list of candidates."""

    TABLE = "table"
    JSON = "json"


def search(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name: 'Jane Doe', 'Doe, Jane'.")],
    state: options.SourceState = None,
    city: options.City = None,
    specialty: options.Specialty = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=1000, help="List so many at most.")
    ] = 20,
    format_: Annotated[
        SearchFormat | None,
        typer.Option(
            "--format",
            help="How to show them. Default: table on a terminal, else json.",
            show_default=False,
        ),
    ] = None,
    config: options.Config = None,
    offline: options.Offline = False,
    refresh: options.Refresh = False,
    demo: options.Demo = False,
    verbose: options.Verbose = 0,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """List the people in the registry who bear a name, former names included.

    Exit status: 0 somebody was found, 3 nobody was found or the registry did not answer.
    """
    from credcheck.cli.console import Screen
    from credcheck.cli.query import query_of
    from credcheck.cli.session import Request, open_session
    from credcheck.model import ReasonCode
    from credcheck.verify.name_search import by_name

    screen = Screen(no_color=no_color, quiet=quiet, verbose=verbose)
    query = query_of(name, state=state, city=city, specialty=specialty)
    if query.person is None:
        raise CliExit(Exit.USAGE, f"{name} is a number; search takes a name. See: credcheck verify")
    request = Request(config=config, offline=offline, refresh=refresh, demo=demo)
    session = open_session(request)
    with screen.waiting("Asking the registry ..."):
        found = by_name([query], session.panel, listed_at_most=limit)[0]
    reasons = found.resolution.reasons
    nobody = {reason.code for reason in reasons} & {
        ReasonCode.SOURCE_FAILED,
        ReasonCode.NO_SOURCE,
        ReasonCode.NAME_NOT_FOUND,
    }
    _show(found.people, screen, format_)
    if nobody:
        raise CliExit(Exit.UNVERIFIED, reasons[0].message)
    if not found.complete:
        from credcheck.cli.console import print_error

        print_error(f"{reasons[0].message}; {found.resolution.next_step}")


def _show(people: "tuple[Rival, ...]", screen: "Screen", format_: SearchFormat | None) -> None:
    from credcheck.cli.console import write, write_text
    from credcheck.reports.terminal.candidates import candidate_json, candidate_table

    if (format_ or (SearchFormat.TABLE if screen.is_terminal else SearchFormat.JSON)) == "json":
        write(candidate_json(people))
    elif people:
        write_text(screen.render(candidate_table(people, why=True)))
