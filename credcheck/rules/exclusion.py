"""Rule kind ``exclusion``: not on the OIG's list of excluded individuals and entities (LEIE)."""

from credcheck.model import Code, Decision, Exclusion, ExclusionEvidence, Kind, Outcome
from credcheck.rules.base import Parameters, Rule
from credcheck.rules.context import Case, doubt, place_of
from credcheck.rules.result import (
    Judgement,
    Weighed,
    judged_by_all,
    met,
    not_met,
    remarked,
    unverified,
)

_ASK = (
    "Verify the hit by Social Security number in the OIG's online search"
    " (exclusions.oig.hhs.gov) and keep a record of it."
)


class ExclusionParameters(Parameters, kw_only=True):
    """There is nothing to set."""


def judge(case: Case, parameters: ExclusionParameters) -> Judgement:  # noqa: ARG001
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
    gaps = list(case.source_gaps(Kind.EXCLUSION))
    against = [each for each in weighed if each.outcome is not Outcome.MET]
    if not against and not gaps:
        return judged_by_all([_absent(case, weighed), *weighed])
    return judged_by_all([*weighed, *gaps])


def _weigh(case: Case, item: ExclusionEvidence) -> Weighed:
    record = item.record
    if record is None or item.problem or item.match.decision is Decision.CONFLICT:
        return doubt(item)
    law = f", {record.exclusion_type}" if record.exclusion_type else ""
    what = f"{place_of(item)} (excluded {record.excluded_on}{law})"
    if _is_past(case, record):
        message = f"{what} was reinstated on {record.reinstated_on}"
        return met(Code.REINSTATED, message, item.id)
    if record.excluded_on.after(case.as_of) is True:
        message = f"{what}: after the as-of date"
        return met(Code.NOT_EXCLUDED, message, item.id)
    if item.match.decision is Decision.AMBIGUOUS or item.match.by == "name":
        message = f"{what} bears this name or one like it, and no NPI: {item.match.why}"
        return unverified(Code.POSSIBLE_EXCLUSION, message, item.id, ask=_ASK)
    if record.waiver_state and record.waiver_on is not None:
        return _waived(case, item, record, what)
    return not_met(Code.EXCLUDED, f"{what} bears this NPI", item.id)


def _waived(case: Case, item: ExclusionEvidence, record: Exclusion, what: str) -> Weighed:
    said = f"a waiver of {record.waiver_on} holds in {record.waiver_state} only"
    states = case.physician.states if case.physician else frozenset()
    if states == {record.waiver_state}:
        return unverified(Code.WAIVER, f"{what}; {said}", item.id, ask=_ASK)
    return remarked(not_met(Code.EXCLUDED, f"{what} bears this NPI", item.id), Code.WAIVER, said)


def _is_past(case: Case, record: Exclusion) -> bool:
    return record.reinstated_on is not None and record.reinstated_on.after(case.as_of) is False


def _absent(case: Case, history: list[Weighed]) -> Weighed:
    ask = "Download the OIG's current LEIE file (UPDATED.csv) and configure it."
    silence = case.absence(Kind.EXCLUSION, "exclusion in force", ask)
    if any(each.outcome is Outcome.UNVERIFIED for each in silence):
        return silence[0]
    names = " and ".join(source.name for source in case.sources(Kind.EXCLUSION))
    still = "no exclusion is in force" if history else "neither the NPI nor the name is listed"
    return met(Code.NOT_EXCLUDED, f"{still} in {names}")


RULE = Rule(
    kind="exclusion",
    parameters=ExclusionParameters,
    judge=judge,
    looks_at=(ExclusionEvidence,),
)
