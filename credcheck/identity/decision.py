"""Whose is a row, of all the people whom it may be of? A decision with its reasons.

The order is number, license, name.

1. A number decides, unless the row bears another person's name, or somebody else of that name fits
   the rest of the row much better.
2. A license decides, if the name fits.
3. A name decides only together with something else that agrees, and only if the odds are a hundred to
   one that it is this person and neither a rival nor somebody whom the registry does not hold. "The
   same name and nothing to disagree" is no match.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from credcheck.identity.features.base import FeatureName
from credcheck.identity.frequencies import TermFrequencies
from credcheck.identity.name_comparison import COST, Agreement
from credcheck.identity.profile import Profile
from credcheck.identity.scoring import PairScore, Scorer
from credcheck.model import Decision

OUTSIDE = 1 / 25
"""How many people outside of the registry there are for each one in it (an estimate): retired before
it began, or deceased. Rows of listings may be of them."""

SURE = 0.99
"""How probable one person must be against all others for a name to decide."""

_HARDLY = 0.01
_AGREES = 1.0
_NO_SIGN = frozenset({FeatureName.DEGREE})
_NO_SIGN_UNCOUNTED = frozenset({FeatureName.DEGREE, FeatureName.SPECIALTY})
"""What thousands have in common tells rivals apart, but is no second sign of who it is. A specialty
is one only where the registry is at hand, so that it is known how few of that name have it."""

_LEAST_BESIDE_NAME = {True: -2.0, False: 1.0}
"""What everything beside the name must be worth: of a name in full, and of one that agrees in part."""

_MUCH_BETTER = 4.0
_ANOTHER_WRITING = COST[Agreement.INITIAL]


class CandidateSet(NamedTuple):
    """People whom the row may be of, and how many more bear another writing of the name elsewhere.

    Of a common name there can be hundreds. Those who share nothing with the row but a way to write its
    name are counted, not looked at.
    """

    people: Sequence[Profile]
    others: int = 0


class MatchDecision(NamedTuple):
    """The decision on a row: whose it is, by what, why, and who else fits, best first."""

    decision: Decision
    by: Literal["npi", "license", "name"]
    why: str
    chosen: PairScore | None = None
    near: tuple[PairScore, ...] = ()

    @property
    def npi(self) -> str:
        """The number of the person decided on, the new one if theirs was replaced, or nothing."""
        return self.chosen.person.live_npi if self.chosen is not None else ""


def decide(row: Profile, crowd: CandidateSet, shares: TermFrequencies) -> MatchDecision:
    """Decide whose a row is, of the people given."""
    assess = Scorer(row, shares)
    return decide_scored(assess, list(map(assess, crowd.people)), crowd.others)


def decide_scored(assess: Scorer, assessed: Sequence[PairScore], others: int = 0) -> MatchDecision:
    """Decide whose the assessor's row is, of the people that it has assessed."""
    row, shares = assess.row, assess.shares
    holder = _holder(row, assessed)
    if holder is not None and not row.names:
        return MatchDecision(Decision.MATCH, "npi", "the same NPI, and no name to compare", holder)
    if holder is not None:
        ruling = _by_number(holder, assessed)
        if ruling is not None:
            return ruling
        assessed = [each for each in assessed if each is not holder]
    fitting = _one_each(sorted((each for each in assessed if each.fits), key=_rank))
    return _by_license(fitting) or _by_name(fitting, others, shares)


def _holder(row: Profile, assessed: Sequence[PairScore]) -> PairScore | None:
    """Return the one whose number the row bears."""
    bearers = [each for each in assessed if each.person.npi == row.npi] if row.npi else []
    return bearers[0] if bearers else None


def _one_each(ranked: Sequence[PairScore]) -> list[PairScore]:
    """Return the best of each person: a replaced number is of the same person as the new one."""
    best: dict[str, PairScore] = {}
    for each in ranked:
        best.setdefault(each.person.live_npi, each)
    return list(best.values())


def _rank(assessed: PairScore) -> tuple[float, str]:
    return -assessed.bits, assessed.person.npi


