"""What a configuration may say about a listing."""

import datetime as dt
from typing import Literal

import msgspec

from credcheck._util.suggest import did_you_mean
from credcheck.model import Authority, Coverage
from credcheck.model.date_forms import DEFAULT_FORMS, check_forms
from credcheck.source.adapter import DEFAULT_MAX_AGE, Days, parse_days
from credcheck.tables import DELIMITERS, ENCODINGS
from credcheck.tables.columns import column_key


class ListingOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of a listing.

    ``columns`` maps our column to their header; ``constants`` gives a column that the file lacks
    the same value in every row (a roster of completed fellowships: ``status = "Completed"``).
    ``dates`` declares the date forms, ``no_expiry`` the words in a date column that mean no date.
    ``delimiter`` is a comma, or a tab in a .tsv file; ``sheet`` names the one of an XLSX workbook.
    ``unidentified_rows`` says whether rows that name nobody make a list's silence worthless ("refuse").
    ``as_of`` is the day that the listing speaks of; without it the file's own date is taken.
    In place of ``path``, ``snapshot = "current"`` asks what ``sources import`` brought in last, and the
    beginning of an id asks that snapshot; its day was told at the import.
    """

    path: str | None = None
    snapshot: str | None = None
    authority: Authority = Authority.SECONDARY
    coverage: Coverage = Coverage.PARTIAL
    as_of: dt.date | None = None
    max_age: Days = DEFAULT_MAX_AGE
    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    dates: tuple[str, ...] = DEFAULT_FORMS
    no_expiry: tuple[str, ...] = ()
    encoding: str = "utf-8"
    delimiter: str | None = None
    sheet: str | None = None
    unidentified_rows: Literal["refuse", "ignore"] = "refuse"

    def __post_init__(self) -> None:
        parse_days(self.max_age)
        if (self.path is None) == (self.snapshot is None):
            raise ValueError('give either path, or snapshot = "current" to ask what is imported')
        if self.path is None and self.as_of is not None:
            raise ValueError("as_of goes with path; what is imported has the day of its import")
        _check("encoding", [self.encoding], ENCODINGS)
        _check("delimiter", [self.delimiter] if self.delimiter else [], DELIMITERS)
        check_forms(self.dates)
        _check_mapping(self.columns)

    def explain_partial(self, rows: int) -> str | None:  # noqa: ARG002 - for options that count
        """Return why a file with so many rows cannot be complete, or None."""
        return None


def _check_mapping(columns: dict[str, str]) -> None:
    """Raise ValueError where one of their columns is to be two of ours: one of the two is wrong."""
    taken: dict[str, str] = {}
    for ours, theirs in columns.items():
        other = taken.setdefault(column_key(theirs), ours)
        if other != ours:
            raise ValueError(
                f"columns maps both {other} and {ours} to {theirs!r}; one column is one of ours"
            )


def _check(what: str, given: tuple[str, ...] | list[str], known: tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            raise ValueError(f"unknown {what} {name!r}{did_you_mean(name, known)}")
