"""Names folded for comparison: what is written differently but means the same becomes the same.

Folded are case, width, ligatures, accents, apostrophes, hyphens, points and invisible characters.
Not folded are look-alikes of other scripts: a Cyrillic A is not a Latin A, and a name that mixes
them agrees with nothing.
"""

import re
import unicodedata
from functools import lru_cache

from credcheck.model import PersonName

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
)
_JOINED = frozenset("'`\u2018\u2019\u02bc\u00b4.")  # O'Brien, St. John: these leave no gap
_ASCII_JOINED = str.maketrans("", "", "'`.")
_ASCII_GAP = re.compile(r"[^a-z0-9]+")
_CACHE_SIZE = 1 << 14


def normalize(text: str) -> str:
    """Return the text as lower-case words with single spaces between them."""
    return text.lower() if text.isascii() and text.isalpha() else _folded(text)


def squash(text: str) -> str:
    """Return the folded text without its spaces: ``De La Cruz`` and ``Delacruz`` are one."""
    return text.lower() if text.isascii() and text.isalpha() else _folded(text).replace(" ", "")


def name_parts(text: str) -> tuple[str, ...]:
    """Return the parts of a hyphened or double name, folded; one part for a single name.

    Particles stay with the part that they belong to: ``de la Cruz-Vega`` is ``delacruz``, ``vega``.
    """
    plain = text.isascii() and text.isalpha()  # most names are, and need no more
    return (text.lower(),) if plain else _parts(text)


@lru_cache(_CACHE_SIZE)
def _folded(text: str) -> str:
    if text.isascii():
        return _ASCII_GAP.sub(" ", text.lower().translate(_ASCII_JOINED)).strip()
    compatible = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    kept = []
    for character in unicodedata.normalize("NFKD", compatible):
        category = unicodedata.category(character)
        if category in {"Mn", "Cf"} or character in _JOINED:
            continue
        kept.append(character if category[0] in "LN" else " ")
    return " ".join("".join(kept).split())


@lru_cache(_CACHE_SIZE)
def _parts(text: str) -> tuple[str, ...]:
    pieces: list[str] = []
    carried = ""
    for word in _folded(text).split():
        carried += word
        if word not in _PARTICLES:
            pieces.append(carried)
            carried = ""
    return tuple(pieces + [carried] * bool(carried))


_PARTICLES = frozenset(
    [
        "al",
        "ap",
        "bin",
        "da",
        "das",
        "de",
        "del",
        "della",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "las",
        "le",
        "los",
        "mac",
        "mc",
        "o",
        "st",
        "san",
        "santa",
        "van",
        "von",
        "vande",
        "vander",
        "ter",
        "ten",
    ]
)


def has_mixed_scripts(name: PersonName) -> bool:
    """Tell whether a name holds letters of more than one script: most often a look-alike."""
    return len(scripts(name.last + name.first)) > 1


def scripts(text: str) -> frozenset[str]:
    """Return the scripts of the letters, as the first words of their Unicode names."""
    if text.isascii():
        return frozenset({"LATIN"}) if any(map(str.isalpha, text)) else frozenset()
    letters = (x for x in unicodedata.normalize("NFKC", text) if x.isalpha())
    return frozenset(unicodedata.name(x, "UNKNOWN").split()[0] for x in letters)
