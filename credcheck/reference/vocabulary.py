"""Phrases compared whole: without case, spacing and plain punctuation, never by a part of them.

A sign that may change the meaning ("Certified?", "Certified*") stays, and so means nothing known.
"""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from typing import Any

from credcheck.reference import table

_BETWEEN_WORDS = re.compile(r"[\s.,:;/()_\"\u2010-\u2015-]+")


@lru_cache(1 << 16)
def normalize_phrase(text: str) -> str:
    """Return the phrase for comparison: ``Ass'n & Co.`` and ``assn and co`` are one."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"['\u2019]", "", plain).replace("&", " and ")
    return " ".join(_BETWEEN_WORDS.sub(" ", plain).split())


def list_words(group: str) -> dict[str, str]:
    """Return the phrases of a group of ``words.toml``, normalized, with our word for each."""
    return _read_words()[group]


def is_from_memory(group: str, text: str) -> bool:
    """Tell whether a phrase is known from memory alone, and so decides nothing."""
    return normalize_phrase(text) in _read_memory().get(group, frozenset())


@cache
def _read_words() -> dict[str, dict[str, str]]:
    document = tomllib.loads(table("words.toml"))
    compound, _ = document.pop("compound"), document.pop("memory")
    words = {group: _invert(each) for group, each in document.items()}
    for group, each in compound.items():
        words[group] |= _join(each)
    return words


@cache
def _read_memory() -> dict[str, frozenset[str]]:
    memory = tomllib.loads(table("words.toml"))["memory"]
    return {group: frozenset(_invert(each)) for group, each in memory.items()}


def _invert(words: dict[str, list[str]]) -> dict[str, str]:
    return {normalize_phrase(text): word for word, texts in words.items() for text in texts}


def _join(compound: dict[str, Any]) -> dict[str, str]:
    """Return every head with every tail that may follow it: closed lists, so whole phrases."""
    tails = {word: texts for word, texts in compound.items() if word != "heads"}
    return {
        normalize_phrase(f"{head} {tail}"): word
        for word, texts in tails.items()
        for tail in texts
        for head in compound["heads"]
    }
