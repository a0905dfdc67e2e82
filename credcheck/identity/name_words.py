"""A name as the words that are compared, whatever stands in which of its cells.

Cells are often filled loosely: ``Doe, Jr., MD`` as a family name, ``John M`` as a given one,
``Jr., MD`` as a suffix. Each word is put where it belongs: generations into the suffix, degrees and
titles nowhere.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from credcheck.identity.normalize import (
    drop_articles,
    is_damaged,
    join_particles,
    split_words,
)
from credcheck.model import PersonName

_GENERATIONS = {
    **dict.fromkeys(("jr", "junior", "jnr"), "jr"),
    **dict.fromkeys(("sr", "senior", "snr"), "sr"),
    **dict.fromkeys(("ii", "2nd", "iind"), "ii"),
    **dict.fromkeys(("iii", "3rd", "iiird"), "iii"),
    **dict.fromkeys(("iv", "4th"), "iv"),
}
_IN_A_SUFFIX = _GENERATIONS | {"v": "v", "5th": "v", "i": "i", "1st": "i"}
_DEGREES = frozenset(
    [
        "md",
        "mbbs",
        "mbchb",
        "phd",
        "dpm",
        "dds",
        "dmd",
        "mph",
        "msc",
        "facs",
        "facp",
        "faap",
        "faan",
        "fipp",
        "faapmr",
        "crna",
        "esq",
    ]
)
_AFTER_A_COMMA = _DEGREES | frozenset(
    ["do", "pa", "np", "rn", "ms", "ma", "mba", "ba", "bs", "dnp", "aprn"]
)
"""Degrees that are also names: after a comma they are degrees."""

_TITLES = frozenset({"dr", "mr", "mrs", "ms", "prof"})
_CALLED = re.compile(r"[(\"\u201c\u201d][^)\"\u201c\u201d]*[)\"\u201c\u201d]")  # Robert (Bob)
_INITIALS = re.compile(r"(?:[A-Za-z]\.\s?){2,}")
_DOTTED = re.compile(r"\b([A-Za-z])\.(?=[A-Za-z]\.)")  # M.D. is one word
_CACHE_SIZE = 1 << 15


class NameWords(NamedTuple):
    """A name, folded into the words that are compared. ``name`` is as it was written.

    ``last`` is the whole family name, ``family`` its parts with their particles, and ``cores`` the
    same parts without them. ``first`` is the whole given name, ``first_parts`` its parts. ``middles``
    are the middle names, word by word. ``suffix`` is a generation, such as ``jr``.
    """

    last: str
    family: tuple[str, ...]
    cores: tuple[str, ...]
    first: str
    first_parts: tuple[str, ...]
    middles: tuple[str, ...]
    suffix: str
    name: PersonName

    @property
    def middle(self) -> str:
        """The first middle name, or nothing."""
        return self.middles[0] if self.middles else ""


@lru_cache(_CACHE_SIZE)
def name_words(name: PersonName) -> NameWords:
    """Fold a name into its words. A cell in which a character was lost says nothing."""
    cells = (name.last, name.first, name.middle or "a")
    if not name.suffix and all(map(_is_plain, cells)):
        return _plain(name)
    family, generation = _read_family(_readable(name.last))
    first, middles, second = _read_given(_readable(name.first), _readable(name.middle))
    parts = _family_parts(family)
    joined = tuple([part for part, _ in parts])
    return NameWords(
        last="".join(joined),
        family=joined,
        cores=tuple([core for _, core in parts]),
        first="".join(first),
        first_parts=first,
        middles=middles,
        suffix=read_generation(_readable(name.suffix)) or generation or second,
        name=name,
    )


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _plain(name: PersonName) -> NameWords:
    """Return the words of a name with one word a cell, as most are: nothing is to be put elsewhere."""
    (last,), (first,), middles = map(split_words, (name.last, name.first, name.middle))
    if middles and middles[0] in _GENERATIONS:
        return NameWords(
            last, (last,), (last,), first, (first,), (), _GENERATIONS[middles[0]], name
        )
    return NameWords(last, (last,), (last,), first, (first,), middles, "", name)


def _readable(text: str) -> str:
    return "" if is_damaged(text) else text


def read_generation(text: str) -> str:
    """Return the generation in a cell of suffixes or degrees, in one form: ``Jr., MD`` is ``jr``."""
    found = [_IN_A_SUFFIX[word] for word in _cell_words(text) if word in _IN_A_SUFFIX]
    return found[0] if found else ""


def _cell_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a cell; ``M.D.`` is one word."""
    return split_words(_DOTTED.sub(r"\1", text)) if text else ()


def _read_family(text: str) -> tuple[tuple[str, ...], str]:
    """Return the words of a family name, and the generation that stands behind them."""
    head, comma, tail = text.partition(",")
    behind = _cell_words(tail)
    if comma and all(word in _IN_A_SUFFIX or word in _AFTER_A_COMMA for word in behind):
        words, generation = _strip_end(_cell_words(head))
        return words, read_generation(tail) or generation
    return _strip_end(_cell_words(text))


def _strip_end(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return words without the degrees and the generation at their end, and the generation."""
    generation = ""
    while len(words) > 1 and (words[-1] in _DEGREES or words[-1] in _GENERATIONS):
        generation = _GENERATIONS.get(words[-1], generation)
        words = words[:-1]
    return words, generation


def _read_given(first: str, middle: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Return the words of the given name, those of the middle name, and a generation among them."""
    bare = _CALLED.sub(" ", first) if not first.isalpha() else first
    head, _, tail = bare.partition(",")
    words, generation = _strip_end(_initials_apart(head if head.strip() else first))
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    middles, second = _strip_end(_initials_apart(middle))
    generation = generation or second or read_generation(tail)
    if not words:
        return middles[:1], middles[1:], generation
    if len(words) > 1 and any(len(word) == 1 for word in words):
        return words[:1], (*words[1:], *middles), generation
    return words, middles, generation


def _initials_apart(text: str) -> tuple[str, ...]:
    """Return the words of a cell; ``A.B.`` are two initials."""
    if _INITIALS.fullmatch(text.strip()):
        return split_words(text.replace(".", " "))
    return _cell_words(text)


def _family_parts(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the parts of a family name, each with its particles and without."""
    joined = join_particles(words)
    parts, rest = [], list(words)
    for part in joined:
        own: list[str] = []
        while "".join(own) != part:
            own.append(rest.pop(0))
        parts.append((part, drop_articles(tuple(own))))
    return tuple(parts)
