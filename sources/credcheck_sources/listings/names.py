"""Whole names in a cell of a listing, taken apart by the same parser as names that are typed."""

import re
from itertools import pairwise

from msgspec.structs import replace

from credcheck.identity.name_words import read_generation
from credcheck.identity.parse_name import NameParseError, parse_name
from credcheck.model import PersonName
from credcheck.reference.organizations import is_business

_ALSO = re.compile(
    r"\s*[\s(,;]+(?:a\.?/?k\.?/?a\.?|f/k/a|also known as|formerly|n[\u00e9e]e)[\s:.]+",
    re.IGNORECASE,
)
_ALSO_LIST = re.compile(r"\(\s*also\s+(.*?)\s*\)?", re.IGNORECASE | re.DOTALL)
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


def split_other_names(text: str) -> list[str]:
    """Return the names in a cell of other names.

    They are separated by semicolons or, in SAM.gov's ``(also A, B)``, by commas, which may also stand
    inside a name. No possible reading is missed: a word alone may be the family name of what follows.
    """
    found = _ALSO_LIST.fullmatch(text.strip())
    if found is None:
        return [part.strip() for part in text.split(";") if part.strip()]
    parts = [part.strip() for part in found[1].split(",") if part.strip()]
    names = [part for part in parts if len(part.split()) >= _WORDS]
    for part, after in pairwise(parts):
        if len(after.split()) < _WORDS and read_generation(after):
            names.append(f"{part} {after}")
        elif len(part.split()) < _WORDS and not read_generation(part):
            names.append(f"{part}, {after}")
    return [name for name in names if not is_business(name)]


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
