"""``credcheck sources add``, ``set`` and ``remove``: the configuration's sources, edited."""

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from credcheck._util.errors import UsageError
from credcheck._util.suggest import did_you_mean
from credcheck._util.text import pluralize, quote_argument
from credcheck.cli.console import Screen, print_error, write_text
from credcheck.config import FILE_NAME, SourceConfig, open_source, parse_config
from credcheck.model import Coverage
from credcheck.model.reading import Reading
from credcheck.reports.terminal.reading import reading_page
from credcheck.setup.document import ConfigDocument
from credcheck.setup.saved_roster import Readable, SavedRoster
from credcheck.setup.settings import merge_options, parse_settings
from credcheck.source import Source, SourceFailed, TableSource
from credcheck.source.adapter import Context, adapter_names
from credcheck.storage import NoCache

_NAME = re.compile(r"[A-Za-z0-9_-]+")
_TINY = 20
_HIDDEN = {"snapshot"}

Name = Annotated[str, typer.Argument(metavar="NAME", help="A name of your choice for the source.")]
Adapter = Annotated[
    str,
    typer.Option("--adapter", metavar="ADAPTER", help=f"What it is: {', '.join(adapter_names())}."),
]
File = Annotated[
    str | None, typer.Option("--path", metavar="FILE", help="The file to read.", show_default=False)
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="OPTION=VALUE",
        help="Another option (repeatable): coverage=complete, authority=primary, as_of=2026-11-01,"
        " max_age=120d, 'columns.npi=NPI Number', constants.status=Completed, header_row=4,"
        " sheet=Boards, 'delimiter=;', encoding=cp1252, date_formats=DD/MM/YYYY,"
        " 'ignore_columns=Group NPI', null_values=PENDING, value_map.status.Grad=Completed."
        " What takes a list is said again for each.",
        show_default=False,
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="The file to change. Default: credcheck.toml in this folder, created if needed.",
        show_default=False,
    ),
]

EXAMPLES = """Examples:

credcheck sources add boards --adapter board-certificates --path "Board Certs.csv"

credcheck sources add exclusions --adapter oig-leie --path UPDATED.csv --set as_of=2026-11-10

credcheck sources set boards --set 'columns.npi=NPI #' --set coverage=complete

credcheck sources set staff --path 'roster-*.xlsx' --accept

credcheck sources remove boards"""


def add(
    name: Name,
    adapter: Adapter,
    path: File = None,
    settings: Settings = None,
    config: Config = None,
) -> None:
    """Add a source to the configuration, and show how it is read.

    The file is written only if the result is valid. A list that cannot be read yet is added
    anyway, and its problems are shown.
    """
    file = config or Path(FILE_NAME)
    chosen: dict[str, Any] = {"adapter": adapter} | ({"path": path} if path else {})
    options = merge_options(chosen, parse_settings(settings or ()))
    document = ConfigDocument(file)
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r}: a source's name may hold only letters, digits, - and _")
    if name in document.names("sources"):
        said = [f"--set {quote_argument(each)}" for each in settings or ()]
        shown = " ".join(said) or "--set OPTION=VALUE"
        raise UsageError(
            f"{file}: {name} already exists; to change it: credcheck sources set {name} {shown}"
        )
    document.add("sources", name, options)
    table = _open_table(document, "sources", name)
    _show_path(options, file)
    document.write()
    write_text(f"{file}: [sources.{name}] added; see: credcheck sources check\n")
    _show_reading(name, table, options)


