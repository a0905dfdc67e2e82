"""Rule kind ``registration``: an active NPI of an individual who is a physician."""

from collections.abc import Sequence

from msgspec.structs import replace

from credcheck.model import (
    CertificateEvidence,
    EvidenceKind,
    Outcome,
    Reason,
    ReasonCode,
    Registration,
    RegistrationEvidence,
    SourceState,
)
from credcheck.reference.boards import find_boards
from credcheck.reference.specialties import TRAINEE_CODE, is_physician_code, taxonomy_name
from credcheck.rules.base import Parameters, Rule
from credcheck.rules.context import RuleContext, explain_doubt
from credcheck.rules.result import (
    Check,
    Judgment,
    all_checks,
    finding_if_all,
    finding_if_any,
    met,
    not_met,
    unverified,
)

_ASK_NUMBER = (
    "Check the NPI with the physician; a deactivated number is in CMS's deactivation report."
)
_ASK_DAY = "Ask as of a later day, or ask a copy of the registry of that day."


class RegistrationParameters(Parameters, kw_only=True):
    """There is nothing to set."""


def judge(case: RuleContext, parameters: RegistrationParameters) -> Judgment:  # noqa: ARG001
    """Meet it with an NPI that the registry lists as an active individual physician.

    A physician has a taxonomy code of NUCC's grouping Allopathic & Osteopathic Physicians
    (20xxxxxxxX, MD or DO), compared whole. A record whose only codes are others (a trainee,
    390200000X; a nurse anesthetist; a chiropractor) is not a physician's. A record without any code
    leaves it to an ABMS or AOA certificate, which only physicians hold. Active is what the registry
    says in so many words: status exactly ``A``, or reactivated after a deactivation; and its dates
    decide what it was on the as-of date. If two registries disagree, it is ``unverified``.

    Sources: NPPES Data Dissemination Readme (status, deactivation); NUCC
    Health Care Provider Taxonomy (groupings).
    """
    records = case.usable(RegistrationEvidence)
    weighed = [_record(case, item, item.record) for item in records if item.record]
    gaps = [explain_doubt(item) for item in case.doubtful(RegistrationEvidence)]
    gaps += case.check_sources(EvidenceKind.REGISTRATION)
    if not weighed and not gaps:
        gaps += _not_found(case)
    outcomes = {each.outcome for each in weighed}
    if outcomes >= {Outcome.MET, Outcome.NOT_MET}:
        return finding_if_all([_disagreement(weighed)])
    if Outcome.NOT_MET in outcomes:
        return finding_if_all([*weighed, *gaps])
    return finding_if_any([*weighed, *gaps])


def _record(case: RuleContext, item: RegistrationEvidence, record: Registration) -> Check:
    if record.entity_type == "organization":
        name = record.organization_name or "an organization"
        return not_met(
            ReasonCode.NPI_IS_ORGANIZATION, f"NPI {record.npi} belongs to {name}", item.id
        )
    parts = [_status(case, item, record)]
    if record.status != "deactivated":
        parts += [_individual(item, record), _physician(case, item, record)]
    weighed = all_checks(parts)
    if weighed.outcome is not Outcome.MET:
        return weighed
    message = "; ".join(part.reasons[0].message for part in (parts[0], parts[-1]))
    return replace(weighed, reasons=(Reason(code=ReasonCode.NPI_ACTIVE, message=message),))


def _status(case: RuleContext, item: RegistrationEvidence, record: Registration) -> Check:
    if record.status == "active":
        return _active(case, item, record)
    if record.status == "deactivated":
        return _deactivated(case, item, record)
    message = f"{item.source} does not say whether NPI {record.npi} is active"
    return unverified(ReasonCode.RECORD_UNREADABLE, message, item.id, ask=_ASK_NUMBER)


def _active(case: RuleContext, item: RegistrationEvidence, record: Registration) -> Check:
    """Weigh a number that is active now: on the day it may not have been issued, or been inactive."""
    issued = record.enumeration_date
    if issued is not None and issued.after(case.as_of) is not False:
        message = f"NPI {record.npi} was issued on {issued} per {item.source}, after the as-of date"
        return unverified(ReasonCode.NPI_NOT_YET_ISSUED, message, item.id, ask=_ASK_DAY)
    gone, back = record.deactivation_date, record.reactivation_date
    if gone is not None and back is not None and gone.after(case.as_of) is not True:
        message = f"NPI {record.npi} was deactivated on {gone} and reactivated on {back}"
        message += f" per {item.source}"
        if back.after(case.as_of) is None:
            return unverified(ReasonCode.NPI_DEACTIVATED, message, item.id, ask=_ASK_DAY)
        if back.after(case.as_of):
            return not_met(ReasonCode.NPI_DEACTIVATED, message, item.id)
    return met(ReasonCode.NPI_ACTIVE, f"{item.source} lists the NPI as active", item.id)


