"""Rule kind ``exclusion``: not on a list of excluded people, the OIG's (LEIE) or another."""

from collections.abc import Sequence

from credcheck.model import (
    Decision,
    EvidenceKind,
    Exclusion,
    ExclusionEvidence,
    Outcome,
    ReasonCode,
)
from credcheck.rules.base import Parameters, Rule
from credcheck.rules.context import RuleContext, join_names, record_location
from credcheck.rules.result import Check, Combine, met, not_met, unverified, with_remark

_ASK = (
    "Verify the hit by Social Security number in the OIG's online search"
    " (exclusions.oig.hhs.gov) and keep a record of it."
)
_ASK_DAY = "Ask the list's publisher for the day of the exclusion."
_GET_LIST = "Get a current copy of the list (the OIG's is UPDATED.csv), import it and run again."


class ExclusionParameters(Parameters, kw_only=True):
    """There is nothing to set."""


def weigh(context: RuleContext, parameters: ExclusionParameters) -> Sequence[Check]:  # noqa: ARG001
    """Meet it if no exclusion in force bears the NPI, and none without an NPI bears the name.

    A row with the NPI decides. Most rows have none (0000000000): a row with the name alone is a
    ``possible_exclusion``, never ignored and never counted as one, whatever its state. A row with a
    reinstatement date by the as-of date is history; one that was reinstated before it was excluded
    contradicts itself. A waiver holds in one state only: where the physician works in that state alone,
    a person must look; elsewhere the exclusion holds. Absence clears only in a whole, fresh list.

    Sources: OIG LEIE record layout (NPI, REINDATE, WAIVERDATE, WVRSTATE); OIG,
    "Tips" for the LEIE (former and hyphenated names; verify a hit).
    """
    items = context.records(ExclusionEvidence)
    checks = [_check_item(context, item) for item in items if _may_hold(context, item)]
    gaps = context.check_sources(EvidenceKind.EXCLUSION)
    if all(each.outcome is Outcome.MET for each in checks) and not gaps:
        return [_check_absent(context, has_history=bool(checks)), *checks]
    return [*checks, *gaps]


def _may_hold(context: RuleContext, item: ExclusionEvidence) -> bool:
    """Tell whether a row is to be told: history in a list that cannot prove is not."""
    record = item.record
    if record is None or context.is_usable(item):
        return True
    return not _is_over(context, record)


def _is_over(context: RuleContext, record: Exclusion) -> bool:
    back = record.reinstated_on
    return back is not None and back.after(context.as_of) is False


def _check_item(context: RuleContext, item: ExclusionEvidence) -> Check:
    record = item.record
    if record is None or item.problem or item.match.decision is Decision.CONFLICT:
        return _check_doubtful(context, item)
    law = f", {record.exclusion_type}" if record.exclusion_type else ""
    what = f"{record_location(item)} (excluded {record.excluded_on}{law})"
    if _is_over(context, record):
        message = f"{what} was reinstated on {record.reinstated_on}"
        return met(ReasonCode.REINSTATED, message, item.id)
    begun = record.excluded_on.after(context.as_of)
    if begun is True:
        return met(ReasonCode.NOT_EXCLUDED, f"{what}: after the as-of date", item.id)
    if item.match.decision is Decision.AMBIGUOUS or item.match.by == "name":
        tie = "bears this name or one like it, and no NPI"
        if item.match.by in {"npi", "license"}:  # a person says that it is not this physician's
            tie = "may be of another person"
        message = f"{what} {tie}: {item.match.why}"
        return unverified(ReasonCode.POSSIBLE_EXCLUSION, message, item.id, ask=_ASK)
    if begun is None:
        message = f"{what}: whether that was by {context.as_of} is not said"
        return unverified(ReasonCode.POSSIBLE_EXCLUSION, message, item.id, ask=_ASK_DAY)
    return _check_in_force(context, item, record, what)


def _check_in_force(
    context: RuleContext, item: ExclusionEvidence, record: Exclusion, what: str
) -> Check:
    """Check an exclusion in force. A waiver holds in one state."""
    if not context.is_usable(item):
        return context.explain_doubt(item)
    states = context.physician.states if context.physician else frozenset()
    said = f"a waiver of {record.waiver_on} holds in {record.waiver_state} only"
    waived = record.waiver_state is not None and record.waiver_on is not None
    if waived and states == {record.waiver_state}:
        return unverified(ReasonCode.WAIVER, f"{what}; {said}", item.id, ask=_ASK)
    ties = {"npi": "bears this NPI", "disposition": "is of this person"}
    tie = ties.get(item.match.by, f"bears this {item.match.by}")
    checked = not_met(ReasonCode.EXCLUDED, f"{what} {tie}", item.id, ask=_ASK)
    return with_remark(checked, ReasonCode.WAIVER, said) if waived else checked


def _check_doubtful(context: RuleContext, item: ExclusionEvidence) -> Check:
    """Check a row that cannot be read, or bears this number and another's name."""
    if item.match.decision is not Decision.CONFLICT:
        return context.explain_doubt(item)
    told = context.explain_doubt(item)
    return unverified(told.reasons[0].code, told.reasons[0].message, item.id, ask=_ASK)


def _check_absent(context: RuleContext, *, has_history: bool) -> Check:
    kind = EvidenceKind.EXCLUSION
    silence = context.check_absence(kind, "exclusion in force", _GET_LIST)
    if any(each.outcome is Outcome.UNVERIFIED for each in silence):
        return silence[0]
    still = "no exclusion is in force" if has_history else "neither the NPI nor the name is listed"
    if context.settled((ExclusionEvidence,)):
        still = "no row that may be this person's is in force"
    return met(ReasonCode.NOT_EXCLUDED, f"{still} in {join_names(context.sources.of(kind))}")


RULE = Rule(
    kind="exclusion",
    parameters=ExclusionParameters,
    weigh=weigh,
    combine=Combine.ALL,
    evidence_types=(ExclusionEvidence,),
)
