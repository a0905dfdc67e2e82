"""The same list of several months: which file is the newest, and which it takes the place of.

Files are a series where their names differ in a month alone, and the newest still has nearly all of
whom the older has. Lists of years that each hold other people are no series: each is read.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from credcheck.model.npi import is_valid
from credcheck.reference.headers import recognize
from credcheck.tables import ReadOptions, Row, UnusableTable, open_table

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?P<year>20[0-9]{2})"
_NAMES = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_FORMS = (
    re.compile(
        rf"(?<![0-9]){_YEAR}(?P<sep>[-_. ]?)(?P<month>0[1-9]|1[0-2])"
        r"(?:(?P=sep)(?P<day>0[1-9]|[12][0-9]|3[01]))?(?![0-9])"
    ),
    re.compile(rf"(?<![a-z])(?P<name>{_NAMES})[-_. ]*{_YEAR}(?![0-9])", re.IGNORECASE),
    re.compile(rf"(?<![0-9]){_YEAR}[-_. ]*(?P<name>{_NAMES})(?![a-z])", re.IGNORECASE),
    re.compile(rf"(?<![a-z])q(?P<quarter>[1-4])[-_. ]*{_YEAR}(?![0-9])", re.IGNORECASE),
    re.compile(rf"(?<![0-9]){_YEAR}[-_. ]*q(?P<quarter>[1-4])(?![0-9])", re.IGNORECASE),
)
_MOST = 0.8  # of those in the older file that the newer has too
_QUARTER = 3  # months


class Dated(NamedTuple):
    """A file's name with a month in it. ``pattern`` has a ``*`` in the place of the month."""

    pattern: str
    month: tuple[int, int, int]


class Series(NamedTuple):
    """The same list of several months. ``older`` are those of which ``newest`` takes the place."""

    newest: Path
    older: tuple[Path, ...]
    pattern: str


def read_month(name: str) -> Dated | None:
    """Return the month that a file's name says, if it says one."""
    for form in _FORMS:
        found = form.search(name)
        if found is None:
            continue
        parts = found.groupdict()
        if word := parts.get("name"):
            month = _MONTHS.index(word[:3].casefold()) + 1
        else:
            month = int(parts.get("month") or int(parts["quarter"]) * _QUARTER)
        day = int(parts.get("day") or 0)
        pattern = f"{name[: found.start()]}*{name[found.end() :]}"
        return Dated(pattern, (int(parts["year"]), month, day))
    return None


def find_series(options: Mapping[Path, ReadOptions]) -> list[Series]:
    """Return the series among some files, given how each is written."""
    groups: dict[tuple[Path, str], list[tuple[tuple[int, int, int], Path]]] = {}
    for path in options:
        if (dated := read_month(path.name)) is not None:
            groups.setdefault((path.parent, dated.pattern), []).append((dated.month, path))
    found: list[Series] = []
    for (_, pattern), members in groups.items():
        members.sort()
        months = [month for month, _ in members]
        if len(set(months)) == len(months) > 1:
            *older, newest = [path for _, path in members]
            found += _make_series(newest, older, pattern, options)
    return found


def _make_series(
    newest: Path, older: Sequence[Path], pattern: str, options: Mapping[Path, ReadOptions]
) -> list[Series]:
    have = _list_people(newest, options[newest])
    replaced = tuple(path for path in older if _is_within(_list_people(path, options[path]), have))
    return [Series(newest, replaced, pattern)] if replaced else []


def _is_within(people: set[tuple[str, ...]], have: set[tuple[str, ...]]) -> bool:
    return bool(people) and len(people & have) >= _MOST * len(people)


def _list_people(path: Path, options: ReadOptions) -> set[tuple[str, ...]]:
    """Return whom the rows of a file are about: numbers where there are any, else names or codes."""
    try:
        table = open_table(path, options)
        places = _find_places(table.header)
        rows = [row.cells for row in table.rows() if isinstance(row, Row)]
    except UnusableTable:
        return set()
    found = {_key([cells[place].strip() for place in places]) for cells in rows}
    return {key for key in found if any(key)}


def _key(cells: Sequence[str]) -> tuple[str, ...]:
    npis = [cell for cell in cells if is_valid(cell)]
    return (npis[0],) if npis else tuple(cell.casefold() for cell in cells)


def _find_places(header: Sequence[str]) -> list[int]:
    wanted = {"npi", "name", "last_name", "first_name"}
    people = [
        place
        for place, name in enumerate(header)
        if (found := recognize(name, ("person",))) and found.column in wanted
    ]
    codes = [
        place
        for place, name in enumerate(header)
        if (found := recognize(name, ("program",))) and found.column == "program_code"
    ]
    return people or codes
