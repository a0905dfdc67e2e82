"""Options as they are typed, ``--set OPTION=VALUE``: read, and spelled alike for every shell.

``columns.npi=NPI #`` sets one of a table, ``value_map.status.Grad=Completed`` one word of theirs.
What takes a list takes one text, and is said again for the next. TOML is read too, where a value is
written in it.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from credcheck._util.errors import UsageError
from credcheck._util.text import quote_argument
from credcheck._util.toml import parse_toml

_LISTS = frozenset(
    {"date_formats", "dates", "ignore_columns", "null_values", "no_expiry", "header"}
)
_TEXTS = frozenset({"columns", "constants", "value_map"})
_WORDS = "value_map"


def parse_settings(settings: Sequence[str]) -> dict[str, Any]:
    """Return options of OPTION=VALUE pairs. Raises UsageError for what is none."""
    found: dict[str, Any] = {}
    for setting in settings:
        option, equals, value = setting.partition("=")
        if not equals:
            raise UsageError(f"--set {setting!r}: write it as OPTION=VALUE")
        first, *rest = _split(option.strip())
        inner = found
        for place, name in enumerate((first, *rest[:-1]) if rest else ()):
            inner = inner.setdefault(name, {})
            if not isinstance(inner, dict):
                raise UsageError(
                    f"--set {setting!r}: {option.split('.')[place]} is also set as a whole"
                )
        _put(inner, rest[-1] if rest else first, first, value.strip())
    return found


def merge_options(before: Any, more: Any) -> Any:
    """Return what is set with more: tables are added to, all else is replaced."""
    if not isinstance(more, Mapping):
        return more
    found = dict(before) if isinstance(before, Mapping) else {}
    return found | {name: merge_options(found.get(name), value) for name, value in more.items()}


def spell_settings(options: Mapping[str, Any]) -> str:
    """Return options as they are typed: ``--set header_row=4 --set 'columns.npi=NPI #'``."""
    pairs = [f"{name}={value}" for name, value in _flatten(options)]
    return " ".join(f"--set {quote_argument(pair)}" for pair in pairs)


def _split(option: str) -> list[str]:
    """Return ``columns.npi`` in two parts, and ``value_map.status.Compl. Succ.`` in three."""
    first = option.partition(".")[0]
    parts = option.split(".", 2 if first == _WORDS else 1)
    return [part.strip() for part in parts]


def _put(inner: dict[str, Any], name: str, first: str, text: str) -> None:
    value = _parse_value(first, text)
    if first in _LISTS and not isinstance(value, list):
        value = [*inner.get(name, ()), value]
    inner[name] = value


def _parse_value(option: str, text: str) -> Any:
    """Return an option's value: a TOML value if it reads as one, else the text itself."""
    is_written = text[:1] in {'"', "'", "[", "{"}
    if option in _LISTS | _TEXTS and not is_written:
        return text
    try:
        return parse_toml(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _flatten(options: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in options.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{before}{name}.")
        elif isinstance(value, list | tuple):
            yield from ((f"{before}{name}", each) for each in value)
        else:
            yield f"{before}{name}", value
