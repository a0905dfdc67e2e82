"""Whose is a row? One procedure for verdicts, batches, matched listings and exclusions.

The order is number, license, name.

1. A number decides, unless the row bears another person's name, or somebody else of that name fits
   the rest of the row much better. An organization's number is nobody's.
2. A license decides, if the name fits and no namesake has the same one.
3. A name decides only together with something else that agrees, and only if the odds are a hundred to
   one that it is this person and neither a rival nor somebody whom the registry does not hold. "The
   same name and nothing to disagree" is no match.

A verdict asks about one person (``own``), and asks the registry for namesakes only where the decision
hangs on them: see NeedsNamesakes. Where a listing is matched, all that may be meant are at hand.
Exclusions ask with a lower threshold: see exclusion.py.
"""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from credcheck.identity.damaged_name import may_be_named
from credcheck.identity.features.base import FeatureName
from credcheck.identity.name_comparison import Agreement
from credcheck.identity.odds import (
    SURE,
    find_objection,
    is_implausible,
    probability,
    rank_best_first,
)
from credcheck.identity.profile import Profile
from credcheck.identity.reasons import explain
from credcheck.identity.scoring import PairScore, Scorer
from credcheck.model import Decision, MatchReason, PersonName
from credcheck.model.npi import is_valid
from credcheck.source import Unavailable

_MUCH_BETTER = 4.0
_MOST_SLIPS = 1
_OF_THE_NUMBER = (FeatureName.NPI, FeatureName.NPI_YEAR)
"""What does not count where the rest of a row is held against its number."""


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

    ``knows_namesakes`` and ``knows_holder`` say that the registry was asked who else bears the name, and
    whose the row's number is.
    """

    assess: Scorer
    scores: tuple[PairScore, ...]
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
Step = Callable[[Case], Answer | None]
"""One step of the procedure: it decides, asks for more, or leaves it to the next."""


def decide(
    assess: Scorer, own: Profile | None, namesakes: CandidateSet | Unavailable | None
) -> Answer:
    """Decide whose the assessor's row is.

    ``own`` is the person that is asked about; without one, whoever fits best is looked for, and the
    namesakes must be there. None says that they were not asked for yet.
    """
    case = open_case(assess, own, namesakes)
    found = take_steps((decide_by_number, decide_by_license, decide_by_name), case)
    if own is None:
        return found
    mine = case.scores[0]
    if not isinstance(found, NeedsNamesakes):
        return _see_with(mine, found, case)
    return do_without(mine, case, namesakes) if isinstance(namesakes, Unavailable) else found


def take_steps(steps: Sequence[Step], case: Case) -> Answer:
    """Take the steps until one of them decides."""
    found = (step(case) for step in steps)
    nobody = conclude(Decision.NO_MATCH, "name", MatchReason.OTHER_NAME)
    return next((answer for answer in found if answer is not None), nobody)


def open_case(
    assess: Scorer, own: Profile | None, namesakes: CandidateSet | Unavailable | None
) -> Case:
    """Assess all whom a row may be of, the person that is asked about first."""
    mine = () if own is None else (assess(own),)
    if not isinstance(namesakes, CandidateSet):
        return Case(assess, mine, knows_namesakes=False, knows_holder=False)
    others = [x for x in namesakes.people if own is None or x.npi != own.npi]
    scores = (*mine, *map(assess, others))
    return Case(assess, scores, namesakes.others, namesakes.whole, namesakes.named)


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


def decide_by_number(case: Case) -> Answer | None:
    """Decide by the NPI on the row; None if there is none, or it leads to nobody."""
    row = case.row
    if not row.npi:
        return None
    holder = find_holder(case)
    if holder is None:
        return None if case.knows_holder or not is_valid(row.npi) else _ask_for_holder(case)
    if not row.names and not row.has_damaged_name:
        return conclude(Decision.MATCH, "npi", *_same_number(case, holder), chosen=holder)
    if holder.person.record.organization:
        near = case.fitting
        return conclude(Decision.CONFLICT, "npi", MatchReason.NPI_OF_ORGANIZATION, near=near)
    if not _bears_the_name(holder):
        return _by_another_name(case, holder)
    if case.knows_namesakes:
        rest = holder.bits_without(*_OF_THE_NUMBER) + _MUCH_BETTER
        better = [x for x in _others(case, holder) if x.bits_without(*_OF_THE_NUMBER) >= rest]
        if better:
            near = [holder, *rank_best_first(better)]
            return conclude(Decision.CONFLICT, "npi", MatchReason.NPI_OF_WORSE_FIT, near=near)
    elif holder.bits_without(*_OF_THE_NUMBER) < holder.name_bits:
        return _ask_for_namesakes(case)
    return conclude(Decision.MATCH, "npi", *_same_number(case, holder), chosen=holder)


def find_holder(case: Case) -> PairScore | None:
    """Return the one whose number the row bears, now or formerly.

    A number of which the registry tells nothing but that it is out of service is nobody's.
    """
    npi = case.row.npi
    named = [x for x in case.scores if x.person.names or x.person.record.organization]
    now = (each for each in named if npi == each.person.npi)
    formerly = (each for each in named if npi in each.person.record.former_npis)
    return next(now, None) or next(formerly, None)


def _same_number(case: Case, holder: PairScore) -> tuple[MatchReason, ...]:
    replaced = case.row.npi != holder.person.live_npi
    return (MatchReason.REPLACED_NPI,) if replaced else (MatchReason.SAME_NPI,)


def _ask_for_holder(case: Case) -> Answer:
    """Ask whose another number is, if the name on the row is this person's."""
    if any(each.name_fits for each in case.scores):
        return NeedsNamesakes(npis=(case.row.npi,))
    return conclude(Decision.NO_MATCH, "npi", MatchReason.OTHER_NPI)


