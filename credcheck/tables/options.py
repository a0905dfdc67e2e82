"""What is said about how a table is to be read, in options of a command or in credcheck.toml."""

from typing import Literal

import msgspec

from credcheck._util.suggest import did_you_mean
from credcheck.model import Model
from credcheck.model.date_forms import check_forms
from credcheck.reference.headers import header_key

ENCODINGS = ("utf-8", "cp1252", "latin-1")
DELIMITERS = (",", ";", "\t", "|")

_OPTIONS = {
    "delimiter": "--delimiter",
    "encoding": "--encoding",
    "sheet": "--sheet",
    "header_row": "--header-row",
    "columns": "--columns",
    "ignore_columns": "--ignore-column",
    "null_values": "--null-value",
}


class ReadOptions(Model, kw_only=True):
    """How a file is written: ``encoding`` and ``delimiter`` of a text, ``sheet`` of a workbook.

    ``header_row`` is the row of the headers, as a spreadsheet numbers it; else it is found. ``place``
    says where these are said, so that a refusal can name the option as the user types it; ``table`` is
    the name of the table in the configuration.
    """

    encoding: str = "utf-8"
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    place: Literal["options", "file"] = "options"
    table: str = "NAME"

    def spell(self, option: str, value: str | int, key: str = "") -> str:
        """Return how the user says an option: ``--delimiter ';'`` or ``delimiter = ";"``."""
        if self.place == "options":
            shown = f"{key}={_readable(str(value))}" if key else _readable(str(value))
            mark = '"' if "'" in shown else "'"
            return f"{_OPTIONS[option]} {value if isinstance(value, int) else mark + shown + mark}"
        quoted = value if isinstance(value, int) else f'"{_readable(value)}"'
        if option == "columns":
            return f"columns = {{ {key} = {quoted} }}"
        return (
            f"{option} = [{quoted}]"
            if option in {"ignore_columns", "null_values"}
            else f"{option} = {quoted}"
        )


class TableOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a table is read, whether it is a roster or a listing.

    ``columns`` maps our column to their header; ``constants`` gives a column that the file lacks the
    same value in every row (a roster of completed fellowships: ``status = "Completed"``);
    ``ignore_columns`` are headers that are not used on purpose. ``header_row`` is the row of the
    headers as a spreadsheet numbers it, ``header`` the headers that the file must have, no more and no
    fewer. ``date_formats`` declares the forms of dates, ``value_map`` their words for ours, by column,
    ``null_values`` what is written for nothing. ``delimiter`` is a comma, or a tab in a .tsv file;
    ``sheet`` names the one of a workbook.
    """

    encoding: str = "utf-8"
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    header: tuple[str, ...] = ()
    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    ignore_columns: tuple[str, ...] = ()
    date_formats: tuple[str, ...] = ()
    value_map: dict[str, dict[str, str]] = {}
    null_values: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check("encoding", self.encoding, ENCODINGS)
        if self.delimiter is not None:
            _check("delimiter", self.delimiter, DELIMITERS)
        if self.header_row is not None and self.header_row < 1:
            raise ValueError("header_row counts rows from 1, as a spreadsheet does")
        check_forms(self.date_formats)
        _check_mapping(self)

    def reading(self, place: Literal["options", "file"], table: str = "NAME") -> ReadOptions:
        """Return how the file is written; ``table`` is the name of its table in the configuration."""
        return ReadOptions(
            encoding=self.encoding,
            delimiter=self.delimiter,
            sheet=self.sheet,
            header_row=self.header_row,
            place=place,
            table=table,
        )


class RosterFileOptions(TableOptions, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of a roster that is saved: how the files that ``path`` names are read.

    ``path`` may hold ``*`` and ``?``: ``rosters/*.xlsx`` are all workbooks of a folder.
    """

    path: str


def add_options(saved: TableOptions, said: TableOptions) -> TableOptions:
    """Return what is saved, with what is said now: it adds to it, and goes before it."""
    usual = TableOptions()
    merged = {
        name: getattr(said if getattr(said, name) != getattr(usual, name) else saved, name)
        for name in TableOptions.__struct_fields__
    }
    merged["columns"] = saved.columns | said.columns
    merged["ignore_columns"] = (*saved.ignore_columns, *said.ignore_columns)
    merged["null_values"] = (*saved.null_values, *said.null_values)
    return TableOptions(**merged)


def _check(what: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise ValueError(f"unknown {what} {given!r}{did_you_mean(given, known)}")


def _check_mapping(options: TableOptions) -> None:
    """Raise ValueError where one of their columns is to be two things at once: one is wrong."""
    taken: dict[str, str] = {}
    for ours, theirs in options.columns.items():
        other = taken.setdefault(header_key(theirs), ours)
        if other != ours:
            raise ValueError(f"columns maps {theirs!r} to both {other} and {ours}; choose one")
        if ours in options.constants:
            raise ValueError(f"columns and constants both set {ours}; remove one of them")
    for theirs in options.ignore_columns:
        if header_key(theirs) in taken:
            raise ValueError(
                f"ignore_columns lists {theirs!r}, which columns maps to {taken[header_key(theirs)]}"
            )


def _readable(text: str) -> str:
    return text.replace("\t", "\\t")
