"""The options that say how a table is read: a roster's, or that of a listing to be matched."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from credcheck._util.errors import UsageError

if TYPE_CHECKING:
    from credcheck.tables import ReadOptions, TableOptions

_ROSTER = "Table"

Encoding = Annotated[
    str,
    typer.Option("--encoding", help="The encoding of a CSV file.", rich_help_panel=_ROSTER),
]
Delimiter = Annotated[
    str | None,
    typer.Option(
        "--delimiter",
        help="The field delimiter of a CSV file. Default: comma, or tab in a .tsv file.",
        show_default=False,
        rich_help_panel=_ROSTER,
    ),
]
HeaderRow = Annotated[
    int | None,
    typer.Option(
        "--header-row",
        metavar="ROW",
        min=1,
        help="The header row, as numbered in a spreadsheet. Default: detected.",
        show_default=False,
        rich_help_panel=_ROSTER,
    ),
]
Sheet = Annotated[
    str | None,
    typer.Option(
        "--sheet",
        metavar="NAME",
        help="The sheet, if a workbook has several.",
        show_default=False,
        rich_help_panel=_ROSTER,
    ),
]


@dataclass(frozen=True, kw_only=True)
class RosterOptions:
    """How a roster is read."""

    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--columns",
            metavar="OURS=THEIRS",
            help="Map a column (repeatable), such as 'npi=Provider Number'.",
            show_default=False,
            rich_help_panel=_ROSTER,
        ),
    ] = None
    sheet: Sheet = None
    encoding: Encoding = "utf-8"
    delimiter: Delimiter = None
    header_row: HeaderRow = None
    ignore_columns: Annotated[
        list[str] | None,
        typer.Option(
            "--ignore-column",
            metavar="THEIRS",
            help="Ignore a column (repeatable), such as 'Group NPI'.",
            show_default=False,
            rich_help_panel=_ROSTER,
        ),
    ] = None
    null_values: Annotated[
        list[str] | None,
        typer.Option(
            "--null-value",
            metavar="TEXT",
            help="A word that means an empty value (repeatable), such as PENDING.",
            show_default=False,
            rich_help_panel=_ROSTER,
        ),
    ] = None

    @property
    def table(self) -> "TableOptions":
        """How the table is read. Raises UsageError for an option that is wrong."""
        from credcheck.tables import TableOptions

        read = make_read_options(self.encoding, self.delimiter, self.sheet, self.header_row)
        try:
            return TableOptions(
                encoding=read.encoding,
                delimiter=read.delimiter,
                sheet=read.sheet,
                header_row=read.header_row,
                columns=parse_columns(self.columns),
                ignore_columns=tuple(self.ignore_columns or ()),
                null_values=tuple(self.null_values or ()),
            )
        except ValueError as error:
            raise UsageError(f"--columns: {error}") from error


def parse_columns(pairs: list[str] | None) -> dict[str, str]:
    """Read OURS=THEIRS pairs. Raises UsageError for one that is none."""
    said: dict[str, str] = {}
    for pair in pairs or ():
        ours, separator, theirs = pair.partition("=")
        if not separator or not theirs:
            raise UsageError(f"--columns {pair}: write OURS=THEIRS, with credcheck's name first")
        said[ours.strip()] = theirs.strip()
    return said


def make_read_options(
    encoding: str, delimiter: str | None, sheet: str | None, header_row: int | None = None
) -> "ReadOptions":
    """Return how the roster is to be read. Raises UsageError for an unknown encoding or delimiter."""
    from credcheck._util.suggest import did_you_mean
    from credcheck.tables import DELIMITERS, ENCODINGS, ReadOptions

    delimiter = "\t" if delimiter == "\\t" else delimiter
    if encoding not in ENCODINGS:
        raise UsageError(f"--encoding: unknown {encoding!r}{did_you_mean(encoding, ENCODINGS)}")
    if delimiter is not None and delimiter not in DELIMITERS:
        raise UsageError(f"--delimiter {delimiter!r}: use one of , ; | or a tab")
    return ReadOptions(encoding=encoding, delimiter=delimiter, sheet=sheet, header_row=header_row)
