"""Under which names and states an individual is filed, and under which letters a name is found.

A name is filed as it is written and, for a double name, by each of its parts. States are those of
practice and of license.
"""

import zlib
from functools import lru_cache

from credcheck.identity.normalize import name_parts, squash
from credcheck.identity.spelling import spelling_key
from credcheck_sources.nppes.normalize import clean_text
from credcheck_sources.nppes.raw_record import RawRecord

WHOLE, PART = 0, 1
_SHORTEST = 3
_CACHE_SIZE = 1 << 20


Form = tuple[str, str, int]
"""A family and a given name, folded, and whether they are the whole of a name or a part."""


def name_forms(stored: RawRecord) -> set[Form]:
    """Return the forms of all names of an individual; nobody else has any."""
    if stored.entity != "1":
        return set()
    found = _forms(stored.last, stored.first)
    for last, first, *_ in stored.others:
        found |= _forms(last, first if clean_text(first) else stored.first)
    return found


def list_states(stored: RawRecord) -> set[str]:
    """Return the states of practice and of license; an empty one if there are none."""
    found = {state for _, state in stored.places}
    found |= {state for _, number, state, _ in stored.taxonomies if number}
    return ({state.upper() for state in found} - {""}) or {""}


def near_keys(word: str) -> set[int]:
    """Return keys that a word shares with all words one slip or another spelling away.

    They are checksums of the word, of what is left when one letter is dropped, and of what all
    spellings share. Words that share a key by accident are told apart when they are compared.
    """
    keys = {f"~{spelling_key(word)}", word}
    if len(word) >= _SHORTEST:
        keys |= {word[:place] + word[place + 1 :] for place in range(len(word))}
    return {zlib.crc32(key.encode()) for key in keys}


def _forms(last: str, first: str) -> set[Form]:
    (family, families), (given, givens) = _folded(last), _folded(first)
    if not family or not given:
        return set()
    whole = (family, given, WHOLE)
    if len(families) == len(givens) == 1:
        return {whole}
    pairs = {(a, b) for a in {family, *families} for b in {given, *givens}} - {(family, given)}
    return {whole, *((a, b, PART) for a, b in pairs)}


@lru_cache(_CACHE_SIZE)
def _folded(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a name as one word, and its parts."""
    known = clean_text(text)
    return squash(known), name_parts(known)
