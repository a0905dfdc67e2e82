"""Dates that may be known only to the year or the month, and comparisons that admit it.

A partial date stands for every day it could be. A comparison is ``True`` or ``False`` where it
holds for all of those days, and ``None`` where it hangs on the unknown part. An unknown day never
turns into an invented one.
"""

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Self

from credcheck.model.date_forms import DEFAULT_FORMS, compile_form, full_year, month_number

_PLAUSIBLE_YEARS = range(1900, 2200)  # 9999-12-31 and 0001-01-01 are marks, not dates


class DateError(ValueError):
    """The text is no date in any of the declared forms."""


class PartialDate:
    """A calendar date known to the day, the month or only the year. Immutable and hashable."""

    __slots__ = ("earliest", "latest", "text")

    earliest: dt.date
    """The first day it could be."""
    latest: dt.date
    """The last day it could be."""
    text: str
    """``2015``, ``2015-06`` or ``2015-06-30``."""

    def __init__(self, year: int, month: int | None = None, day: int | None = None) -> None:
        """Raises ValueError where there is no such date."""
        first = dt.date(year, month or 1, day or 1)
        if month is None:
            last, text = dt.date(year, 12, 31), f"{year:04d}"
        elif day is None:
            last = dt.date(year, month, calendar.monthrange(year, month)[1])
            text = f"{year:04d}-{month:02d}"
        else:
            last, text = first, first.isoformat()
        object.__setattr__(self, "earliest", first)
        object.__setattr__(self, "latest", last)
        object.__setattr__(self, "text", text)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a PartialDate does not change: {name}")

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the text: the rest follows from it, and nothing is set afterwards."""
        return type(self).from_iso, (self.text,)

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """Return a date known to the day."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def from_iso(cls, text: str) -> Self:
        """Read what ``str`` wrote. Raises ValueError for anything else."""
        parts = text.split("-")
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
            raise ValueError(f"{text!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
        return cls(*map(int, parts))

    @property
    def exact(self) -> bool:
        """Whether it is known to the day."""
        return self.earliest == self.latest

    def before(self, day: dt.date) -> bool | None:
        """Tell whether it is before the day; None if that hangs on the unknown part."""
        if self.latest < day:
            return True
        return None if self.earliest < day else False

    def after(self, day: dt.date) -> bool | None:
        """Tell whether it is after the day; None if that hangs on the unknown part."""
        if self.earliest > day:
            return True
        return None if self.latest > day else False

    def not_after(self, other: "PartialDate") -> bool | None:
        """Tell whether it is on or before the other; None if that hangs on an unknown part."""
        if self.latest <= other.earliest:
            return True
        return None if self.earliest <= other.latest else False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"PartialDate.from_iso({self.text!r})"


def days_from(start: PartialDate, end: PartialDate) -> tuple[int, int]:
    """Return the least and the most days, both ends counted, that the period may have."""
    least = (end.earliest - start.latest).days + 1
    return least, (end.latest - start.earliest).days + 1


def parse_date(text: str, forms: Sequence[str] = DEFAULT_FORMS) -> PartialDate:
    """Read a date in one of the declared forms (see ``date_forms``).

    Raises DateError if the text has no declared form, is no day of the calendar, or has a year
    outside 1900 to 2199 (such as the mark 9999-12-31).
    """
    return _parse(text, tuple(forms))


@lru_cache(1 << 16)
def _parse(text: str, forms: tuple[str, ...]) -> PartialDate:
    bare = text.strip()
    for form in forms:
        found = compile_form(form).fullmatch(bare)
        if found is not None:
            return _build_date(bare, found.groupdict())
    raise DateError(f"{bare!r} is not in a date format that is read here ({', '.join(forms)})")


def _build_date(text: str, parts: dict[str, str]) -> PartialDate:
    year = full_year(int(parts["yy"])) if "yy" in parts else int(parts["y"])
    month = month_number(parts["mon"]) if "mon" in parts else _number(parts.get("m"))
    if year not in _PLAUSIBLE_YEARS:
        raise DateError(f"{text!r} is not a plausible date: the year is outside 1900 to 2199")
    try:
        return PartialDate(year, month, _number(parts.get("d")))
    except ValueError as no_such_day:
        raise DateError(f"{text!r} is not a real date") from no_such_day


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)
