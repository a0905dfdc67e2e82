"""A table read: what it is made of, told in a reading, and its rows by our columns.

The reading is made over all rows before any of them counts. It is a function of the bytes and of what
is declared, and of nothing else.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from credcheck._util.progress import name_phase
from credcheck.model.npi import masked
from credcheck.model.reading import ColumnReading, MissingColumn, Reading
from credcheck.tables.base import RejectedRow, Remedy, Row, Table, UnusableTable
from credcheck.tables.cells import CellReader
from credcheck.tables.columns import Binding, ColumnsError, TableSchema, bind_columns
from credcheck.tables.dates import (
    DateForms,
    choose_forms,
    count_forms,
    look_at_slashes,
)
from credcheck.tables.limits import QUOTED, USED_CELL, quote
from credcheck.tables.open import open_table
from credcheck.tables.options import ReadOptions, TableOptions
from credcheck.tables.profile import (
    ColumnProfile,
    count_unknown_words,
    profile_columns,
)

_SHOWN_WORDS = 20
_QUOTED_REJECTS = 5
_ON_PURPOSE = {"ignored", "private", "declared"}


class ReadTable(NamedTuple):
    """A table whose reading is known. ``rows`` may be asked for more than once."""

    path: Path
    schema: TableSchema
    reading: Reading
    is_terminated: bool
    binding: Binding
    cells: CellReader
    dates: Mapping[str, DateForms]
    options: ReadOptions
    wanted: frozenset[str]
    texts: Mapping[str, Counter[str]]
    """The texts of columns of dates and words, with how often: for proposing how to read them."""

    @property
    def header(self) -> tuple[str, ...]:
        """The headers of the file."""
        return tuple(use.header for use in self.binding.uses)

    def rows(self) -> Iterator[Row | RejectedRow]:
        """Yield every data row. Raises UnusableTable if the file is no longer what was read."""
        table = open_table(self.path, self.options, wanted=self.wanted)
        yield from bound_rows(table, self.binding)
        if table.sha256 != self.reading.sha256:
            raise UnusableTable(f"{self.path.name}: it changed while it was being read; run again")

    def read_cell(self, row: Row, ours: str) -> str:
        """Return a row's cell by our column's name, made ready."""
        place = self.binding.places.get(ours)
        return "" if place is None else self.cells.read(ours, row.cells[place])


def read_table(
    path: Path,
    schema: TableSchema,
    options: TableOptions,
    read: ReadOptions,
    *,
    name: str | None = None,
    no_date: Collection[str] = (),
) -> ReadTable:
    """Read a table over, and say how. ``name`` is what to call the file (standard input).

    ``no_date`` are phrases that are declared to mean that there is no date.

    Raises UnusableTable if the file cannot be trusted, and ColumnsError where it cannot be told which
    of its columns is which.
    """
    wanted = schema.wanted(options)
    table = open_table(path, read, wanted=wanted)
    file = name or path.name
    binding = bind_columns(file, table.header, schema, options, read)
    all_rows = bound_rows(table, binding)
    with name_phase(f"looking over {file}"):
        profiles, rows, rejected = profile_columns(all_rows, schema, binding, options)
    binding = _hide_ssns(file, profiles, binding, read)
    if any(column.holds == "npi" for column in schema.columns):
        _check_npis(file, profiles, read)
    _check_whole_names(file, profiles, binding, read)
    dates = _choose_dates(profiles, options)
    columns = (*(_read_column(x, dates, no_date) for x in profiles), *_list_constants(binding))
    reading = _make_reading(file, schema, table, binding, rows, rejected, columns)
    texts = {each.use.ours: each.texts for each in profiles if each.use.ours}
    return ReadTable(
        path=path,
        schema=schema,
        reading=reading,
        is_terminated=table.is_terminated,
        binding=binding,
        cells=CellReader(schema, options),
        dates=dates,
        options=read,
        wanted=wanted,
        texts=texts,
    )


def _make_reading(
    file: str,
    schema: TableSchema,
    table: Table,
    binding: Binding,
    rows: int,
    rejected: list[RejectedRow],
    columns: tuple[ColumnReading, ...],
) -> Reading:
    return Reading(
        file=file,
        sha256=table.sha256,
        kind=schema.kind,
        facts=dict(table.facts),
        header_row=table.header_row,
        header_reason=table.header_reason,
        titles=table.titles,
        totals=tuple(table.totals),
        repeats=table.repeats,
        blank=table.blank,
        rows=rows,
        rejected=len(rejected),
        rejects=tuple(describe_reject(row) for row in rejected[:_QUOTED_REJECTS]),
        columns=columns,
        missing=_list_missing(binding),
        notes=tuple(table.notes),
    )


def bound_rows(table: Table, binding: Binding) -> Iterator[Row | RejectedRow]:
    """Yield a table's rows; one with too long a cell in a column that is read is rejected."""
    used = [(use.place, use.header) for use in binding.uses if use.ours]
    for row in table.rows():
        if isinstance(row, Row) and sum(map(len, row.cells)) > USED_CELL.value:
            yield _bound(row, used)
        else:
            yield row


