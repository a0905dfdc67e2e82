"""credcheck.toml: where it is found, what may stand in it, and the sources that it opens."""

import os
import re
import stat
import tomllib
from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from credcheck._util.errors import UsageError
from credcheck._util.files import check_regular
from credcheck._util.suggest import did_you_mean
from credcheck._util.text import shorten
from credcheck._util.toml import parse_toml
from credcheck.model import Model
from credcheck.source import Source
from credcheck.source.adapter import Adapter, AdapterError, Context, load_adapter
from credcheck.source.source_set import SourceSet
from credcheck.standards.loader import DEFAULT
from credcheck.tables import RosterFileOptions

FILE_NAME = "credcheck.toml"
CONFIG_VARIABLE = "CREDCHECK_CONFIG"
CACHE_VARIABLE = "CREDCHECK_CACHE"
STATE_VARIABLE = "CREDCHECK_STATE"
STORE_VARIABLE = "CREDCHECK_STORE"

OptionsT = TypeVar("OptionsT", bound=msgspec.Struct)

_KEYS = ("standard", "sources", "rosters")


class ConfigError(UsageError):
    """The configuration cannot be used. The message names the place and the mend."""


_INVALID = re.compile(r"(?P<what>.*?)(?: - at `\$\.?(?P<place>[^`]*)`)?")
_WORDS = {
    "str": "a quoted string",
    "int": "a whole number",
    "bool": "true or false",
    "array": 'a list such as ["one", "two"]',
    "object": 'a table such as { one = "two" }',
    "date": "a date such as 2026-11-01",
}


def explain_invalid(
    given: Mapping[str, Any], wanted: type[msgspec.Struct], error: msgspec.ValidationError
) -> str:
    """Return what is wrong with an option in words: which one, what it has, and what it may have."""
    found = _INVALID.fullmatch(str(error))
    place = (found["place"] or "") if found else ""
    option = re.split(r"[.\[]", place)[0]
    what = found["what"] if found and found["what"] else str(error)
    kinds = re.fullmatch(r"Expected `([\w| ]+)`, got `[\w]+`", what)
    if kinds:
        names = [x.strip() for x in kinds[1].split("|") if x.strip() != "null"]
        what = f"give {' or '.join(_WORDS.get(x, x) for x in names)}"
    elif words := _list_choices(wanted, option):
        what = f"use one of: {', '.join(words)}{did_you_mean(str(given.get(option)), words)}"
    elif "RFC3339" in what:
        what = f"give {_WORDS['date']}"
    if option not in given:
        return what
    return f"{option} = {given[option]!r}: {what}"


def _list_choices(wanted: type[msgspec.Struct], option: str) -> list[str]:
    """Return the words that an option may have, where it has a closed list of them."""
    hint = get_type_hints(wanted).get(option)
    found: list[str] = []
    for each in (hint, *get_args(hint)):
        if isinstance(each, type) and issubclass(each, Enum):
            found += [str(member.value) for member in each]
    return found or [each for each in get_args(hint) if isinstance(each, str)]


class SourceConfig(Model, kw_only=True):
    """One ``[sources.NAME]`` table: which adapter, and its options as they stand in the file."""

    name: str
    adapter: str
    options: dict[str, Any]


class RosterConfig(Model, kw_only=True):
    """One ``[rosters.NAME]`` table: how the rosters are read that its path names."""

    name: str
    options: RosterFileOptions


class Config(Model, kw_only=True):
    """A configuration. Relative paths in it are relative to ``folder``."""

    file: str
    folder: Path
    standard: str = DEFAULT
    sources: tuple[SourceConfig, ...] = ()
    rosters: tuple[RosterConfig, ...] = ()

    def find_roster(self, path: Path) -> RosterConfig | None:
        """Return how a roster is read, if that is saved. Raises ConfigError where two tables say it."""
        found = [each for each in self.rosters if self.names_roster(each, path)]
        if len(found) > 1:
            names = " and ".join(f"[rosters.{each.name}]" for each in found)
            raise ConfigError(
                f"{self.file}: {names} both describe how to read {path.name}; keep one"
            )
        return found[0] if found else None

    def names_roster(self, roster: RosterConfig, path: Path) -> bool:
        """Tell whether the path of a saved roster, which may hold ``*`` and ``?``, names a file."""
        pattern = str((self.folder / Path(roster.options.path).expanduser()).resolve())
        return fnmatch(str(path.resolve()), pattern.replace("[", "[[]"))


def find_config(given: Path | None) -> Path:
    """Return the configuration to use: given, from the environment, above here, or the user's.

    Raises ConfigError if there is none.
    """
    if given is not None:
        return given
    if named := os.environ.get(CONFIG_VARIABLE):
        return Path(named)
    here = Path.cwd()
    candidates = [folder / FILE_NAME for folder in (here, *here.parents)]
    candidates.append(user_config_path())
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise ConfigError(
        f"no {FILE_NAME} here, in a folder above, or in {user_config_path().parent}."
        " Make one with 'credcheck sources add', name one with --config, or try --demo"
    )


def is_configured(given: Path | None) -> bool:
    """Tell whether there is a configuration, or one was given."""
    try:
        find_config(given)
    except ConfigError:
        return False
    return True


def user_config_path() -> Path:
    """Return where the user's own configuration lies."""
    import platformdirs

    return Path(platformdirs.user_config_dir("credcheck")) / FILE_NAME


def cache_folder() -> Path:
    """Return the folder of the HTTP cache."""
    import platformdirs

    named = os.environ.get(CACHE_VARIABLE)
    return Path(named) if named else Path(platformdirs.user_cache_dir("credcheck")) / "http"


