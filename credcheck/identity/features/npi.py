"""The NPI on the row: the same, a misprint of it, or another."""

from operator import attrgetter

from credcheck.identity.features.base import Feature, FeatureName, FeatureScore
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import Agreement, is_one_slip

_SAME = 30.0
_SLIP = 20.0
_ANOTHER = -7.0


def compare(row: str, person: str, _shares: TermFrequencies) -> FeatureScore:
    """Weigh two numbers. One digit wrong, or two swapped, may be a misprint."""
    if row == person:
        return FeatureScore(FeatureName.NPI, row, person, Agreement.SAME, "same", _SAME)
    if len(row) == len(person) and is_one_slip(row, person):
        return FeatureScore(FeatureName.NPI, row, person, Agreement.SLIP, "one slip", _SLIP)
    return FeatureScore(FeatureName.NPI, row, person, Agreement.NONE, "another", _ANOTHER)


NUMBER = Feature(attrgetter("npi"), compare)
