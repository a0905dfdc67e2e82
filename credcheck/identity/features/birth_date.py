"""Birth dates: what a roster gives, against what a list of exclusions has."""

import datetime as dt
from operator import attrgetter

from credcheck.identity.features.base import Feature, FeatureName, FeatureScore
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import Agreement, is_one_slip

_SAME = 14.0
_SLIP = 4.0
_ANOTHER = -14.0


def compare(row: dt.date, person: dt.date, _shares: TermFrequencies) -> FeatureScore:
    """Weigh two birth dates. The dates themselves are never shown: only whether they agree.

    One digit wrong, or day and month changed over, may be a misprint, and clears nobody.
    """
    agreement, how, bits = Agreement.NONE, "differs", _ANOTHER
    if row == person:
        agreement, how, bits = Agreement.SAME, "agrees", _SAME
    elif is_one_slip(f"{row:%Y%m%d}", f"{person:%Y%m%d}") or _is_turned(row, person):
        agreement, how, bits = Agreement.SLIP, "one slip", _SLIP
    return FeatureScore(FeatureName.BIRTH_DATE, "not shown", "not shown", agreement, how, bits)


def _is_turned(one: dt.date, other: dt.date) -> bool:
    return (one.year, one.month, one.day) == (other.year, other.day, other.month)


BIRTH_DATE = Feature(attrgetter("birth_date"), compare)
