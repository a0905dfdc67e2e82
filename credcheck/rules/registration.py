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
)
from credcheck.reference.boards import PHYSICIAN_BODIES
from credcheck.reference.professions import Profession, code_profession
from credcheck.reference.specialties import TRAINEE_CODE, taxonomy_name
from credcheck.reference.understanding import understand_board
from credcheck.rules.base import Parameters, Rule
from credcheck.rules.context import RuleContext, join_names
from credcheck.rules.result import Check, Combine, all_checks, met, not_met, unverified

_ASK_NUMBER = (
    "Check the NPI with the physician; a deactivated number is in CMS's deactivation report."
)
_ASK_OWN = "Ask for the physician's own NPI (an individual's)."
_ASK_REGISTRY = "Look up the number in the NPPES registry itself (npiregistry.cms.hhs.gov)."
_ASK_DAY = "Check as of a later day, or use a copy of the registry from that day."
_ASK_PROFESSION = (
    "Ask the state licensing board whether this is a physician, and ask the physician to complete the"
    " NPPES record."
)


class RegistrationParameters(Parameters, kw_only=True):
    """None."""


def weigh(context: RuleContext, parameters: RegistrationParameters) -> Sequence[Check]:  # noqa: ARG001
    """Meet it with an NPI that the registry lists as an active individual physician.

    A physician has a taxonomy code in NUCC's grouping Allopathic & Osteopathic Physicians
    (20xxxxxxxX, MD or DO), compared in full. Somebody who only has codes of another profession
    (a nurse anesthetist, a chiropractor) is not a physician. Such a code, or another
    profession's degree, beside a physician's code is a contradiction. Codes that do not name a
    profession (a student, 390200000X; a specialist, 174400000X) decide nothing. If no code
    decides, an ABMS or AOA certificate does, because only physicians hold one. Active means
    that the registry says so explicitly: status exactly ``A``, or reactivated after a
    deactivation. The registry's dates decide the status on the as-of date. If two registries
    disagree, it is ``unverified``.

    Sources: NPPES Data Dissemination Readme (status, deactivation); NUCC Health Care Provider
    Taxonomy (groupings).
    """
    checks = [
        _check_record(context, item, item.record)
        for item in context.usable(RegistrationEvidence)
        if item.record is not None
    ]
    gaps = [context.explain_doubt(item) for item in context.unsure(RegistrationEvidence)]
    gaps += context.check_sources(EvidenceKind.REGISTRATION)
    if not checks and not gaps:
        gaps += _check_not_found(context)
    return [*checks, *gaps]


def _check_record(context: RuleContext, item: RegistrationEvidence, record: Registration) -> Check:
    if record.entity_type == "organization":
        name = record.organization_name or "an organization"
        message = f"NPI {record.npi} belongs to {name}"
        return not_met(ReasonCode.NPI_IS_ORGANIZATION, message, item.id, ask=_ASK_OWN)
    parts = [_check_status(context, item, record)]
    if record.status != "deactivated":
        parts += [_check_individual(item, record), _check_physician(context, item, record)]
    checked = all_checks(parts)
    if checked.outcome is not Outcome.MET:
        return checked
    message = "; ".join(part.reasons[0].message for part in (parts[0], parts[-1]))
    reason = Reason(code=ReasonCode.NPI_ACTIVE, message=message, about=checked.evidence)
    return replace(checked, reasons=(reason,))


def _check_status(context: RuleContext, item: RegistrationEvidence, record: Registration) -> Check:
    if record.status == "active":
        return _check_active(context, item, record)
    if record.status == "deactivated":
        return _check_deactivated(context, item, record)
    message = f"{item.source} does not say whether NPI {record.npi} is active"
    return unverified(ReasonCode.RECORD_UNREADABLE, message, item.id, ask=_ASK_REGISTRY)


def _check_active(context: RuleContext, item: RegistrationEvidence, record: Registration) -> Check:
    """Check a number that is active now: on the day it may not have been issued, or been inactive."""
    issued = record.enumeration_date
    if issued is not None and issued.after(context.as_of) is not False:
        message = f"NPI {record.npi} was issued on {issued} per {item.source}, after the as-of date"
        return unverified(ReasonCode.NPI_NOT_YET_ISSUED, message, item.id, ask=_ASK_DAY)
    gone, back = record.deactivation_date, record.reactivation_date
    if gone is not None and back is not None and gone.after(context.as_of) is not True:
        message = f"NPI {record.npi} was deactivated on {gone} and reactivated on {back}"
        message += f" per {item.source}"
        if back.after(context.as_of) is None:
            return unverified(ReasonCode.NPI_DEACTIVATED, message, item.id, ask=_ASK_DAY)
        if back.after(context.as_of):
            return not_met(ReasonCode.NPI_DEACTIVATED, message, item.id, ask=_ASK_DAY)
    return met(ReasonCode.NPI_ACTIVE, f"{item.source} lists the NPI as active", item.id)


