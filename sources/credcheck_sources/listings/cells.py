"""One row's cells, read by what they should be. What cannot be read is noted, never guessed."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from credcheck.model.dates import DateError, PartialDate, parse_date
from credcheck.model.npi import Npi
from credcheck.reference.understanding import understand_word
from credcheck.reference.vocabulary import normalize_phrase
from credcheck.tables.cells import read_npis
from credcheck.tables.dates import DateForms

Choice = TypeVar("Choice", bound=str)

_NUMBER = re.compile(r"[0-9]+(\.[0-9]*)?")
_REMEMBERED = 1 << 14  # dates of a column


class CellForms:
    """How cells are to be read: the forms of the dates of each column, and the phrases for no date."""

    def __init__(self, dates: Mapping[str, DateForms], no_expiry: Collection[str]) -> None:
        """Take the forms, and the words that the configuration names as "no expiry"."""
        self.dates = dates
        self.no_date = frozenset(map(normalize_phrase, no_expiry))
        self.read_dates: dict[str, dict[str, PartialDate]] = {column: {} for column in dates}
        """Dates that were read, by column, since many rows are of one day."""


class Cells:
    """The cells of a row by our column names, with the problems met while reading them."""

    text: Callable[[str], str]
    """Returns a text; empty where the file lacks the column."""

    def __init__(
        self, cells: Mapping[str, str], forms: CellForms, lacking: Collection[str] = ()
    ) -> None:
        """Take the cells; ``lacking`` are the columns that the file does not have."""
        self.text = cells.__getitem__
        self.lacking = lacking
        self._forms = forms
        self.problems: list[str] = []
        self.name_problem = ""
        self.npis: tuple[Npi, ...] = ()
        self.understood: dict[str, str] = {}

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
        if not text:
            return None
        read = self._forms.read_dates.get(column, {})
        return read[text] if text in read else self._read_date(column, text)

    def _read_date(self, column: str, text: str) -> PartialDate | None:
        if self._forms.no_date and self.means_no_date(column):
            return None
        forms = self._forms.dates[column]
        if forms.is_unclear(text):
            self.problems.append(
                f"{column}: {text!r} may be month/day or day/month: {forms.unclear}; set"
                ' date_formats = ["MM/DD/YYYY"] or ["DD/MM/YYYY"]'
            )
            return None
        try:
            found = parse_date(text, forms.forms)
        except DateError as error:
            self.problems.append(f"{column}: {error}")
            return None
        if len(read := self._forms.read_dates[column]) < _REMEMBERED:
            read[text] = found
        return found

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
            f"{column}: {text!r} is not recognized; use one of: {', '.join(allowed)}"
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

    def npi(self, column: str) -> Npi | None:
        """Return the NPI, or the first of several, or None where the cell is empty.

        All of them are in ``npis``: a row with several says what it says of each.
        """
        text = self.text(column)
        if not text:
            return None
        found = read_npis(text)
        if found.problem is not None:
            self.problems.append(f"{column}: {found.problem}")
        self.npis = found.numbers
        return found.numbers[0] if found.numbers else None

    def note_name(self, problem: str) -> None:
        """Note a name that cannot be read; it counts where no number says whom the row is about."""
        self.name_problem = problem
