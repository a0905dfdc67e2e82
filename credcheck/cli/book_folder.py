"""Where the book lies: named, or that of the configuration. And what entries from options have."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from credcheck._util.errors import UsageError
from credcheck.book.storage import DEFAULT_FOLDER, BookFolder
from credcheck.cli import options
from credcheck.config import Config, find_config, is_configured, load_config
from credcheck.model.dates import DateError, parse_date

ADAPTER = "book"
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Your name.")]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="A note.", show_default=False)]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="YYYY-MM-DD",
        help="The date. Default: today.",
        show_default=False,
    ),
]


@dataclass(frozen=True, kw_only=True)
class BookFolderOptions:
    """Which book."""

    book: Annotated[
        Path | None,
        typer.Option(
            "--book",
            metavar="FOLDER",
            help="The book's folder. Default: from the configuration.",
            show_default=False,
        ),
    ] = None
    config: options.Config = None

    def find(self) -> BookFolder | None:
        """Return the book that is named or configured, or None if there is none."""
        if self.book is not None:
            return BookFolder(self.book)
        if self.config is None and not is_configured(None):
            return None
        return find_configured(load_config(find_config(self.config)))

    def open(self) -> BookFolder:
        """Return the same. Raises UsageError if there is none."""
        folder = self.find()
        if folder is None:
            raise UsageError(
                "no book is configured; add one with: credcheck sources add book --adapter book, or use"
                " --book"
            )
        return folder


def find_configured(settings: Config) -> BookFolder | None:
    """Return the book of a configuration, if it has one."""
    for source in settings.sources:
        if source.adapter == ADAPTER:
            path = Path(str(source.options.get("path", DEFAULT_FOLDER))).expanduser()
            return BookFolder(settings.folder / path)
    return None


def parse_day(option: str, text: str | None, otherwise: dt.date) -> dt.date:
    """Return the day that an option says. Raises UsageError for anything but a whole day."""
    if text is None:
        return otherwise
    try:
        date = parse_date(text, ("YYYY-MM-DD",))
    except DateError as error:
        raise UsageError(f"{option}: {error}") from error
    if not date.exact:
        raise UsageError(f"{option} {text}: give a full date, such as 2026-11-20")
    return date.earliest


def now() -> dt.datetime:
    """Return the time at which an entry is written."""
    return dt.datetime.now(tz=dt.UTC)
