"""Medical schools, however they are written."""

from operator import attrgetter

from credcheck.identity.features.base import Feature, FeatureName, FeatureScore
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import Agreement
from credcheck.identity.normalize import is_damaged
from credcheck.reference.schools import OTHER, known_school, telling_words

_SAME = 6.0
_BOTH_UNLISTED = 0.5
_LISTED_AND_NOT = -4.0
_ANOTHER = -6.0


def compare(row: str, person: str, _shares: TermFrequencies) -> FeatureScore | None:
    """Weigh the schools.

    Two listed schools are the same or not. One that is not listed fits CMS's OTHER, and is compared
    by its words; that two unlisted names differ says nothing.
    """
    if is_damaged(row) or is_damaged(person):
        return None
    ours, theirs = known_school(row), known_school(person)
    if ours and theirs and OTHER not in {ours, theirs}:
        same = ours == theirs
        return _score(row, person, Agreement.SAME, "same", _SAME) if same else _another(row, person)
    if OTHER in {ours, theirs} and ours != theirs:
        if ours and theirs:
            return _another(row, person, _LISTED_AND_NOT)
        how = "neither is on CMS's list"
        return _score(row, person, Agreement.PART, how, _BOTH_UNLISTED)
    if not ours and not theirs and telling_words(row) == telling_words(person):
        return _score(row, person, Agreement.SAME, "same", _SAME)
    return None


def _another(row: str, person: str, bits: float = _ANOTHER) -> FeatureScore:
    return _score(row, person, Agreement.NONE, "another", bits)


def _score(row: str, person: str, agreement: Agreement, how: str, bits: float) -> FeatureScore:
    return FeatureScore(FeatureName.SCHOOL, row, person, agreement, how, bits)


SCHOOL = Feature(attrgetter("school"), compare)