def _ask_for_namesakes(case: Case) -> NeedsNamesakes:
    names = tuple([words.name for words in case.row.names])
    return NeedsNamesakes(names, (case.row.npi,) if is_valid(case.row.npi) else ())


def _bears_the_name(holder: PairScore) -> bool:
    """Tell whether the row's name is the holder's: one misprint beside the number is let pass."""
    return holder.fits and holder.laid is not None and holder.laid.slips <= _MOST_SLIPS


def _others(case: Case, holder: PairScore) -> list[PairScore]:
    live = holder.person.live_npi
    return [x for x in case.scores if x.person.live_npi != live and x.name_fits]


def _by_another_name(case: Case, holder: PairScore) -> Answer | None:
    """Decide on a number that is of somebody of another name than the row's."""
    others = rank_best_first(_others(case, holder))
    misprint = [x for x in others if x.fits and x.agreement(FeatureName.NPI) is Agreement.SLIP]
    if misprint:
        near = [*misprint, holder]
        return conclude(Decision.AMBIGUOUS, "npi", MatchReason.NPI_MISPRINT, near=near)
    reason = MatchReason.NPI_OF_ANOTHER_NAME
    if case.row.has_damaged_name:
        reason = MatchReason.NAME_UNREADABLE
    elif holder.name_fits:
        reason = MatchReason.NPI_CONTRADICTED
    return conclude(Decision.CONFLICT, "npi", reason, near=(holder, *others))


def decide_by_license(case: Case) -> Answer | None:
    """Decide by a license number with its state, if one person of that name has it."""
    same = [x for x in case.fitting if x.agreement(FeatureName.LICENSE) is Agreement.SAME]
    if not same:
        return None
    if not case.knows_namesakes:
        return _ask_for_namesakes(case)
    if len(same) > 1:
        return conclude(Decision.AMBIGUOUS, "license", MatchReason.LICENSE_OF_SEVERAL, near=same)
    return _doubt_the_number(
        case, conclude(Decision.MATCH, "license", MatchReason.SAME_LICENSE, chosen=same[0])
    )


def decide_by_name(case: Case) -> Answer | None:
    """Decide by the name and what agrees beside it; None if nobody fits."""
    fitting = case.fitting
    if not fitting:
        return report_nobody(case)
    if not case.knows_namesakes:
        return _begin_by_name(case, fitting[0])
    best, shares = fitting[0], case.assess.shares
    objection = find_objection(best, shares, whole=case.whole)
    if objection is None and probability(best, fitting, case.others, shares) < SURE:
        several = len(fitting) + case.others > 1
        objection = MatchReason.SEVERAL_FIT if several else MatchReason.NAME_TOO_COMMON
    if objection is not None:
        return conclude(Decision.AMBIGUOUS, "name", objection, near=fitting)
    reasons = [MatchReason.NAME_AND_MORE] + [MatchReason.NAME_IN_PART] * (not best.is_full)
    found = conclude(Decision.MATCH, "name", *reasons, chosen=best, near=fitting[1:])
    return _doubt_the_number(case, found)


