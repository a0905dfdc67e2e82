"""Rule kind ``license``: an active license without an order, as the state itself lists it."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from credcheck.evidence.licenses import Standing, is_limited, read_standing
from credcheck.model import (
    Authority,
    Decision,
    EvidenceKind,
    LicenseEvidence,
    Licensure,
    MatchReason,
    Outcome,
    ReasonCode,
    SourceReport,
    SourceState,
)
from credcheck.reference.states import usps
from credcheck.reference.understanding import understand_word
from credcheck.reference.vocabulary import normalize_phrase
from credcheck.rules.base import Parameters, Rule
from credcheck.rules.context import (
    RuleContext,
    check_source,
    is_self_reported,
    record_location,
)
from credcheck.rules.result import Check, Combine, met, not_met, unverified

_KIND = EvidenceKind.LICENSE
_BOOK = "book"
"""The adapter of what people verified: no state's list."""

_LOOK = "Look up the license with the state board itself, and read the order."
_ASK_PRACTICE = "Ask the state board whether this status lets the physician practice."
_ASK = "Ask the state board for the license's status and when it took effect."


class LicenseParameters(Parameters, kw_only=True):
    """None."""


def weigh(context: RuleContext, parameters: LicenseParameters) -> Sequence[Check]:  # noqa: ARG001
    """Meet it with a license that its state lists as active and without an order.

    Rows are matched by NPI, or by the license number with its letters and the name, never by name
    alone. An expired, surrendered, suspended or revoked license is not met if the state itself says
    so. Somebody must check a license that is active with an order in force or is of a type that may
    be limited, and the words "inactive" and "retired", which states use differently. A word that is
    not understood decides nothing. A license lost for cause in one state counts even if another
    state's license is active. A license that simply expired does not count, unless it is from the
    state of practice. Absence means nothing: the finding says which states were asked, and in which
    states a known license was not.

    A list that is stale or cannot be read leaves the finding unverified, unless its state is known
    and the registry's licenses, the places of practice and the query are all of other states. Where
    the registry has no license, that is not known, and the finding is unverified.

    Sources: 201 KAR 9:250 section 1(2) ("in good standing"); the state boards' own files. For the
    source of each word, see docs/reference/license-words.md.
    """
    if not context.sources.of(_KIND):
        return [_check_silence("no state's licenses were asked")]
    asked = _describe_asked(context)
    checks = [*_check_rows(context), *_check_sources(context)]
    return list(_with_asked(checks or _check_absence(context), asked))


def _check_sources(context: RuleContext) -> list[Check]:
    """Check the sources that were not usable."""
    spared = {each.name for each in _list_spared(context)}
    unusable = (x for x in context.sources.of(_KIND) if x.state is not SourceState.OK)
    return [check_source(each) for each in unusable if each.name not in spared]


def _list_spared(context: RuleContext) -> list[SourceReport]:
    """Return the lists that could not be read, or are stale, and that nothing hangs on.

    They are of states in which this person has no license that is known, nor practices, nor is asked
    about. Where the registry has no license at all, there may be one in any state: nothing is spared.
    """
    person, query = context.physician, context.dossier.query
    if person is None or not _list_known_states(context):
        return []
    own = {*person.states, *_list_listed_states(context)}
    own |= {person.state or "", query.state or "", query.license_state or ""}
    wanted = {usps(state) for state in own if state}
    unusable = {SourceState.STALE, SourceState.FAILED}
    found = [x for x in context.sources.of(_KIND) if x.state in unusable and x.scope]
    return [each for each in found if wanted.isdisjoint(each.scope)]


def _list_listed_states(context: RuleContext) -> frozenset[str]:
    """Return the states in whose lists there is a license that may be this person's."""
    records = (item.record for item in context.records(LicenseEvidence))
    return frozenset(record.state for record in records if record is not None)


def _check_silence(message: str) -> Check:
    ask = "Add a source of the state's licenses, or look up the license with the state board."
    return unverified(ReasonCode.NO_SOURCE, message, ask=ask, silent=True)


