"""Phrases compared whole: without case, spacing and plain punctuation, never by a part of them.

A sign that may change the meaning ("Certified?", "Certified*") stays, and so means nothing known.
"""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache

from credcheck.reference import table

_BETWEEN_WORDS = re.compile(r"[\s.,:;/()_\"\u2010-\u2015-]+")


@lru_cache(1 << 16)
def normalize_phrase(text: str) -> str:
    """Return the phrase for comparison: ``Ass'n & Co.`` and ``assn and co`` are one."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"['\u2019]", "", plain).replace("&", " and ")
    return " ".join(_BETWEEN_WORDS.sub(" ", plain).split())


def look_up_word(group: str, text: str) -> str | None:
    """Return what a status word means in a group of ``words.toml``; None if it is not there."""
    return _read_words()[group].get(normalize_phrase(text))


@cache
def _read_words() -> dict[str, dict[str, str]]:
    return {
        group: {normalize_phrase(text): word for word, texts in words.items() for text in texts}
        for group, words in tomllib.loads(table("words.toml")).items()
    }
