"""Generational suffixes: they decide between father and son."""

from credcheck.identity.features.base import FeatureScore
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import NameAlignment

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
        how, bits = "same", _SAME
    elif ours and theirs:
        how, bits = "another", _ANOTHER
    else:
        how, bits = ("only on the row", _ADDED) if ours else ("not on the row", _LEFT_OUT)
    return FeatureScore("suffix", laid.row.name.suffix, laid.person.name.suffix, how, bits)
