"""How a file would be read, and what has to be asked before it can be."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from credcheck._util.errors import UsageError
from credcheck.model.reading import Reading
from credcheck.reference.vocabulary import list_words
from credcheck.reference.words import understand_cell
from credcheck.runs.roster import SCHEMA as ROSTER_SCHEMA
from credcheck.runs.roster import open_roster
from credcheck.setup.guess import LEIE, REGISTRY, ROSTER
from credcheck.source import SourceFailed, TableSource
from credcheck.source.adapter import Context, load_adapter
from credcheck.storage import NoCache
from credcheck.tables import Row, TableOptions, TableSchema, UnusableTable
from credcheck.tables.base import Remedy
from credcheck.tables.dates import NO_EXPIRY, look_at_slashes, propose_forms
from credcheck.tables.read import ReadTable, read_table

_SHOWN_ROWS = 3
_ANY_DAY = dt.date(9000, 1, 1)  # how a file is read hangs on no day
_WORDS_ASKED = 4
_COMPLETED = "Completed"


class Question(NamedTuple):
    """Something that only a person can know, with the answers that there are.

    Each answer is its words and the options that it sets; an answer without options leaves it open.
    """

    about: str
    text: str
    answers: tuple[tuple[str, Mapping[str, Any]], ...]


class Proposal(NamedTuple):
    """How a file would be read: as what, with which options, and what comes out.

    ``problem`` says why it cannot be read so; ``questions`` are open, the most important first.
    """

    path: Path
    kind: str
    options: TableOptions
    reading: Reading | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    problem: str = ""
    questions: tuple[Question, ...] = ()


def propose(path: Path, kind: str, options: TableOptions) -> Proposal:
    """Return how a file of a kind would be read. What is certain is settled, the rest are questions."""
    if kind in {REGISTRY, LEIE}:
        return _propose_published(path, kind)
    schema = find_schema(kind)
    for _ in range(len(schema.columns) + 4):
        try:
            table = read_table(path, schema, options, options.reading("file"))
        except (UnusableTable, UsageError) as error:
            remedy: Remedy | None = getattr(error, "remedy", None)
            if remedy is None or not remedy.is_certain:
                questions = (ask_remedy(path, str(error), remedy),) if remedy else ()
                return Proposal(path, kind, options, problem=str(error), questions=questions)
            options = add_to(options, apply_remedy(remedy, remedy.choices[0]))
            continue
        better = _settle(table, options)
        if better == options:
            return _finish(table, kind, options)
        options = better
    raise AssertionError("every round settles something")


def find_schema(kind: str) -> TableSchema:
    """Return the columns of a kind of table."""
    if kind == ROSTER:
        return ROSTER_SCHEMA
    name, _, of = kind.partition(" ")
    adapter = load_adapter(name)
    assert adapter.schema is not None  # noqa: S101 - the kinds of guess.py are tables
    made = {"path": ""} | ({"kind": of} if of else {})
    return adapter.schema(msgspec.convert(made, adapter.options))


def add_to(options: TableOptions, said: Mapping[str, Any]) -> TableOptions:
    """Return the options with more of them; mappings and lists are added to."""
    changes: dict[str, Any] = {}
    for name, value in said.items():
        before = getattr(options, name)
        if isinstance(before, dict):
            changes[name] = _merge(before, value)
        elif isinstance(before, tuple):
            changes[name] = (*before, *(each for each in value if each not in before))
        else:
            changes[name] = value
    return replace(options, **changes)


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


def _merge(before: dict[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(before)
    for key, value in more.items():
        old = merged.get(key)
        merged[key] = {**old, **value} if isinstance(old, dict) else value
    return merged


def _settle(table: ReadTable, options: TableOptions) -> TableOptions:
    """Return the options with what the table itself shows beyond doubt: the forms of its dates."""
    if options.date_formats:
        return options
    texts = _list_unread_dates(table)
    if not texts or any(forms.unclear for forms in table.dates.values()):
        return options
    form = propose_forms(texts, look_at_slashes(texts))
    seen = {form for each in table.reading.columns for form in each.dates if form != NO_EXPIRY}
    return add_to(options, {"date_formats": (*sorted(seen), *form)}) if form else options


def _list_unread_dates(table: ReadTable) -> list[str]:
    """Return the texts in columns of dates that are no dates as they are read now, and no words."""
    found: dict[str, None] = {}
    for column in table.reading.columns:
        if column.ours in table.dates:
            found |= dict.fromkeys(x for x in column.not_understood if any(map(str.isdigit, x)))
    return list(found)


def _finish(table: ReadTable, kind: str, options: TableOptions) -> Proposal:
    reading = table.reading
    try:
        if kind == ROSTER:
            reading = open_roster(table.path, options.reading("file"), options).reading
        else:
            reading = read_source(table.path, kind, options)
    except (UnusableTable, UsageError, SourceFailed) as error:
        return Proposal(table.path, kind, options, reading, problem=str(error))
    questions = (
        *_ask_dates(table, reading),
        *_ask_lacking(table, reading),
        *_ask_words(table, reading),
    )
    return Proposal(table.path, kind, options, reading, _first_rows(table), questions=questions)


def read_source(path: Path, kind: str, options: TableOptions) -> Reading:
    """Return how the source of a file would read it. Raises SourceFailed."""
    name, _, of = kind.partition(" ")
    adapter = load_adapter(name)
    given = {"path": str(path.resolve())} | ({"kind": of} if of else {}) | list_options(options)
    context = Context(folder=path.parent, today=_ANY_DAY, cache=NoCache(), offline=True)
    source = adapter.open(name, msgspec.convert(given, adapter.options), context)
    assert isinstance(source, TableSource)  # noqa: S101 - as above
    return source.read_over()


def list_options(options: TableOptions) -> dict[str, Any]:
    """Return the options that differ from the usual ones, as they stand in a configuration."""
    usual = TableOptions()
    found = {name: getattr(options, name) for name in TableOptions.__struct_fields__}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in found.items()
        if value != getattr(usual, name)
    }


def _first_rows(table: ReadTable) -> tuple[tuple[str, ...], ...]:
    used = [each.ours for each in table.reading.used if each.header and each.ours]
    found: list[tuple[str, ...]] = []
    rows = table.rows()
    for row in rows:
        if isinstance(row, Row):
            found.append(tuple(table.read_cell(row, ours) for ours in used))
        if len(found) == _SHOWN_ROWS:
            break
    return tuple(found)


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


def _ask_lacking(table: ReadTable, reading: Reading) -> list[Question]:
    """Ask for what no column says and one answer may say for all rows."""
    lacking = {each.ours for each in reading.missing}
    found: list[Question] = []
    if reading.kind == "program" and "accreditor" in lacking:
        text = "No column says who accredits the programs. Who does?"
        bodies = ("ACGME", "AOA")
        answers = [(f"the {x}, all of them", {"constants": {"accreditor": x}}) for x in bodies]
        found.append(Question(table.path.name, text, (*answers, ("I don't know", {}))))
    if reading.kind == "fellowship" and "status" in lacking:
        text = (
            "No column says whether a fellowship was completed. Does the file list only"
            " completed ones?"
        )
        yes = ("yes, only completed ones", {"constants": {"status": _COMPLETED}})
        found.append(Question(table.path.name, text, (yes, ("no, or I don't know", {}))))
    return found


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


def _propose_published(path: Path, kind: str) -> Proposal:
    if kind == REGISTRY:
        return Proposal(path, kind, TableOptions())
    try:
        reading = read_source(path, kind, TableOptions())
    except SourceFailed as error:
        return Proposal(path, kind, TableOptions(), problem=str(error))
    return Proposal(path, kind, TableOptions(), reading)
