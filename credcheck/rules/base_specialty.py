"""Rule kind ``base_specialty``: the specialty that pain medicine was built on."""

from collections.abc import Sequence

from credcheck.model import (
    Certificate,
    CertificateEvidence,
    EvidenceKind,
    ReasonCode,
    RegistrationEvidence,
)
from credcheck.reference.boards import MEMBERSHIPS, find_boards
from credcheck.reference.specialties import (
    SPECIALTIES,
    certificate_specialty,
    is_physician_code,
    taxonomy,
    taxonomy_name,
)
from credcheck.reference.vocabulary import look_up_word
from credcheck.rules.base import Parameters, Rule, check_names
from credcheck.rules.context import RuleContext, explain_doubt, record_location
from credcheck.rules.result import (
    Check,
    Judgment,
    finding_if_any,
    met,
    not_met,
    unverified,
    with_remark,
)

_ASK = "Ask the board (ABMS or AOA profile) which general certificate the physician has held."
_SELF_REPORTED = "NPPES taxonomies are self-reported; nobody checks them"


class BaseSpecialtyParameters(Parameters, kw_only=True):
    """Which specialties qualify, whose general certificates prove them, and if NPPES may."""

    specialties: tuple[str, ...]
    boards: tuple[str, ...]
    accept_self_reported: bool = False

    def __post_init__(self) -> None:
        check_names("specialty", self.specialties, SPECIALTIES)
        check_names("board membership", self.boards, MEMBERSHIPS)


def judge(case: RuleContext, parameters: BaseSpecialtyParameters) -> Judgment:
    """Meet it with a qualifying general certificate or, where the standard says so, a taxonomy.

    A general certificate counts if it was ever held and is not revoked: a lapsed one still proves
    the specialty. A taxonomy is self-reported and the finding says so. 207LP2900X and 2081P2900X
    carry their base; 208VP0014X and 208VP0000X carry none. The base is never inferred from the
    board that issued a pain certificate: ABPMR has certified diplomates of other boards. Where a
    certificate in a qualifying specialty was revoked, a self-report does not make up for it.

    Sources: ABMS bylaws (a subspecialty certificate presupposes a general certificate of any member
    board); abpn.org and abpmr.org, maintenance of certification (the general certificate need not
    be kept up); NUCC taxonomy (codes); NPPES Readme (self-reported).
    """
    weighed = [
        each
        for item in case.usable(CertificateEvidence)
        if item.record and (each := _general_certificate(case, item, item.record, parameters))
    ]
    revoked = any(each.reasons[0].code is ReasonCode.CERTIFICATE_REVOKED for each in weighed)
    if parameters.accept_self_reported and not revoked:
        weighed += [_taxonomies(item, parameters) for item in case.usable(RegistrationEvidence)]
    gaps = [
        explain_doubt(item)
        for item in case.doubtful(CertificateEvidence)
        if item.record is None or _qualifies(item.record, parameters)
    ]
    gaps += case.check_sources(EvidenceKind.CERTIFICATE)
    if not weighed and not gaps:
        gaps.append(unverified(ReasonCode.NO_SOURCE, "no record names a base specialty", ask=_ASK))
    return finding_if_any([*weighed, *gaps])


def _general_certificate(
    case: RuleContext,
    item: CertificateEvidence,
    record: Certificate,
    parameters: BaseSpecialtyParameters,
) -> Check | None:
    """Weigh a certificate, or return None for one that says nothing about the base."""
    boards = find_boards(record.board)
    if len(boards) != 1 or boards[0].member_of not in parameters.boards:
        return None
    what = f"{boards[0].name}: {record.certificate} ({record_location(item)}, status {record.status!r})"
    if not _qualifies(record, parameters):
        if record.certificate_type != "general":
            return None
        return not_met(
            ReasonCode.SPECIALTY_NOT_QUALIFYING, f"general certificate in {what}", item.id
        )
    status = look_up_word("certificate", record.status)
    if status == "revoked":
        message = f"the general certificate was revoked: {what}"
        return unverified(ReasonCode.CERTIFICATE_REVOKED, message, item.id, ask=_ASK)
    if status is None:
        message = f"a status that credcheck does not know: {what}"
        return unverified(ReasonCode.RECORD_UNREADABLE, message, item.id, ask=_ASK)
    not_yet = record.issued is not None and record.issued.after(case.as_of) is not False
    if status == "not_certified" or not_yet:
        return None
    return met(ReasonCode.SPECIALTY_QUALIFIES, f"general certificate held: {what}", item.id)


def _qualifies(record: Certificate, parameters: BaseSpecialtyParameters) -> bool:
    return certificate_specialty(record.certificate) in parameters.specialties


def _taxonomies(item: RegistrationEvidence, parameters: BaseSpecialtyParameters) -> Check:
    codes = [x.code for x in item.record.taxonomies] if item.record else []
    bases = {code: _base(code) for code in codes if is_physician_code(code)}
    good = [code for code, base in bases.items() if base in parameters.specialties]
    if good:
        message = f"{item.source} lists {_named(good)}"
        weighed = met(ReasonCode.SPECIALTY_QUALIFIES, message, item.id)
    elif bases and set(bases.values()) <= {"other", "none"} and "other" in bases.values():
        message = f"{item.source} lists only {_named(tuple(bases))}"
        weighed = not_met(ReasonCode.SPECIALTY_NOT_QUALIFYING, message, item.id)
    else:
        listed = f"only {_named(codes)}" if codes else "no taxonomy"
        message = f"{item.source} lists {listed}, which names no base specialty"
        return unverified(ReasonCode.NOT_FOUND_IN_PARTIAL_SOURCE, message, item.id, ask=_ASK)
    return with_remark(weighed, ReasonCode.SELF_REPORTED, _SELF_REPORTED)


def _base(code: str) -> str:
    found = taxonomy(code)
    return found.base if found else "unknown"


def _named(codes: Sequence[str]) -> str:
    return ", ".join(taxonomy_name(code) for code in codes)


RULE = Rule(
    kind="base_specialty",
    parameters=BaseSpecialtyParameters,
    judge=judge,
    evidence_types=(RegistrationEvidence, CertificateEvidence),
)
