"""What the user typed, as a query: an NPI or a name."""

import re

from credcheck._util.errors import UsageError
from credcheck._util.text import shorten
from credcheck.api import make_query
from credcheck.cli.options import NameOptions
from credcheck.model import Query

_STATE = re.compile(r"[A-Za-z]{2}")


def parse_query(typed: str, narrow: NameOptions, *, license_number: str | None = None) -> Query:
    """Return the query that was typed. Raises UsageError with what is wrong; nothing is asked then."""
    state = narrow.state
    if state is not None and not _STATE.fullmatch(state):
        raise UsageError(
            f"--state {shorten(state, 40)!r}: give the two letters of a state, such as OH"
        )
    return make_query(
        typed,
        state=state,
        city=narrow.city,
        specialty=narrow.specialty,
        license_number=license_number,
    )
