"""What the cells of a table's columns are, counted over all rows, before any row counts."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from credcheck.model.npi import is_valid, masked
from credcheck.reference.organizations import is_business
from credcheck.reference.vocabulary import normalize_phrase
from credcheck.reference.words import understand_cell
from credcheck.tables.base import RejectedRow, Row
from credcheck.tables.cells import CellReader, read_npis
from credcheck.tables.columns import Binding, Column, ColumnUse, TableSchema
from credcheck.tables.limits import quote
from credcheck.tables.options import TableOptions

_CHUNK = 2_000
_DISTINCT = 200_000  # texts of one column that are kept to be counted
_QUOTED = 5
_SSN = re.compile(r"[0-9]{3}-[0-9]{2}-[0-9]{4}")
_MAY_BE_NPIS = re.compile(r"[0-9][0-9 .\-]{7,}[0-9]")
_KEPT_APART = {"name", "date", "word", "count"}  # cells that nobody takes for numbers


class ColumnProfile:
    """What was met in one column. ``texts`` counts its cells, for columns of words and dates."""

    def __init__(self, use: ColumnUse, column: Column | None) -> None:
        self.use = use
        self.column = column
        self.filled = 0
        self.nulls = 0
        self.npis = 0
        self.ssns = 0
        self.several = 0
        self.whole_names = 0
        self.not_npis: list[str] = []
        self.texts: Counter[str] = Counter()
        self.replaced: Counter[str] = Counter()

    @property
    def is_npi(self) -> bool:
        """Whether the column is read as that of the NPI."""
        return self.column is not None and self.column.holds == "npi"

    @property
    def looks_like_npis(self) -> bool:
        """Whether the cells are NPIs by their check digit, more than chance would have it."""
        return self.npis > 0 and (
            self.npis * 2 >= self.filled or (self.npis > 2 and self.npis * 4 >= self.filled)
        )

    @property
    def looks_like_ssns(self) -> bool:
        """Whether cells are written as Social Security numbers are; one in ten is enough."""
        return self.ssns > 0 and self.ssns * 10 >= self.filled

    def add(self, cells: Sequence[str], reader: CellReader) -> None:
        """Count some cells."""
        if self.column is None or self.column.holds not in _KEPT_APART:
            self._count_npis(cells, reader)
        else:
            self._count_texts(cells, reader)

    def _count_npis(self, cells: Sequence[str], reader: CellReader) -> None:
        for cell, times in Counter(cells).items():
            bare = cell.strip()
            if not bare:
                continue
            self.filled += times
            if is_valid(bare):
                self.npis += times
            elif self.is_npi:
                self._count_other(bare, times, reader)
            elif _MAY_BE_NPIS.search(bare):
                self.ssns += times * (_SSN.fullmatch(bare) is not None)
                self.npis += times * bool(read_npis(bare).numbers)

    def _count_other(self, bare: str, times: int, reader: CellReader) -> None:
        if not reader.read(self.use.ours, bare):
            self.nulls += times
            return
        found = read_npis(bare)
        self.npis += times * bool(found.numbers)
        self.several += times * (len(found.numbers) > 1)
        if found.problem is not None:
            shown = quote(masked(bare))
            if len(self.not_npis) < _QUOTED and shown not in self.not_npis:
                self.not_npis.append(shown)

    def _count_texts(self, cells: Sequence[str], reader: CellReader) -> None:
        assert self.column is not None  # noqa: S101 - the caller has looked
        counts = self.column.holds in {"word", "date"}
        is_last_name = self.use.ours == "last_name"
        for cell, times in Counter(cells).items():
            bare = cell.strip()
            if not bare:
                continue
            self.filled += times
            text = reader.read(self.use.ours, bare)
            if not text:
                self.nulls += times
            elif counts and (text in self.texts or len(self.texts) < _DISTINCT):
                self.texts[text] += times
                if text != bare:
                    self.replaced[bare] += times
            elif is_last_name:
                self.whole_names += times * _is_whole_name(text)


def profile_columns(
    rows: Iterable[Row | RejectedRow],
    schema: TableSchema,
    binding: Binding,
    options: TableOptions,
) -> tuple[list[ColumnProfile], int, list[RejectedRow]]:
    """Return a profile of every column, the number of rows, and the rows that are out of shape.

    Columns that are private by their name are passed over.
    """
    reader = CellReader(schema, options)
    kinds = {column.name: column for column in schema.columns}
    profiles = [ColumnProfile(use, kinds.get(use.ours)) for use in binding.uses]
    looked_at = [each for each in profiles if each.use.use != "private"]
    count, rejected = 0, []
    waiting = iter(rows)
    while chunk := list(islice(waiting, _CHUNK)):
        count += len(chunk)
        whole = [row.cells for row in chunk if isinstance(row, Row)]
        rejected += [row for row in chunk if isinstance(row, RejectedRow)]
        columns = list(zip(*whole, strict=True)) if whole else []
        for profile in looked_at if columns else ():
            profile.add(columns[profile.use.place], reader)
    return profiles, count, rejected


def count_unknown_words(profile: ColumnProfile) -> Counter[str]:
    """Return the words of a column that no table knows, with how often."""
    column = profile.column
    if column is None or not column.words:
        return Counter()
    unknown: Counter[str] = Counter()
    for text, count in profile.texts.items():
        if normalize_phrase(text) and understand_cell(column.words, text).value is None:
            unknown[text] += count
    return unknown


def _is_whole_name(text: str) -> bool:
    """Tell whether a last name seems to have a first name beside it."""
    last, comma, first = text.partition(",")
    if is_business(text):
        return False
    return bool(comma and last.strip() and first.strip()) or len(text.split()) > 2
