"""How probable it is that a row is of somebody, against rivals, strangers and relatives."""

from collections.abc import Sequence

from credcheck.identity.features.base import FeatureName, FeatureScore
from credcheck.identity.features.place import ANOTHER_STATE
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import COST, Agreement
from credcheck.identity.scoring import PairScore
from credcheck.model import MatchReason

OUTSIDE = 1 / 25
"""How many people outside of the registry there are for each one in it (an estimate): retired before
it began, or deceased. Rows of listings may be of them."""

RELATIVE = 0.001
RELATIVE_OF_JUNIOR = 0.008
"""How probable a relative of the same name is, of the same profession and place, whom the registry does
not hold (estimates): whoever is called Jr has a father of that name, and one in fifty such fathers may
well stand in the same listing."""

SURE = 0.994
SURE_BY_FIELD = 0.997
"""How probable one person must be against all others for a name to decide; and if all that agrees
beside it is a field that many share, where a namesake whom the registry lacks has it as easily."""

HARDLY = 0.01
_AGREES = 1.0
_LEAST_BESIDE_NAME = -1.0
"""What everything beside the name must be worth: somebody of the very subspecialty may have moved to
another state, but more than that must not speak against the person."""

_IN_A_CROWD = COST[Agreement.INITIAL] - ANOTHER_STATE
"""What it costs, at the least, to be one of a crowd: another writing of the name, in another state."""

_TELLS_GENERATIONS = frozenset(
    {
        *(FeatureName.SUFFIX, FeatureName.NPI, FeatureName.LICENSE, FeatureName.BIRTH_DATE),
        *(FeatureName.BIRTH_YEAR, FeatureName.DEGREE_YEAR, FeatureName.AGE, FeatureName.CAREER),
        FeatureName.NPI_YEAR,
    }
)
"""What tells father and son apart, who share name, place and often the profession."""

_CANNOT_BE = (FeatureName.CAREER, FeatureName.NPI_YEAR, FeatureName.AGE)


def rank_best_first(scores: Sequence[PairScore]) -> list[PairScore]:
    """Return scores, best first; the same at every run."""
    return sorted(scores, key=lambda each: (-each.bits, each.person.npi))


def probability(
    one: PairScore, fitting: Sequence[PairScore], others: int, shares: TermFrequencies
) -> float:
    """Return how probable one person is, of all who fit, and of those whom the registry lacks.

    A likelihood of 2 ** bits each. The crowd counts as strangers who write the name otherwise; nobody
    outside of the registry is known to have anything in common with the row but, for a relative, the
    name and the place.
    """
    rivals = sum(2 ** (each.bits - one.bits) for each in fitting)
    crowd = others * 2 ** (one.words_bits - _IN_A_CROWD - one.bits)
    strangers = OUTSIDE * shares.size * 2**-one.bits
    return 1 / (rivals + crowd + strangers + _relatives(one))


def _relatives(one: PairScore) -> float:
    """Return the odds of a relative of the same name: what tells generations apart weighs."""
    suffix = one.agreement(FeatureName.SUFFIX)
    junior = suffix is not None and suffix is not Agreement.SAME
    odds = RELATIVE_OF_JUNIOR if junior else RELATIVE
    return float(odds * 2 ** -one.bits_of(_TELLS_GENERATIONS))


def is_implausible(bits: float, shares: TermFrequencies) -> bool:
    """Tell whether somebody of whom so much speaks is hardly meant: not in one of a hundred cases.

    A like name and too little else is taken for another person's, lest Ann Lee answer for Anna Lee.
    """
    return 1 / (1 + OUTSIDE * shares.size * 2**-bits) < HARDLY


def decides(
    best: PairScore, fitting: Sequence[PairScore], others: int, shares: TermFrequencies
) -> bool:
    """Tell whether the best is so probable against all others that a name decides."""
    sure = SURE_BY_FIELD if _agrees_by_field_only(best) else SURE
    return probability(best, fitting, others, shares) >= sure


def _agrees_by_field_only(best: PairScore) -> bool:
    """Tell whether nothing beside the name is a sign but a field, and not the very subspecialty."""
    signs = [x for x in best.others if x.bits >= _AGREES and x.feature is not FeatureName.DEGREE]
    fields = (x.feature is FeatureName.SPECIALTY for x in signs)
    return all(fields) and all(x.agreement is not Agreement.SAME for x in signs)


def find_objection(best: PairScore, shares: TermFrequencies, *, whole: bool) -> MatchReason | None:
    """Return why the best is not this person however few rivals there are, or None."""
    if not best.is_full and not whole:
        return MatchReason.NAME_IN_PART
    if best.agreement(FeatureName.MIDDLE_NAME) is Agreement.NONE:
        return MatchReason.MIDDLE_NAMES_DIFFER
    if any(best.agreement(feature) is Agreement.NONE for feature in _CANNOT_BE):
        return MatchReason.CAREER_IMPOSSIBLE
    if not any(_is_sign(part, shares) for part in best.others):
        return MatchReason.NAME_ALONE
    if best.other_bits < _LEAST_BESIDE_NAME:
        return MatchReason.TOO_LITTLE_AGREES
    return None


def _is_sign(part: FeatureScore, shares: TermFrequencies) -> bool:
    """Tell whether a part is a second sign of who it is, beside the name.

    What thousands have in common tells rivals apart, and is no such sign: a degree, or a field. The
    very subspecialty is one where the registry is at hand, so that it is known how few have it.
    """
    if part.feature is FeatureName.SPECIALTY:
        return shares.is_counted and part.bits >= _AGREES
    return part.feature is not FeatureName.DEGREE and part.bits >= _AGREES
