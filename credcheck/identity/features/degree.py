"""Degrees: MD and DO are two, and listings seldom confuse them."""

from operator import attrgetter

from credcheck.identity.features.base import Feature, FeatureName, FeatureScore
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import Agreement

_SAME = {"md": 0.1, "do": 3.5}
_ANOTHER = -8.0


def compare(row: str, person: str, _shares: TermFrequencies) -> FeatureScore:
    """Weigh the degrees, MD or DO. Every other credential says nothing here."""
    if row == person:
        return FeatureScore(FeatureName.DEGREE, row, person, Agreement.SAME, "same", _SAME[row])
    return FeatureScore(FeatureName.DEGREE, row, person, Agreement.NONE, "another", _ANOTHER)


DEGREE = Feature(attrgetter("degree"), compare)
