"""``credcheck sources add``, ``set`` and ``remove``: the configuration's sources, edited."""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from credcheck._util.errors import UsageError
from credcheck._util.suggest import did_you_mean
from credcheck._util.text import pluralize
from credcheck._util.toml import parse_toml
from credcheck.cli.console import Screen, print_error, write_text
from credcheck.config import FILE_NAME, SourceConfig, open_source, parse_config
from credcheck.model import Coverage
from credcheck.reports.terminal.reading import reading_page
from credcheck.setup.document import Document
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
        " max_age=120d, columns.npi='NPI Number', constants.status=Completed, header_row=4,"
        " sheet=Boards, delimiter=';', encoding=cp1252, date_formats='[\"DD/MM/YYYY\"]',"
        " ignore_columns='[\"Group NPI\"]', null_values='[\"PENDING\"]',"
        ' value_map.status=\'{ "Grad" = "Completed" }\'.',
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

credcheck sources set boards --set columns.npi='NPI #' --set coverage=complete

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
    given = parse_settings(settings)
    options = _merge(chosen, given)
    document = Document(file)
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r}: a source's name may hold only letters, digits, - and _")
    if name in document.names("sources"):
        shown = " ".join(f"--set {each!r}" for each in settings or ()) or "--set OPTION=VALUE"
        raise UsageError(
            f"{file}: {name} already exists; to change it: credcheck sources set {name} {shown}"
        )
    document.add("sources", name, options)
    source = _check(document, name)
    _show_path(options, file)
    document.write()
    write_text(f"{file}: [sources.{name}] added; see: credcheck sources check\n")
    _show_reading(name, source, options)


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
    """Change options of a source, and show how it is now read. Comments in the file stay."""
    file = config or Path(FILE_NAME)
    document = Document(file)
    before = _options_of(document, name)
    changes = parse_settings(settings) | ({"path": path} if path else {})
    for option in [*(unset or ()), *(("header",) if accept and "header" in before else ())]:
        if option not in before:
            raise UsageError(
                f"[sources.{name}] does not set {option}{did_you_mean(option, before)}"
            )
        changes[option] = None
    if not changes:
        raise UsageError("nothing to change; use --set OPTION=VALUE, --unset OPTION or --accept")
    merged = {
        key: _merge(before.get(key), value) if isinstance(value, Mapping) else value
        for key, value in changes.items()
    }
    document.set("sources", name, merged)
    source = _check(document, name)
    if accept and isinstance(source, TableSource):
        header = [x.header for x in _read_over(source).columns if x.header]
        document.set("sources", name, {"header": header})
    options = _options_of(document, name)
    _show_path(options, file)
    document.write()
    write_text(f"{file}: [sources.{name}] changed: {', '.join(changes)}\n")
    _show_reading(name, source, options)


def remove(name: Name, config: Config = None) -> None:
    """Remove a source from the configuration. Its file is not changed."""
    file = config or Path(FILE_NAME)
    document = Document(file)
    document.remove("sources", name)
    parse_config(document.plain, file)
    document.write()
    write_text(f"{file}: [sources.{name}] removed\n")


def parse_settings(settings: list[str] | None) -> dict[str, Any]:
    """Return options of OPTION=VALUE pairs; ``columns.npi=X`` sets one of a table."""
    found: dict[str, Any] = {}
    for setting in settings or ():
        option, equals, value = setting.partition("=")
        if not equals:
            raise UsageError(f"--set {setting!r}: write it as OPTION=VALUE")
        first, dot, rest = option.strip().partition(".")
        if dot:
            inner = found.setdefault(first, {})
            if not isinstance(inner, dict):
                raise UsageError(f"--set {setting!r}: {first} is also set as a whole")
            inner[rest] = parse_value(value.strip())
        else:
            found[first] = parse_value(value.strip())
    return found


def parse_value(text: str) -> Any:
    """Return an option's value: a TOML value if it reads as one, else the text itself."""
    try:
        return parse_toml(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _merge(before: Any, more: Mapping[str, Any]) -> dict[str, Any]:
    return {**(before if isinstance(before, Mapping) else {}), **more}


def _options_of(document: Document, name: str) -> dict[str, Any]:
    sources = document.plain.get("sources", {})
    if name not in sources:
        raise UsageError(
            f"{document.file}: no source is called {name!r}{did_you_mean(name, sources)}"
        )
    return dict(sources[name])


def _check(document: Document, name: str) -> Source:
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
    if isinstance(path, str) and not (file.resolve().parent / Path(path).expanduser()).exists():
        print_error(f"note: {path!r} does not exist yet (paths are relative to {file})")


def _read_over(source: TableSource) -> Any:
    try:
        return source.read_over()
    except SourceFailed as error:
        raise UsageError(str(error)) from error


def _show_reading(name: str, source: Source, options: Mapping[str, Any]) -> None:
    if not isinstance(source, TableSource) or _HIDDEN & options.keys():
        return
    try:
        reading = source.read_over()
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
