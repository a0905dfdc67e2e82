"""``credcheck search``: who bears a name, or is at a place. No verdict, and nobody is picked."""

from enum import StrEnum
from typing import Annotated

import typer

from credcheck._util.errors import UsageError
from credcheck.cli import options
from credcheck.cli.console import Screen, print_error, write, write_text
from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.cli.place_search import (
    check_roster,
    find_people,
    print_count,
    read_place,
    write_roster,
)
from credcheck.cli.query import parse_query
from credcheck.cli.session import open_session
from credcheck.identity.profile import make_rival
from credcheck.model import ReasonCode, Rival
from credcheck.source import PlaceQuestion
from credcheck.verify.name_search import search_names
from credcheck.verify.place_search import PlaceSearch

EXAMPLES = {
    "search": """Examples:

credcheck search "Xenia Xenakis" --demo

credcheck search "Doe, Jane" --state OH --specialty anesthesiology

credcheck search --state OH --city Columbus --specialty pain_medicine -o roster.csv"""
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
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="A name: 'Jane Doe', 'Doe, Jane'. Without a name, list everybody at a place.",
            show_default=False,
        ),
    ] = None,
    *,
    narrow: options.NameOptions,
    zip_code: Annotated[
        str | None,
        typer.Option(
            "--zip",
            metavar="ZIP",
            help="Without a name: the ZIP code of the practice, or its first three digits.",
            show_default=False,
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=1000, help="The maximum number to list.")
    ] = 20,
    format_: Annotated[
        SearchFormat | None,
        typer.Option(
            "--format",
            help="Output format. Default: table on a terminal, otherwise json.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="ROSTER.csv",
            help="Without a name: write everybody to a roster file.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the roster.")] = False,
    registry: options.RegistryOptions,
    look: options.ScreenOptions,
) -> None:
    """List the people in the registry with a name, including former names.

    Without a name, list the physicians in an imported registry who practice in --state (and
    --city or --zip) or, without these, are licensed there, in order of names.

    Exit status: 0 somebody was found, 3 nobody was found or the registry did not answer.
    """
    screen = look.open()
    if name is None:
        question = read_place(narrow, zip_code)
        place = _list_place(question, registry, screen, format_, output, limit, force=force)
        if not look.quiet:
            print_count(place, limit, output if place.people else None)
        if not place.people:
            raise CliExit(Exit.UNVERIFIED, "no physician was found there")
        return
    if output is not None or force or zip_code is not None:
        raise UsageError("-o, --force and --zip work only in a search without a name")
    query = parse_query(name, narrow)
    if query.person is None:
        raise UsageError(f"{name} is a number, and search takes a name; use: credcheck verify")
    session = open_session(registry.request)
    with screen.show_status("Asking the registry ..."):
        found = search_names([query], session.source_set, listed_at_most=limit)[0]
    _show(found.people, screen, format_)
    reasons = found.resolution.reasons
    if {reason.code for reason in reasons} & _NOBODY:
        raise CliExit(Exit.UNVERIFIED, reasons[0].message)
    if not found.complete:
        print_error(f"{reasons[0].message}; {found.resolution.next_step}")


def _list_place(
    question: PlaceQuestion,
    registry: options.RegistryOptions,
    screen: Screen,
    form: SearchFormat | None,
    output: str | None,
    limit: int,
    *,
    force: bool,
) -> PlaceSearch:
    """List who is at a place, or write all of them as a roster."""
    if output is not None:
        check_roster(output, registry.request, force=force)
    found = find_people(question, open_session(registry.request), screen)
    if output is None:
        _show(tuple(map(make_rival, found.people[:limit])), screen, form)
    elif found.people:
        write_roster(found, question, output)
    return found


def _show(people: tuple[Rival, ...], screen: Screen, form: SearchFormat | None) -> None:
    from credcheck.reports.terminal.candidates import candidate_json, candidate_table

    if (form or (SearchFormat.TABLE if screen.is_terminal else SearchFormat.JSON)) == "json":
        write(candidate_json(people))
    elif people:
        write_text(screen.render(candidate_table(people, why=True)))
