"""Whether a row of a listing is of this physician, asked within a run.

The decision is that of ruling.py. The registry is asked for rivals only where the decision hangs on
them: where nothing speaks against, and nothing else already makes it ambiguous.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from credcheck.identity.assess import Assessment, Assessor
from credcheck.identity.compared import compared
from credcheck.identity.described import of_physician, of_row, rival_of
from credcheck.identity.fold import mixes_scripts
from credcheck.identity.person import Profile
from credcheck.identity.ruling import Crowd, Ruling, probability, rule
from credcheck.identity.shares import shipped
from credcheck.model import Decision, Match, MatchedBy, PersonName, Physician, Rival
from credcheck.source import PersonOnRow

RivalsFor = Callable[[Sequence[PersonName]], tuple[Physician, ...] | str]
"""Asks the registries who else bears a name: those people, or why that cannot be known."""


_HARDLY = 0.01
"""Below this a row with a like name is taken for somebody else's, lest Ann Lee answer for Anna Lee."""


def decide(physician: Physician, about: PersonOnRow, rivals_for: RivalsFor) -> Match:
    """Decide whether a row is of the physician."""
    row, person = Profile(of_row(about)), _profile(physician)
    own = Assessor(row, shipped())(person)
    if about.npi is not None:
        return _by_number(row, own, physician, about, rivals_for)
    if own.fits and own.how("licence") == "same":
        return _match("licence", Decision.MATCH, "the same licence number and state", own)
    if not own.fits:
        return _match("name", Decision.NO_MATCH, _another(own, about), own)
    return _by_name(row, own, physician, about, rivals_for)


@lru_cache(1 << 10)
def _profile(physician: Physician) -> Profile:
    return Profile(of_physician(physician))


def _by_number(
    row: Profile, own: Assessment, me: Physician, about: PersonOnRow, rivals_for: RivalsFor
) -> Match:
    if about.npi != me.npi:
        if own.name_fits and own.how("NPI") == "one slip":
            why = "the row's NPI is one slip away from this physician's"
            return _match("npi", Decision.AMBIGUOUS, why, own)
        return _match("npi", Decision.NO_MATCH, "another NPI", own)
    if about.names and not (own.fits and own.laid is not None and own.laid.slips <= 1):
        return _match("npi", Decision.CONFLICT, f"this NPI, but {_another(own, about)}", own)
    if about.names and own.bits_without("NPI") < own.name_bits:
        rivals = rivals_for(about.names)
        ruling = rule(row, _crowd(own, me, () if isinstance(rivals, str) else rivals), shipped())
        if ruling.decision is Decision.CONFLICT:
            others = _rivals(ruling, me, () if isinstance(rivals, str) else rivals)
            return _match("npi", Decision.CONFLICT, ruling.why, own, others)
    return _match("npi", Decision.MATCH, "the same NPI", own)


def _by_name(
    row: Profile, own: Assessment, me: Physician, about: PersonOnRow, rivals_for: RivalsFor
) -> Match:
    alone = rule(row, _crowd(own, me, ()), shipped())
    if alone.decision is not Decision.MATCH:
        full = own.laid is not None and own.laid.is_full
        if not full and probability([own], 0, shipped()) < _HARDLY:
            return _match("name", Decision.NO_MATCH, "a like name, and too little else", own)
        return _match("name", alone.decision, alone.why, own)
    rivals = rivals_for(about.names)
    if isinstance(rivals, str):
        return _match("name", Decision.AMBIGUOUS, f"the name agrees, but {rivals}", own)
    ruling = rule(row, _crowd(own, me, rivals), shipped())
    if ruling.chosen is not None and ruling.chosen.person.npi != me.npi:
        why = f"it is of NPI {ruling.chosen.person.npi}: {ruling.why}"
        return _match("name", Decision.NO_MATCH, why, own)
    others = _rivals(ruling, me, rivals) if ruling.decision is not Decision.MATCH else ()
    return _match("name", ruling.decision, ruling.why, own, others)


def _crowd(own: Assessment, me: Physician, rivals: Sequence[Physician]) -> Crowd:
    others = (_profile(rival) for rival in rivals if rival.npi != me.npi)
    return Crowd([own.person, *others])


def _rivals(ruling: Ruling, me: Physician, rivals: Sequence[Physician]) -> tuple[Rival, ...]:
    """Return those who fit beside the physician, best first."""
    by_npi: dict[str, Physician] = {rival.npi: rival for rival in rivals}
    near = (each.person.npi for each in ruling.near if each.person.npi != me.npi)
    return tuple(rival_of(by_npi[npi]) for npi in near if npi in by_npi)


def _another(own: Assessment, about: PersonOnRow) -> str:
    """Say why the row's name is another's."""
    if any(map(mixes_scripts, about.names)):
        return "a name in mixed scripts, which agrees with no other"
    return "somebody whom something contradicts" if own.name_fits else "another person's name"


def _match(
    by: MatchedBy, decision: Decision, why: str, own: Assessment, rivals: tuple[Rival, ...] = ()
) -> Match:
    return Match(by=by, decision=decision, why=why, compared=compared(own), rivals=rivals)
