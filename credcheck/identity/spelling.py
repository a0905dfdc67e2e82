"""Names from other scripts, written in Latin letters in more than one way.

``Mohammed``, ``Muhammad`` and ``Mohamad`` are one name; so are ``Yousef`` and ``Yusuf``, while
``Hassan`` and ``Hussein`` are two. What the spellings of one name share is their consonants and their
first vowel, once doubled letters and letters for one sound are made one.
"""

import re
from functools import lru_cache

_CONSONANTS = ("sh=s", "ch=c", "kh=k", "gh=g", "ph=f", "dh=d", "th=t", "zh=z", "ck=k", "q=k", "c=k")
_VOWELS = ("ou=o", "oo=o", "ai=e", "ei=e", "ay=e", "ey=e", "u=o", "w=o", "ee=e", "i=e", "y=e")
_SAME_SOUND = tuple(pair.split("=") for pair in (*_CONSONANTS, "z=s", *_VOWELS))
"""In this order: what is spelled so sounds so."""

_DOUBLED = re.compile(r"(.)\1+")
_SHORTEST = 3


@lru_cache(1 << 14)
def spelling_key(word: str) -> str:
    """Return what all spellings of a folded word share, or the word itself where that is too little."""
    sounds = word.removeprefix("y")
    for spelled, sound in _SAME_SOUND:
        sounds = sounds.replace(spelled, sound)
    sounds = _DOUBLED.sub(r"\1", sounds)
    first, found, rest = _split(sounds)
    bones = _DOUBLED.sub(r"\1", first + found + re.sub(r"[aeo]", "", rest)).removesuffix("h")
    bones = "y" * word.startswith("y") + bones
    return bones if len(bones) >= _SHORTEST else word


def _split(sounds: str) -> tuple[str, str, str]:
    """Return what stands before the first vowel, that vowel, and the rest."""
    vowel = re.search(r"[aeo]", sounds)
    if vowel is None:
        return sounds, "", ""
    return sounds[: vowel.start()], vowel.group(), sounds[vowel.end() :]
