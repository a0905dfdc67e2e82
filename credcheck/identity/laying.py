"""Two names side by side: which word stands against which."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from credcheck.identity.name_comparison import (
    COST,
    Agreement,
    family_names_agree,
    given_names_agree,
)
from credcheck.identity.profile import NameWords


class Order(StrEnum):
    """How the words of the row's name are laid against the person's."""

    STRAIGHT = "in order"
    MIDDLE = "goes by the middle name"
    CALLED = "the row's middle name"
    FAMILY = "family and given name swapped"


ORDER_COST = {Order.STRAIGHT: 0.0, Order.MIDDLE: 4.0, Order.CALLED: 5.0, Order.FAMILY: 6.0}
"""What an order costs, in bits: one listed name in 2 ** cost stands so (an estimate)."""


_SLIPS = frozenset({Agreement.SLIP, Agreement.SPELLING})


class Laid(NamedTuple):
    """One way to lay a row's name against a person's, and what it costs in bits."""

    cost: float
    row: NameWords
    person: NameWords
    order: Order
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


def lay(rows: Sequence[NameWords], persons: Sequence[NameWords]) -> Laid | None:
    """Lay names against each other in the way that costs least, or None if either has none."""
    best = None
    for row in rows:
        for person in persons:
            if row.family == person.family and row.first == person.first:
                return Laid(0.0, row, person, Order.STRAIGHT, Agreement.SAME, Agreement.SAME)
            for order, family, given in _ways(row, person):
                cost = COST[family] + COST[given] + ORDER_COST[order]
                if best is None or cost < best.cost:
                    best = Laid(cost, row, person, order, family, given)
                    if not cost:
                        return best  # nothing costs less
    return best


_Way = tuple[Order, Agreement, Agreement]


def _ways(row: NameWords, person: NameWords) -> Iterator[_Way]:
    family = family_names_agree(row.family, person.family)
    given = _first_names_agree(row, person)
    yield Order.STRAIGHT, family, given
    if given is Agreement.SAME or len(row.first) == 1:
        return
    if len(person.middle) > 1 or (person.middle and row.middle[:1] == person.first[0]):
        yield Order.MIDDLE, family, given_names_agree(row.first, person.middle)
    elif len(row.middle) > 1 and not person.middle and len(person.first) > 1:
        yield Order.CALLED, family, given_names_agree(row.middle, person.first)
    if person.first in row.family:
        turned = family_names_agree((row.first,), person.family)
        yield Order.FAMILY, turned, Agreement.SAME


def _first_names_agree(row: NameWords, person: NameWords) -> Agreement:
    agreement = given_names_agree(row.first, person.first)
    several = len(row.first_parts) > 1 or len(person.first_parts) > 1
    if several and agreement is Agreement.NONE:
        shared = set(row.first_parts) & set(person.first_parts)
        return Agreement.PART if shared else Agreement.NONE
    return agreement
