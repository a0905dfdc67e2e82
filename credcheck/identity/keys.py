"""Keys under which the rows of a listing are found that may bear a person's name.

A row is filed under its family names, each with the first letters of its given names. A person is
looked for under the listing's family names that are near their own. If two names agree in any way (see
words.py), they share a key, except where the slip is in the first letter of the given name.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from credcheck.identity.person import NameWords, name_words
from credcheck.identity.words import mac_as_mc
from credcheck.model import PersonName
from credcheck.reference.nicknames import forms_of

Key = tuple[str, str]
"""A family name, folded, and the first letter of a given name."""


def row_keys(names: Sequence[PersonName]) -> frozenset[Key]:
    """Return the keys to file a row under."""
    return frozenset(
        (family, initial)
        for words in map(name_words, names)
        for family in _families(words)
        for initial in _given_initials(words)
    )


def person_keys(
    names: Sequence[PersonName], near: Callable[[str], Iterable[str]]
) -> frozenset[Key]:
    """Return the keys to look under for a person's rows: short forms and swapped names included.

    ``near`` tells which of the listing's family names are near one (neighbours.py).
    """
    return frozenset(
        (family, initial)
        for words in _both_ways(map(name_words, names))
        for own in _families(words)
        for family in near(own)
        for initial in _all_initials(words)
    )


def _both_ways(names: Iterable[NameWords]) -> Iterator[NameWords]:
    for words in names:
        yield words
        yield words._replace(last=words.first, family=(words.first,), first=words.last)


def _families(words: NameWords) -> set[str]:
    return {words.last, *words.family, mac_as_mc(words.last)} - {""}


def _given_initials(words: NameWords) -> frozenset[str]:
    return frozenset(word[0] for word in (words.first, words.middle) if word)


def _all_initials(words: NameWords) -> frozenset[str]:
    given = [word for word in (words.first, words.middle) if word]
    return frozenset(word[0] for name in given for word in (name, *forms_of(name)))
