"""Labels: what people read in place of each code. All of them are in ``labels.toml``."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from credcheck.reference import table


def label(group: str, code: object) -> str:
    """Return what people read for a code of a group: ``Board certificate: expired``.

    A code that has no label (a requirement of the user's own standard, say) is shown as words.
    """
    text = str(code)
    return list_labels(group).get(text) or humanize(text)


def label_inside(group: str, code: object) -> str:
    """Return a label as it stands inside a sentence: ``board certificate``, but ``NPI``."""
    text = label(group, code)
    first = text.split(" ", 1)[0]
    return text if first in _read_proper_names() else text[:1].lower() + text[1:]


def phrase(code: object, requirement: str) -> str:
    """Return a reason inside a sentence: ``board certificate expired``."""
    what = label_inside("requirement", requirement)
    known = list_labels("phrase").get(str(code))
    return known.format(what=what) if known else f"{what}: {label_inside('phrase', code)}"


def list_phrases(codes: Iterable[object], requirement: str) -> str:
    """Return the reasons of a requirement inside a sentence, in the order of their codes.

    What another one begins with is left out: "excluded" beside "excluded, with an OIG waiver".
    """
    said = dict.fromkeys(phrase(code, requirement) for code in sorted(map(str, codes)))
    return ", ".join(x for x in said if not any(other.startswith(f"{x},") for other in said))


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


@cache
def _read_proper_names() -> frozenset[str]:
    return frozenset(list_labels("proper")["names"].split())
