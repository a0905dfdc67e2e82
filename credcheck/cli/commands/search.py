"""``credcheck search``: who bears a name. No verdict, and nobody is picked."""

from enum import StrEnum
from typing import Annotated

import typer

from credcheck._util.errors import UsageError
from credcheck.cli import options
from credcheck.cli.console import Screen, print_error, write, write_text
from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.cli.query import parse_query
from credcheck.cli.session import open_session
from credcheck.model import ReasonCode, Rival
from credcheck.verify.name_search import search_names

EXAMPLES = {
    "search": """Examples:

credcheck search "Xenia Xenakis" --demo

credcheck search "Doe, Jane" --state OH --specialty anesthesiology"""
}
_NOBODY = {
    ReasonCode.SOURCE_FAILED,
    ReasonCode.NO_SOURCE,
    ReasonCode.NAME_NOT_FOUND,
    ReasonCode.RECORD_UNREADABLE,  # the registry cannot be asked for such a name
}


class SearchFormat(StrEnum):
    """The formats of a list of candidates."""

    TABLE = "table"
    JSON = "json"


def search(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name: 'Jane Doe', 'Doe, Jane'.")],
    narrow: options.NameOptions,
    *,
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
    registry: options.RegistryOptions,
    look: options.ScreenOptions,
) -> None:
    """List the people in the registry who bear a name, former names included.

    Exit status: 0 somebody was found, 3 nobody was found or the registry did not answer.
    """
    screen = look.open()
    query = parse_query(name, narrow)
    if query.person is None:
        raise UsageError(f"{name} is a number; search takes a name. See: credcheck verify")
    session = open_session(registry.request)
    with screen.show_status("Asking the registry ..."):
        found = search_names([query], session.source_set, listed_at_most=limit)[0]
    _show(found.people, screen, format_)
    reasons = found.resolution.reasons
    if {reason.code for reason in reasons} & _NOBODY:
        raise CliExit(Exit.UNVERIFIED, reasons[0].message)
    if not found.complete:
        print_error(f"{reasons[0].message}; {found.resolution.next_step}")


def _show(people: tuple[Rival, ...], screen: Screen, form: SearchFormat | None) -> None:
    from credcheck.reports.terminal.candidates import candidate_json, candidate_table

    if (form or (SearchFormat.TABLE if screen.is_terminal else SearchFormat.JSON)) == "json":
        write(candidate_json(people))
    elif people:
        write_text(screen.render(candidate_table(people, why=True)))
