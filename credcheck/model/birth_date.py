"""Birth dates, read to be compared and for nothing else: they are never stored, printed or exported.

Two that differ clear somebody of an exclusion. So what may be a mark in the place of a date (the first
day of 1900) is none, and what cannot be read is not guessed.
"""

import datetime as dt
from collections.abc import Sequence

from credcheck.model.dates import DateError, parse_date

FORMS = ("YYYY-MM-DD", "MM/DD/YYYY", "YYYYMMDD")
_EARLIEST = dt.date(1910, 1, 2)
_YOUNGEST = 18  # years


def parse_birth_date(text: str, forms: Sequence[str] = FORMS) -> dt.date | None:
    """Return the day on which somebody was born, or None for what is no such day."""
    bare = text.strip().removesuffix(".0").removesuffix(" 00:00:00").removesuffix("T00:00:00")
    try:
        found = parse_date(bare, forms)
    except DateError:  # its message quotes the text, so it goes no further
        return None
    return found.earliest if found.exact and found.earliest >= _EARLIEST else None


def is_grown(born: dt.date, as_of: dt.date) -> bool:
    """Tell whether somebody born on a day can be a physician on another: else the date is wrong."""
    return as_of.year - born.year >= _YOUNGEST
