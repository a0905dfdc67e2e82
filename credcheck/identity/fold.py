"""Names folded for comparison: what is written differently but means the same becomes the same.

Folded are case, width, ligatures, accents, apostrophes, hyphens, points and invisible characters.
Not folded are look-alikes of other scripts: a Cyrillic A is not a Latin A, and a name that mixes
them agrees with nothing.
"""

import unicodedata

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
)
_JOINED = frozenset("'`\u2018\u2019\u02bc\u00b4.")  # O'Brien, St. John: these leave no gap


def fold(text: str) -> str:
    """Return the text as lower-case words with single spaces between them."""
    compatible = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    kept = []
    for character in unicodedata.normalize("NFKD", compatible):
        category = unicodedata.category(character)
        if category in {"Mn", "Cf"} or character in _JOINED:
            continue
        kept.append(character if category[0] in "LN" else " ")
    return " ".join("".join(kept).split())


def packed(text: str) -> str:
    """Return the folded text without its spaces: ``De La Cruz`` and ``Delacruz`` are one."""
    return fold(text).replace(" ", "")


def parts(text: str) -> tuple[str, ...]:
    """Return the parts of a hyphened or double name, folded; one part for a single name."""
    pieces = tuple(packed(piece) for piece in text.replace("\u2010", "-").split("-"))
    return tuple(piece for piece in pieces if piece)
