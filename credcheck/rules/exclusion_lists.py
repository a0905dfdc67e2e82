"""Lists of excluded people: the OIG's and SAM.gov's, the states', CMS's revocations. One procedure.

What differs between the lists is data: which evidence, what it is called, and whom to ask.
"""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from credcheck._util.text import pluralize
from credcheck.evidence.exclusions import is_said_to_be_over
from credcheck.model import (
    REMARKS,
    Authority,
    Decision,
    EvidenceKind,
    Exclusion,
    ExclusionEvidence,
    MatchReason,
    Outcome,
    Reason,
    ReasonCode,
    RevocationEvidence,
    SourceReport,
    StateExclusionEvidence,
)
from credcheck.reference.vocabulary import list_words, normalize_phrase
from credcheck.rules.context import RuleContext, record_location
from credcheck.rules.result import Check, met, not_met, unverified, with_remark

ListEvidence = ExclusionEvidence | StateExclusionEvidence | RevocationEvidence

_ASK_END = "Ask the list's publisher whether the entry is in force, and keep the answer."
_ASK_OIG = (
    "Look the physician up in the OIG's online search (exclusions.oig.hhs.gov), which shows whether"
    " the exclusion is in force. Keep a record of it."
)
_ASK_DAY = "Ask the list's publisher for the date of the exclusion."


class ExclusionList(NamedTuple):
    """A kind of lists. ``verb`` says what was done to whoever is on it, ``ask`` who settles a hit.

    ``ask_publisher`` is asked of a row that names its publisher. ``get`` says how to get the list.
    ``may_be_silent``: a list that was left out says nothing, and only
    the list's publisher can make a negative. ``names_states`` says that each list speaks of a state.
    """

    kind: EvidenceKind
    evidence_type: type[ListEvidence]
    verb: str
    noun: str
    code: ReasonCode
    ask: str
    get: str
    ask_publisher: str = "Verify the hit with {} and keep a record of it."
    may_be_silent: bool = True
    names_states: bool = False


FEDERAL = ExclusionList(
    kind=EvidenceKind.EXCLUSION,
    evidence_type=ExclusionEvidence,
    verb="excluded",
    noun="exclusion",
    code=ReasonCode.EXCLUDED,
    ask="Verify the hit by Social Security number in the OIG's online search"
    " (exclusions.oig.hhs.gov) and keep a record of it.",
    get="Get a current copy of the list (the OIG's is UPDATED.csv), import it and run again.",
    may_be_silent=False,
)
STATE = ExclusionList(
    kind=EvidenceKind.STATE_EXCLUSION,
    evidence_type=StateExclusionEvidence,
    verb="excluded",
    noun="exclusion",
    code=ReasonCode.EXCLUDED,
    ask="Verify the hit with the state's Medicaid agency and keep a record of it.",
    get="Get a current copy of the state's list and run again.",
    names_states=True,
)
MEDICARE = ExclusionList(
    kind=EvidenceKind.REVOCATION,
    evidence_type=RevocationEvidence,
    verb="revoked",
    noun="revocation",
    code=ReasonCode.MEDICARE_REVOKED,
    ask="Verify the hit with CMS (data.cms.gov, Revoked Medicare Providers and Suppliers).",
    ask_publisher="Verify the hit with {} (data.cms.gov, Revoked Medicare Providers and Suppliers).",
    get="Get a current copy of CMS's revocation list and run again.",
)


def weigh_list(context: RuleContext, listed: ExclusionList) -> Sequence[Check]:
    """Weigh every row of the lists that may be this person's, every gap, and absence.

    An entry that ended is history. A row that bears the name alone is a lead, whatever its state.
    """
    items = context.records(listed.evidence_type)
    checks = [_check_item(context, listed, item) for item in items if _may_hold(context, item)]
    gaps = context.check_sources(listed.kind)
    if listed.may_be_silent:
        gaps = [each for each in gaps if not each.silent]
    if all(each.outcome is Outcome.MET for each in checks) and not gaps:
        checks.insert(0, _check_absent(context, listed, has_history=bool(checks)))
    checks += gaps
    remarks = [_make_remark(item, listed) for item in _list_others(context, listed)]
    if remarks:
        checks[0] = replace(checks[0], reasons=(*checks[0].reasons, *remarks))
    return checks


def _list_others(context: RuleContext, listed: ExclusionList) -> list[ListEvidence]:
    """Return the rows that are another's by all odds and worth a remark: namesakes, organizations."""
    return [
        item
        for item in context.dossier.evidence
        if isinstance(item, listed.evidence_type)
        and item.match.decision is Decision.NO_MATCH
        and item.match.disposition is None
        and not REMARKS.isdisjoint(item.match.reasons)
    ]


