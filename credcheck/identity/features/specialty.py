"""Specialties: what the row's certificate goes with, against the person's taxonomies."""

from operator import attrgetter

from credcheck.identity.features.base import Feature, FeatureName, FeatureScore
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import Agreement

_SAME_COST = 0.7
_FIELD_COST = 1.7
_ANOTHER = -3.5
_OF_ANOTHER_FIELD = -3.0


def compare(row: tuple[str, ...], person: tuple[str, ...], shares: TermFrequencies) -> FeatureScore:
    """Weigh specialties: the subspecialty itself, then the field that its board is of.

    A board certifies people of its own field: a pain physician whose only field is another one has
    the certificate of another board.
    """
    shared = [area for area in row if area in person]
    if not shared:
        return FeatureScore(FeatureName.SPECIALTY, row, person, Agreement.NONE, "another", _ANOTHER)
    if shared[0] == row[0]:
        how, bits = "same", shares.specialty(row[0]) - _SAME_COST
        if _is_of_another_field(row[1:], person[1:]):
            how, bits = "same word, different field", bits + _OF_ANOTHER_FIELD
        return FeatureScore(FeatureName.SPECIALTY, row, person, Agreement.SAME, how, bits)
    bits = max(shares.specialty(area) for area in shared) - _FIELD_COST
    return FeatureScore(FeatureName.SPECIALTY, row, person, Agreement.PART, "its field", bits)


def _is_of_another_field(board: tuple[str, ...], person: tuple[str, ...]) -> bool:
    return len(board) == 1 and bool(person) and board[0] not in person


SPECIALTY = Feature(attrgetter("specialties"), compare)
