"""Family names: all names of both, former ones and hyphened parts included."""

from credcheck.identity.alignment import NameAlignment, NameOrder
from credcheck.identity.features.base import FeatureName, FeatureScore
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import COST, WAYS_TO_MISWRITE, Agreement

_FORMER_COST = 1.0


def family_name(laid: NameAlignment, shares: TermFrequencies) -> FeatureScore:
    """Compare the family names that are laid against each other.

    The same name is worth its rarity; a part of a double name, the rarity of that part; one slip or
    another spelling, the rarity of the person's name; each less what such a writing costs.
    """
    how: str = laid.family
    bits = _worth(laid, shares) - COST[laid.family]
    miswritten = laid.family in WAYS_TO_MISWRITE
    if miswritten and shares.are_family_names(laid.row.last, laid.family_word):
        own_name = shares.family(laid.row.last) - WAYS_TO_MISWRITE[laid.family]
        bits = min(bits, own_name - COST[laid.family])
    row = laid.row.name.last
    if laid.order is NameOrder.FAMILY:
        how, row = f"{how}, {laid.order}", laid.row.name.first
    if laid.order is NameOrder.MAIDEN:
        how = f"{how}, {laid.order}"
    if laid.person.name.kind != "current":
        how, bits = f"{how}, {laid.person.name.kind} name", bits - _FORMER_COST
    return FeatureScore(FeatureName.FAMILY_NAME, row, laid.person.name.last, laid.family, how, bits)


def _worth(laid: NameAlignment, shares: TermFrequencies) -> float:
    if laid.family is Agreement.NONE:
        return 0.0
    if laid.family is not Agreement.PART:
        return shares.family(laid.family_word)
    row, person = laid.row, laid.person
    swapped = laid.order is NameOrder.FAMILY
    ours = set(row.first_parts) if swapped else {*row.family, *row.cores}
    shared = [word for word in (*person.family, *person.cores) if word in ours]
    return max(shares.family(word) for word in shared or person.family)
