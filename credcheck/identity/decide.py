"""Whether a row of a listing is of this physician, asked within a run.

The decision is that of ruling.py. The registry is asked for rivals only where the decision hangs on
them: where nothing speaks against, and nothing else already makes it ambiguous. So a decision is begun,
and what is left open is settled when the rivals are known.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from credcheck.identity.decision import MatchDecision, decide_scored, is_implausible
from credcheck.identity.features.base import FeatureName
from credcheck.identity.frequencies import default_frequencies
from credcheck.identity.name_comparison import Agreement
from credcheck.identity.normalize import has_mixed_scripts
from credcheck.identity.profile import Known, Profile, make_rival, of_row
from credcheck.identity.scoring import PairScore, Scorer, list_comparisons
from credcheck.model import Decision, Match, MatchedBy, PersonName, Rival
from credcheck.source import PersonRecord, Unavailable

Rivals = tuple[Known, ...] | Unavailable
"""Everybody in the registries who bears a name, or why that cannot be known."""


class OpenDecision(NamedTuple):
    """A decision that hangs on who else bears the row's names."""

    assess: Scorer
    own: PairScore
    me: Known
    about: PersonRecord
    settled: Callable[["OpenDecision", Rivals], Match]

    @property
    def names(self) -> tuple[PersonName, ...]:
        """The names to ask the registries for."""
        return self.about.names

    def settle(self, rivals: Rivals) -> Match:
        """Return the decision, now that the rivals are known."""
        return self.settled(self, rivals)


def start_decision(me: Known, about: PersonRecord) -> Match | OpenDecision:
    """Decide whether a row is of a physician, or say what is open."""
    assess = _assessor(about)
    own = assess(me)
    if about.npi is not None:
        return _by_number(OpenDecision(assess, own, me, about, _settled_by_number))
    if own.fits and own.agreement(FeatureName.LICENSE) is Agreement.SAME:
        return _match("license", Decision.MATCH, "the same license number and state", own)
    if not own.fits:
        return _match("name", Decision.NO_MATCH, _another(own, about), own)
    return _by_name(OpenDecision(assess, own, me, about, _settled_by_name))


@lru_cache(1 << 12)
def _assessor(about: PersonRecord) -> Scorer:
    """Return what assesses people against a row: namesakes are asked about the same ones."""
    return Scorer(Profile(of_row(about)), default_frequencies())


def _by_number(case: OpenDecision) -> Match | OpenDecision:
    _, own, me, about, _ = case
    if about.npi != me.npi:
        if own.name_fits and own.agreement(FeatureName.NPI) is Agreement.SLIP:
            why = "the row's NPI is one slip away from this physician's"
            return _match("npi", Decision.AMBIGUOUS, why, own)
        return _match("npi", Decision.NO_MATCH, "another NPI", own)
    if about.names and not (own.fits and own.laid is not None and own.laid.slips <= 1):
        return _match("npi", Decision.CONFLICT, f"this NPI, but {_another(own, about)}", own)
    if about.names and own.bits_without(FeatureName.NPI) < own.name_bits:
        return case
    return _match("npi", Decision.MATCH, "the same NPI", own)


def _settled_by_number(case: OpenDecision, rivals: Rivals) -> Match:
    if isinstance(rivals, Unavailable):
        why = f"the same NPI; {rivals.detail}"
        return _match("npi", Decision.MATCH, why, case.own, unanswered=not rivals.permanent)
    ruling = decide_scored(case.assess, [case.own, *_assessed(case, rivals)])
    if ruling.decision is Decision.CONFLICT:
        others = _rivals(ruling, case.me, rivals)
        return _match("npi", Decision.CONFLICT, ruling.why, case.own, others)
    return _match("npi", Decision.MATCH, "the same NPI", case.own)


def _by_name(case: OpenDecision) -> Match | OpenDecision:
    own = case.own
    full = own.laid is not None and own.laid.is_full
    if not full and is_implausible(own.bits, default_frequencies()):
        return _match("name", Decision.NO_MATCH, "a like name, and too little else", own)
    alone = decide_scored(case.assess, [own])
    if alone.decision is Decision.MATCH:
        return case
    return _match("name", alone.decision, alone.why, own)


def _settled_by_name(case: OpenDecision, rivals: Rivals) -> Match:
    own, me = case.own, case.me
    if isinstance(rivals, Unavailable):
        why = f"the name agrees, but {rivals.detail}"
        return _match("name", Decision.AMBIGUOUS, why, own, unanswered=not rivals.permanent)
    ruling = decide_scored(case.assess, [own, *_assessed(case, rivals)])
    if ruling.chosen is not None and ruling.chosen.person.npi != me.npi:
        why = f"it is of NPI {ruling.chosen.person.npi}: {ruling.why}"
        return _match("name", Decision.NO_MATCH, why, own)
    others = _rivals(ruling, me, rivals) if ruling.decision is not Decision.MATCH else ()
    return _match("name", ruling.decision, ruling.why, own, others)


def _assessed(case: OpenDecision, rivals: Sequence[Known]) -> list[PairScore]:
    return [case.assess(rival) for rival in rivals if rival.npi != case.me.npi]


def _rivals(ruling: MatchDecision, me: Known, rivals: Sequence[Known]) -> tuple[Rival, ...]:
    """Return those who fit beside the physician, best first."""
    by_npi = {rival.npi: rival for rival in rivals}
    near = (each.person.npi for each in ruling.near if each.person.npi != me.npi)
    return tuple(make_rival(by_npi[npi].physician) for npi in near if npi in by_npi)


def _another(own: PairScore, about: PersonRecord) -> str:
    """Say why the row's name is another's."""
    if any(map(has_mixed_scripts, about.names)):
        return "a name in mixed scripts, which agrees with no other"
    return "somebody whom something contradicts" if own.name_fits else "another person's name"


def _match(
    by: MatchedBy,
    decision: Decision,
    why: str,
    own: PairScore,
    rivals: tuple[Rival, ...] = (),
    *,
    unanswered: bool = False,
) -> Match:
    if decision is Decision.NO_MATCH:
        return Match(by=by, decision=decision, why=why)  # nobody is shown another person's row
    return Match(
        by=by,
        decision=decision,
        why=why,
        compared=list_comparisons(own),
        rivals=rivals,
        unanswered=unanswered,
    )
