"""Generational suffixes: they decide between father and son."""

from credcheck.identity.alignment import NameAlignment
from credcheck.identity.features.base import FeatureName, FeatureScore
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import Agreement

_SAME = 5.0
_ANOTHER = -12.0
_OF_ONE_GENERATION = -4.0
_LEFT_OUT = -1.0
_ADDED = -3.0
_SECOND = frozenset({"jr", "ii"})


def suffix(laid: NameAlignment, _shares: TermFrequencies) -> FeatureScore | None:
    """Compare suffixes. Two that differ are two people; listings leave them out more than add them.

    Jr and II are the second of a name both, and are taken for each other.
    """
    ours, theirs = laid.row.suffix, laid.person.suffix
    if not ours and not theirs:
        return None
    agreement, how, bits = Agreement.NONE, "another", _ANOTHER
    if ours == theirs:
        agreement, how, bits = Agreement.SAME, "same", _SAME
    elif not ours:
        agreement, how, bits = Agreement.PART, "not on the row", _LEFT_OUT
    elif not theirs:
        agreement, how, bits = Agreement.PART, "only on the row", _ADDED
    elif {ours, theirs} == _SECOND:
        agreement, how, bits = Agreement.SPELLING, "another", _OF_ONE_GENERATION
    row, person = laid.row.name.suffix or ours, laid.person.name.suffix or theirs
    return FeatureScore(FeatureName.SUFFIX, row, person, agreement, how, bits)
