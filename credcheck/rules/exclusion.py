"""Rule kind ``exclusion``: not on the OIG's list of excluded individuals and entities (LEIE)."""

from credcheck.model import (
    Decision,
    EvidenceKind,
    Exclusion,
    ExclusionEvidence,
    Outcome,
    ReasonCode,
)
from credcheck.rules.base import Parameters, Rule
from credcheck.rules.context import RuleContext, explain_doubt, record_location
from credcheck.rules.result import (
    Check,
    Judgment,
    finding_if_all,
    met,
    not_met,
    unverified,
    with_remark,
)

_ASK = (
    "Verify the hit by Social Security number in the OIG's online search"
    " (exclusions.oig.hhs.gov) and keep a record of it."
)


class ExclusionParameters(Parameters, kw_only=True):
    """There is nothing to set."""


def judge(case: RuleContext, parameters: ExclusionParameters) -> Judgment:  # noqa: ARG001
    """Meet it if no exclusion in force bears the NPI, and none without an NPI bears the name.

    A row with the NPI decides. Most rows have none (0000000000): a row with the name alone is a
    ``possible_exclusion``, never ignored and never counted as one, whatever its state. A row with a
    reinstatement date by the as-of date is history. A waiver holds in one state only: where the
    physician works in that state alone, a person must look; elsewhere the exclusion holds.

    Sources: OIG LEIE record layout (NPI, REINDATE, WAIVERDATE, WVRSTATE); OIG,
    "Tips" for the LEIE (former and hyphenated names; verify a hit).
    """
    items = (*case.usable(ExclusionEvidence), *case.doubtful(ExclusionEvidence))
    weighed = [_weigh(case, item) for item in items]
    gaps = list(case.check_sources(EvidenceKind.EXCLUSION))
    against = [each for each in weighed if each.outcome is not Outcome.MET]
    if not against and not gaps:
        return finding_if_all([_absent(case, weighed), *weighed])
    return finding_if_all([*weighed, *gaps])


def _weigh(case: RuleContext, item: ExclusionEvidence) -> Check:
    record = item.record
    if record is None or item.problem or item.match.decision is Decision.CONFLICT:
        return explain_doubt(item)
    law = f", {record.exclusion_type}" if record.exclusion_type else ""
    what = f"{record_location(item)} (excluded {record.excluded_on}{law})"
    if _is_past(case, record):
        message = f"{what} was reinstated on {record.reinstated_on}"
        return met(ReasonCode.REINSTATED, message, item.id)
    if record.excluded_on.after(case.as_of) is True:
        message = f"{what}: after the as-of date"
        return met(ReasonCode.NOT_EXCLUDED, message, item.id)
    if item.match.decision is Decision.AMBIGUOUS or item.match.by == "name":
        message = f"{what} bears this name or one like it, and no NPI: {item.match.why}"
        return unverified(ReasonCode.POSSIBLE_EXCLUSION, message, item.id, ask=_ASK)
    if record.waiver_state and record.waiver_on is not None:
        return _waived(case, item, record, what)
    return not_met(ReasonCode.EXCLUDED, f"{what} bears this NPI", item.id)


def _waived(case: RuleContext, item: ExclusionEvidence, record: Exclusion, what: str) -> Check:
    said = f"a waiver of {record.waiver_on} holds in {record.waiver_state} only"
    states = case.physician.states if case.physician else frozenset()
    if states == {record.waiver_state}:
        return unverified(ReasonCode.WAIVER, f"{what}; {said}", item.id, ask=_ASK)
    return with_remark(
        not_met(ReasonCode.EXCLUDED, f"{what} bears this NPI", item.id), ReasonCode.WAIVER, said
    )


def _is_past(case: RuleContext, record: Exclusion) -> bool:
    return record.reinstated_on is not None and record.reinstated_on.after(case.as_of) is False


def _absent(case: RuleContext, history: list[Check]) -> Check:
    ask = "Download the OIG's current LEIE file (UPDATED.csv) and configure it."
    silence = case.check_absence(EvidenceKind.EXCLUSION, "exclusion in force", ask)
    if any(each.outcome is Outcome.UNVERIFIED for each in silence):
        return silence[0]
    names = " and ".join(source.name for source in case.sources(EvidenceKind.EXCLUSION))
    still = "no exclusion is in force" if history else "neither the NPI nor the name is listed"
    return met(ReasonCode.NOT_EXCLUDED, f"{still} in {names}")


RULE = Rule(
    kind="exclusion",
    parameters=ExclusionParameters,
    judge=judge,
    evidence_types=(ExclusionEvidence,),
)
