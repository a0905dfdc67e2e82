"""Degrees: MD and DO are two, and listings seldom confuse them."""

from operator import attrgetter

from credcheck.identity.features.base import Feature, FeatureScore
from credcheck.identity.frequencies import TermFrequencies

_SAME = {"md": 0.1, "do": 3.5}
_ANOTHER = -8.0


def compare(row: str, person: str, _shares: TermFrequencies) -> FeatureScore:
    """Weigh the degrees, MD or DO. Every other credential says nothing here."""
    if row == person:
        return FeatureScore("degree", row, person, "same", _SAME[row])
    return FeatureScore("degree", row, person, "another", _ANOTHER)


DEGREE = Feature(attrgetter("degree"), compare)