def _make_remark(item: ListEvidence, listed: ExclusionList) -> Reason:
    record = item.record
    if MatchReason.PRACTICE_NAMED_SO in item.match.reasons:
        name = record.business_name if isinstance(record, Exclusion) else None
        message = (
            f"{record_location(item)} is about {name}, which has this name and is in the same place;"
            " ask whether it is the physician's practice"
        )
        return Reason(code=ReasonCode.PRACTICE_LISTED, message=message, about=(item.id,))
    what = _describe(item, record, listed) if record is not None else record_location(item)
    message = f"{what} is very likely about someone else: {item.match.why}"
    return Reason(code=ReasonCode.NAMESAKE_LISTED, message=message, about=(item.id,))


def _may_hold(context: RuleContext, item: ListEvidence) -> bool:
    """Tell whether a row is to be told: history in a list that cannot prove is not."""
    record = item.record
    if record is None or context.is_usable(item):
        return True
    return not _is_over(context, record)


def _is_over(context: RuleContext, record: Exclusion) -> bool:
    back, end = record.reinstated_on, record.ends_on
    if back is not None and back.after(context.as_of) is False:
        return True
    return end is not None and end.before(context.as_of) is True


def _check_item(context: RuleContext, listed: ExclusionList, item: ListEvidence) -> Check:
    record = item.record
    if record is None or item.problem or item.match.decision is Decision.CONFLICT:
        return _check_doubtful(context, item, listed)
    what = _describe(item, record, listed)
    if _is_over(context, record):
        return _check_over(context, item, record, what)
    if _is_to_come(context, item, record) is True:
        return met(ReasonCode.NOT_EXCLUDED, f"{what}: after the as-of date", item.id)
    if item.match.decision is Decision.AMBIGUOUS or item.match.by == "name":
        tie = "has this or a similar name, and no NPI"
        if item.match.by in {"npi", "license"}:  # a person says that it is not this physician's
            tie = "may belong to another person"
        message = f"{what} {tie}: {item.match.why}"
        return unverified(ReasonCode.POSSIBLE_EXCLUSION, message, item.id, ask=_ask(listed, record))
    unclear = _explain_unclear(context, item, record)
    if unclear is not None:
        said, ask = unclear
        message = f"{what}: {said}"
        return unverified(ReasonCode.POSSIBLE_EXCLUSION, message, item.id, ask=ask)
    return _check_in_force(context, listed, item, record)


def _explain_unclear(
    context: RuleContext, item: ListEvidence, record: Exclusion
) -> tuple[str, str] | None:
    """Return why it cannot be told whether an entry is in force, and what to ask for; or None."""
    if _is_to_come(context, item, record) is None:
        return f"the record does not show whether that was by {context.as_of}", _ASK_DAY
    days = (record.ends_on, record.reinstated_on)
    if any(day is not None and day.after(context.as_of) is not True for day in days):
        return f"the record does not show whether it was over on {context.as_of}", _ASK_DAY
    if is_said_to_be_over(record):
        return "the row says that it is over, but not when it ended", _ASK_END
    return None


def _ask(listed: ExclusionList, record: Exclusion) -> str:
    """Return who settles a hit: the publisher of the row's list, and the agency that excluded."""
    agency = f" and the agency that excluded ({record.agency})" if record.agency else ""
    return (
        listed.ask_publisher.format(record.publisher + agency) if record.publisher else listed.ask
    )


def _check_over(context: RuleContext, item: ListEvidence, record: Exclusion, what: str) -> Check:
    """Check an entry that is history: reinstated, or past its own end."""
    back = record.reinstated_on
    if back is not None and back.after(context.as_of) is False:
        return met(ReasonCode.REINSTATED, f"{what} was reinstated on {back}", item.id)
    return met(ReasonCode.ENTRY_ENDED, f"{what} ended on {record.ends_on}", item.id)


def _is_to_come(context: RuleContext, item: ListEvidence, record: Exclusion) -> bool | None:
    """Tell whether an exclusion began after the as-of date. A list without days has its own."""
    if record.excluded_on is not None:
        return record.excluded_on.after(context.as_of)
    listed = context.sources.day_of(item.source)
    return False if listed is not None and listed <= context.as_of else None


