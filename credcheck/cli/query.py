"""What the user typed, as a query: an NPI or a name."""

import re

from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.identity.parse_name import NameParseError, parse_name
from credcheck.model import Query
from credcheck.model.npi import NpiError, read_cell

_LIKE_A_NUMBER = re.compile(r"['\d\s.,+\-]*\d['\d\s.,+\-]*([eE]\+?\d+)?")
_STATE = re.compile(r"[A-Za-z]{2}")


def query_of(
    typed: str,
    *,
    state: str | None = None,
    city: str | None = None,
    specialty: str | None = None,
    license_number: str | None = None,
) -> Query:
    """Return the query that was typed. Raises Stop with what is wrong; nothing is asked then."""
    text = typed.strip()
    if state is not None and not _STATE.fullmatch(state):
        raise CliExit(Exit.USAGE, f"--state {state!r}: give the two letters of a state, such as OH")
    try:
        if _LIKE_A_NUMBER.fullmatch(text):
            return Query(npi=read_cell(text))
        return Query(
            name=text,
            person=parse_name(text),
            state=state.upper() if state else None,
            city=city,
            specialty=specialty,
            license_number=license_number,
        )
    except (NpiError, NameParseError) as error:
        raise CliExit(Exit.USAGE, str(error)) from error
