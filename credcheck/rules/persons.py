"""What people verified or settled, in a finding: a second person where one is asked for, and a remark.

Whose a row is may have been settled by a person. That is told wherever the finding is, also where the
row decides nothing any more, and where the disposition does not count.
"""

from msgspec.structs import replace

from credcheck.evidence.doubt import record_location
from credcheck.evidence.verifications import list_proofs
from credcheck.model import (
    Disposition,
    Evidence,
    EvidenceBase,
    Finding,
    Outcome,
    Proof,
    Reason,
    ReasonCode,
)
from credcheck.rules.context import RuleContext
from credcheck.rules.guard import put_off
from credcheck.rules.result import Check, unverified

_ASK = "Have a second person confirm it: credcheck book confirm."
_Types = tuple[type[EvidenceBase], ...]


def require_second_person(context: RuleContext, check: Check, types: _Types) -> Check:
    """Return the check, or an unverified one where it rests on what one person alone has said.

    A pass rests on every row that one person has put aside as somebody else's, too.
    """
    if check.outcome is Outcome.UNVERIFIED:
        return check
    used = [item for ident in check.evidence if (item := context.item(ident)) is not None]
    if check.outcome is Outcome.MET:
        used += context.settled(types)
    against = [
        _ask_second(item, proof)
        for item in {each.id: each for each in used}.values()
        for proof in list_proofs(item)
        if not proof.seconds
    ]
    return put_off(check, against) if against else check


def remark_settled(context: RuleContext, finding: Finding, types: _Types) -> Finding:
    """Return the finding with a remark for each row of which a person has said whose it is."""
    remarks = [
        Reason(code=ReasonCode.ROW_SETTLED, message=_describe(item, settled), about=(item.id,))
        for item in context.settled(types)
        if (settled := item.match.disposition) is not None
    ]
    return replace(finding, reasons=(*finding.reasons, *remarks)) if remarks else finding


def _ask_second(item: Evidence, proof: Proof) -> Check:
    message = f"{record_location(item)}: {proof}; no second person has confirmed it"
    return unverified(ReasonCode.SECOND_PERSON_MISSING, message, item.id, ask=_ASK)


def _describe(item: Evidence, settled: Disposition) -> str:
    whose = "is this person" if settled.is_person else "is not this person"
    said = f"{record_location(item)} {whose}, settled by {settled}"
    if settled.counts:
        return said
    return f"{said}: it does not count because {settled.lacks or item.match.why}"