def _check_rows(context: RuleContext) -> Iterator[Check]:
    """Yield a check of each row that may be this person's license."""
    rows: list[LicenseEvidence] = []
    for item in context.records(LicenseEvidence):
        if item.record is None or item.problem is not None:
            yield context.explain_doubt(item)
        elif item.match.by == "name":
            yield from _check_lead(context, item, item.record)
        elif MatchReason.LICENSE_OF_ANOTHER_NAME in item.match.reasons:
            if read_standing(context, item, item.record) is not Standing.ACTIVE:
                yield context.explain_doubt(item)
        elif item.match.decision is not Decision.MATCH:
            yield context.explain_doubt(item)
        else:
            rows.append(item)
    yield from _check_licenses(context, rows)


def _check_licenses(context: RuleContext, rows: Sequence[LicenseEvidence]) -> Iterator[Check]:
    """Yield a check of each row that is decisively this person's license."""
    read = [(x, x.record, read_standing(context, x, x.record)) for x in rows if x.record]
    # What a person says of an own license is as good as silence; what they admit is a doubt.
    read = [x for x in read if not (x[2] is Standing.ACTIVE and is_self_reported(x[0]))]
    held = [y for x, y, standing in read if standing is Standing.ACTIVE and context.can_prove(x)]
    for item, record, standing in read:
        if not context.is_usable(item):
            if standing is not Standing.ACTIVE:
                yield context.explain_doubt(item)
        elif standing in {Standing.LAPSED, Standing.INACTIVE}:
            yield from _check_lapsed(context, item, record, held)
        else:
            yield _check_row(context, item, record, standing)


def _check_lead(context: RuleContext, item: LicenseEvidence, record: Licensure) -> Iterator[Check]:
    """Yield a doubt where a name alone, but decisively this person's, leads to a license that was lost.

    Another number in a state in which this person's own is known is another person's, unless one digit
    alone parts the two: then it may be a misprint.
    """
    is_misprint = any(
        x.feature == "license" and x.agreement == "partial" for x in item.match.compared
    )
    is_sure = item.match.decision is Decision.MATCH
    if not is_misprint and (not is_sure or record.state in _list_known_states(context)):
        return
    if read_standing(context, item, record) is Standing.LOST:
        message = describe_license(item, record)
        message += ", has this name but a different number from the one known"
        yield unverified(ReasonCode.LICENSE_UNKNOWN, message, item.id, ask=_ASK)


def _check_row(
    context: RuleContext, item: LicenseEvidence, record: Licensure, standing: Standing
) -> Check:
    message = describe_license(item, record)
    if standing is Standing.ACTIVE:
        return met(ReasonCode.LICENSE_ACTIVE, message, item.id)
    if standing is Standing.RESTRICTED:
        message += f": {_describe_restriction(record)}; a person must decide"
        return unverified(ReasonCode.LICENSE_RESTRICTED, message, item.id, ask=_LOOK)
    if standing is Standing.LOST:
        return _check_not_active(item, message)
    for doubt in context.doubts(item.id):  # such as a word that is not understood
        return unverified(doubt.code, doubt.message, item.id, ask=doubt.next_step)
    message += ": it does not show the status on the as-of date"
    return unverified(ReasonCode.LICENSE_UNKNOWN, message, item.id, ask=_ASK)


def _describe_restriction(record: Licensure) -> str:
    if not record.status.strip():
        return "the list has only public actions, and does not show what holds today"
    if is_limited(record):
        return f"a license of the type {record.license_type!r} may be limited"
    return "an order or a condition"


def _check_lapsed(
    context: RuleContext, item: LicenseEvidence, record: Licensure, held: Sequence[Licensure]
) -> Iterator[Check]:
    """Yield the check of a license that ran out: another may be the one that is used."""
    message = describe_license(item, record)
    practice = context.physician.state if context.physician else None
    others = sorted(_list_known_states(context) - _list_asked_states(context))
    if held and (record.state != practice or any(each.state == practice for each in held)):
        return
    if held or others:
        where = ", ".join([each.state for each in held] or others)
        message += f"; there is also a license in {where}"
        ask = (
            f"Ask the state board of {where} about the license, and ask where the physician"
            " practices."
        )
        yield unverified(ReasonCode.LICENSE_NOT_ACTIVE, message, item.id, ask=ask)
        return
    if read_standing(context, item, record) is Standing.INACTIVE:
        message += "; what it lets its holder do differs between states"
        yield unverified(ReasonCode.LICENSE_NOT_ACTIVE, message, item.id, ask=_ASK_PRACTICE)
        return
    yield _check_not_active(item, message)


