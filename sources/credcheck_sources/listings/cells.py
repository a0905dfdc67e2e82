"""One row's cells, read by what they should be. What cannot be read is noted, never guessed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from credcheck.model.dates import DateError, PartialDate, parse_date
from credcheck.model.npi import Npi, NpiError, read_cell
from credcheck.reference.vocabulary import normalize_phrase

Choice = TypeVar("Choice", bound=str)


class CellForms:
    """How cells are to be read: the forms of dates, and the phrases that mean no date."""

    def __init__(self, dates: Sequence[str], no_expiry: Collection[str]) -> None:
        """Take the declared forms, and the words that the configuration names as "no expiry"."""
        self.dates = tuple(dates)
        self.no_date = frozenset(map(normalize_phrase, no_expiry))


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
        try:
            return parse_date(text, self._forms.dates)
        except DateError as error:
            self.problems.append(f"{column}: {error}")
            return None

    def means_no_date(self, column: str) -> bool:
        """Tell whether the cell holds a word that the configuration names as "no expiry"."""
        text = self.text(column)
        no_date = self._forms.no_date
        return bool(no_date and text) and normalize_phrase(text) in no_date

    def choice(self, column: str, allowed: Sequence[Choice]) -> Choice | None:
        """Return one of the allowed words, or None where the cell is empty."""
        text = self.text(column)
        if not text:
            return None
        wanted = normalize_phrase(text)
        for word in allowed:
            if normalize_phrase(word) == wanted:
                return word
        self.problems.append(f"{column}: {text!r} is none of {', '.join(allowed)}")
        return None

    def count(self, column: str) -> int | None:
        """Return a whole number, or None where the cell is empty."""
        text = self.text(column).replace(",", "").removesuffix(".0")
        if not text:
            return None
        if text.isascii() and text.isdigit():
            return int(text)
        self.problems.append(f"{column}: {text!r} is not a whole number")
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