def state_folder() -> Path:
    """Return the folder of what credcheck keeps of its own work: journals, locks, the log of runs."""
    import platformdirs

    named = _read_folder(STATE_VARIABLE)
    return named or Path(platformdirs.user_state_dir("credcheck"))


def store_folder() -> Path:
    """Return the folder of imported registries."""
    import platformdirs

    named = _read_folder(STORE_VARIABLE)
    return named or Path(platformdirs.user_data_dir("credcheck")) / "store"


def _read_folder(variable: str) -> Path | None:
    """Return the folder that a variable names, if it is set. Raises ConfigError if it can be none."""
    named = os.environ.get(variable)
    if named and not _can_be_folder(Path(named)):
        raise ConfigError(f"{variable}={shorten(named)} is not a folder; correct it or unset it")
    return Path(named) if named else None


def _can_be_folder(path: Path) -> bool:
    """Tell whether a folder is there, or could be made: nothing else is in its place."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except FileNotFoundError:
        return True
    except OSError:
        return False


def load_config(path: Path) -> Config:
    """Read a configuration. Raises ConfigError, or NotRegular for what is no file."""
    check_regular(path, f"the configuration {path}")
    try:
        raw = parse_toml(path.read_text(encoding="utf-8"))
    except OSError as error:
        named = os.environ.get(CONFIG_VARIABLE) == str(path)
        place = f"{CONFIG_VARIABLE}={shorten(str(path))}" if named else str(path)
        raise ConfigError(f"{place}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    return parse_config(raw, path)


def parse_config(raw: Mapping[str, Any], path: Path) -> Config:
    """Validate a configuration that was read from the path. Raises ConfigError."""
    for key in raw:
        if key not in _KEYS:
            raise ConfigError(f"{path}: unknown key {key!r}{did_you_mean(key, _KEYS)}")
    standard = raw.get("standard", DEFAULT)
    if not isinstance(standard, str):
        raise ConfigError(f"{path}: standard must be the name of a standard or a file")
    folder = path.resolve().parent
    if standard.endswith(".toml"):
        standard = str(folder / standard)
    tables = raw.get("sources", {})
    if not isinstance(tables, dict):
        raise ConfigError(f"{path}: sources must be tables such as [sources.nppes]")
    sources = tuple(_parse_source(name, table, path) for name, table in tables.items())
    rosters = raw.get("rosters", {})
    if not isinstance(rosters, dict):
        raise ConfigError(f"{path}: rosters must be tables such as [rosters.staff]")
    return Config(
        file=str(path),
        folder=folder,
        standard=standard,
        sources=sources,
        rosters=tuple(_parse_roster(name, table, path) for name, table in rosters.items()),
    )


def open_sources(
    settings: Config,
    context: Context,
    only: Collection[str] = (),
    without: Collection[str] = (),
) -> SourceSet:
    """Open the configured sources, those left out too, so that the verdict can name them.

    Raises ConfigError for an adapter that cannot be loaded, an option that is wrong, or a name in
    ``only`` or ``without`` that is none of the sources.
    """
    names = [source.name for source in settings.sources]
    for name in (*only, *without):
        if name not in names:
            raise ConfigError(f"no source is called {name!r}{did_you_mean(name, names)}")
    opened = [open_source(source, context, settings.file) for source in settings.sources]
    wanted = {name for name in names if (not only or name in only) and name not in without}
    return SourceSet(_select(opened, wanted), _select(opened, set(names) - wanted))


def open_source(source: SourceConfig, context: Context, where: str) -> Source:
    """Open one source. Raises ConfigError."""
    place = f"{where}: [sources.{source.name}]"
    try:
        adapter = load_adapter(source.adapter)
    except AdapterError as error:
        raise ConfigError(f"{place}: {error}") from error
    options = _parse_options(source, adapter, place)
    try:
        return adapter.open(source.name, options, context)
    except ValueError as error:
        raise ConfigError(f"{place}: {error}") from error


def _parse_options(
    source: SourceConfig, adapter: Adapter[msgspec.Struct], place: str
) -> msgspec.Struct:
    return _convert(source.options, adapter.options, place)


def _parse_source(name: str, table: object, path: Path) -> SourceConfig:
    if not isinstance(table, dict) or not isinstance(table.get("adapter"), str):
        raise ConfigError(
            f"{path}: [sources.{name}]: adapter is missing; for example, adapter = 'nppes-api'"
        )
    options = {key: value for key, value in table.items() if key != "adapter"}
    return SourceConfig(name=name, adapter=table["adapter"], options=options)


def _parse_roster(name: str, table: object, path: Path) -> RosterConfig:
    place = f"{path}: [rosters.{name}]"
    if not isinstance(table, dict) or not isinstance(table.get("path"), str):
        raise ConfigError(f'{place}: path is missing; for example, path = "roster.xlsx"')
    return RosterConfig(name=name, options=_convert(table, RosterFileOptions, place))


def _convert(given: Mapping[str, Any], wanted: type[OptionsT], place: str) -> OptionsT:
    """Return options as their type. Raises ConfigError, in words."""
    known = wanted.__struct_fields__
    for key in given:
        if key not in known:
            raise ConfigError(f"{place}: unknown option {key!r}{did_you_mean(key, known)}")
    try:
        return msgspec.convert(given, wanted)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{place}: {explain_invalid(given, wanted, error)}") from error


def _select(sources: Iterable[Source], names: Collection[str]) -> list[Source]:
    return [source for source in sources if source.facts.name in names]
