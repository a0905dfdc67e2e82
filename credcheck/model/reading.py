"""A reading: how one table was read. Shown before it counts, saved, and held against the next file."""

from typing import Final, Literal

import msgspec

from credcheck.model.base import Model, Sparse

READING_SCHEMA: Final = "credcheck.reading/1"

ColumnUse = Literal[
    "declared",
    "recognized",
    "constant",
    "understood",
    "ignored",
    "other_npi",
    "private",
    "unused",
]
"""How a column is used, and how that is known. What is ``understood`` stands in no column: the rows
themselves say it (the accreditor, by its own numbers and words)."""


class ColumnReading(Sparse, kw_only=True):
    """How one column was read.

    ``column`` is its position from 1, or 0 for a constant; ``ours`` is our name for it, if it
    is used. ``use`` says how the column was recognized, and ``why`` says so in words.
    ``filled`` counts cells with a value, and ``nulls`` cells with a word for an empty value.
    ``dates`` counts cells by date format, and ``date_form`` is the format used for dates with
    slashes. ``not_understood`` lists unknown words and dates with their counts. ``npis`` counts
    valid NPIs, ``not_npis`` quotes cells without one, and ``several`` counts cells with more
    than one. ``replaced`` counts cells that ``value_map`` translated.
    """

    column: int
    header: str
    use: ColumnUse
    ours: str | None = None
    why: str = ""
    value: str | None = None
    filled: int = 0
    nulls: int = 0
    dates: dict[str, int] = msgspec.field(default_factory=dict)
    date_form: str | None = None
    not_understood: dict[str, int] = msgspec.field(default_factory=dict)
    npis: int = 0
    not_npis: tuple[str, ...] = ()
    several: int = 0
    whole_names: int = 0
    replaced: dict[str, int] = msgspec.field(default_factory=dict)


class MissingColumn(Model, kw_only=True):
    """A column of ours that is missing from the file, and what cannot be decided without it."""

    ours: str
    without: str


class Reading(Model, kw_only=True):
    """How a table was read: the same bytes and the same configuration give the same reading.

    ``facts`` describe the file (``delimiter``, ``encoding``, ``sheet``). ``header_row`` is the
    header row as numbered in a spreadsheet, or 0 if the format names its columns;
    ``header_reason`` says why that row was chosen. ``titles`` are rows above it and ``totals``
    rows at the end that are not data. ``repeats`` counts repeated headers, and ``blank`` counts
    blank rows. ``rows`` counts the data rows, ``rejected`` counts those that cannot be read,
    and ``rejects`` quotes the first of them.
    """

    schema: Literal["credcheck.reading/1"] = READING_SCHEMA
    file: str
    sha256: str
    kind: str
    facts: dict[str, str] = msgspec.field(default_factory=dict)
    header_row: int = 1
    header_reason: str = ""
    titles: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    repeats: int = 0
    blank: int = 0
    rows: int = 0
    rejected: int = 0
    rejects: tuple[str, ...] = ()
    columns: tuple[ColumnReading, ...] = ()
    missing: tuple[MissingColumn, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def used(self) -> tuple[ColumnReading, ...]:
        """The columns that are read as one of ours, constants among them."""
        return tuple(each for each in self.columns if each.ours is not None)

    @property
    def unused(self) -> tuple[ColumnReading, ...]:
        """The columns that are not read as one of ours."""
        return tuple(each for each in self.columns if each.ours is None)

    def find(self, ours: str) -> ColumnReading | None:
        """Return the column that is read as one of ours."""
        return next((each for each in self.columns if each.ours == ours), None)