def _bound(row: Row, used: list[tuple[int, str]]) -> Row | RejectedRow:
    for place, header in used:
        length = len(row.cells[place])
        if length > USED_CELL.value:
            problem = (
                f"has a cell of {length:,} characters in column {header!r};"
                f" the limit is {USED_CELL.value:,}"
            )
            return RejectedRow(row.number, row.line, row.cells, problem)
    return row


def describe_reject(row: RejectedRow) -> str:
    """Return where a row stands that cannot be read, and why."""
    return f"row {row.number} (line {row.line}): {row.problem}"


def _hide_ssns(
    file: str, profiles: list[ColumnProfile], binding: Binding, read: ReadOptions
) -> Binding:
    """Make columns private whose cells are Social Security numbers, whatever their name.

    Raises ColumnsError where one of them is read as ours, and so would be kept.
    """
    for each in profiles:
        if not each.looks_like_ssns:
            continue
        header = each.use.header
        if each.use.ours:
            raise ColumnsError(
                f"{file}: column {header!r} holds what looks like Social Security numbers, and is not"
                f" read as {each.use.ours}; use {read.spell('ignore_columns', header)}",
                Remedy("ignore_columns", (header,), is_certain=True),
            )
        why = "never read: its cells look like Social Security numbers"
        each.use = each.use._replace(use="private", why=why)
    return binding._replace(uses=tuple(each.use for each in profiles))


def _check_npis(file: str, profiles: list[ColumnProfile], read: ReadOptions) -> None:
    """Raise ColumnsError where a column holds NPIs and is not read: they may be the physicians'."""
    has_npi = any(each.is_npi for each in profiles)
    for each in profiles:
        use = each.use
        if each.is_npi or use.use in _ON_PURPOSE or not each.looks_like_npis:
            continue
        if use.use == "other_npi" and has_npi:
            continue
        called = repr(use.header) if use.header else f"number {use.place + 1}, which has no header,"
        if not use.header:
            raise ColumnsError(
                f"{file}: column {called} holds NPIs but has no header, so it is not used; give"
                " it a header"
            )
        what = f" ({use.why})" if use.use == "other_npi" else ""
        raise ColumnsError(
            f"{file}: column {called}{what} holds NPIs but is not used for them; if they are the"
            f" physicians', use {read.spell('columns', use.header, key='npi')}, else"
            f" {read.spell('ignore_columns', use.header)}",
            Remedy("columns", (use.header,), "npi", may_ignore=True),
        )


def _check_whole_names(
    file: str, profiles: list[ColumnProfile], binding: Binding, read: ReadOptions
) -> None:
    """Raise ColumnsError where the last names are whole names, and no first name stands beside them."""
    by_name = {each.use.ours: each for each in profiles if each.use.ours}
    last, first = by_name.get("last_name"), by_name.get("first_name")
    if last is None or "first_name" in binding.constants:
        return
    if first is not None and first.filled > first.nulls:
        return
    if last.whole_names * 2 >= last.filled > 0:
        raise ColumnsError(
            f"{file}: column {last.use.header!r} holds whole names; use"
            f" {read.spell('columns', last.use.header, key='name')}",
            Remedy("columns", (last.use.header,), "name", is_certain=True),
        )


def _choose_dates(profiles: list[ColumnProfile], options: TableOptions) -> dict[str, DateForms]:
    dated = [each for each in profiles if each.column is not None and each.column.holds == "date"]
    slashes = {each.use.ours: look_at_slashes(each.texts) for each in dated}
    return choose_forms(slashes, options.date_formats)


def _read_column(
    profile: ColumnProfile, dates: Mapping[str, DateForms], no_date: Collection[str]
) -> ColumnReading:
    use = profile.use
    is_date = profile.column is not None and profile.column.holds == "date"
    counted: Counter[str] = Counter()
    unknown = count_unknown_words(profile)
    if is_date:
        counted, unknown = count_forms(profile.texts, dates[use.ours], no_date)
    return ColumnReading(
        column=use.place + 1,
        header=use.header,
        use=use.use,
        ours=use.ours or None,
        why=use.why,
        filled=profile.filled,
        nulls=profile.nulls,
        dates=_sort_counts(counted),
        date_form=dates[use.ours].slashed if is_date and counted else None,
        not_understood=_shorten(unknown),
        npis=profile.npis if profile.is_npi or profile.looks_like_npis else 0,
        not_npis=tuple(profile.not_npis),
        several=profile.several,
        whole_names=profile.filled - profile.nulls if use.ours == "name" else 0,
        replaced=_shorten(profile.replaced),
    )


def _sort_counts(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def _shorten(counts: Counter[str]) -> dict[str, int]:
    """Return the most frequent texts, shortened, with what may be a Social Security number masked."""
    shown: Counter[str] = Counter()
    for text, count in list(_sort_counts(counts).items())[:_SHOWN_WORDS]:
        shown[quote(masked(text))[1:-1] if len(text) > QUOTED.value else masked(text)] += count
    return _sort_counts(shown)


def _list_constants(binding: Binding) -> list[ColumnReading]:
    return [
        ColumnReading(column=0, header="", use="constant", ours=ours, value=value, why="declared")
        for ours, value in binding.constants.items()
    ]


def _list_missing(binding: Binding) -> tuple[MissingColumn, ...]:
    return tuple(
        MissingColumn(ours=column.name, without=column.without)
        for column in binding.missing
        if column.without
    )


__all__ = ["ReadTable", "Table", "read_table"]
