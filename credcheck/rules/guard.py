"""The guard: no rule passes or fails anybody on what is in doubt, whoever wrote the rule.

Every definite check is held to the truth rules: the records that it rests on must count, be without
doubt (a contradiction, a word that is not understood, something impossible) and be more than the
person's own word; a pass must not rest on a torn list; and what rests on no record rests on absence,
which only a whole list shows. Where the standard asks for a second person, nothing that one person
alone verified or settled decides.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from credcheck.evidence.doubt import record_location
from credcheck.model import Authority, Evidence, EvidenceKind, Outcome, Reason, ReasonCode
from credcheck.rules.context import RuleContext
from credcheck.rules.result import Check, combine_parts, unique, unverified


def guard(context: RuleContext, check: Check, kinds: Iterable[EvidenceKind]) -> Check:
    """Return the check, or an unverified one in its place where something stands against it.

    ``kinds`` are those of evidence that the rule looks at.
    """
    if check.parts:
        check = _guard_parts(context, check, tuple(kinds))
    if check.outcome is Outcome.UNVERIFIED:
        return check
    against = list(_list_objections(context, check, tuple(kinds)))
    return put_off(check, against) if against else check


def _guard_parts(context: RuleContext, check: Check, kinds: tuple[EvidenceKind, ...]) -> Check:
    parts = [guard(context, part, kinds) for part in check.parts]
    if all(one is other for one, other in zip(parts, check.parts, strict=True)):
        return check
    again = combine_parts(parts, check.combine)
    if again.outcome is check.outcome:
        return replace(check, parts=tuple(parts))
    return again


def _list_objections(
    context: RuleContext, check: Check, kinds: tuple[EvidenceKind, ...]
) -> Iterator[Check]:
    """Yield what stands against a definite check."""
    own = {ident for part in check.parts for ident in part.evidence}
    rests_on = [ident for ident in check.evidence if ident not in own]
    if not check.evidence:
        yield from _object_to_absence(context, kinds)
    for ident in rests_on:
        item = context.item(ident)
        if item is not None:
            yield from _object_to_record(context, check, item)


def _object_to_absence(context: RuleContext, kinds: tuple[EvidenceKind, ...]) -> Iterator[Check]:
    """Yield an objection for each kind of which no list is whole: then silence shows nothing."""
    if not kinds:
        message = "the rule does not say which evidence it uses, so missing evidence proves nothing"
        yield unverified(ReasonCode.NO_SOURCE, message, ask="Name evidence_types in the rule.")
    for kind in kinds:
        if not context.sources.whole(kind):
            ask = "Ask the source itself."
            yield from context.check_absence(kind, f"{kind} record", ask)
            yield from context.check_sources(kind)


def _object_to_record(context: RuleContext, check: Check, item: Evidence) -> Iterator[Check]:
    if not context.is_usable(item):
        yield context.explain_doubt(item)
    for doubt in context.doubts(item.id):
        if doubt.touches(check.fields, check.outcome):
            reason = Reason(code=doubt.code, message=doubt.message, about=doubt.about)
            yield Check(
                outcome=Outcome.UNVERIFIED,
                reasons=(reason,),
                evidence=doubt.about,
                next_step=doubt.next_step,
            )
    if item.authority is Authority.SELF_REPORTED and not check.accepts_self_reported:
        message = f"{record_location(item)} is self-reported only"
        ask = "Ask the issuer to confirm it."
        yield unverified(ReasonCode.SELF_REPORTED, message, item.id, ask=ask)
    report = context.sources.by_name.get(item.source)
    if check.outcome is Outcome.MET and report is not None and report.torn is not None:
        message = f"{item.source} is incomplete ({report.torn}); a missing row may contradict it"
        ask = f"Get a complete copy of {item.source} and run again."
        yield unverified(ReasonCode.SOURCE_DAMAGED, message, item.id, ask=ask)


def put_off(check: Check, against: Sequence[Check]) -> Check:
    """Return an unverified check with all that stands against it."""
    return Check(
        outcome=Outcome.UNVERIFIED,
        reasons=unique([reason for each in against for reason in each.reasons]),
        evidence=unique([*check.evidence, *(x for each in against for x in each.evidence)]),
        next_step=" ".join(unique([x.next_step for x in against if x.next_step])) or None,
        silent=not check.evidence and all(each.silent for each in against),
        parts=check.parts,
        combine=check.combine,
    )