def set_(
    name: Name,
    settings: Settings = None,
    path: File = None,
    unset: Annotated[
        list[str] | None,
        typer.Option(
            "--unset", metavar="OPTION", help="Remove an option (repeatable).", show_default=False
        ),
    ] = None,
    accept: Annotated[
        bool,
        typer.Option("--accept", help="Save the file's columns as they are now."),
    ] = False,
    config: Config = None,
) -> None:
    """Change options of a source or a saved roster, and show how it is now read.

    Comments in the file stay.
    """
    file = config or Path(FILE_NAME)
    document = ConfigDocument(file)
    group = _find_group(document, name)
    before = _options_of(document, group, name)
    changes = parse_settings(settings or ()) | ({"path": path} if path else {})
    merged = {key: merge_options(before.get(key), value) for key, value in changes.items()}
    for option in [*(unset or ()), *(("header",) if accept and "header" in before else ())]:
        merged |= _take_out(before | merged, option, f"[{group}.{name}]")
    if not merged and not accept:
        raise UsageError("nothing to change; use --set OPTION=VALUE, --unset OPTION or --accept")
    document.set(group, name, merged)
    table = _open_table(document, group, name)
    if accept and table is not None:
        header = [x.header for x in _read_over(table).columns if x.header]
        document.set(group, name, {"header": header})
        table = _open_table(document, group, name)
    options = _options_of(document, group, name)
    _show_path(options, file)
    document.write()
    shown = ", ".join(dict.fromkeys([*merged, *(("header",) if accept else ())]))
    write_text(f"{file}: [{group}.{name}] changed: {shown}\n")
    _show_reading(name, table, options)


def remove(name: Name, config: Config = None) -> None:
    """Remove a source or a saved roster from the configuration. Its file is not changed."""
    file = config or Path(FILE_NAME)
    document = ConfigDocument(file)
    group = _find_group(document, name)
    document.remove(group, name)
    parse_config(document.plain, file)
    document.write()
    write_text(f"{file}: [{group}.{name}] removed\n")


def _find_group(document: ConfigDocument, name: str) -> str:
    """Return which group a table is of; a source goes before a roster of its name."""
    groups = ("sources", "rosters")
    known = [each for group in groups for each in document.names(group)]
    for group in groups:
        if name in document.names(group):
            return group
    raise UsageError(
        f"{document.file}: no source and no roster is called {name!r}{did_you_mean(name, known)}"
    )


def _take_out(before: Mapping[str, Any], option: str, where: str) -> dict[str, Any]:
    """Return what changes where an option, or one of its table (columns.city), is taken out."""
    first, dot, rest = option.partition(".")
    inner = before.get(first)
    if not dot and first in before:
        return {first: None}
    if dot and isinstance(inner, Mapping) and rest in inner:
        return {first: {name: value for name, value in inner.items() if name != rest}}
    raise UsageError(f"{where} does not set {option}{did_you_mean(first, before)}")


def _options_of(document: ConfigDocument, group: str, name: str) -> dict[str, Any]:
    return dict(document.plain[group][name])


def _open_table(document: ConfigDocument, group: str, name: str) -> Readable | None:
    """Return the table as it would be read. Raises UsageError with what is wrong, in words."""
    if group == "rosters":
        settings = parse_config(document.plain, document.file)
        return SavedRoster(settings, name)
    source = _check(document, name)
    return source if isinstance(source, TableSource) else None


def _check(document: ConfigDocument, name: str) -> Source:
    """Return the source as it would be. Raises UsageError with what is wrong, in words."""
    settings = parse_config(document.plain, document.file)
    new: SourceConfig = next(each for each in settings.sources if each.name == name)
    context = Context(
        folder=settings.folder,
        today=dt.datetime.now(tz=dt.UTC).date(),
        cache=NoCache(),
        offline=True,
    )
    return open_source(new, context, str(document.file))


def _show_path(options: Mapping[str, Any], file: Path) -> None:
    path = options.get("path")
    if isinstance(path, str) and "*" in path:
        return
    if isinstance(path, str) and not (file.resolve().parent / Path(path).expanduser()).exists():
        print_error(f"note: {path!r} does not exist yet (paths are relative to {file})")


def _read_over(table: Readable) -> Reading:
    try:
        return table.read_over()
    except SourceFailed as error:
        raise UsageError(str(error)) from error


def _show_reading(name: str, table: Readable | None, options: Mapping[str, Any]) -> None:
    if table is None or _HIDDEN & options.keys():
        return
    try:
        reading = table.read_over()
    except SourceFailed as error:
        print_error(f"it cannot be read yet: {error}")
        return
    write_text(Screen().render(reading_page(name, reading)))
    if options.get("coverage") == Coverage.COMPLETE and reading.rows < _TINY:
        rows = pluralize(reading.rows, "row")
        print_error(
            f'coverage is set to "complete", and {reading.file} has {rows}: anyone it does not list'
            " counts as not listed. Is it the whole list?"
        )
