"""What a configuration may say about a listing."""

import datetime as dt
from typing import Literal

import msgspec

from credcheck.model import Authority, Coverage
from credcheck.model.date_forms import check_forms
from credcheck.source.adapter import DEFAULT_MAX_AGE, Days, parse_days
from credcheck.tables import ReadOptions, TableOptions


class ListingOptions(TableOptions, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of a listing: how its table is read, and what it covers.

    ``columns`` maps our column to their header. ``constants`` gives a missing column the same
    value in every row (for completed fellowships: ``status = "Completed"``). ``ignore_columns``
    are headers to ignore. ``header_row`` is the header row as numbered in a spreadsheet, and
    ``header`` the headers that the file must have. ``date_formats`` declares date formats
    (formerly ``dates``), ``no_expiry`` the words in a date column that mean no date,
    ``value_map`` their words for ours, by column, and ``null_values`` the words for an empty
    value. ``delimiter`` is a comma by default, or a tab in a .tsv file. ``sheet`` names the
    sheet of an XLSX workbook. ``unidentified_rows`` says whether absence still counts if some
    rows have no name ("refuse": it does not). ``as_of`` is the date of the data; the default is
    the date of the file. Instead of ``path``, ``snapshot = "current"`` uses the latest import,
    and the start of an id uses that snapshot, with the date given at the import.
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