def _check_deactivated(
    context: RuleContext, item: RegistrationEvidence, record: Registration
) -> Check:
    day = f" on {record.deactivation_date}" if record.deactivation_date else ""
    said = f": {record.note}" if record.note else ""
    message = f"NPI {record.npi} was deactivated{day} per {item.source}{said}"
    if record.replacement_npi:
        message += f"; it was replaced by {record.replacement_npi}"
    gone = record.deactivation_date
    if gone is not None and gone.after(context.as_of) is not False:
        message += ", after the as-of date; its earlier status is not known"
        return unverified(ReasonCode.NPI_DEACTIVATED, message, item.id, ask=_ASK_DAY)
    ask = f"Check NPI {record.replacement_npi} instead." if record.replacement_npi else _ASK_NUMBER
    return not_met(ReasonCode.NPI_DEACTIVATED, message, item.id, ask=ask)


def _check_individual(item: RegistrationEvidence, record: Registration) -> Check:
    if record.entity_type == "individual":
        return met(ReasonCode.NPI_ACTIVE, f"{item.source} lists an individual", item.id)
    message = f"{item.source} does not say whether NPI {record.npi} is an individual's"
    return unverified(ReasonCode.RECORD_UNREADABLE, message, item.id, ask=_ASK_REGISTRY)


def _check_physician(
    context: RuleContext, item: RegistrationEvidence, record: Registration
) -> Check:
    codes = [taxonomy.code for taxonomy in record.taxonomies]
    listed = ", ".join(taxonomy_name(code) for code in codes)
    professions = {code: code_profession(code) for code in codes}
    for code, profession in professions.items():
        if profession is Profession.PHYSICIAN:
            message = f"registered as a physician: {taxonomy_name(code)}, self-reported"
            return met(ReasonCode.NPI_ACTIVE, message, item.id)
    if Profession.OTHER in professions.values():
        message = f"no physician taxonomy is registered, only {listed}"
        return not_met(ReasonCode.NOT_A_PHYSICIAN, message, item.id, ask=_ASK_PROFESSION)
    if not codes:
        return _check_certified(context, item)
    trainee = " (a trainee)" if TRAINEE_CODE in codes else ""
    message = f"{item.source} lists {listed}{trainee}, which does not show that this is a physician"
    return unverified(ReasonCode.NOT_A_PHYSICIAN, message, item.id, ask=_ASK_PROFESSION)


def _check_certified(context: RuleContext, item: RegistrationEvidence) -> Check:
    for certificate in context.usable(CertificateEvidence):
        board = understand_board(certificate.record.board).value if certificate.record else None
        if board is not None and board.member_of in PHYSICIAN_BODIES:
            message = f"no taxonomy is registered; {board.name} certifies physicians only"
            return met(ReasonCode.NPI_ACTIVE, message, item.id, certificate.id)
    message = "the registry lists no taxonomy, so it does not show that this is a physician"
    return unverified(ReasonCode.RECORD_UNREADABLE, message, item.id, ask=_ASK_PROFESSION)


def _check_not_found(context: RuleContext) -> list[Check]:
    kind = EvidenceKind.REGISTRATION
    answering = context.sources.answering(kind)
    if not answering:
        return context.check_absence(kind, "NPI registration", _ASK_NUMBER)
    whole = context.sources.whole(kind)
    if whole:
        message = f"the NPI is not in {join_names(whole)}, declared complete"
        return [not_met(ReasonCode.NPI_NOT_FOUND, message, ask=_ASK_NUMBER)]
    message = (
        f"{join_names(answering)} has no such NPI: it was never issued, was deactivated, or is newer"
        " than the data"
    )
    return [unverified(ReasonCode.NPI_NOT_FOUND, message, ask=_ASK_NUMBER)]


RULE = Rule(
    kind="registration",
    parameters=RegistrationParameters,
    weigh=weigh,
    combine=Combine.NEGATIVE_FIRST,
    evidence_types=(RegistrationEvidence,),  # at certificates only where no taxonomy is registered
)
