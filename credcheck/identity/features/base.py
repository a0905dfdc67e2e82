"""What a feature is, and what it finds."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple

from credcheck.identity.alignment import NameAlignment
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import Agreement
from credcheck.identity.profile import Profile

AGAINST = -8.0
"""Bits from which on a part speaks decisively against: of one person's records, not one in 256 pairs
looks so."""


class FeatureName(StrEnum):
    """The features, by the names that people read."""

    FAMILY_NAME = "family name"
    GIVEN_NAME = "given name"
    MIDDLE_NAME = "middle name"
    SUFFIX = "suffix"
    NPI = "NPI"
    LICENSE = "license"
    PLACE = "place"
    SPECIALTY = "specialty"
    DEGREE = "degree"
    DEGREE_YEAR = "degree year"
    BIRTH_YEAR = "birth year"
    AGE = "age"
    CAREER = "career"
    NPI_YEAR = "year of the NPI"
    BIRTH_DATE = "birth date"
    SCHOOL = "school"


class FeatureScore(NamedTuple):
    """What one feature found: the row's value, the person's, how they agree, and its weight in bits.

    ``how`` says it to people; decisions go by ``agreement``.

    The weight is the logarithm to base 2 of how much likelier the agreement is between two records of
    one person than between records of two.
    """

    feature: FeatureName
    row: Any
    person: Any
    agreement: Agreement
    how: str
    bits: float


NameFeature = Callable[[NameAlignment, TermFrequencies], FeatureScore | None]
"""Compares one part of two names that are laid against each other."""


class Feature(NamedTuple):
    """Compares something else than the name.

    ``view`` takes from either side the value that counts, which must be hashable; ``compare`` weighs
    the row's value and the person's, and returns None where they tell nothing.
    """

    view: Callable[[Profile], Any]
    compare: Callable[[Any, Any, TermFrequencies], FeatureScore | None]
