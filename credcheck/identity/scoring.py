"""One row and many people: all that speaks for and against each being the one on the row."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from credcheck.identity.features import NAME_FEATURES, OTHER_FEATURES
from credcheck.identity.features.base import AGAINST, FeatureName, FeatureScore
from credcheck.identity.features.license import is_same_license
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import Agreement, NameAlignment, align
from credcheck.identity.profile import Profile, Whereabouts
from credcheck.model import Compared
from credcheck.reference.specialty_groups import group_name


class PairScore(NamedTuple):
    """What the features found of one person, and their sums in bits.

    ``others`` are the parts beside the name's. ``name_fits`` says that the family and the given name
    both agree, in whatever way, ``contradicted`` that some part speaks decisively against; of somebody
    whose name does not fit, nothing else is looked at.
    """

    person: Profile
    names: tuple[FeatureScore, ...]
    others: tuple[FeatureScore, ...]
    name_bits: float
    other_bits: float
    laid: NameAlignment | None
    name_fits: bool
    contradicted: bool

    @property
    def bits(self) -> float:
        """All that speaks for and against, together."""
        return self.name_bits + self.other_bits

    @property
    def fits(self) -> bool:
        """Whether the name fits and nothing speaks decisively against."""
        return self.name_fits and not self.contradicted

    def agreement(self, feature: FeatureName) -> Agreement | None:
        """Return how a feature agrees, or None if it was not compared."""
        for parts in (self.names, self.others):
            for part in parts:
                if part.feature is feature:
                    return part.agreement
        return None

    def bits_without(self, feature: FeatureName) -> float:
        """Return what all other features are worth together."""
        for part in self.others:
            if part.feature is feature:
                return self.bits - part.bits
        return self.bits


class NameScore(NamedTuple):
    """What two people's names say of each other: how they are laid, and what that is worth."""

    laid: NameAlignment | None
    parts: tuple[FeatureScore, ...]
    bits: float
    contradicted: bool

    @property
    def fits(self) -> bool:
        """Whether the family and the given name both agree, in whatever way."""
        return self.laid is not None and self.laid.fits


_CACHE_SIZE = 1 << 15  # pairs of names: a person's rows, and namesakes, write the same ones

_Said = tuple[
    Callable[[Profile], Any], Callable[[Any, Any, TermFrequencies], FeatureScore | None], Any
]
"""A feature that the row says something of: how to view and compare it, and the row's value."""


class Scorer:
    """Assesses many people against one row. Names that two of them share are compared once."""

    def __init__(self, row: Profile, shares: TermFrequencies) -> None:
        self.row = row
        self.shares = shares
        said = [(feature, feature.view(row)) for feature in OTHER_FEATURES]
        self._features: list[_Said] = [
            (feature.view, feature.compare, value) for feature, value in said if value
        ]

    def __call__(self, person: Profile) -> PairScore:
        """Assess one person."""
        by_name = score_names(self.row, person, self.shares)
        laid, parts, bits, contradicted = by_name
        fits = by_name.fits
        if not fits and not self._shares_a_number(person):
            return PairScore(person, parts, (), bits, 0.0, laid, fits, contradicted=False)
        others = self._score_others(person)
        other_bits, against = _sum_weights(others)
        against = against or contradicted
        return PairScore(person, parts, others, bits, other_bits, laid, fits, against)

    def _score_others(self, person: Profile) -> tuple[FeatureScore, ...]:
        parts = []
        for view, compare, ours in self._features:
            theirs = view(person)
            if theirs and (part := compare(ours, theirs, self.shares)) is not None:
                parts.append(part)
        return tuple(parts)

    def _shares_a_number(self, person: Profile) -> bool:
        row = self.row
        same = bool(row.npi) and row.npi == person.npi
        return same or (bool(row.licenses) and is_same_license(row.licenses, person.licenses))


def score_names(row: Profile, person: Profile, shares: TermFrequencies) -> NameScore:
    """Compare the names of a row and of a person. What was found is kept for a while."""
    key, is_counted = (row.name_key, person.name_key), shares.at_hand_by_name
    known: NameScore | None = is_counted.get(key)
    if known is None:
        if len(is_counted) > _CACHE_SIZE:
            is_counted.clear()
        laid = align(row.names, person.names)
        found = [compare(laid, shares) for compare in NAME_FEATURES] if laid else []
        parts = tuple([part for part in found if part is not None])
        known = is_counted[key] = NameScore(laid, parts, *_sum_weights(parts))
    return known


def _sum_weights(parts: Sequence[FeatureScore]) -> tuple[float, bool]:
    """Return the sum of the weights, and whether one of them speaks decisively against."""
    bits, against = 0.0, False
    for part in parts:
        bits += part.bits
        against = against or part.bits <= AGAINST
    return bits, against


_DISAGREES = -2.5
_NAME_PARTS = {FeatureName.FAMILY_NAME, FeatureName.GIVEN_NAME, FeatureName.MIDDLE_NAME}


def list_comparisons(assessed: PairScore) -> tuple[Compared, ...]:
    """Return the parts of an assessment, the name's first."""
    return (*_compare_names(assessed.names), *[_make_comparison(part) for part in assessed.others])


@lru_cache(1 << 14)
def _compare_names(parts: tuple[FeatureScore, ...]) -> tuple[Compared, ...]:
    return tuple(map(_make_comparison, parts))


def _make_comparison(part: FeatureScore) -> Compared:
    return Compared(
        feature=part.feature,
        ours=format_value(part.person),
        theirs=format_value(part.row),
        agreement=_classify(part),
        how=str(part.how),
        bits=round(part.bits, 1) + 0.0,
    )


def _classify(part: FeatureScore) -> Literal["full", "partial", "none"]:
    if part.agreement is Agreement.SAME:
        return "full"
    return "none" if part.bits <= _DISAGREES and not _is_name_variant(part) else "partial"


def _is_name_variant(part: FeatureScore) -> bool:
    """Tell whether words that were weighed low are still writings of one name."""
    return part.feature in _NAME_PARTS and part.agreement is not Agreement.NONE


def format_value(value: Any) -> str:
    """Return a feature's value as text, the same at every run."""
    if isinstance(value, str):
        return value
    if isinstance(value, Whereabouts):
        return _format_places(value)
    if isinstance(value, tuple):
        return " / ".join(map(group_name, value))
    if isinstance(value, frozenset):
        return " / ".join(sorted(" ".join(each).upper() for each in value))
    return str(value)


@lru_cache(1 << 12)
def _format_places(value: Whereabouts) -> str:
    cities = sorted(f"{city.title()}, {state}" for city, state in value.cities)
    shown_states = {state for _, state in value.cities}
    return " / ".join([*cities, *sorted(value.states - shown_states)])
