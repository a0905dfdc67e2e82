"""One row and many people: all that speaks for and against each being the one on the row."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from credcheck.identity.alignment import NameAlignment, align
from credcheck.identity.features import NAME_FEATURES, OTHER_FEATURES
from credcheck.identity.features.base import AGAINST, FeatureName, FeatureScore
from credcheck.identity.features.license import is_same_license
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import Agreement
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
    def words_bits(self) -> float:
        """What the family and the given name say, without middle names and suffixes."""
        return sum(part.bits for part in self.names[:2])

    @property
    def beside_words(self) -> tuple[FeatureScore, ...]:
        """The parts beside the family and the given name."""
        return (*self.names[2:], *self.others)

    @property
    def fits(self) -> bool:
        """Whether the name fits and nothing speaks decisively against."""
        return self.name_fits and not self.contradicted

    @property
    def is_full(self) -> bool:
        """Whether the name is written the same, each part in its place."""
        return self.laid is not None and self.laid.is_full

    def part(self, feature: FeatureName) -> FeatureScore | None:
        """Return what a feature found, or None if it was not compared."""
        for parts in (self.names, self.others):
            for part in parts:
                if part.feature is feature:
                    return part
        return None

    def agreement(self, feature: FeatureName) -> Agreement | None:
        """Return how a feature agrees, or None if it was not compared."""
        part = self.part(feature)
        return None if part is None else part.agreement

    def bits_without(self, *features: FeatureName) -> float:
        """Return what all but some features beside the name are worth together."""
        kept = tuple([part for part in self.others if part.feature not in features])
        return self.name_bits + sum_together(kept)

    def bits_of(self, features: frozenset[FeatureName]) -> float:
        """Return what some features are worth together."""
        return sum_together(
            tuple([x for x in (*self.names, *self.others) if x.feature in features])
        )


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

_HANG_TOGETHER = {
    FeatureName.DEGREE_YEAR: "years",
    FeatureName.AGE: "years",
    FeatureName.CAREER: "years",
    FeatureName.NPI_YEAR: "years",
    FeatureName.SCHOOL: "school",
    FeatureName.DEGREE: "school",
}
"""Features that tell of one fact in several ways: who took the degree in the right year was of the
right age and began at the right time, and a school of osteopathic medicine gives the degree DO."""


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
        laid, parts, bits, contradicted = score_names(self.row, person, self.shares)
        fits = laid is not None and laid.fits
        if not fits and not self._shares_a_number(person):
            return PairScore(person, parts, (), bits, 0.0, laid, fits, contradicted=False)
        others = self._score_others(person)
        against = contradicted or any(part.bits <= AGAINST for part in others)
        return PairScore(person, parts, others, bits, sum_together(others), laid, fits, against)

    def _score_others(self, person: Profile) -> tuple[FeatureScore, ...]:
        parts = []
        for view, compare, ours in self._features:
            theirs = view(person)
            if theirs and (part := compare(ours, theirs, self.shares)) is not None:
                parts.append(part)
        return tuple(parts)

    def _shares_a_number(self, person: Profile) -> bool:
        row = self.row
        same = bool(row.npi) and row.npi in (person.npi, *person.record.former_npis)
        return same or (bool(row.licenses) and is_same_license(row.licenses, person.licenses))


def score_names(row: Profile, person: Profile, shares: TermFrequencies) -> NameScore:
    """Compare the names of a row and of a person. What was found is kept for a while."""
    key, at_hand = (row.name_key, person.name_key), shares.at_hand_by_name
    known: NameScore | None = at_hand.get(key)
    if known is None:
        if len(at_hand) > _CACHE_SIZE:
            at_hand.clear()
        laid = align(row.names, person.names)
        found = [compare(laid, shares) for compare in NAME_FEATURES] if laid else []
        parts = tuple([part for part in found if part is not None])
        against = any(part.bits <= AGAINST for part in parts)
        known = at_hand[key] = NameScore(laid, parts, sum(part.bits for part in parts), against)
    return known


def sum_together(parts: Sequence[FeatureScore]) -> float:
    """Return what parts are worth together: those that tell of one fact count once.

    Of such parts the one that speaks most for it counts, and the one that speaks most against.
    """
    total, best, worst = 0.0, dict[str, float](), dict[str, float]()
    for part in parts:
        fact = _HANG_TOGETHER.get(part.feature)
        if fact is None:
            total += part.bits
        elif part.bits > 0:
            best[fact] = max(best.get(fact, 0.0), part.bits)
        else:
            worst[fact] = min(worst.get(fact, 0.0), part.bits)
    return total + sum(best.values()) + sum(worst.values())


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
