"""What the user typed, as a query: an NPI or a name."""

import datetime as dt
import re

from credcheck._util.errors import UsageError
from credcheck._util.text import shorten
from credcheck.cli.options import NameOptions
from credcheck.identity.parse_name import NameParseError, parse_name
from credcheck.model import Query
from credcheck.model.birth_date import is_grown
from credcheck.model.birth_date import parse_birth_date as read_birth_date
from credcheck.model.npi import NpiError, read_cell

_LIKE_A_NUMBER = re.compile(r"['\d\s.,+\-]*\d['\d\s.,+\-]*([eE]\+?\d+)?")
_LONGEST = 500  # the longest names that are known have some 150
_STATE = re.compile(r"[A-Za-z]{2}")


def parse_birth_date(typed: str | None, as_of: dt.date) -> dt.date | None:
    """Return the birth date that was typed. Raises UsageError, which does not repeat it."""
    if typed is None:
        return None
    born = read_birth_date(typed, ("YYYY-MM-DD",))
    if born is None or not is_grown(born, as_of):
        raise UsageError(
            "--birth-date: give the day on which the physician was born, as YYYY-MM-DD"
        )
    return born


def parse_query(typed: str, narrow: NameOptions, *, license_number: str | None = None) -> Query:
    """Return the query that was typed. Raises UsageError with what is wrong; nothing is asked then."""
    state = narrow.state
    text = typed.strip()
    for given in (text, narrow.city, narrow.specialty, license_number):
        if given is not None and len(given) > _LONGEST:
            message = f"{shorten(given, 40)!r}: what is asked has at most {_LONGEST} characters"
            raise UsageError(message)
    if state is not None and not _STATE.fullmatch(state):
        raise UsageError(
            f"--state {shorten(state, 40)!r}: give the two letters of a state, such as OH"
        )
    try:
        if _LIKE_A_NUMBER.fullmatch(text):
            return Query(npi=read_cell(text))
        return Query(
            name=text,
            person=parse_name(text),
            state=state.upper() if state else None,
            city=narrow.city,
            specialty=narrow.specialty,
            license_number=license_number,
        )
    except (NpiError, NameParseError) as error:
        raise UsageError(str(error)) from error
