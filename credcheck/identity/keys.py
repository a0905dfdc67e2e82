"""Keys under which the rows of a listing are found that may bear a person's name.

A row has few keys and a person more, since a row is filed once and looked for often. If two names
agree in any way (see words.py), they share a key, except where the slip is in the first letter of the
given name.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from credcheck.identity.person import NameWords, name_words
from credcheck.identity.romanised import skeleton
from credcheck.identity.words import mac_as_mc
from credcheck.model import PersonName
from credcheck.reference.nicknames import forms_of

_SHORT, _LONG = 5, 7


def row_keys(names: Sequence[PersonName]) -> frozenset[str]:
    """Return the keys to file a row under."""
    return frozenset(_keys(map(name_words, names), _given_initials))


def person_keys(names: Sequence[PersonName]) -> frozenset[str]:
    """Return the keys to look under for a person's rows: short forms and swapped names included."""
    words = [name_words(name) for name in names]
    swapped = [
        word._replace(last=word.first, family=(word.first,), first=word.last) for word in words
    ]
    return frozenset(_keys([*words, *swapped], _all_initials))


def _keys(
    names: Iterable[NameWords], initials: Callable[[NameWords], frozenset[str]]
) -> Iterator[str]:
    for words in names:
        parts = {words.last, *words.family, mac_as_mc(words.last)} - {""}
        stems = {stem for part in parts for stem in _stems(part)}
        for stem in stems:
            for initial in initials(words):
                yield f"{stem} {initial}"


def _stems(family: str) -> Iterator[str]:
    """Yield what a family name has in common with others one slip, or a spelling, away.

    One slip leaves the first or the last letters as they are: three of a long name, two of a shorter
    one. Of a very short one, what is left when one letter is dropped is the same. Lengths at the
    borders have both kinds, since a slip may change the length.
    """
    yield f"={skeleton(family)}"
    if len(family) <= _SHORT:
        yield f"-{family}"
        yield from (f"-{family[:place]}{family[place + 1 :]}" for place in range(len(family)))
    if _SHORT <= len(family) <= _LONG:
        yield f"<{family[:2]}"
        yield f">{family[-2:]}"
    if len(family) >= _LONG:
        yield f"<{family[:3]}"
        yield f">{family[-3:]}"


def _given_initials(words: NameWords) -> frozenset[str]:
    return frozenset(word[0] for word in (words.first, words.middle) if word)


def _all_initials(words: NameWords) -> frozenset[str]:
    given = [word for word in (words.first, words.middle) if word]
    return frozenset(word[0] for name in given for word in (name, *forms_of(name)))
