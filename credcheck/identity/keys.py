"""Keys under which the rows of a listing are found that may bear a person's name.

A row has few keys and a person more, since a row is filed once and looked for often. If two names
agree in any way (see words.py), they share a key, except where the slip is in the first letter of the
given name.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from credcheck.identity.person import NameWords, name_words
from credcheck.identity.romanised import skeleton
from credcheck.model import PersonName
from credcheck.reference.nicknames import forms_of

_END = 3
_SHORT = 5


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
        stems = {stem for part in {words.last, *words.family} for stem in _stems(part)}
        for stem in stems:
            for initial in initials(words):
                yield f"{stem} {initial}"


def _stems(family: str) -> Iterator[str]:
    """Yield what a family name has in common with others one slip, or a spelling, away."""
    if not family:
        return
    plain = "mc" + family[3:] if family.startswith("mac") else family
    yield f"={skeleton(plain)}"
    if len(plain) <= _SHORT:
        yield from (f"-{plain[:place]}{plain[place + 1 :]}" for place in range(len(plain)))
        yield f"-{plain}"
    if len(plain) >= _SHORT:
        yield f"<{plain[:_END]}"
        yield f">{plain[-_END:]}"


def _given_initials(words: NameWords) -> frozenset[str]:
    return frozenset(word[0] for word in (words.first, words.middle) if word)


def _all_initials(words: NameWords) -> frozenset[str]:
    given = [word for word in (words.first, words.middle) if word]
    return frozenset(word[0] for name in given for word in (name, *forms_of(name)))
