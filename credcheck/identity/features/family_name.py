"""Family names: all names of both, former ones and hyphened parts included."""

from credcheck.identity.features.base import FeatureName, FeatureScore
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import COST, Agreement, NameAlignment, NameOrder

_FORMER_COST = 1.0


def family_name(laid: NameAlignment, shares: TermFrequencies) -> FeatureScore:
    """Compare the family names that are laid against each other.

    The same name is worth its rarity; a part of a double name, the rarity of that part; one slip or
    another spelling, the rarity of the person's name; each less what such a writing costs.
    """
    how: str = laid.family
    bits = _worth(laid, shares) - COST[laid.family]
    row = laid.row.name.last
    if laid.order is NameOrder.FAMILY:
        how, row = f"{how}, {laid.order}", laid.row.name.first
    if laid.person.name.kind != "current":
        how, bits = f"{how}, {laid.person.name.kind} name", bits - _FORMER_COST
    return FeatureScore(FeatureName.FAMILY_NAME, row, laid.person.name.last, laid.family, how, bits)


def _worth(laid: NameAlignment, shares: TermFrequencies) -> float:
    if laid.family is Agreement.NONE:
        return 0.0
    if laid.family is not Agreement.PART:
        return shares.family(laid.person.last)
    ours = (laid.row.first,) if laid.order is NameOrder.FAMILY else laid.row.family
    return max(shares.family(word) for word in laid.person.family if word in ours)
