"""Whole names in a cell of a listing, taken apart by the same parser as names that are typed."""

import re

from msgspec.structs import replace

from credcheck.identity.parse_name import NameParseError, parse_name
from credcheck.model import PersonName

_ALSO = re.compile(
    r"\s*[\s(,;]+(?:a\.?/?k\.?/?a\.?|f/k/a|also known as|formerly|n[\u00e9e]e)[\s:.]+",
    re.IGNORECASE,
)
_WORDS = 2  # a name has a first and a last


def read_whole_name(text: str, *, in_any_order: bool) -> tuple[tuple[PersonName, ...], str | None]:
    """Return the names in a cell, and why they cannot be read, if so.

    ``in_any_order`` is for lists in which no possible reading may be missed: a name without a comma may
    have the family name first, and is read so, too.
    """
    names: list[PersonName] = []
    for part in _split_names(text):
        try:
            name = parse_name(part)
        except NameParseError as error:
            return tuple(names), f"name: {error}"
        is_swapped = "," not in part and _is_initial(name.last)
        if is_swapped and not in_any_order:
            return (), f"name: {part!r} may have the family name first; write it with a comma"
        if not is_swapped:
            names.append(name)
        if in_any_order and "," not in part:
            names += _family_first(part)
    return _mark_others(names), None


def split_aliases(text: str) -> tuple[str, list[str]]:
    """Return a cell of one name without what stands after "aka" in it, and that."""
    first, *others = [part.strip(" (),;") for part in _ALSO.split(text)] or [""]
    return first, [each for each in others if each]


def _split_names(text: str) -> list[str]:
    """Return a name, and the others after "aka" or on lines of their own."""
    lines = text.splitlines() if "\n" in text else []
    are_names = bool(lines) and all(len(line.split()) >= _WORDS for line in lines if line.strip())
    parts = (
        [part for line in lines for part in _ALSO.split(line)] if are_names else _ALSO.split(text)
    )
    return [part.strip(" (),;") for part in parts if part.strip(" (),;")]


def _family_first(text: str) -> list[PersonName]:
    words = text.split()
    if len(words) < _WORDS or _is_initial(words[0]):
        return []
    return [PersonName(last=words[0], first=words[1], middle=" ".join(words[2:]))]


def _is_initial(text: str) -> bool:
    return len(text.strip(".")) <= 1


def _mark_others(names: list[PersonName]) -> tuple[PersonName, ...]:
    """Return the names, all but the first as other names of the person."""
    return tuple(replace(name, kind="other") if place else name for place, name in enumerate(names))