def _check_not_active(item: LicenseEvidence, message: str) -> Check:
    """Check a license that is not active: only the state itself can make it a negative."""
    if item.authority is Authority.PRIMARY:
        return not_met(ReasonCode.LICENSE_NOT_ACTIVE, message, item.id, ask=_ASK)
    message += "; this is not the state's own list"
    return unverified(ReasonCode.LICENSE_NOT_ACTIVE, message, item.id, ask=_ASK)


def _check_absence(context: RuleContext) -> list[Check]:
    """Check that no row was found: a doubt where a state's whole list lacks a number that is known."""
    licenses = context.physician.licenses if context.physician else ()
    for source in context.sources.whole(_KIND):
        for each in licenses:
            if each.state in source.scope:
                message = f"license {each.number} of {each.state} is not listed in {source.name}"
                ask = "Check the number with the physician, or look it up with the state board."
                return [unverified(ReasonCode.LICENSE_UNKNOWN, message, ask=ask)]
    return [
        _check_silence("none of the state lists that were checked has a license for this person")
    ]


def describe_license(item: LicenseEvidence, record: Licensure) -> str:
    """Return what a row says in words: ``licenses row 3: OH license 35.1, status 'Active'``."""
    said = f"{record.state} license {record.number}"
    said += f", status {record.status!r}" if record.status else ""
    if normalize_phrase(record.status_reason) not in {"", normalize_phrase(record.status)}:
        said += f" ({record.status_reason})"
    for word, date in (("since", record.status_on), (", expiration date", record.expires)):
        said += f" {word} {date}".replace(" ,", ",") if date is not None else ""
    has_order = understand_word("license_order", record.order).value != "none"
    if record.order.strip() and has_order:
        dates = f" of {record.order_on}" if record.order_on else ""
        dates += f", ended {record.order_ended_on}" if record.order_ended_on else ""
        said += f", board action {record.order!r}{dates}"
    return f"{record_location(item)}: {said}"


def _list_known_states(context: RuleContext) -> frozenset[str]:
    """Return the states in which a license of this person is known from the registry."""
    licenses = context.physician.licenses if context.physician else ()
    return frozenset(each.state for each in licenses if each.state)


def _list_asked_states(context: RuleContext) -> frozenset[str]:
    return frozenset(x for source in context.sources.answering(_KIND) for x in source.scope)


def _describe_asked(context: RuleContext) -> str:
    """Return which states were asked, of which day, and where a license is known that was not."""
    said = "; ".join(
        f"{', '.join(source.scope)} ({source.name} of {source.as_of})"
        if source.scope
        else f"{source.name} of {source.as_of}, which lists no license status"
        for source in context.sources.answering(_KIND)
        if source.adapter != _BOOK
    )
    asked = f"asked: {said}" if said else "no state's list was checked"
    others = sorted(_list_known_states(context) - _list_asked_states(context))
    if others:
        asked += f"; there is also a license in {', '.join(others)}, which was not asked"
    spared = [f"{x.name} ({', '.join(x.scope)})" for x in _list_spared(context)]
    if spared:
        asked += f"; {', '.join(spared)} could not be used, and no license there is known"
    return asked


def _with_asked(checks: Sequence[Check], asked: str) -> Iterator[Check]:
    """Yield the checks; the first of each outcome says what was asked."""
    said: set[Outcome] = set()
    for check in checks:
        is_silence = check.silent and check.outcome is Outcome.UNVERIFIED
        if is_silence or check.outcome in said:
            yield check
            continue
        said.add(check.outcome)
        first, *rest = check.reasons
        told = replace(first, message=f"{first.message} ({asked})")
        yield replace(check, reasons=(told, *rest))


RULE = Rule(
    kind="license",
    parameters=LicenseParameters,
    weigh=weigh,
    combine=Combine.ALL,
    evidence_types=(LicenseEvidence,),
    personal_kinds=(_KIND,),
)
