"""The days that CMS's files speak of, as their names say.

A monthly file is named after the period from the beginning of the registry (20050523) to its day, a
weekly one after its week.
"""

import datetime as dt
import re
from typing import NamedTuple

from credcheck.storage.snapshots import Info
from credcheck.tables import UnusableTable
from credcheck_sources.nppes_file.files import Inputs

_DAY = re.compile(r"(20[0-9]{6})(?=\.|$)")
_PERIOD = re.compile(r"(20[0-9]{6})-(20[0-9]{6})(?=\.|$)")
_WEEKS = dt.timedelta(days=62)  # a longer period is that of a whole registry


class Day(NamedTuple):
    """A day, and whether a name says it."""

    day: dt.date
    is_named: bool


def find_day(inputs: Inputs) -> Day:
    """Return the day that the files speak of: the last in a name, else the newest file's own."""
    days = [found[-1] for part in inputs.parts if (found := _DAY.findall(part.name))]
    try:
        return Day(max(map(_parse, days)), is_named=True)
    except ValueError:
        newest = max(part.path.stat().st_mtime for part in inputs.parts)
        return Day(dt.datetime.fromtimestamp(newest, tz=dt.UTC).date(), is_named=False)


def check_period(name: str, base: Info | None) -> None:
    """Check that a file's period goes with what it is imported as. Raises UnusableTable.

    A weekly file is not the registry, and weeks between it and the snapshot must not be missing.
    """
    period = _period(name)
    if period is None or period[1] - period[0] > _WEEKS:
        return
    begin, end = period
    if base is None:
        raise UnusableTable(
            f"{name} is a weekly file, of {begin} to {end}: import the month's file first and this one"
            " with --update, or use --force to take it as the whole registry"
        )
    if begin > base.as_of + dt.timedelta(days=1):
        raise UnusableTable(
            f"{name} begins on {begin}, and the snapshot in use is dated {base.as_of}: import the weeks"
            " between first, or the month's file, or use --force to leave them out"
        )


def _period(name: str) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day that a name tells, or None if it tells no two days."""
    found = _PERIOD.search(name)
    try:
        return (_parse(found[1]), _parse(found[2])) if found else None
    except ValueError:
        return None


def _parse(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
