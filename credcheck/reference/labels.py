"""Labels: what people read in place of each code. All of them stand in ``labels.toml``."""

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from credcheck.reference import table


def label(group: str, code: object) -> str:
    """Return what people read for a code of a group: ``Board certificate: expired``.

    A code that has no label (a requirement of the user's own standard, say) is shown as words.
    """
    text = str(code)
    return list_labels(group).get(text) or humanize(text)


def list_labels(group: str) -> Mapping[str, str]:
    """Return the labels of a group by their codes."""
    return MappingProxyType(_read_labels()[group])


def list_groups() -> tuple[str, ...]:
    """Return the groups of codes that have labels."""
    return tuple(_read_labels())


def humanize(code: str) -> str:
    """Return a code as words: ``head_and_neck`` is ``Head and neck``."""
    words = " ".join(code.replace("_", " ").split())
    return words[:1].upper() + words[1:]


@cache
def _read_labels() -> dict[str, dict[str, str]]:
    return tomllib.loads(table("labels.toml"))
