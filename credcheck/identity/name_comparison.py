"""How two words of a name agree: the same, a form of it, spelled otherwise, or not at all."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from credcheck.identity.normalize import scripts
from credcheck.identity.profile import NameWords, name_words
from credcheck.identity.spelling import spelling_key
from credcheck.model import PersonName
from credcheck.reference.nicknames import nickname_forms

_SHORTEST_WITH_A_SLIP = 4  # of two names of three letters, one slip makes another name: LEE, LEW
_CACHE_SIZE = 1 << 15


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


@lru_cache(_CACHE_SIZE)
def given_names_agree(one: str, other: str) -> Agreement:
    """Tell how two folded given names agree."""
    if one == other:
        return Agreement.SAME
    if not _same_scripts(one, other):
        return Agreement.NONE
    if 1 in {len(one), len(other)}:
        return Agreement.INITIAL if one[0] == other[0] else Agreement.NONE
    if other in nickname_forms(one):
        return Agreement.FORM
    return _spelt_alike(one, other)


@lru_cache(_CACHE_SIZE)
def family_names_agree(one: tuple[str, ...], other: tuple[str, ...]) -> Agreement:
    """Tell how two family names agree, each given as its folded parts."""
    a, b = "".join(one), "".join(other)
    if a == b or normalize_mac(a) == normalize_mac(b):
        return Agreement.SAME
    if not _same_scripts(a, b):
        return Agreement.NONE
    if set(one) & set(other):
        return Agreement.PART
    return _spelt_alike(a, b)


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
    if max(len(one), len(other)) >= _SHORTEST_WITH_A_SLIP and is_one_slip(one, other):
        return Agreement.SLIP
    return Agreement.SPELLING if spelling_key(one) == spelling_key(other) else Agreement.NONE


def normalize_mac(family: str) -> str:
    """Return MacGregor as McGregor; Mack, Macy and Macias are no such names."""
    return "mc" + family[3:] if family.startswith("mac") and len(family) > len("macias") else family


class NameOrder(StrEnum):
    """How the words of the row's name are laid against the person's."""

    STRAIGHT = "in order"
    MIDDLE = "goes by the middle name"
    CALLED = "the row's middle name"
    FAMILY = "family and given name swapped"


NAME_ORDER_COST = {
    NameOrder.STRAIGHT: 0.0,
    NameOrder.MIDDLE: 4.0,
    NameOrder.CALLED: 5.0,
    NameOrder.FAMILY: 6.0,
}
"""What an order costs, in bits: one listed name in 2 ** cost stands so (an estimate)."""


_SLIPS = frozenset({Agreement.SLIP, Agreement.SPELLING})


class NameAlignment(NamedTuple):
    """One way to lay a row's name against a person's, and what it costs in bits."""

    cost: float
    row: NameWords
    person: NameWords
    order: NameOrder
    family: Agreement
    given: Agreement

    @property
    def fits(self) -> bool:
        """Whether both the family and the given name agree, in whatever way."""
        return self.family is not Agreement.NONE and self.given is not Agreement.NONE

    @property
    def is_full(self) -> bool:
        """Whether both names are written the same, each in its place."""
        return self.cost == 0

    @property
    def slips(self) -> int:
        """How many of the two agree only if a misprint or another spelling is allowed for."""
        return (self.family in _SLIPS) + (self.given in _SLIPS)


def align(rows: Sequence[NameWords], persons: Sequence[NameWords]) -> NameAlignment | None:
    """Lay names against each other in the way that costs least, or None if either has none."""
    best = None
    for row in rows:
        for person in persons:
            if row.family == person.family and row.first == person.first:
                return NameAlignment(
                    0.0, row, person, NameOrder.STRAIGHT, Agreement.SAME, Agreement.SAME
                )
            for order, family, given in _ways(row, person):
                cost = COST[family] + COST[given] + NAME_ORDER_COST[order]
                if best is None or cost < best.cost:
                    best = NameAlignment(cost, row, person, order, family, given)
                    if not cost:
                        return best  # nothing costs less
    return best


_Way = tuple[NameOrder, Agreement, Agreement]


def _ways(row: NameWords, person: NameWords) -> Iterator[_Way]:
    family = family_names_agree(row.family, person.family)
    given = _first_names_agree(row, person)
    yield NameOrder.STRAIGHT, family, given
    if given is Agreement.SAME or len(row.first) == 1:
        return
    if len(person.middle) > 1 or (person.middle and row.middle[:1] == person.first[0]):
        yield NameOrder.MIDDLE, family, given_names_agree(row.first, person.middle)
    elif len(row.middle) > 1 and not person.middle and len(person.first) > 1:
        yield NameOrder.CALLED, family, given_names_agree(row.middle, person.first)
    if person.first in row.family:
        turned = family_names_agree((row.first,), person.family)
        yield NameOrder.FAMILY, turned, Agreement.SAME


def _first_names_agree(row: NameWords, person: NameWords) -> Agreement:
    agreement = given_names_agree(row.first, person.first)
    several = len(row.first_parts) > 1 or len(person.first_parts) > 1
    if several and agreement is Agreement.NONE:
        shared = set(row.first_parts) & set(person.first_parts)
        return Agreement.PART if shared else Agreement.NONE
    return agreement


def names_agree(ours: Sequence[PersonName], theirs: Sequence[PersonName]) -> bool:
    """Tell whether two people's names agree without allowing for misprints, or one has none."""
    laid = align([name_words(name) for name in theirs], [name_words(name) for name in ours])
    return laid is None or (laid.fits and not laid.slips)