def _check_in_force(
    context: RuleContext, listed: ExclusionList, item: ListEvidence, record: Exclusion
) -> Check:
    """Check an exclusion in force. A waiver holds in one state; a copy of a list is no publisher."""
    what = _describe(item, record, listed)
    if not context.is_usable(item):
        return context.explain_doubt(item)
    states = context.physician.states if context.physician else frozenset()
    said = f"a waiver dated {record.waiver_on} applies only in {record.waiver_state}"
    waived = record.waiver_state is not None and record.waiver_on is not None
    if waived and states == {record.waiver_state}:
        return unverified(ReasonCode.WAIVER, f"{what}; {said}", item.id, ask=_ask(listed, record))
    ties = {"npi": "has this NPI", "disposition": "is this person's"}
    message = f"{what} {ties.get(item.match.by, f'has this {item.match.by}')}"
    if listed.may_be_silent and item.authority is not Authority.PRIMARY:
        message += "; this is not the publisher's own list"
        return unverified(listed.code, message, item.id, ask=_ask(listed, record))
    if missing := _find_origin_without(context, listed, item, record):
        message += f", but {missing.name} of {missing.as_of}, which is complete, does not list it"
        return unverified(ReasonCode.CONTRADICTION, message, item.id, ask=_ASK_OIG)
    checked = not_met(listed.code, message, item.id, ask=_ask(listed, record))
    return with_remark(checked, ReasonCode.WAIVER, said) if waived else checked


def _find_origin_without(
    context: RuleContext, listed: ExclusionList, item: ListEvidence, record: Exclusion
) -> SourceReport | None:
    """Return the whole list of the agency that excluded, if it has no row that may be this person's.

    SAM.gov repeats the exclusions of HHS, and drops them on another day than the OIG's own list does.
    """
    if listed is not FEDERAL or normalize_phrase(record.agency) not in list_words(
        "exclusion_agency"
    ):
        return None
    others = [x for x in context.sources.whole(listed.kind) if x.name != item.source]
    told = {each.source for each in context.records(listed.evidence_type)}
    return next((each for each in others if each.name not in told), None)


def _check_doubtful(context: RuleContext, item: ListEvidence, listed: ExclusionList) -> Check:
    """Check a row that cannot be read, or bears this number and another's name."""
    if item.match.decision is not Decision.CONFLICT:
        return context.explain_doubt(item)
    told = context.explain_doubt(item)
    return unverified(told.reasons[0].code, told.reasons[0].message, item.id, ask=listed.ask)


def _check_absent(context: RuleContext, listed: ExclusionList, *, has_history: bool) -> Check:
    silence = context.check_absence(listed.kind, f"{listed.noun} in force", listed.get)
    if not silence or any(each.outcome is Outcome.UNVERIFIED for each in silence):
        return silence[0] if silence else _no_list(listed)
    if damaged := context.check_damage(listed.kind, f"{listed.noun} in force", listed.get):
        return damaged
    still = (
        f"no {listed.noun} is in force" if has_history else "neither the NPI nor the name is listed"
    )
    sources = context.sources.answering(listed.kind)
    if context.settled((listed.evidence_type,)) or _list_others(context, listed):
        still = "no entry in force may be this person's"
    asked = " and ".join(_describe_list(each, listed) for each in sources)
    message = f"{still} in {asked}{_describe_unasked(context, listed)}"
    return met(ReasonCode.NOT_EXCLUDED, message)


def _no_list(listed: ExclusionList) -> Check:
    message = "no list was checked"
    return unverified(ReasonCode.NO_SOURCE, message, ask=listed.get, silent=True)


def _describe(item: ListEvidence, record: Exclusion, listed: ExclusionList) -> str:
    """Return an entry in words: where it stands, who did what, when, and why."""
    by = f" by {record.agency}" if record.agency else ""
    why = record.exclusion_type or record.reason
    if record.exclusion_type and record.reason:
        why = f"{record.exclusion_type}, {record.reason}"
    until = f" until {record.ends_on}" if record.ends_on is not None else ""
    law = f", {why}" if why else ""
    day = record.excluded_on or "a date that the list does not give"
    return f"{record_location(item)} ({listed.verb} on {day}{by}{until}{law})"


def _describe_list(source: SourceReport, listed: ExclusionList) -> str:
    """Return a list in words: which, of what state and day, with how many rows."""
    states = f" of {', '.join(source.scope)}" if listed.names_states and source.scope else ""
    rows = f", {pluralize(source.rows, 'row')}" if source.rows is not None else ""
    day = f"{source.as_of}" if source.as_of is not None else "date unknown"
    return f"{source.name}{states} ({day}{rows})"


def _describe_unasked(context: RuleContext, listed: ExclusionList) -> str:
    """Return which of the person's states have no list that was asked."""
    if not listed.names_states or context.physician is None:
        return ""
    asked = {x for source in context.sources.answering(listed.kind) for x in source.scope}
    others = sorted(context.physician.states - asked)
    return f"; not asked: {', '.join(others)}" if others else ""
