"""What a configuration may say about a listing."""

import datetime as dt
from typing import Literal

import msgspec

from credcheck.model import Authority, Coverage
from credcheck.model.date_forms import check_forms
from credcheck.source.adapter import DEFAULT_MAX_AGE, Days, parse_days
from credcheck.tables import ReadOptions, TableOptions


class ListingOptions(TableOptions, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of a listing: how its table is read, and what it speaks for.

    ``columns`` maps our column to their header; ``constants`` gives a column that the file lacks
    the same value in every row (a roster of completed fellowships: ``status = "Completed"``);
    ``ignore_columns`` are headers that are not used on purpose. ``header_row`` is the row of the
    headers as a spreadsheet numbers it, ``header`` the headers that the file must have.
    ``date_formats`` declares the forms of dates (``dates`` is its older name), ``no_expiry`` the words
    in a date column that mean no date, ``value_map`` their words for ours, by column, ``null_values``
    what is written for nothing. ``delimiter`` is a comma, or a tab in a .tsv file; ``sheet`` names the
    one of an XLSX workbook. ``unidentified_rows`` says whether rows that name nobody make a list's
    silence worthless ("refuse"). ``as_of`` is the day that the listing speaks of; without it the
    file's own date is taken. In place of ``path``, ``snapshot = "current"`` asks what
    ``sources import`` brought in last, and the beginning of an id asks that snapshot; its day was
    said at the import.
    """

    path: str | None = None
    snapshot: str | None = None
    authority: Authority = Authority.SECONDARY
    coverage: Coverage = Coverage.PARTIAL
    as_of: dt.date | None = None
    max_age: Days = DEFAULT_MAX_AGE
    dates: tuple[str, ...] = ()
    no_expiry: tuple[str, ...] = ()
    unidentified_rows: Literal["refuse", "ignore"] = "refuse"

    def __post_init__(self) -> None:
        super().__post_init__()
        parse_days(self.max_age)
        if (self.path is None) == (self.snapshot is None):
            raise ValueError('give either path, or snapshot = "current" to use the imported copy')
        if self.path is None and self.as_of is not None:
            raise ValueError("as_of goes with path; an imported copy has its own date")
        check_forms(self.dates)
        if self.dates and "date_formats" in list_set(self):
            raise ValueError("dates is the older name of date_formats; use only one of them")

    @property
    def table(self) -> TableOptions:
        """How the table is read."""
        said = {name: getattr(self, name) for name in TableOptions.__struct_fields__}
        return TableOptions(**said | {"date_formats": self.dates or self.date_formats})

    @property
    def read(self) -> ReadOptions:
        """How the file is written."""
        return self.reading("file")

    def explain_partial(self, rows: int) -> str | None:  # noqa: ARG002 - for options that count
        """Return why a file with so many rows cannot be complete, or None."""
        return None


def list_set(options: msgspec.Struct) -> set[str]:
    """Return the options that differ from their defaults."""
    fields = options.__struct_fields__
    defaults = dict(zip(reversed(fields), reversed(options.__struct_defaults__), strict=False))
    return {
        name for name in fields if name not in defaults or getattr(options, name) != defaults[name]
    }
