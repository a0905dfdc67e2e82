"""What the user typed, as a query: an NPI or a name."""

import datetime as dt
import re

from credcheck._util.errors import UsageError
from credcheck._util.text import shorten
from credcheck.api import make_query
from credcheck.cli.options import NameOptions
from credcheck.model import Query
from credcheck.model.birth_date import is_grown
from credcheck.model.birth_date import parse_birth_date as read_birth_date

_NUMBERS = re.compile(r"(?<!\d)\d{10}(?!\d)")
_LABEL = re.compile(
    r"\s*(?:NPI|National Provider Identifier)\b\s*(?:number|no\.?)?\s*[:#=]?\s*(?=[\d'])",
    re.IGNORECASE,
)
_STATE = re.compile(r"[A-Za-z]{2}")


def parse_birth_date(typed: str | None, as_of: dt.date) -> dt.date | None:
    """Return the birth date that was typed. Raises UsageError, which does not repeat it."""
    if typed is None:
        return None
    born = read_birth_date(typed, ("YYYY-MM-DD",))
    if born is None or not is_grown(born, as_of):
        raise UsageError("--birth-date: give the physician's full date of birth as YYYY-MM-DD")
    return born


def parse_query(typed: str, narrow: NameOptions, *, license_number: str | None = None) -> Query:
    """Return the query that was typed. Raises UsageError with what is wrong; nothing is asked then."""
    state = narrow.state
    text = _LABEL.sub("", typed.strip(), count=1)
    if len(_NUMBERS.findall(text)) > 1:
        raise UsageError(
            "this command takes one physician; for several, put the numbers into a file, one"
            " per line, and use: credcheck batch FILE -o results.xlsx"
        )
    if state is not None and not _STATE.fullmatch(state):
        raise UsageError(
            f"--state {shorten(state, 40)!r}: give a two-letter state code, such as OH"
        )
    return make_query(
        text,
        state=state,
        city=narrow.city,
        specialty=narrow.specialty,
        license_number=license_number,
    )
