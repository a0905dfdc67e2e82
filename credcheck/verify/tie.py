"""A row tied to the person of a verdict: the decision of ``identity``, as evidence shows it.

What is done with the answer is decided here: a verdict takes a name that agrees only in part, or a
number with one slip, for a doubt, and shows nobody another person's row.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from types import MappingProxyType

from msgspec.structs import replace

from credcheck.identity.case import CandidateSet, MatchDecision, NeedsNamesakes, conclude
from credcheck.identity.exclusion import decide_exclusion
from credcheck.identity.features.base import FeatureName
from credcheck.identity.features.license import is_same_license
from credcheck.identity.frequencies import default_frequencies
from credcheck.identity.name_comparison import Agreement
from credcheck.identity.normalize import squash
from credcheck.identity.practice import is_own_practice
from credcheck.identity.profile import Profile, make_rival
from credcheck.identity.reasons import explain
from credcheck.identity.schooling import (
    KnownSchooling,
    add_schooling,
    decide_with_schooling,
)
from credcheck.identity.scoring import PairScore, Scorer, list_comparisons
from credcheck.model import (
    EXCLUSION_KINDS,
    Certificate,
    Decision,
    EvidenceKind,
    Exclusion,
    Fellowship,
    Match,
    MatchReason,
    Rival,
)
from credcheck.source import Claim, PersonRecord, Unavailable

_LISTED_AT_MOST = 20
"""As many rivals are shown as candidates of a name. A row of a name that a thousand people bear would
otherwise list a thousand in each one's verdict."""
_NOTHING_KNOWN: KnownSchooling = MappingProxyType({})
_PRACTICE = "an organization with this name in the same place"


def tie_claim(
    own: Profile,
    claim: Claim,
    namesakes: CandidateSet | Unavailable | None,
    known: KnownSchooling = _NOTHING_KNOWN,
) -> Match | NeedsNamesakes:
    """Decide whose a row is, or say what has to be asked of the registry for it.

    ``known`` is the schooling of the people whom it may be of, as enrollment lists have it.
    """
    exclusion = claim.kind in EXCLUSION_KINDS
    if exclusion and _is_of_practice(own, claim):
        reasons = (MatchReason.PRACTICE_NAMED_SO,)
        return Match(by="name", decision=Decision.NO_MATCH, reasons=reasons, why=_PRACTICE)
    assess = _scorer(_describe_row(claim))
    if exclusion:
        decided = decide_exclusion(assess, own, namesakes)
    else:
        decided = decide_with_schooling(assess, own, namesakes, known)
    if isinstance(decided, NeedsNamesakes):
        return decided
    if claim.kind is EvidenceKind.LICENSE and _is_under_another_name(own, claim, decided):
        reasons = (MatchReason.LICENSE_OF_ANOTHER_NAME,)
        why = explain(reasons, None, ())
        return Match(by="license", decision=Decision.AMBIGUOUS, reasons=reasons, why=why)
    if exclusion:
        return _make_match(assess(own), decided)
    return _make_match(assess(add_schooling(own, known)), _want_proof(decided))


def _is_under_another_name(own: Profile, claim: Claim, decided: MatchDecision) -> bool:
    """Tell whether a license has this person's number, and of their name one part alone.

    A state gives a number once in a profession: it may be theirs under a former or misprinted name.
    """
    about = claim.about
    if decided.decision is not Decision.NO_MATCH or about.npi:
        return False
    if not is_same_license(Profile(about).licenses, own.licenses):
        return False
    mine, theirs = own.record.names, about.names
    lasts = {squash(x.last) for x in mine} & {squash(x.last) for x in theirs} - {""}
    firsts = {squash(x.first) for x in mine} & {squash(x.first) for x in theirs} - {""}
    return bool(lasts or firsts)


def _is_of_practice(own: Profile, claim: Claim) -> bool:
    """Tell whether a row names an organization alone, which may be this person's practice."""
    record, about = claim.record, claim.about
    if not isinstance(record, Exclusion) or record.business_name is None or about.names:
        return False
    if about.npi == own.npi:
        return False
    person = own.record
    return is_own_practice(record.business_name, about.places, person.names, person.places)


@lru_cache(1 << 12)
def _scorer(about: PersonRecord) -> Scorer:
    """Return what assesses people against a row: namesakes are asked about the same ones."""
    return Scorer(Profile(about), default_frequencies())


def _describe_row(claim: Claim) -> PersonRecord:
    """Return whom a row is about, with the years that its record tells."""
    record = claim.record
    if isinstance(record, Certificate) and record.issued is not None:
        return replace(claim.about, certified=record.issued.earliest.year)
    if isinstance(record, Fellowship) and record.end_date is not None:
        return replace(claim.about, trained=record.end_date.latest.year)
    return claim.about


def _want_proof(decided: MatchDecision) -> MatchDecision:
    """Take a match that is no proof in a verdict for a doubt: a name in part, a misprinted number."""
    chosen, doubt = decided.chosen, None
    if chosen is None or decided.by == "npi":
        return decided
    if chosen.agreement(FeatureName.NPI) is Agreement.SLIP:
        doubt = MatchReason.NPI_MISPRINT
    elif decided.by == "name" and not chosen.is_full:
        doubt = MatchReason.NAME_IN_PART
    if doubt is None:
        return decided
    near = (chosen, *decided.near)
    return conclude(Decision.AMBIGUOUS, decided.by, doubt, near=near)


def _make_match(own: PairScore, decided: MatchDecision) -> Match:
    if decided.decision is Decision.NO_MATCH:  # nobody is shown another person's row
        reasons, why = decided.reasons, decided.why
        return Match(by=decided.by, decision=decided.decision, reasons=reasons, why=why)
    rivals = () if decided.decision is Decision.MATCH else _list_rivals(own, decided.near)
    return Match(
        by=decided.by,
        decision=decided.decision,
        reasons=_list_reasons(own, decided),
        why=decided.why,
        compared=list_comparisons(own),
        rivals=rivals,
        unanswered=decided.unanswered,
    )


def _list_reasons(own: PairScore, decided: MatchDecision) -> tuple[MatchReason, ...]:
    """Return the reasons; of a conflict also whether the number is this person's at all."""
    is_own = own.agreement(FeatureName.NPI) is Agreement.SAME
    if decided.decision is Decision.CONFLICT and is_own:
        return (MatchReason.SAME_NPI, *decided.reasons)
    return decided.reasons


def _list_rivals(own: PairScore, near: Sequence[PairScore]) -> tuple[Rival, ...]:
    """Return those who fit beside the physician, best first: of a crowd the best."""
    others = (each.person for each in near if each.person.live_npi != own.person.live_npi)
    people = (each.physician for each in others if each.physician is not None)
    return tuple(map(make_rival, islice(people, _LISTED_AT_MOST)))
