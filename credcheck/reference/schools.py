"""Medical schools that CMS names in its list of clinicians, with other ways to write them.

The names are those of CMS's Doctors and Clinicians file, which writes OTHER for every school that it
has no name for, most of them abroad. The other ways are a reviewed table of ours, from general
knowledge.
"""

import csv
from functools import cache, lru_cache

from credcheck.reference import table
from credcheck.reference.vocabulary import normalize_phrase

OTHER = "other"
"""What CMS writes for a school that is not in its list."""

_EMPTY = frozenset(
    [
        "university",
        "univ",
        "of",
        "the",
        "school",
        "college",
        "medicine",
        "medical",
        "and",
        "at",
        "in",
    ]
)


@lru_cache(1 << 14)
def known_school(text: str) -> str | None:
    """Return the listed school that a text means, ``other`` for CMS's OTHER, or None."""
    if normalize_phrase(text) == OTHER:
        return OTHER
    return _index_by_text().get(normalize_phrase(text)) or _index_by_words().get(
        telling_words(text)
    )


def telling_words(school: str) -> frozenset[str]:
    """Return the words of a school's name that other schools' names have not got."""
    return frozenset(normalize_phrase(school).split()) - _EMPTY


@cache
def _index_by_text() -> dict[str, str]:
    rows = csv.DictReader(table("schools.csv").splitlines())
    return {
        normalize_phrase(text): row["name"]
        for row in rows
        for text in (row["name"], *filter(None, row["also"].split(";")))
    }


@cache
def _index_by_words() -> dict[frozenset[str], str]:
    """Return the listed schools by their telling words, where those are one school's alone."""
    meant: dict[frozenset[str], set[str]] = {}
    for text, name in _index_by_text().items():
        meant.setdefault(telling_words(text), set()).add(name)
    return {words: names.pop() for words, names in meant.items() if words and len(names) == 1}