def _begin_by_name(case: Case, mine: PairScore) -> Answer:
    """Ask for namesakes, unless nothing can come of it."""
    shares = case.assess.shares
    if not mine.is_full and is_implausible(mine.bits, shares):
        return conclude(Decision.NO_MATCH, "name", MatchReason.TOO_LITTLE_AGREES)
    if not mine.others:
        return conclude(Decision.AMBIGUOUS, "name", MatchReason.NAME_ALONE, near=(mine,))
    return _ask_for_namesakes(case)


def report_nobody(case: Case) -> MatchDecision:
    """Decide where nobody fits. A name that cannot be read is a doubt for whom it may be of."""
    row, reason = case.row, MatchReason.OTHER_NAME
    if row.has_damaged_name:
        reason = MatchReason.NAME_UNREADABLE
        near = [x for x in case.scores if may_be_named(row.record.names, x.person.record.names)]
        decision = Decision.AMBIGUOUS if near else Decision.NO_MATCH
        return conclude(decision, "name", reason, near=near)
    if any(each.name_fits for each in case.scores):
        reason = MatchReason.CONTRADICTED
    return conclude(Decision.NO_MATCH, "name", reason)


def _doubt_the_number(case: Case, found: MatchDecision) -> MatchDecision:
    """Take back a match of a row whose own number leads to nobody, unless it is a misprint."""
    if not case.row.npi or found.chosen is None:
        return found
    if found.chosen.agreement(FeatureName.NPI) is Agreement.SLIP:
        return found._replace(reasons=(*found.reasons, MatchReason.NPI_MISPRINT))
    near = (found.chosen, *found.near)
    return conclude(Decision.AMBIGUOUS, "npi", MatchReason.NPI_OF_NOBODY, near=near)


def do_without(mine: PairScore, case: Case, why: Unavailable) -> MatchDecision:
    """Decide where the registry cannot be asked: a number stands, a name does not."""
    unanswered = not why.permanent
    reasons = (MatchReason.NAMESAKES_UNKNOWN,)
    holder = find_holder(case)
    if holder is not None:
        found = conclude(Decision.MATCH, "npi", *_same_number(case, holder), chosen=mine)
    elif mine.agreement(FeatureName.LICENSE) is Agreement.SAME and mine.fits and not case.row.npi:
        found = conclude(Decision.MATCH, "license", MatchReason.SAME_LICENSE, chosen=mine)
    else:
        found = conclude(Decision.AMBIGUOUS, "name", *reasons, near=(mine,))
        return found._replace(why=f"the name agrees, but {why.detail}", unanswered=unanswered)
    said = f"{found.why}; {why.detail}"
    return found._replace(reasons=(*found.reasons, *reasons), why=said, unanswered=unanswered)


def _see_with(mine: PairScore, found: MatchDecision, case: Case) -> MatchDecision:
    """Return what a decision on a row means for the person that is asked about."""
    live = mine.person.live_npi
    if found.chosen is not None and found.chosen.person.live_npi == live:
        return found._replace(chosen=mine)
    if found.chosen is not None:
        return _see_anothers(mine, found, found.chosen)
    if found.decision is Decision.NO_MATCH:
        return found
    if all(each.person.live_npi != live for each in found.near):
        return conclude(Decision.NO_MATCH, found.by, MatchReason.ANOTHER_PERSONS)
    holder = find_holder(case)
    is_holder = holder is not None and holder.person.live_npi == live
    hangs_on_name = not is_holder and (bool(case.row.npi) or not mine.is_full)
    if hangs_on_name and _is_unlikely(mine, case):
        return conclude(Decision.NO_MATCH, found.by, MatchReason.TOO_LITTLE_AGREES)
    return found


def _is_unlikely(mine: PairScore, case: Case) -> bool:
    """Tell whether the row is hardly this person's, since its number is not, or its name only like."""
    if not mine.fits:
        return True
    return is_implausible(mine.bits_without(FeatureName.NPI), case.assess.shares)


def _see_anothers(mine: PairScore, found: MatchDecision, chosen: PairScore) -> MatchDecision:
    """Return what it means that the row is somebody else's.

    The number of a record that is out of service may have been this person's: the registry does not
    always say by what a number was replaced.
    """
    if found.by == "npi" and not chosen.person.is_in_service and mine.fits and mine.is_full:
        near = (mine, chosen)
        return conclude(Decision.AMBIGUOUS, "npi", MatchReason.NPI_OF_NOBODY, near=near)
    decided = conclude(Decision.NO_MATCH, found.by, MatchReason.ANOTHER_PERSONS)
    return decided._replace(why=f"it is of NPI {chosen.person.live_npi}: {found.why}")
