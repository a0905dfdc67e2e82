"""In which form the dates of a table are: declared, or one that fits all of its rows.

``03/04/2026`` is 4 March by some and 3 April by others, and which it is, no row says by itself. Another
row may: ``12/31/2026`` can have the month first alone. So dates with slashes are read with the month
first only where some date of the table shows it and none shows the contrary. Else the form has to be
declared.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from credcheck.model.date_forms import DEFAULT_FORMS, EXAMPLES
from credcheck.model.dates import DateError, parse_date
from credcheck.reference.vocabulary import normalize_phrase

_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/[0-9]{4}")
_MONTHS = 12
_MONTH_FIRST, _DAY_FIRST = "MM/DD/YYYY", "DD/MM/YYYY"


NO_EXPIRY = "no expiry"
"""Stands among the forms for cells that are declared to mean that there is no date."""


class Slashes(NamedTuple):
    """What dates with slashes show of their form: an example of each kind, if there is one."""

    month_first: str = ""
    day_first: str = ""
    either: str = ""

    def __or__(self, other: "Slashes") -> "Slashes":
        return Slashes(*(one or two for one, two in zip(self, other, strict=True)))

    @property
    def is_month_first(self) -> bool:
        """Whether the month stands first beyond doubt."""
        return bool(self.month_first) and not self.day_first


class DateForms(NamedTuple):
    """How the dates of one column are read.

    ``unclear`` says why a date that may be read either way is not read; it is empty where it is.
    """

    forms: tuple[str, ...]
    unclear: str = ""

    def is_unclear(self, text: str) -> bool:
        """Tell whether a date may be read either way, and it is not known which."""
        return bool(self.unclear) and is_either_way(text)

    @property
    def slashed(self) -> str | None:
        """The form of dates with slashes, where it is known."""
        if self.unclear:
            return None
        return next((x for x in self.forms if x in {_MONTH_FIRST, _DAY_FIRST}), None)


def is_either_way(text: str) -> bool:
    """Tell whether a date may have the month or the day first."""
    found = _SLASHED.fullmatch(text)
    if found is None:
        return False
    first, second = int(found[1]), int(found[2])
    return max(first, second) <= _MONTHS and first != second


def look_at_slashes(texts: Iterable[str]) -> Slashes:
    """Return what the dates of a column show."""
    found = Slashes()
    for text in texts:
        match = _SLASHED.fullmatch(text)
        if match is None:
            continue
        first, second = int(match[1]), int(match[2])
        if first > _MONTHS >= second:
            found |= Slashes(day_first=text)
        elif second > _MONTHS >= first:
            found |= Slashes(month_first=text)
        elif is_either_way(text):
            found |= Slashes(either=text)
    return found


def choose_forms(columns: Mapping[str, Slashes], declared: Sequence[str]) -> dict[str, DateForms]:
    """Return how each column's dates are read. What one column does not show, the others may."""
    if declared:
        return {name: DateForms(tuple(declared)) for name in columns}
    together = Slashes()
    for each in columns.values():
        together |= each
    return {
        name: DateForms(DEFAULT_FORMS, _explain_unclear(each, together))
        for name, each in columns.items()
    }


def count_forms(
    texts: Mapping[str, int], forms: DateForms, no_date: Collection[str] = ()
) -> tuple[Counter[str], Counter[str]]:
    """Return how many cells have which form, and those that cannot be read."""
    counted: Counter[str] = Counter()
    unread: Counter[str] = Counter()
    for text, count in texts.items():
        if no_date and normalize_phrase(text) in no_date:
            counted[NO_EXPIRY] += count
            continue
        form = None if forms.is_unclear(text) else _form_of(text, forms.forms)
        if form is None:
            unread[text] += count
        else:
            counted[form] += count
    return counted, unread


def propose_forms(texts: Iterable[str], slashes: Slashes) -> tuple[str, ...]:
    """Return the forms that read every one of the texts, where only one way to read them is left.

    Empty where none does, or where two would read them as different days.
    """
    distinct = list(dict.fromkeys(texts))
    if slashes.either and not slashes.month_first and not slashes.day_first:
        return ()
    fits = [
        form for form in (*DEFAULT_FORMS, *EXAMPLES) if all(_form_of(x, (form,)) for x in distinct)
    ]
    days = {tuple(str(parse_date(x, (form,))) for x in distinct) for form in fits}
    if len(days) == 1:
        return tuple(fits[:1])
    return ()


def _form_of(text: str, forms: Sequence[str]) -> str | None:
    for form in forms:
        try:
            parse_date(text, (form,))
        except DateError:
            continue
        return form
    return None


def _explain_unclear(own: Slashes, together: Slashes) -> str:
    shown = own if own.month_first or own.day_first else together
    if shown.is_month_first:
        return ""
    if shown.month_first:
        one, two = shown.month_first, shown.day_first
        return f"some dates have the month first ({one}), others the day ({two})"
    if shown.day_first:
        return f"another row has {shown.day_first!r}, where the day comes first"
    return "no row shows which it is" if together.either else ""
