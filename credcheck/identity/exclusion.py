"""Whose is a row of a list of exclusions? The same procedure, asked with a lower threshold.

An exclusion that is overlooked harms patients, so what cannot be ruled out is a doubt. A name that
could be written so never clears anybody: a middle name or a suffix that differs, one part of a double
name, another spelling. Nor does another NPI on the row, unless it is of somebody else of that name who
is in service. What does clear is a birth date that differs, or a name so common that its bearers in
another state are others by all odds: those rows are told as a remark.
"""

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
from credcheck.identity.decision import (
    decide_by_license,
    decide_by_number,
    do_without,
    report_nobody,
    take_steps,
)
from credcheck.identity.features.base import FeatureName
from credcheck.identity.name_comparison import Agreement
from credcheck.identity.profile import Profile
from credcheck.identity.scoring import Scorer
from credcheck.model import Decision, MatchReason
from credcheck.model.npi import is_valid
from credcheck.source import Unavailable

RARE = 20.0
RARE_IN_PART = 27.0
"""The bits of a name, middle names included, that is so rare that its bearer in another state is a
doubt: of all individuals in NPPES, seven bear a name of 20 bits. One that is written otherwise on
the row, or with another middle name, must be rarer: one of a name of 27 is hardly another."""

LIKE_ENOUGH = 10.0
"""The bits that a name must share with a row of the same state to be a doubt, unless it is written the
same: with less, a quarter of a million Americans would be as good. What these limits cost in doubts
about nobody is measured by benchmarks/identity/exclusions.py."""


def decide_exclusion(
    assess: Scorer, own: Profile, namesakes: CandidateSet | Unavailable | None
) -> Answer:
    """Decide whether the assessor's row of a list of exclusions may be of a person.

    ``match`` says that the row is theirs by number, ``ambiguous`` that it may be. ``no_match`` with the
    reason ``named_so_elsewhere`` or ``birth_date_differs`` is worth a remark.
    """
    case = open_case(assess, own, namesakes)
    found = take_steps((_by_number, _by_license, _by_likeness), case)
    if isinstance(found, NeedsNamesakes) and isinstance(namesakes, Unavailable):
        return do_without(case.scores[0], case, namesakes)
    return found


def _by_number(case: Case) -> Answer | None:
    """Decide by the NPI on the row if it is this person's, or another's of that name in service."""
    mine, npi = case.scores[0], case.row.npi
    if not npi:
        return None
    holder = find_holder(case)
    if holder is mine:
        return decide_by_number(case)
    if holder is not None:
        named_so = holder.name_fits and holder.person.is_in_service
        return conclude(Decision.NO_MATCH, "npi", MatchReason.OTHER_NPI) if named_so else None
    if case.knows_holder or not is_valid(npi):
        return None
    doubt = _by_likeness(case)
    return doubt if doubt.decision is Decision.NO_MATCH else NeedsNamesakes(npis=(npi,))


def _by_license(case: Case) -> Answer | None:
    """Decide by a license; whether a namesake has the same one does not clear anybody."""
    return decide_by_license(case._replace(scores=case.scores[:1], knows_namesakes=True))


def _by_likeness(case: Case) -> MatchDecision:
    """Decide by the name, in whatever writing, by the place and the birth date."""
    mine = case.scores[0]
    if not mine.name_fits:
        return report_nobody(case)
    birth = mine.agreement(FeatureName.BIRTH_DATE)
    if birth is Agreement.NONE:
        return conclude(Decision.NO_MATCH, "name", MatchReason.BIRTH_DATE_DIFFERS, near=(mine,))
    if birth is Agreement.SAME:
        reason = MatchReason.BIRTH_DATE_AGREES
        return conclude(Decision.AMBIGUOUS, "name", reason, near=(mine,))
    if mine.agreement(FeatureName.PLACE) is not Agreement.NONE:
        if not mine.is_full and mine.bits < LIKE_ENOUGH:
            return conclude(Decision.NO_MATCH, "name", MatchReason.TOO_LITTLE_AGREES)
        reason = MatchReason.NAMED_SO_NEARBY
        return conclude(Decision.AMBIGUOUS, "name", reason, near=(mine,))
    same = mine.is_full and mine.agreement(FeatureName.MIDDLE_NAME) is not Agreement.NONE
    rare = mine.name_bits >= (RARE if same else RARE_IN_PART)
    decision = Decision.AMBIGUOUS if rare else Decision.NO_MATCH
    return conclude(decision, "name", MatchReason.NAMED_SO_ELSEWHERE, near=(mine,))
