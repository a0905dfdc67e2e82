"""Specialties: what the row's certificate goes with, against the person's taxonomies."""

from operator import attrgetter

from credcheck.identity.features.base import Feature, FeatureName, FeatureScore
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import Agreement

_SAME_COST = 0.7
_FIELD_COST = 1.7
_ANOTHER = -3.5


def compare(row: tuple[str, ...], person: tuple[str, ...], shares: TermFrequencies) -> FeatureScore:
    """Weigh specialties: the subspecialty itself, then the field that its board is of."""
    shared = [area for area in row if area in person]
    if not shared:
        return FeatureScore(FeatureName.SPECIALTY, row, person, Agreement.NONE, "another", _ANOTHER)
    if shared[0] == row[0]:
        return FeatureScore(
            FeatureName.SPECIALTY,
            row,
            person,
            Agreement.SAME,
            "same",
            shares.specialty(row[0]) - _SAME_COST,
        )
    bits = max(shares.specialty(area) for area in shared) - _FIELD_COST
    return FeatureScore(FeatureName.SPECIALTY, row, person, Agreement.PART, "its field", bits)


SPECIALTY = Feature(attrgetter("specialties"), compare)
