"""Generational suffixes: they decide between father and son."""

from credcheck.identity.features.base import FeatureName, FeatureScore
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import Agreement, NameAlignment

_SAME = 5.0
_ANOTHER = -12.0
_LEFT_OUT = -1.0
_ADDED = -3.0


def suffix(laid: NameAlignment, _shares: TermFrequencies) -> FeatureScore | None:
    """Compare suffixes. Two that differ are two people; listings leave them out more than add them."""
    ours, theirs = laid.row.suffix, laid.person.suffix
    if not ours and not theirs:
        return None
    if ours == theirs:
        agreement, how, bits = Agreement.SAME, "same", _SAME
    elif ours and theirs:
        agreement, how, bits = Agreement.NONE, "another", _ANOTHER
    else:
        agreement = Agreement.PART
        how, bits = ("only on the row", _ADDED) if ours else ("not on the row", _LEFT_OUT)
    return FeatureScore(
        FeatureName.SUFFIX, laid.row.name.suffix, laid.person.name.suffix, agreement, how, bits
    )
