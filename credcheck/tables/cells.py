"""A cell's text made ready: what is written for nothing, and their words for ours."""

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from credcheck._util.suggest import did_you_mean
from credcheck.model.npi import Npi, NpiError, is_valid, read_cell
from credcheck.reference.vocabulary import list_words, normalize_phrase
from credcheck.reference.words import understand_cell
from credcheck.tables.columns import Column, ColumnsError, TableSchema
from credcheck.tables.options import TableOptions

_NOTHING = frozenset({"n/a", "n.a.", "-", "--", "---", "\u2013", "\u2014"})
_NO_NUMBER = frozenset(
    {
        *("na", "none", "null", "nil", "not available", "not found", "not applicable", "unknown"),
        *("0000000000", "no npi", "no number"),
    }
)
_NO_DATE = frozenset(
    {
        *("na", "none", "null", "nil", "not available", "not applicable", "00000000", "0000-00-00"),
        *("00/00/0000", "indefinite", "indefinitely", "permanent"),
    }
)
_BETWEEN_NPIS = re.compile(r"[;,/&|+\s]+|\band\b", re.IGNORECASE)
_NPI_LABEL = re.compile(r"\bNPI\b\s*[:#]?", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]")
_REMEMBERED = 2_000  # texts of each column, since most say what others said


class CellReader:
    """Makes the cells of a table's columns ready, as declared: nulls are emptied, words replaced."""

    def __init__(self, schema: TableSchema, options: TableOptions) -> None:
        """Take the declarations. Raises ColumnsError for a word of ours that no table knows."""
        declared = _NOTHING | frozenset(each.strip().casefold() for each in options.null_values)
        more = {"npi": _NO_NUMBER, "date": _NO_DATE}
        for name, words in options.value_map.items():
            check_words(name, words, schema)
        self._columns = {
            column.name: _ReadTexts(
                declared | more.get(column.holds, frozenset()),
                options.value_map.get(column.name, {}),
            )
            for column in schema.columns
        }

    def read(self, ours: str, text: str) -> str:
        """Return the text of a cell of a column, without what stands for nothing, in our words."""
        return self._columns[ours][text]

    def column(self, ours: str) -> Mapping[str, str]:
        """Return what gives ``read`` of every text of a column, for those who read many."""
        return self._columns[ours]


class _ReadTexts(dict[str, str]):
    """The texts of a column made ready. Some are kept, since most cells say what others said."""

    def __init__(self, nulls: Collection[str], words: Mapping[str, str]) -> None:
        super().__init__()
        self._nulls = nulls
        self._words = {normalize_phrase(theirs): ours for theirs, ours in words.items()}

    def __missing__(self, text: str) -> str:
        bare = text.strip()
        found = "" if bare.casefold() in self._nulls else bare
        if found and self._words:
            found = self._words.get(normalize_phrase(bare), bare)
        if len(self) < _REMEMBERED:
            self[text] = found
        return found


class Npis(NamedTuple):
    """The NPIs of a cell, and what in it is none."""

    numbers: tuple[Npi, ...]
    problem: str | None = None


def read_npis(text: str) -> Npis:
    """Return the NPIs of a cell: one, or several parted by a comma, a semicolon, a slash or a space.

    Two numbers are never joined. What is no NPI beside one that is, is said.
    """
    bare = text.strip()
    if is_valid(bare) or is_valid(bare := _NPI_LABEL.sub(" ", bare).strip()):
        return Npis((Npi(bare),))
    parts = [part for part in _BETWEEN_NPIS.split(bare) if part]
    numbers = [part for part in parts if len(_DIGITS.findall(part)) >= 9]
    if len(numbers) > 1:
        return _read_several(parts)
    try:
        return Npis((read_cell(bare),))
    except NpiError as error:
        return Npis((), str(error))


def check_words(name: str, words: Mapping[str, str], schema: TableSchema) -> None:
    """Check that each word on the right of a ``value_map`` is one of ours. Raises ColumnsError."""
    column = next((each for each in schema.columns if each.name == name), None)
    if column is None:
        raise ColumnsError(
            f"value_map: {name!r} is not a credcheck column{did_you_mean(name, schema.names)}"
        )
    for theirs, ours in words.items():
        if column.words and understand_cell(column.words, ours).value is None:
            raise ColumnsError(
                f"value_map: {name}: {ours!r}, the meaning given for {theirs!r}, is not recognized"
                f"{_suggest_word(column, ours)}"
            )


def _suggest_word(column: Column, text: str) -> str:
    try:
        known = list_words(column.words)
    except KeyError:
        return ""
    return did_you_mean(normalize_phrase(text), known)


def _read_several(parts: list[str]) -> Npis:
    found: list[Npi] = []
    problems: list[str] = []
    for part in parts:
        if _plain(part) in _NO_NUMBER or not _DIGITS.search(part):
            continue  # "N/A", "Not Found"
        try:
            found.append(read_cell(part))
        except NpiError as error:
            problems.append(str(error))
    return Npis(tuple(dict.fromkeys(found)), "; ".join(problems) or None)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
