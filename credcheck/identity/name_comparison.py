"""How two words of a name agree: the same, a form of it, spelled otherwise, or not at all."""

from collections.abc import Callable
from enum import StrEnum
from functools import cache, lru_cache
from itertools import product

from credcheck.identity.name_words import NameWords
from credcheck.identity.normalize import ARTICLES, scripts
from credcheck.identity.spelling import spelling_key
from credcheck.reference.nicknames import nickname_forms
from credcheck.reference.romanizations import other_spellings

_SHORTEST_WITH_A_SLIP = 4  # of two names of three letters, one slip makes another name: LEE, LEW
SHORTEST_BEGINNING = 5
_LEAST_CUT_OFF = 2
_SHORTEST_BARE = 4
_SHORTEST_PART = 5  # of a part that may hold a slip
_CACHE_SIZE = 1 << 15


class Agreement(StrEnum):
    """How two words agree."""

    SAME = "same"
    INITIAL = "initial"
    FORM = "short form"
    PART = "part"
    JOINED = "written together"
    ARTICLE = "without its article"
    SPELLING = "other spelling"
    SLIP = "one slip"
    SLIP_IN_PART = "one slip in a part"
    BEGINNING = "cut short"
    NONE = "none"


COST = {
    Agreement.SAME: 0.0,
    Agreement.INITIAL: 3.0,
    Agreement.FORM: 3.5,
    Agreement.JOINED: 3.5,
    Agreement.PART: 4.0,
    Agreement.ARTICLE: 4.0,
    Agreement.SPELLING: 5.0,
    Agreement.SLIP: 6.0,
    Agreement.SLIP_IN_PART: 9.0,
    Agreement.BEGINNING: 8.0,
    Agreement.NONE: 14.0,
}
"""What it costs, in bits, that a name is not written the same: of the rows that are of one person,
one in 2 ** cost is written so. Estimates, rounded; see docs/explanation/identity.md."""

MISWRITTEN = frozenset(
    {Agreement.SLIP, Agreement.SLIP_IN_PART, Agreement.SPELLING, Agreement.BEGINNING}
)
"""Agreements that hold only if a misprint, another spelling or a cut is allowed for."""

WAYS_TO_MISWRITE = {
    Agreement.SPELLING: 2.0,
    Agreement.BEGINNING: 2.0,
    Agreement.SLIP: 6.0,
    Agreement.SLIP_IN_PART: 6.0,
}
"""In how many ways a name may be miswritten so, in bits. If both words are names of several people,
they are more likely two names: MARIO is rather Mario than one of a hundred misprints of Maria."""

_OTHER_NAMES_END = frozenset(
    [
        "s",
        "son",
        "sen",
        "sson",
        "ez",
        "es",
        "ova",
        "ski",
        "sky",
        "ina",
        "ine",
        "ette",
        "man",
        "mann",
    ]
)
"""What makes another name of a name: Peters and Peterson are two, so is Joseph and Josephine."""


@lru_cache(_CACHE_SIZE)
def given_names_agree(one: str, other: str) -> Agreement:
    """Tell how two folded given names agree."""
    if one == other:
        return Agreement.SAME
    if not one or not other or not _same_scripts(one, other):
        return Agreement.NONE
    if 1 in {len(one), len(other)}:
        return Agreement.INITIAL if one[0] == other[0] else Agreement.NONE
    if other in nickname_forms(one):
        return Agreement.FORM
    return _spelt_alike(one, other)


def family_names_agree(one: NameWords, other: NameWords) -> Agreement:
    """Tell how two family names agree."""
    if one.last == other.last:
        return Agreement.SAME
    return _families_agree(one.family, one.cores, other.family, other.cores)


_Words = tuple[str, ...]


@lru_cache(_CACHE_SIZE)
def _families_agree(ours: _Words, our_cores: _Words, theirs: _Words, cores: _Words) -> Agreement:
    one, other = "".join(ours), "".join(theirs)
    if normalize_mac(one) == normalize_mac(other):
        return Agreement.SAME
    if not _same_scripts(one, other):
        return Agreement.NONE
    if _differ_by_an_article(one, "".join(our_cores), other, "".join(cores)):
        return Agreement.ARTICLE
    if {*ours, *our_cores} & {*theirs, *cores}:
        return Agreement.PART
    agreement = _spelt_alike(one, other)
    if agreement is Agreement.NONE and len(ours) + len(theirs) > 2:
        pairs = product(ours, theirs)
        slip = any(min(len(a), len(b)) >= _SHORTEST_PART and is_one_slip(a, b) for a, b in pairs)
        return Agreement.SLIP_IN_PART if slip else Agreement.NONE
    return agreement


def _differ_by_an_article(one: str, bare: str, other: str, other_bare: str) -> bool:
    if bare == other_bare:
        return True
    short, long = sorted((bare, other_bare), key=len)
    whole = other if long == other_bare else one
    return len(short) >= _SHORTEST_BARE and any(whole == each + short for each in ARTICLES)


def is_one_slip(one: str, other: str) -> bool:
    """Tell whether one letter too many, too few, wrong, or two swapped part the words."""
    return abs(len(one) - len(other)) <= 1 and _distance()(one, other, score_cutoff=1) <= 1


@cache
def _distance() -> Callable[..., int]:
    """Load the Damerau distance when it is first needed: most single look-ups never need it."""
    from rapidfuzz.distance import OSA

    return OSA.distance


def _same_scripts(one: str, other: str) -> bool:
    plain = one.isascii() and other.isascii() and one.isalpha() and other.isalpha()
    return plain or scripts(one) == scripts(other)


def _spelt_alike(one: str, other: str) -> Agreement:
    longest = max(len(one), len(other))
    if longest >= _SHORTEST_WITH_A_SLIP and (is_one_slip(one, other) or _is_misread(one, other)):
        return Agreement.SLIP
    if spelling_key(one) == spelling_key(other) or other in other_spellings(one):
        return Agreement.SPELLING
    return Agreement.BEGINNING if is_beginning(one, other) else Agreement.NONE


_SEEN_AS = tuple(
    tuple(pair.split("="))
    for pair in ("rn=m", "nn=m", "vv=w", "cl=d", "ii=u", "0=o", "1=l", "i=l", "5=s", "8=b")
)
"""What a scanner takes for what: letters that look alike in print."""


@lru_cache(_CACHE_SIZE)
def look_key(word: str) -> str:
    """Return what a folded word looks like to a scanner: ``barnes`` and ``bames`` look alike."""
    for written, seen in _SEEN_AS:
        word = word.replace(written, seen)
    return word


def _is_misread(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _SHORTEST_WITH_A_SLIP and look_key(one) == look_key(other)


def is_beginning(one: str, other: str) -> bool:
    """Tell whether one word is the beginning of the other, and not of another name."""
    short, long = sorted((one, other), key=len)
    cut = long[len(short) :]
    if len(short) < SHORTEST_BEGINNING or len(cut) < _LEAST_CUT_OFF:
        return False
    return long.startswith(short) and cut not in _OTHER_NAMES_END


def normalize_mac(family: str) -> str:
    """Return MacGregor as McGregor; Mack, Macy and Macias are no such names."""
    return "mc" + family[3:] if family.startswith("mac") and len(family) > len("macias") else family
