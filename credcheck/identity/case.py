"""A row with those whom it may be of, and what can be said of it: the pieces of a decision."""

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Literal, NamedTuple

from credcheck.identity.odds import rank_best_first
from credcheck.identity.profile import Profile
from credcheck.identity.reasons import explain
from credcheck.identity.scoring import PairScore, Scorer
from credcheck.model import Decision, MatchReason, PersonName
from credcheck.source import Unavailable

_CROWD = 20
"""From so many namesakes on what was found of them is kept for the next who is asked about."""


class CandidateSet(NamedTuple):
    """People whom the row may be of, and how many more bear another writing of the name elsewhere.

    Of a common name there can be hundreds. Those who share nothing with the row but a way to write its
    name are counted, not looked at. ``whole`` says that every writing of the name was looked for.
    Whoever bears the row's NPI is among the people, if anybody is known to. If ``named`` is False, only
    that was asked, and who else bears the name is not known.
    """

    people: Sequence[Profile]
    others: int = 0
    whole: bool = True
    named: bool = True


class NeedsNamesakes(NamedTuple):
    """A decision hangs on who else bears these names, and on whose these numbers are."""

    names: tuple[PersonName, ...] = ()
    npis: tuple[str, ...] = ()


class MatchDecision(NamedTuple):
    """The decision on a row: whose it is, by what, why, and who else fits, best first."""

    decision: Decision
    by: Literal["npi", "license", "name"]
    reasons: tuple[MatchReason, ...]
    why: str
    chosen: PairScore | None = None
    near: tuple[PairScore, ...] = ()
    unanswered: bool = False

    @property
    def npi(self) -> str:
        """The number of the person decided on, the new one if theirs was replaced, or nothing."""
        return self.chosen.person.live_npi if self.chosen is not None else ""


class Case(NamedTuple):
    """A row with those whom it may be of, each assessed.

    ``asks_for_one`` says that the first of them is asked about. ``knows_namesakes`` and
    ``knows_holder`` say that the registry was asked who else bears the name, and whose the row's number
    is.
    """

    assess: Scorer
    scores: tuple[PairScore, ...]
    asks_for_one: bool
    others: int = 0
    whole: bool = False
    knows_namesakes: bool = True
    knows_holder: bool = True

    @property
    def row(self) -> Profile:
        """The row."""
        return self.assess.row

    @property
    def fitting(self) -> list[PairScore]:
        """Those whom the row fits, best first, each person once."""
        ranked = rank_best_first([each for each in self.scores if each.fits])
        best: dict[str, PairScore] = {}
        for each in ranked:  # a replaced number is of the same person as the new one
            best.setdefault(each.person.live_npi, each)
        return list(best.values())


Answer = MatchDecision | NeedsNamesakes


def open_case(
    assess: Scorer, own: Profile | None, namesakes: CandidateSet | Unavailable | None
) -> Case:
    """Assess all whom a row may be of, the person that is asked about first."""
    mine = () if own is None else (assess(own),)
    if not isinstance(namesakes, CandidateSet):
        return Case(assess, mine, bool(mine), knows_namesakes=False, knows_holder=False)
    others = [x for x in namesakes.people if own is None or x.npi != own.npi]
    assess_each = assess if len(others) < _CROWD else partial(_assess_at_hand, assess)
    scores = (*mine, *map(assess_each, others))
    others_counted, whole, named = namesakes.others, namesakes.whole, namesakes.named
    return Case(assess, scores, bool(mine), others_counted, whole, named)


@lru_cache(1 << 13)
def _assess_at_hand(assess: Scorer, person: Profile) -> PairScore:
    """Assess one of a crowd: each of its people is asked about in turn, and the others are the same."""
    return assess(person)


def conclude(
    decision: Decision,
    by: Literal["npi", "license", "name"],
    *reasons: MatchReason,
    chosen: PairScore | None = None,
    near: Sequence[PairScore] = (),
    unanswered: bool = False,
) -> MatchDecision:
    """Return a decision, with its reasons in words."""
    why = explain(reasons, chosen, near)
    return MatchDecision(decision, by, reasons, why, chosen, tuple(near), unanswered)


def find_holder(case: Case) -> PairScore | None:
    """Return the one whose number the row bears, now or formerly.

    A number of which the registry tells nothing but that it is out of service is nobody's.
    """
    npi = case.row.npi
    named = [x for x in case.scores if x.person.names or x.person.record.organization]
    now = (each for each in named if npi == each.person.npi)
    formerly = (each for each in named if npi in each.person.record.former_npis)
    return next(now, None) or next(formerly, None)
