"""Names folded for comparison: what is written differently but means the same becomes the same.

Folded are case, width, ligatures, accents, apostrophes, hyphens, points, invisible characters, Saint
and St., and UTF-8 that was once read as Windows-1252. Not folded are look-alikes of other scripts: a
Cyrillic A is not a Latin A, and a name that mixes them agrees with nothing. A name in which a
character was lost agrees with nothing either: what is lost cannot be compared.
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
LOST = re.compile("[\ufffd\u25a1\u00bf\u001a?*]")  # what exports write for a letter they lack
_MISREAD = re.compile("[\u00c2-\u00f4][\u0080-\u00ff\u0152-\u02dc\u2013-\u2122]")
_SAINTS = {"saint": "st", "sainte": "ste"}
_CITY_WORDS = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt", "north": "n",
               "south": "s", "east": "e", "west": "w", "township": "twp", "heights": "hts"}  # fmt: skip
_CACHE_SIZE = 1 << 14


def normalize(text: str) -> str:
    """Return the text as lower-case words with single spaces between them."""
    return text.lower() if text.isascii() and text.isalpha() else _fold(text)


def squash(text: str) -> str:
    """Return the folded text without its spaces: ``De La Cruz`` and ``Delacruz`` are one."""
    return text.lower() if text.isascii() and text.isalpha() else _fold(text).replace(" ", "")


@lru_cache(_CACHE_SIZE)
def normalize_city(text: str) -> str:
    """Return a city's name with its usual abbreviations: Fort Worth is Ft. Worth."""
    if is_damaged(text):
        return ""
    words = normalize(text).split()
    return " ".join([_CITY_WORDS.get(word, word) for word in words])


def is_damaged(text: str) -> bool:
    """Tell whether a character of the text was lost: what it was can only be guessed."""
    return not text.isalpha() and LOST.search(text) is not None


@lru_cache(_CACHE_SIZE)
def _fold(text: str) -> str:
    if text.isascii():
        return _ASCII_GAP.sub(" ", text.lower().translate(_ASCII_JOINED)).strip()
    compatible = unicodedata.normalize("NFKC", _reread(text)).casefold().translate(_LETTERS)
    kept = []
    for character in unicodedata.normalize("NFKD", compatible):
        category = unicodedata.category(character)
        if category in {"Mn", "Cf"} or character in _JOINED:
            continue
        kept.append(character if category[0] in "LN" else " ")
    return " ".join("".join(kept).split())


def _reread(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252, if every sign of it can be undone.

    ``Garc\u00c3\u00ada`` is ``Garc\u00eda``. What is not such a text can hardly be read so: a letter
    like \u00c3 would have to stand before a sign that no name has.
    """
    if _MISREAD.search(text) is None:
        return text
    try:
        return b"".join(map(_byte_of, text)).decode("utf-8")
    except UnicodeError:
        return text


def _byte_of(character: str) -> bytes:
    """Return the byte that Windows-1252 shows so. Raises UnicodeError if there is none."""
    code = ord(character)
    return bytes([code]) if code < 0x100 else character.encode("cp1252")


def split_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a name, Saint as ``st``."""
    if text.isascii() and text.isalpha():
        word = text.lower()
        return (_SAINTS.get(word, word),)
    return tuple([_SAINTS.get(word, word) for word in _fold(text).split()])


def name_parts(text: str) -> tuple[str, ...]:
    """Return the parts of a hyphened or double name, folded; one part for a single name.

    Particles stay with the part that they belong to: ``de la Cruz-Vega`` is ``delacruz``, ``vega``.
    """
    return join_particles(split_words(text))


def join_particles(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return folded words as the parts of a name, each with the particles before it."""
    parts: list[str] = []
    carried = ""
    for word in words:
        carried += word
        if word not in _PARTICLES:
            parts.append(carried)
            carried = ""
    return tuple(parts + [carried] * bool(carried))


def drop_articles(words: tuple[str, ...]) -> str:
    """Return folded words as one, without the articles and particles that listings leave out.

    ``El Sayed`` is ``sayed`` and ``de la Cruz`` is ``cruz``. A short rest is none: ``Di Ma`` stays.
    """
    rest = [word for word in words if word not in ARTICLES]
    bare = "".join(rest)
    return bare if len(bare) >= _SHORTEST_BARE else "".join(words)


ARTICLES = frozenset(
    [
        "al",
        "da",
        "das",
        "de",
        "del",
        "dela",
        "della",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "la",
        "las",
        "le",
        "los",
        "ten",
        "ter",
        "van",
        "vande",
        "vanden",
        "vander",
        "den",
        "von",
        "y",
    ]
)
"""Words that belong to a family name and that listings leave out."""

_PARTICLES = ARTICLES | frozenset(
    ["abd", "abdel", "abu", "ap", "bin", "ibn", "mac", "mc", "o", "san", "santa", "st", "ste"]
)
_SHORTEST_BARE = 4


def has_mixed_scripts(name: PersonName) -> bool:
    """Tell whether a name holds letters of more than one script: most often a look-alike."""
    return len(scripts(name.last + name.first)) > 1


def scripts(text: str) -> frozenset[str]:
    """Return the scripts of the letters, as the first words of their Unicode names."""
    if text.isascii():
        return frozenset({"LATIN"}) if any(map(str.isalpha, text)) else frozenset()
    letters = (x for x in unicodedata.normalize("NFKC", text) if x.isalpha())
    return frozenset(unicodedata.name(x, "UNKNOWN").split()[0] for x in letters)
