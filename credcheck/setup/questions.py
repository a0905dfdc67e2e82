"""What only a person can know of a file: questions, each with its answers and what they set."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from credcheck.model.date_forms import DEFAULT_FORMS, EXAMPLES
from credcheck.model.dates import DateError, parse_date
from credcheck.model.reading import MissingColumn, Reading
from credcheck.reference.vocabulary import list_words
from credcheck.reference.words import understand_cell
from credcheck.tables import Column, Row
from credcheck.tables.base import Remedy
from credcheck.tables.read import ReadTable

_WORDS_ASKED = 4
_CHOICES = 6
_ROWS_LOOKED_AT = 500
_FEW_WORDS = 12  # words that a column of statuses has, or fewer
_COMPLETED = "Completed"
_BODIES = ("ACGME", "AOA")
_FORMS = (*DEFAULT_FORMS, *EXAMPLES)

Answers = tuple[tuple[str, Mapping[str, Any]], ...]


class Question(NamedTuple):
    """Something that only a person can know, with the answers that there are.

    Each answer is its words and the options that it sets; an answer without options leaves it open.
    """

    about: str
    text: str
    answers: Answers


def ask_about(table: ReadTable, reading: Reading) -> tuple[Question, ...]:
    """Return what is open about a table that can be read, the most important first."""
    return (*_ask_dates(table, reading), *_ask_lacking(table, reading), *_ask_words(table, reading))


def apply_remedy(remedy: Remedy, choice: str | int) -> dict[str, Any]:
    """Return the options that a remedy sets with one of its choices."""
    if remedy.option == "columns":
        return {"columns": {remedy.ours: choice}}
    if remedy.option == "ignore_columns":
        return {"ignore_columns": (choice,)}
    return {remedy.option: choice}


def ask_remedy(path: Path, problem: str, remedy: Remedy) -> Question:
    """Return the question that a refusal comes down to."""
    answers: list[tuple[str, Mapping[str, Any]]] = []
    for choice in remedy.choices:
        ours = f"{remedy.ours} is {choice!r}" if remedy.option == "columns" else f"{choice}"
        answers.append((ours, apply_remedy(remedy, choice)))
    if remedy.may_ignore:
        names = tuple(str(choice) for choice in remedy.choices)
        answers.append(("they are someone else's: do not use them", {"ignore_columns": names}))
    return Question(path.name, problem, (*answers, ("skip this file for now", {})))


def list_meanings(words: str) -> list[str]:
    """Return one word of ours for each meaning that a column's words may have."""
    try:
        known = list_words(words)
    except KeyError:
        return []
    first: dict[object, str] = {}
    for word in known:
        meant = understand_cell(words, word).value
        if meant is not None:
            first.setdefault(meant, word)
    return [word.capitalize() for word in first.values()]


def _ask_dates(table: ReadTable, reading: Reading) -> list[Question]:
    unclear = next(
        ((ours, forms.unclear) for ours, forms in table.dates.items() if forms.unclear), None
    )
    if unclear is None:
        return []
    column = reading.find(unclear[0])
    example = next(iter(column.not_understood), "") if column else ""
    others = sorted({form for each in reading.columns for form in each.dates})
    text = f"{example!r} in {column.header if column else ''!r}: is the month first, or the day?"
    return [
        Question(
            table.path.name,
            f"{text} ({unclear[1]})",
            (
                ("the month (MM/DD/YYYY)", {"date_formats": ("MM/DD/YYYY", *others)}),
                ("the day (DD/MM/YYYY)", {"date_formats": ("DD/MM/YYYY", *others)}),
                ("I don't know", {}),
            ),
        )
    ]


def _ask_lacking(table: ReadTable, reading: Reading) -> Iterator[Question]:
    """Ask which column it is that a rule needs, or for what one answer says for all rows."""
    schema = {column.name: column for column in table.schema.columns}
    unused = _read_unused(table) if reading.missing else {}
    for each in reading.missing:
        answers = (
            *_list_candidates(each.ours, schema[each.ours], unused),
            *_list_constants(reading.kind, each.ours),
        )
        if answers:
            last = "none of them, or I don't know" if len(answers) > 1 else "no, or I don't know"
            yield Question(table.path.name, _ask_which(each), (*answers, (last, {})))


def _ask_which(missing: MissingColumn) -> str:
    name = missing.ours.replace("_", " ")
    return f"No column is known to hold the {name} ({missing.without}). Which one does?"


def _list_candidates(ours: str, column: Column, unused: Mapping[str, Sequence[str]]) -> Answers:
    """Return the unused columns whose cells may be what is wanted."""
    fits = {"date": _are_dates, "word": _are_words}.get(column.holds)
    if fits is None:
        return ()
    found = [header for header, texts in unused.items() if fits(texts)][:_CHOICES]
    return tuple((f"the column {header!r}", {"columns": {ours: header}}) for header in found)


def _list_constants(kind: str, ours: str) -> Answers:
    if (kind, ours) == ("program", "accreditor"):
        return tuple((f"the {x} accredits all of them", {"constants": {ours: x}}) for x in _BODIES)
    if (kind, ours) == ("fellowship", "status"):
        text = "the file lists only completed fellowships"
        return ((text, {"constants": {ours: _COMPLETED}}),)
    return ()


def _read_unused(table: ReadTable) -> dict[str, list[str]]:
    """Return the texts in the first rows of each column that is not used."""
    places = {
        use.header: use.place for use in table.binding.uses if use.use == "unused" and use.header
    }
    rows = [x.cells for x in islice(table.rows(), _ROWS_LOOKED_AT) if isinstance(x, Row)]
    cells = {name: [each[place].strip() for each in rows] for name, place in places.items()}
    return {name: found for name, texts in cells.items() if (found := [*filter(None, texts)])}


def _are_dates(texts: Sequence[str]) -> bool:
    return all(map(_is_date, texts))


def _is_date(text: str) -> bool:
    try:
        return parse_date(text, _FORMS) is not None
    except DateError:
        return False


def _are_words(texts: Sequence[str]) -> bool:
    """Tell whether texts are few words that come again and again, and no numbers."""
    distinct = set(texts)
    has_digits = any(any(map(str.isdigit, text)) for text in distinct)
    return len(distinct) <= min(_FEW_WORDS, max(2, len(texts) // 2)) and not has_digits


def _ask_words(table: ReadTable, reading: Reading) -> list[Question]:
    """Ask what words of theirs mean that are in no table, the most frequent first."""
    words = {column.name: column.words for column in table.schema.columns if column.words}
    found: list[tuple[int, Question]] = []
    for column in reading.used:
        known = words.get(column.ours or "")
        if known is None or column.ours is None:
            continue
        for text, count in column.not_understood.items():
            found.append(
                (count, _ask_word(table.path.name, column.ours, column.header, text, known))
            )
    found.sort(key=lambda each: -each[0])
    return [question for _, question in found[:_WORDS_ASKED] if len(question.answers) > 1]


def _ask_word(file: str, ours: str, header: str, text: str, words: str) -> Question:
    answers = [(f"{word!r}", {"value_map": {ours: {text: word}}}) for word in list_meanings(words)]
    leave: tuple[str, Mapping[str, Any]] = ("something else: leave it unrecognized", {})
    return Question(file, f"What does {text!r} in the column {header!r} mean?", (*answers, leave))