def _deactivated(case: RuleContext, item: RegistrationEvidence, record: Registration) -> Check:
    day = f" on {record.deactivation_date}" if record.deactivation_date else ""
    said = f": {record.note}" if record.note else ""
    message = f"NPI {record.npi} was deactivated{day} per {item.source}{said}"
    gone = record.deactivation_date
    if gone is not None and gone.after(case.as_of) is not False:
        message += ", after the as-of date; what it was before is not told"
        return unverified(ReasonCode.NPI_DEACTIVATED, message, item.id, ask=_ASK_DAY)
    return not_met(ReasonCode.NPI_DEACTIVATED, message, item.id)


def _individual(item: RegistrationEvidence, record: Registration) -> Check:
    if record.entity_type == "individual":
        return met(ReasonCode.NPI_ACTIVE, f"{item.source} lists an individual", item.id)
    message = f"{item.source} does not say whether NPI {record.npi} is an individual's"
    return unverified(ReasonCode.RECORD_UNREADABLE, message, item.id, ask=_ASK_NUMBER)


def _physician(case: RuleContext, item: RegistrationEvidence, record: Registration) -> Check:
    codes = [taxonomy.code for taxonomy in record.taxonomies]
    physician = [code for code in codes if is_physician_code(code)]
    if physician:
        message = f"a physician by the taxonomy {taxonomy_name(physician[0])}, self-reported"
        return met(ReasonCode.NPI_ACTIVE, message, item.id)
    if codes:
        listed = ", ".join(taxonomy_name(code) for code in codes)
        trainee = " (a trainee)" if TRAINEE_CODE in codes else ""
        message = f"no physician taxonomy is registered, only {listed}{trainee}"
        return not_met(ReasonCode.NOT_A_PHYSICIAN, message, item.id)
    return _certified_physician(case, item)


def _certified_physician(case: RuleContext, item: RegistrationEvidence) -> Check:
    for certificate in case.usable(CertificateEvidence):
        board = find_boards(certificate.record.board) if certificate.record else ()
        if len(board) == 1 and board[0].member_of != "none":
            message = f"no taxonomy is registered; {board[0].name} certifies physicians only"
            return met(ReasonCode.NPI_ACTIVE, message, item.id, certificate.id)
    message = "the registry lists no taxonomy, so it does not say that this is a physician"
    ask = "Ask the physician to complete the NPPES record."
    return unverified(ReasonCode.RECORD_UNREADABLE, message, item.id, ask=ask)


def _not_found(case: RuleContext) -> list[Check]:
    answering = [x for x in case.sources(EvidenceKind.REGISTRATION) if x.state is SourceState.OK]
    if not answering:
        return list(case.check_absence(EvidenceKind.REGISTRATION, "NPI registrations", _ASK_NUMBER))
    names = " and ".join(source.name for source in answering)
    if case.is_complete(EvidenceKind.REGISTRATION):
        message = f"the NPI is not in {names}, which is declared complete"
        return [not_met(ReasonCode.NPI_NOT_FOUND, message)]
    message = f"{names} has no such NPI: never issued, or deactivated, or newer than its data"
    return [unverified(ReasonCode.NPI_NOT_FOUND, message, ask=_ASK_NUMBER)]


def _disagreement(weighed: Sequence[Check]) -> Check:
    said = "; ".join(reason.message for each in weighed for reason in each.reasons)
    evidence = tuple(e for each in weighed for e in each.evidence)
    ask = "Look the number up at the NPPES registry itself."
    return unverified(
        ReasonCode.CONTRADICTION, f"the registries disagree: {said}", *evidence, ask=ask
    )


RULE = Rule(
    kind="registration",
    parameters=RegistrationParameters,
    judge=judge,
    evidence_types=(RegistrationEvidence,),  # at certificates only where no taxonomy is registered
)
