"""Years of a life: birth, degree, training, certificate. What cannot be is another person's life."""

from operator import attrgetter

from credcheck.identity.features.base import Feature, FeatureName, FeatureScore
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import Agreement
from credcheck.identity.profile import Years

_SAME_YEAR = 5.0
_NEXT_YEAR = 1.0
_ANOTHER_YEAR = -10.0
_IMPOSSIBLE = -10.0
_LATE = -3.0
_VERY_LATE = -5.0
_UNUSUAL = -1.5
_BEFORE_THE_NPI = -5.0

_AGES = ((range(25, 29), 2.0), (range(22, 35), 0.0), (range(20, 41), -3.0), (range(20, 51), -6.0))
"""Ages at the medical degree, the usual first, and what they are worth."""

_SOONEST = 3
_LATEST, _LAST = 25, 35
_LAST_FREE_YEAR = 2008
"""NPIs have been compulsory since May 2008: whoever has a younger one is mostly of a younger career."""

_YEARS_OF_GRACE = 2
_TRAINED_AFTER = {3: -4.0, 4: -4.0, 5: 4.0, 6: 3.5, 7: 0.5, 8: 0.5}
_CERTIFIED_AFTER = {
    3: -4.0,
    4: -4.0,
    5: 3.5,
    6: 3.0,
    7: 2.0,
    8: 1.5,
    9: 1.0,
    10: 1.0,
    11: 0.5,
    12: 0,
}
"""Years after the degree: a residency of four years and a fellowship of one end in the fifth; the
examination follows within a few years more."""


def degree_year(row: Years, person: Years, _shares: TermFrequencies) -> FeatureScore | None:
    """Weigh the years of the medical degree."""
    return _same_year(FeatureName.DEGREE_YEAR, row.graduated, person.graduated)


def birth(row: Years, person: Years, _shares: TermFrequencies) -> FeatureScore | None:
    """Weigh the years of birth, or else the age that one would have been at the other's degree."""
    if row.born and person.born:
        return _same_year(FeatureName.BIRTH_YEAR, row.born, person.born)
    born, degree = row.born or person.born, person.graduated if row.born else row.graduated
    if not born or not degree:
        return None
    age = degree - born
    bits = next((worth for ages, worth in _AGES if age in ages), _IMPOSSIBLE)
    how = f"aged {age} at the degree"
    ours, theirs = (born, degree) if row.born else (degree, born)
    agreement = Agreement.PART if bits > _IMPOSSIBLE else Agreement.NONE
    how = how if bits > _IMPOSSIBLE else f"impossible: {how}"
    return FeatureScore(FeatureName.AGE, ours, theirs, agreement, how, bits)


def career(row: Years, person: Years, _shares: TermFrequencies) -> FeatureScore | None:
    """Weigh the year of the certificate, or in which training ended, against that of the degree."""
    year = row.trained or row.certified
    if not year or not person.graduated:
        return None
    usual = _TRAINED_AFTER if row.trained else _CERTIFIED_AFTER
    after = year - person.graduated
    how = f"{after} years after the degree"
    late = _UNUSUAL if after <= _LATEST else _LATE if after <= _LAST else _VERY_LATE
    bits = usual.get(after, late)
    agreement = Agreement.PART
    if after < _SOONEST:
        agreement, how, bits = Agreement.NONE, f"impossible: {how}", _IMPOSSIBLE
    return FeatureScore(FeatureName.CAREER, year, person.graduated, agreement, how, bits)


def npi_year(row: Years, person: Years, _shares: TermFrequencies) -> FeatureScore | None:
    """Weigh a certificate or training of before the person's NPI was issued, if that was after 2008.

    Somebody who began to practice since has had an NPI since the residency. Some come late, from
    abroad or from the military: so it speaks against, but not decisively.
    """
    year, issued = row.trained or row.certified, person.enumerated
    if not year or not issued or issued <= _LAST_FREE_YEAR or year > issued - _YEARS_OF_GRACE:
        return None
    how = f"{issued - year} years before the NPI was issued"
    return FeatureScore(FeatureName.NPI_YEAR, year, issued, Agreement.NONE, how, _BEFORE_THE_NPI)


def _same_year(feature: FeatureName, ours: int | None, theirs: int | None) -> FeatureScore | None:
    if not ours or not theirs:
        return None
    apart = abs(ours - theirs)
    bits = {0: _SAME_YEAR, 1: _NEXT_YEAR}.get(apart, _ANOTHER_YEAR)
    agreement = {0: Agreement.SAME, 1: Agreement.SLIP}.get(apart, Agreement.NONE)
    how = f"{apart} years apart" if apart else "same"
    return FeatureScore(feature, ours, theirs, agreement, how, bits)


CAREER = tuple(
    Feature(attrgetter("years"), compare) for compare in (degree_year, birth, career, npi_year)
)
