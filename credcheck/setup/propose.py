"""How a file would be read, and what has to be asked before it can be."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from credcheck._util.errors import UsageError
from credcheck.model.reading import Reading
from credcheck.runs.roster import SCHEMA as ROSTER_SCHEMA
from credcheck.runs.roster import open_roster
from credcheck.setup.kinds import REGISTRY, ROSTER, adapter_options, is_published
from credcheck.setup.questions import Question, apply_remedy, ask_about, ask_remedy
from credcheck.source import SourceFailed, TableSource
from credcheck.source.adapter import Context, load_adapter
from credcheck.storage import NoCache
from credcheck.tables import Row, TableOptions, TableSchema, UnusableTable
from credcheck.tables.base import Remedy
from credcheck.tables.dates import NO_EXPIRY, look_at_slashes, propose_forms
from credcheck.tables.read import ReadTable, read_table

_SHOWN_ROWS = 3
_ANY_DAY = dt.date(9000, 1, 1)  # how a file is read hangs on no day


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

    @property
    def bare_problem(self) -> str:
        """The problem without the file's name before it."""
        return self.problem.removeprefix(f"{self.path.name}: ")


def propose(path: Path, kind: str, options: TableOptions) -> Proposal:
    """Return how a file of a kind would be read. What is certain is settled, the rest are questions."""
    if is_published(kind):
        return _propose_published(path, kind, options)
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
    name, of = _split(kind)
    adapter = load_adapter(name)
    assert adapter.schema is not None  # noqa: S101 - the kinds of kinds.py are tables
    return adapter.schema(msgspec.convert({"path": ""} | of, adapter.options))


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
    questions = ask_about(table, reading)
    return Proposal(table.path, kind, options, reading, _first_rows(table), questions=questions)


def read_source(path: Path, kind: str, options: TableOptions) -> Reading:
    """Return how the source of a file would read it. Raises SourceFailed."""
    name, of = _split(kind)
    adapter = load_adapter(name)
    given = {"path": str(path.resolve())} | of | list_options(options)
    context = Context(folder=path.parent, today=_ANY_DAY, cache=NoCache(), offline=True)
    source = adapter.open(name, msgspec.convert(given, adapter.options), context)
    assert isinstance(source, TableSource)  # noqa: S101 - as above
    return source.read_over()


def _split(kind: str) -> tuple[str, dict[str, Any]]:
    options = adapter_options(kind)
    return options.pop("adapter"), options


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


def _propose_published(path: Path, kind: str, options: TableOptions) -> Proposal:
    if kind == REGISTRY:
        return Proposal(path, kind, options)
    try:
        reading = read_source(path, kind, options)
    except SourceFailed as error:
        return Proposal(path, kind, options, problem=str(error))
    return Proposal(path, kind, options, reading)
