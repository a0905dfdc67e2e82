"""One row's cells, read by what they should be. What cannot be read is noted, never guessed."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from credcheck.model.date_forms import DEFAULT_FORMS
from credcheck.model.dates import DateError, PartialDate, parse_date
from credcheck.model.npi import Npi, NpiError, read_cell
from credcheck.reference.understanding import understand_word
from credcheck.reference.vocabulary import normalize_phrase

Choice = TypeVar("Choice", bound=str)

_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/[0-9]{4}")
_MONTHS = 12
_NUMBER = re.compile(r"[0-9]+(\.[0-9]*)?")


class CellForms:
    """How cells are to be read: the forms of dates, and the phrases that mean no date.

    ``day_first`` is a date that has the day before the month beyond doubt (31/12/2030), where one was
    met and no forms are declared: then a date that may be read either way is not read.
    """

    def __init__(
        self, dates: Sequence[str], no_expiry: Collection[str], day_first: str | None = None
    ) -> None:
        """Take the declared forms, and the words that the configuration names as "no expiry"."""
        self.dates = tuple(dates)
        self.no_date = frozenset(map(normalize_phrase, no_expiry))
        self.are_declared = self.dates != DEFAULT_FORMS
        self.day_first = day_first

    def note_day_first(self, text: str) -> None:
        """Note a date that cannot be read if it has the day before the month."""
        found = None if self.are_declared or self.day_first else _SLASHED.fullmatch(text)
        if found and int(found[1]) > _MONTHS and int(found[2]) <= _MONTHS:
            self.day_first = text

    def is_either_way(self, text: str) -> bool:
        """Tell whether a date may be month/day or day/month in a listing that has the latter."""
        found = _SLASHED.fullmatch(text) if self.day_first else None
        return found is not None and int(found[1]) <= _MONTHS and int(found[2]) <= _MONTHS


class Cells:
    """The cells of a row by our column names, with the problems met while reading them."""

    text: Callable[[str], str]
    """Returns a text; empty where the file lacks the column."""

    def __init__(self, cells: Mapping[str, str], forms: CellForms) -> None:
        self.text = cells.__getitem__
        self._forms = forms
        self.problems: list[str] = []

    def optional(self, column: str) -> str | None:
        """Return a text, or None where there is none."""
        return self.text(column) or None

    def needed(self, column: str) -> str:
        """Return a text that must be there; an empty cell is noted."""
        text = self.text(column)
        if not text:
            self.problems.append(f"{column} is empty")
        return text

    def date(self, column: str) -> PartialDate | None:
        """Return a date, or None where the cell is empty. A date that cannot be read is noted."""
        text = self.text(column)
        if not text or (self._forms.no_date and self.means_no_date(column)):
            return None
        if self._forms.is_either_way(text):
            self.problems.append(
                f"{column}: {text!r} may be month/day or day/month, since another row has"
                f' {self._forms.day_first!r}; say dates = ["DD/MM/YYYY"] if it is so'
            )
            return None
        try:
            return parse_date(text, self._forms.dates)
        except DateError as error:
            self._forms.note_day_first(text)
            self.problems.append(f"{column}: {error}")
            return None

    def means_no_date(self, column: str) -> bool:
        """Tell whether the cell holds a word that the configuration names as "no expiry"."""
        text = self.text(column)
        no_date = self._forms.no_date
        return bool(no_date and text) and normalize_phrase(text) in no_date

    def word(self, column: str, allowed: Sequence[Choice]) -> Choice | None:
        """Return what a word means in the table of its column, or None where the cell is empty."""
        text = self.text(column)
        if not text:
            return None
        meant = understand_word(column, text).value
        for word in allowed:
            if word == meant:
                return word
        self.problems.append(
            f"{column}: {text!r} is not understood; it may be {', '.join(allowed)}"
        )
        return None

    def count(self, column: str) -> int | None:
        """Return a number without its decimals, or None where the cell is empty."""
        text = self.text(column).replace(",", "")
        if not text:
            return None
        if _NUMBER.fullmatch(text):
            return int(text.partition(".")[0])
        self.problems.append(f"{column}: {text!r} is not a number")
        return None

    def npi(self, column: str, unknown: Collection[str] = ()) -> Npi | None:
        """Return the NPI, or None where the cell is empty or holds a mark for an unknown one."""
        text = self.text(column)
        if not text or text in unknown:
            return None
        try:
            return read_cell(text)
        except NpiError as error:
            self.problems.append(f"{column}: {error}")
            return None
