"""Whose is a row? One procedure for verdicts, batches, matched listings and exclusions.

The order is number, license, name.

1. A number decides, unless the row bears another person's name, or somebody else of that name fits
   the rest of the row much better. An organization's number is nobody's.
2. A license decides, if the name fits and no namesake has the same one.
3. A name decides only together with something else that agrees, and only if it is by all odds
   (odds.py) this person and neither a rival nor somebody whom the registry does not hold. "The same
   name and nothing to disagree" is no match.

A verdict asks about one person (``own``), and asks the registry for namesakes only where the decision
hangs on them: see NeedsNamesakes. Where a listing is matched, all that may be meant are at hand.
Exclusions ask with a lower threshold: see exclusion.py.
"""

from collections.abc import Callable, Sequence

from credcheck.identity.case import (
    Answer,
    CandidateSet,
    Case,
    MatchDecision,
    NeedsNamesakes,
    conclude,
    find_holder,
    open_case,
)
from credcheck.identity.damaged_name import may_be_named
from credcheck.identity.features.base import FeatureName
from credcheck.identity.name_comparison import Agreement
from credcheck.identity.odds import decides, find_objection, is_implausible, rank_best_first
from credcheck.identity.profile import Profile
from credcheck.identity.scoring import PairScore, Scorer
from credcheck.model import Decision, MatchReason
from credcheck.model.npi import is_valid
from credcheck.source import Unavailable

_AGAINST = -1.0
_NOT_MUCH_WORSE = 3.0
_REALLY_AGREES = 3.0
_MUCH_AGAINST = 5.0
_MOST_SLIPS = 1
_OF_THE_NUMBER = (FeatureName.NPI, FeatureName.NPI_YEAR)
"""What does not count where the rest of a row is held against its number."""


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


def decide_by_number(case: Case) -> Answer | None:
    """Decide by the NPI on the row; None if there is none, or it leads to nobody."""
    holder = find_holder(case) if case.row.npi else None
    if holder is None:
        return None if case.knows_holder or not is_valid(case.row.npi) else _ask_for_holder(case)
    if holder.person.record.organization:
        near = case.fitting
        return conclude(Decision.CONFLICT, "npi", MatchReason.NPI_OF_ORGANIZATION, near=near)
    if not case.row.record.names:
        return conclude(Decision.MATCH, "npi", *_same_number(case, holder), chosen=holder)
    if not _bears_the_name(holder):
        return _by_another_name(case, holder)
    return _by_the_rest(case, holder)


def _by_the_rest(case: Case, holder: PairScore) -> Answer:
    """Decide on a number whose holder bears the row's name, by what else the row says.

    A number may have been copied from the line of a namesake. A verdict asks for namesakes only where
    something on the row speaks against the holder.
    """
    if not case.knows_namesakes and _has_something_against(holder):
        return _ask_for_namesakes(case)
    rivals = [x for x in _others(case, holder) if _fits_the_rest(x, holder)]
    if rivals:
        near = [holder, *rank_best_first(rivals)]
        return conclude(Decision.CONFLICT, "npi", MatchReason.NPI_OF_NAMESAKE, near=near)
    return conclude(Decision.MATCH, "npi", *_same_number(case, holder), chosen=holder)


def _fits_the_rest(rival: PairScore, holder: PairScore) -> bool:
    """Tell whether the rest of a row is a rival's: it agrees, or it is not at all the holder's."""
    mine, theirs = _bits_beside(rival), _bits_beside(holder)
    if mine > 0 and theirs <= -_MUCH_AGAINST:
        return True
    return mine >= max(_REALLY_AGREES, theirs - _NOT_MUCH_WORSE)


def _has_something_against(holder: PairScore) -> bool:
    return any(x.bits <= _AGAINST and x.feature not in _OF_THE_NUMBER for x in holder.beside_words)


def _bits_beside(score: PairScore) -> float:
    """Return what all beside the family name, the given name and the number says."""
    return score.bits_without(*_OF_THE_NUMBER) - score.words_bits


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
    elif holder.contradicted and holder.name_fits:
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
    if case.row.npi and same[0].agreement(FeatureName.NPI) is not Agreement.SLIP:
        return conclude(Decision.AMBIGUOUS, "npi", MatchReason.NPI_OF_NOBODY, near=same)
    return conclude(Decision.MATCH, "license", MatchReason.SAME_LICENSE, chosen=same[0])


def decide_by_name(case: Case) -> Answer | None:
    """Decide by the name and what agrees beside it; None if nobody fits."""
    fitting = case.fitting
    if not fitting:
        return report_nobody(case)
    if not case.knows_namesakes:
        return _begin_by_name(case, fitting[0])
    best, shares = fitting[0], case.assess.shares
    if case.row.npi and best.agreement(FeatureName.NPI) is not Agreement.SLIP:
        return conclude(Decision.AMBIGUOUS, "npi", MatchReason.NPI_OF_NOBODY, near=fitting)
    objection = find_objection(best, shares, whole=case.whole)
    if objection is None and not decides(best, fitting, case.others, shares):
        several = len(fitting) + case.others > 1
        objection = MatchReason.SEVERAL_FIT if several else MatchReason.NAME_TOO_COMMON
    if objection is not None:
        return conclude(Decision.AMBIGUOUS, "name", objection, near=fitting)
    reasons = [MatchReason.NAME_AND_MORE] + [MatchReason.NAME_IN_PART] * (not best.is_full)
    return conclude(Decision.MATCH, "name", *reasons, chosen=best, near=fitting[1:])


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
        is_hers = bool(near) or not case.asks_for_one  # whom else it may be of cannot be asked
        decision = Decision.AMBIGUOUS if is_hers else Decision.NO_MATCH
        return conclude(decision, "name", reason, near=near)
    if any(each.name_fits for each in case.scores):
        reason = MatchReason.CONTRADICTED
    return conclude(Decision.NO_MATCH, "name", reason)


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
        return _see_anothers(mine, found, found.chosen, case)
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
    if case.row.has_damaged_name:
        return False  # it agrees with nothing, so nothing can be said of how likely it is
    return not mine.fits or is_implausible(mine.bits_without(FeatureName.NPI), case.assess.shares)


def _see_anothers(
    mine: PairScore, found: MatchDecision, chosen: PairScore, case: Case
) -> MatchDecision:
    """Return what it means that the row is somebody else's.

    The number of a record that is out of service may have been this person's: the registry does not
    always say by what a number was replaced.
    """
    gone = found.by == "npi" and not chosen.person.is_in_service
    if gone and mine.is_full and not _is_unlikely(mine, case):
        near = (mine, chosen)
        return conclude(Decision.AMBIGUOUS, "npi", MatchReason.NPI_OF_NOBODY, near=near)
    decided = conclude(Decision.NO_MATCH, found.by, MatchReason.ANOTHER_PERSONS)
    return decided._replace(why=f"it belongs to NPI {chosen.person.live_npi}: {found.why}")
