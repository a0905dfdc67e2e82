"""How two words of a name agree: the same, a form of it, spelt otherwise, or not at all."""

from collections.abc import Callable
from enum import StrEnum
from functools import cache, lru_cache

from credcheck.identity.normalize import scripts
from credcheck.identity.spelling import skeleton
from credcheck.reference.nicknames import forms_of

_SHORTEST_WITH_A_SLIP = 4  # of two names of three letters, one slip makes another name: LEE, LEW
_REMEMBERED = 1 << 15


class Agreement(StrEnum):
    """How two words agree."""

    SAME = "same"
    INITIAL = "initial"
    FORM = "short form"
    PART = "part"
    SPELLING = "other spelling"
    SLIP = "one slip"
    NONE = "none"


COST = {
    Agreement.SAME: 0.0,
    Agreement.INITIAL: 3.0,
    Agreement.FORM: 3.5,
    Agreement.PART: 4.0,
    Agreement.SPELLING: 5.0,
    Agreement.SLIP: 6.0,
    Agreement.NONE: 14.0,
}
"""What it costs, in bits, that a name is not written the same: of the rows that are of one person,
one in 2 ** cost is written so. Estimates, rounded; see docs/explanation/identity.md."""


@lru_cache(_REMEMBERED)
def given_names_agree(one: str, other: str) -> Agreement:
    """Tell how two folded given names agree."""
    if one == other:
        return Agreement.SAME
    if not _same_scripts(one, other):
        return Agreement.NONE
    if 1 in {len(one), len(other)}:
        return Agreement.INITIAL if one[0] == other[0] else Agreement.NONE
    if other in forms_of(one):
        return Agreement.FORM
    return _spelt_alike(one, other)


@lru_cache(_REMEMBERED)
def family_names_agree(one: tuple[str, ...], other: tuple[str, ...]) -> Agreement:
    """Tell how two family names agree, each given as its folded parts."""
    a, b = "".join(one), "".join(other)
    if a == b or mac_as_mc(a) == mac_as_mc(b):
        return Agreement.SAME
    if not _same_scripts(a, b):
        return Agreement.NONE
    if set(one) & set(other):
        return Agreement.PART
    return _spelt_alike(a, b)


def one_slip(one: str, other: str) -> bool:
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
    if max(len(one), len(other)) >= _SHORTEST_WITH_A_SLIP and one_slip(one, other):
        return Agreement.SLIP
    return Agreement.SPELLING if skeleton(one) == skeleton(other) else Agreement.NONE


def mac_as_mc(family: str) -> str:
    """Return MacGregor as McGregor; Mack, Macy and Macias are no such names."""
    return "mc" + family[3:] if family.startswith("mac") and len(family) > len("macias") else family
