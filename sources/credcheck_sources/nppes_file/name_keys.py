"""Under which names and states an individual is filed, and under which numbers a word is found.

Names and words are filed by the keys of ``credcheck.identity.blocking``, as in every other index.
States are those of practice and of license.
"""

import zlib
from collections.abc import Iterable

from credcheck.identity.blocking import filing_keys, lookup_keys, word_pairs
from credcheck.identity.name_words import name_words
from credcheck.model import PersonName
from credcheck_sources.nppes.normalize import clean_text
from credcheck_sources.nppes.raw_record import RawRecord

WHOLE, PART = 0, 1

Form = tuple[str, str, int]
"""A family and a given name, folded, and whether they are the whole of a name or a part."""


def name_forms(stored: RawRecord) -> set[Form]:
    """Return the forms of all names of an individual; nobody else has any."""
    if stored.entity != "1":
        return set()
    found = _forms(stored.last, stored.first, stored.middle)
    for last, first, middle, *_ in stored.others:
        found |= _forms(last, first if clean_text(first) else stored.first, middle)
    return found


def list_states(stored: RawRecord) -> set[str]:
    """Return the states of practice and of license; an empty one if there are none."""
    found = {state for _, state, _ in stored.places}
    found |= {state for _, number, state, _ in stored.taxonomies if number}
    return ({state.upper() for state in found} - {""}) or {""}


def near_filing_keys(word: str) -> set[int]:
    """Return the numbers under which a word is filed.

    They are checksums of its keys. Words that share one by accident are told apart when they are
    compared.
    """
    return _checksums(filing_keys(word))


def near_lookup_keys(word: str) -> set[int]:
    """Return the numbers by which the words are found that agree with a word in any way."""
    return _checksums(lookup_keys(word))


def _checksums(keys: Iterable[str]) -> set[int]:
    return {zlib.crc32(key.encode()) for key in keys}


def _forms(last: str, first: str, middle: str) -> set[Form]:
    name = PersonName(last=clean_text(last), first=clean_text(first), middle=clean_text(middle))
    words = name_words(name)
    if not words.last or not words.first:
        return set()
    whole = (words.last, words.first)
    pairs = word_pairs(words)
    return {(*whole, WHOLE), *((*pair, PART) for pair in pairs - {whole} if len(pairs) > 1)}
