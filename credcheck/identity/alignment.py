"""Two names side by side: which word of a row's name stands against which of a person's."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from credcheck.identity.name_comparison import (
    COST,
    MISWRITTEN,
    Agreement,
    family_names_agree,
    given_names_agree,
)
from credcheck.identity.name_words import NameWords, name_words
from credcheck.identity.normalize import is_damaged
from credcheck.model import PersonName

SHORTEST_MAIDEN_NAME = 4
SHORTEST_JOINED = 4


class NameOrder(StrEnum):
    """How the words of the row's name are laid against the person's."""

    STRAIGHT = "in order"
    MIDDLE = "goes by the middle name"
    CALLED = "the row's middle name"
    MAIDEN = "family name among the middle names"
    FAMILY = "family and given name swapped"


NAME_ORDER_COST = {
    NameOrder.STRAIGHT: 0.0,
    NameOrder.MIDDLE: 4.0,
    NameOrder.CALLED: 5.0,
    NameOrder.FAMILY: 6.0,
    NameOrder.MAIDEN: 7.0,
}
"""What an order costs, in bits: one listed name in 2 ** cost stands so (an estimate)."""


class NameAlignment(NamedTuple):
    """One way to lay a row's name against a person's, and what it costs in bits.

    ``family_word`` and ``given_word`` are the person's words that the row's stand against.
    """

    cost: float
    row: NameWords
    person: NameWords
    order: NameOrder
    family: Agreement
    given: Agreement
    family_word: str
    given_word: str

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
        return (self.family in MISWRITTEN) + (self.given in MISWRITTEN)


class _Way(NamedTuple):
    order: NameOrder
    family: Agreement
    given: Agreement
    family_word: str
    given_word: str

    @property
    def cost(self) -> float:
        return COST[self.family] + COST[self.given] + NAME_ORDER_COST[self.order]


def align(rows: Sequence[NameWords], persons: Sequence[NameWords]) -> NameAlignment | None:
    """Lay names against each other in the way that costs least, or None if either has none."""
    best: NameAlignment | None = None
    for row in rows:
        for person in persons:
            for way in _ways(row, person) if row.last and person.first else ():
                if best is None or way.cost < best.cost:
                    best = NameAlignment(way.cost, row, person, *way)
                    if not best.cost:
                        return best  # nothing costs less
    return best


def _ways(row: NameWords, person: NameWords) -> Iterator[_Way]:
    family = family_names_agree(row, person)
    given = _given_in_order(row, person)
    yield _Way(NameOrder.STRAIGHT, family, given, person.last, person.first)
    if given is not Agreement.SAME and family is not Agreement.NONE:
        yield from _by_another_given_name(row, person, family)
    if family is Agreement.NONE and given is not Agreement.NONE:
        yield from _by_a_maiden_name(row, person, given)
    if family is not Agreement.SAME and person.first in (row.last, *row.family):
        yield from _turn_around(row, person)


def _by_another_given_name(row: NameWords, person: NameWords, family: Agreement) -> Iterator[_Way]:
    """Yield the ways of someone who is called by a middle name, in the registry or in the row."""
    supported = row.middle[:1] == person.first[0]
    for middle in person.middles if len(row.first) > 1 else ():
        if len(middle) > 1 or supported:
            agreement = given_names_agree(row.first, middle)
            yield _Way(NameOrder.MIDDLE, family, agreement, person.last, middle)
    if not person.middles and len(person.first) > 1:
        for middle in row.middles:
            if len(middle) > 1:
                agreement = given_names_agree(middle, person.first)
                yield _Way(NameOrder.CALLED, family, agreement, person.last, person.first)


def _by_a_maiden_name(row: NameWords, person: NameWords, given: Agreement) -> Iterator[_Way]:
    """Yield the way of someone whose maiden name is a family name here and a middle name there."""
    if len(row.last) >= SHORTEST_MAIDEN_NAME and row.last in person.middles:
        yield _Way(NameOrder.MAIDEN, Agreement.SAME, given, row.last, person.first)
    if len(person.last) >= SHORTEST_MAIDEN_NAME and person.last in row.middles:
        yield _Way(NameOrder.MAIDEN, Agreement.SAME, given, person.last, person.first)


def _turn_around(row: NameWords, person: NameWords) -> Iterator[_Way]:
    """Yield the way of a name whose family name stands in the place of the given one."""
    turned = name_words(PersonName(last=row.name.first, first=row.name.last))
    family = family_names_agree(turned, person)
    yield _Way(NameOrder.FAMILY, family, Agreement.SAME, person.last, person.first)


def _given_in_order(row: NameWords, person: NameWords) -> Agreement:
    agreement = given_names_agree(row.first, person.first)
    if agreement not in {Agreement.NONE, Agreement.BEGINNING}:
        return agreement
    if _is_joined(row, person) or _is_joined(person, row):
        return Agreement.JOINED
    several = len(row.first_parts) > 1 or len(person.first_parts) > 1
    if several and set(row.first_parts) & set(person.first_parts):
        return Agreement.PART
    return agreement


def _is_joined(one: NameWords, other: NameWords) -> bool:
    """Tell whether one given name is the other's with the middle name written behind it."""
    rest = one.first.removeprefix(other.first)
    if not other.middles or rest == one.first:
        return False
    if rest == "".join(other.middles) or rest == other.middle:
        return True
    initial = len(other.middle) == 1 and rest.startswith(other.middle)
    return initial and len(other.first) >= SHORTEST_JOINED


def middle_names_agree(ours: Sequence[str], theirs: Sequence[str]) -> Agreement | None:
    """Tell how middle names agree, word by word; None if either side has none.

    One word that agrees is enough: listings give one of several. Two single letters that are the same
    are initials, and say less than a whole name.
    """
    if not ours or not theirs:
        return None
    pairs = [(a, b) for a in ours for b in theirs]
    return min((_middle_words_agree(a, b) for a, b in pairs), key=COST.__getitem__)


def _middle_words_agree(one: str, other: str) -> Agreement:
    agreement = given_names_agree(one, other)
    return Agreement.INITIAL if agreement is Agreement.SAME and len(one) == 1 else agreement


def names_agree(ours: Sequence[PersonName], theirs: Sequence[PersonName]) -> bool:
    """Tell whether two people's names agree without allowing for misprints, or one has none."""
    if any(is_damaged(name.last + name.first) for name in theirs):
        return False
    laid = align([name_words(name) for name in theirs], [name_words(name) for name in ours])
    return laid is None or (laid.fits and not laid.slips)