def _by_number(holder: PairScore, assessed: Sequence[PairScore]) -> MatchDecision | None:
    """Decide by the number on the row, or return None where it is a misprint of another's."""
    live = holder.person.live_npi
    others = [x for x in assessed if x.person.live_npi != live and x.name_fits]
    if not holder.fits:
        others.sort(key=_rank)
        if any(each.agreement(FeatureName.NPI) is Agreement.SLIP and each.fits for each in others):
            return None
        why = "the row's NPI is of somebody of another name"
        if holder.name_fits:
            why = "the row's NPI is of somebody whom the row contradicts"
        return MatchDecision(Decision.CONFLICT, "npi", why, near=(holder, *others))
    rest = holder.bits_without(FeatureName.NPI) + _MUCH_BETTER
    better = [each for each in others if each.bits_without(FeatureName.NPI) >= rest]
    if better:
        why = "the row's NPI is of one person, but another of that name fits the rest better"
        return MatchDecision(
            Decision.CONFLICT, "npi", why, near=(holder, *sorted(better, key=_rank))
        )
    return MatchDecision(Decision.MATCH, "npi", "the same NPI", holder)


def _by_license(fitting: Sequence[PairScore]) -> MatchDecision | None:
    same = [each for each in fitting if each.agreement(FeatureName.LICENSE) is Agreement.SAME]
    if len(same) == 1:
        return MatchDecision(
            Decision.MATCH, "license", "the same license number and state", same[0]
        )
    return None


def _by_name(fitting: Sequence[PairScore], others: int, shares: TermFrequencies) -> MatchDecision:
    if not fitting:
        return MatchDecision(Decision.NO_MATCH, "name", "nobody in the registry fits")
    best, near = fitting[0], tuple(fitting)
    why = _why_not(best, shares)
    if not why and probability(fitting, others, shares) < SURE:
        why = _not_sure(len(fitting) + others)
    if why:
        return MatchDecision(Decision.AMBIGUOUS, "name", why, near=near)
    why = f"the name and {_agreeing(best)} agree, and nobody else fits nearly as well"
    return MatchDecision(Decision.MATCH, "name", why, best, near[1:])


def probability(fitting: Sequence[PairScore], others: int, shares: TermFrequencies) -> float:
    """Return how probable the first is, against all who fit and those whom the registry lacks.

    A likelihood of 2 ** bits each. The crowd counts as strangers who write the name otherwise, and
    nobody outside of the registry is known to have anything in common with the row.
    """
    best = fitting[0]
    family_and_given = sum(part.bits for part in best.names[:2])
    rivals = sum(2 ** (each.bits - best.bits) for each in fitting)
    crowd = others * 2 ** (family_and_given - _ANOTHER_WRITING - best.bits)
    outside = OUTSIDE * shares.size * 2**-best.bits
    return 1 / (rivals + crowd + outside)


def is_implausible(bits: float, shares: TermFrequencies) -> bool:
    """Tell whether somebody of whom so much speaks is hardly meant: not in one of a hundred cases.

    A like name and too little else is taken for another person's, lest Ann Lee answer for Anna Lee.
    """
    return 1 / (1 + OUTSIDE * shares.size * 2**-bits) < _HARDLY


def _why_not(best: PairScore, shares: TermFrequencies) -> str:
    """Return why the best is not this person however few rivals there are, or nothing."""
    full = best.laid is not None and best.laid.is_full
    if not full and not shares.is_counted:
        return (
            "the name agrees only in part, and a registry cannot be asked for every writing of it"
        )
    if best.agreement(FeatureName.MIDDLE_NAME) is Agreement.NONE:
        return "the name agrees, but the middle names differ"
    no_sign = _NO_SIGN if shares.is_counted else _NO_SIGN_UNCOUNTED
    signs = (part.bits for part in best.others if part.feature not in no_sign)
    if max(signs, default=0.0) < _AGREES:
        return "only the name agrees, and a name alone is not proof"
    if best.other_bits < _LEAST_BESIDE_NAME[full]:
        return "the name agrees, but too little beside it does"
    return ""


def _not_sure(people: int) -> str:
    if people > 1:
        return f"{people} people fit, and none of them is sure enough"
    return "one person fits, but the name is too common, or too little agrees, to be sure"


def _agreeing(best: PairScore) -> str:
    parts = [part.feature for part in best.others if part.bits >= _AGREES]
    return ", ".join(parts)
