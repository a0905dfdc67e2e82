"""What a configuration may say about a listing."""

import datetime as dt

import msgspec

from credcheck._util.suggest import did_you_mean
from credcheck.model import Authority, Coverage
from credcheck.model.dates import DEFAULT_FORMS, FORMS
from credcheck.source.adapter import DEFAULT_MAX_AGE, Days, parse_days
from credcheck.tables import DELIMITERS, ENCODINGS


class ListingOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of a listing.

    ``make_columns`` maps our column to their header; ``constants`` gives a column that the file lacks
    the same value in every row (a roster of completed fellowships: ``status = "Completed"``).
    ``dates`` declares the date forms, ``no_expiry`` the words in a date column that mean no date.
    ``delimiter`` is a comma, or a tab in a .tsv file; ``sheet`` names the one of an XLSX workbook.
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

    def __post_init__(self) -> None:
        parse_days(self.max_age)
        if (self.path is None) == (self.snapshot is None):
            raise ValueError('give either path, or snapshot = "current" to ask what is imported')
        if self.path is None and self.as_of is not None:
            raise ValueError("as_of goes with path; what is imported has the day of its import")
        _check("encoding", [self.encoding], ENCODINGS)
        _check("delimiter", [self.delimiter] if self.delimiter else [], DELIMITERS)
        _check("date form", self.dates, tuple(FORMS))


def _check(what: str, given: tuple[str, ...] | list[str], known: tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            raise ValueError(f"unknown {what} {name!r}{did_you_mean(name, known)}")
