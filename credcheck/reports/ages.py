"""How old a source is, in words: the same in every report."""

import datetime as dt

from credcheck._util.text import pluralize

_NO_LIMIT = 36_500
"""Days. A source that may be older than this has no limit that anybody would meet."""


def describe_age(day: dt.date | None, as_of: dt.date, most: int | None) -> str:
    """Return a source's age on a day, with its limit: ``12 of 120 days``."""
    if day is None:
        return "age not known"
    age = (as_of - day).days
    if age < 0:
        return "newer than the check"
    return (
        f"{age} of {pluralize(most, 'day')}" if is_limit(most) and most else pluralize(age, "day")
    )


def is_limit(most: int | None) -> bool:
    """Tell whether a source's maximum age is a limit in practice."""
    return most is not None and most < _NO_LIMIT
