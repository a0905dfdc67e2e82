"""Medical schools, however they are written."""

from operator import attrgetter

from credcheck.identity.features.base import Feature, FeatureScore
from credcheck.identity.frequencies import TermFrequencies
from credcheck.reference.schools import OTHER, known_school, telling_words

_SAME = 6.0
_BOTH_UNLISTED = 1.5
_LISTED_AND_NOT = -4.0
_ANOTHER = -6.0


def compare(row: str, person: str, _shares: TermFrequencies) -> FeatureScore | None:
    """Weigh the schools.

    Two listed schools are the same or not. One that is not listed fits CMS's OTHER, and is compared
    by its words; that two unlisted names differ says nothing.
    """
    ours, theirs = known_school(row), known_school(person)
    if ours and theirs and OTHER not in {ours, theirs}:
        same = ours == theirs
        return FeatureScore(
            "school", row, person, "same" if same else "another", _SAME if same else _ANOTHER
        )
    if OTHER in {ours, theirs} and ours != theirs:
        if ours and theirs:
            return FeatureScore("school", row, person, "another", _LISTED_AND_NOT)
        return FeatureScore("school", row, person, "neither is in CMS's list", _BOTH_UNLISTED)
    if not ours and not theirs and telling_words(row) == telling_words(person):
        return FeatureScore("school", row, person, "same", _SAME)
    return None


SCHOOL = Feature(attrgetter("school"), compare)
