"""Rule kind ``base_specialty``: the specialty that pain medicine was built on."""

from collections.abc import Sequence

from msgspec.structs import replace

from credcheck.evidence.certificates import read_certificate
from credcheck.model import (
    Certificate,
    CertificateEvidence,
    EvidenceKind,
    ReasonCode,
    RegistrationEvidence,
)
from credcheck.reference.boards import MEMBERSHIPS
from credcheck.reference.specialties import (
    SPECIALTIES,
    is_physician_code,
    taxonomy,
    taxonomy_name,
)
from credcheck.rules.base import Parameters, Rule, check_names
from credcheck.rules.context import RuleContext, is_self_reported, record_location
from credcheck.rules.result import Check, met, not_met, unverified, with_remark

_ASK = "Ask the board (ABMS or AOA profile) which general certificate the physician has held."
_SELF_REPORTED = "NPPES taxonomies are self-reported and not checked by anyone"


class BaseSpecialtyParameters(Parameters, kw_only=True):
    """The qualifying specialties, the accepted boards, and whether NPPES counts."""

    specialties: tuple[str, ...]
    boards: tuple[str, ...]
    accept_self_reported: bool = False

    def __post_init__(self) -> None:
        check_names("specialty", self.specialties, SPECIALTIES)
        check_names("board membership", self.boards, MEMBERSHIPS)


def weigh(context: RuleContext, parameters: BaseSpecialtyParameters) -> Sequence[Check]:
    """Meet it with a qualifying general certificate or, if the standard allows it, a taxonomy.

    A general certificate counts if it was ever held and not revoked: a lapsed one still proves
    the specialty. A taxonomy is self-reported, and the finding says so. 207LP2900X and
    2081P2900X imply a base specialty; 208VP0014X and 208VP0000X do not. The base is never
    inferred from the board that issued a pain certificate, because ABPMR has certified
    diplomates of other boards. If a certificate in a qualifying specialty was revoked, a
    self-report does not replace it.

    Sources: ABMS bylaws (a subspecialty certificate presupposes a general certificate of any
    member board); abpn.org and abpmr.org, maintenance of certification (the general certificate
    need not be kept up); NUCC taxonomy (codes); NPPES Readme (self-reported).
    """
    checks = [
        each
        for item in context.usable(CertificateEvidence)
        if item.record and (each := _check_certificate(context, item, item.record, parameters))
    ]
    revoked = [
        item
        for item in context.records(CertificateEvidence)
        if item.record and _is_revoked(item.record) and _may_qualify(item.record, parameters)
    ]
    if parameters.accept_self_reported and not revoked:
        checks += [_check_codes(item, parameters) for item in context.usable(RegistrationEvidence)]
    gaps = [
        context.explain_doubt(item)
        for item in context.records(CertificateEvidence)
        if _is_gap(context, item, parameters, is_revoked=item in revoked)
    ]
    gaps += context.check_sources(EvidenceKind.CERTIFICATE)
    if not checks and not gaps:
        message = "no record names a base specialty"
        gaps.append(unverified(ReasonCode.NO_SOURCE, message, ask=_ASK, silent=True))
    return [*checks, *gaps]


def _is_gap(
    context: RuleContext,
    item: CertificateEvidence,
    parameters: BaseSpecialtyParameters,
    *,
    is_revoked: bool,
) -> bool:
    """Tell whether a record that does not count could have shown a base, or that it was lost."""
    if context.is_usable(item):
        return False
    if item.record is not None and not _may_qualify(item.record, parameters):
        return False
    return is_revoked or context.sources.is_ok(item.source)


def _check_certificate(
    context: RuleContext,
    item: CertificateEvidence,
    record: Certificate,
    parameters: BaseSpecialtyParameters,
) -> Check | None:
    """Check a certificate, or return None for one that says nothing about the base."""
    reading = read_certificate(record)
    board, specialty, status = reading.board.value, reading.specialty.value, reading.status.value
    if board is not None and board.member_of not in parameters.boards:
        return None
    what = (
        f"{record.board}: {record.certificate} ({record_location(item)}, status {record.status!r})"
    )
    if not _may_qualify(record, parameters):
        if record.certificate_type != "general" or specialty == "pain_medicine":
            return None
        code = ReasonCode.SPECIALTY_NOT_QUALIFYING
        fields = ("board", "certificate")
        return _with_authority(
            item,
            parameters,
            not_met(code, f"general certificate in {what}", item.id, fields=fields, ask=_ASK),
        )
    if specialty is None and record.certificate_type != "general":
        return None
    if _is_revoked(record):
        message = f"the general certificate was revoked: {what}"
        return unverified(ReasonCode.CERTIFICATE_REVOKED, message, item.id, ask=_ASK)
    not_yet = record.issued is not None and record.issued.after(context.as_of) is not False
    if status == "not_certified" or not_yet:
        return None
    message = f"general certificate held: {what}"
    return _with_authority(item, parameters, met(ReasonCode.SPECIALTY_QUALIFIES, message, item.id))


def _with_authority(
    item: CertificateEvidence, parameters: BaseSpecialtyParameters, check: Check
) -> Check:
    """Return a check of a certificate; one from a list of self-reports says so."""
    if not (is_self_reported(item) and parameters.accept_self_reported):
        return check
    message = f"{item.source} holds self-reported facts"
    remarked = with_remark(check, ReasonCode.SELF_REPORTED, message)
    return replace(remarked, accepts_self_reported=True)


def _may_qualify(record: Certificate, parameters: BaseSpecialtyParameters) -> bool:
    """Tell whether a certificate is in a qualifying specialty, or in one that is not understood.

    A board that is understood and does not count can show no base, and take none away.
    """
    reading = read_certificate(record)
    board, specialty = reading.board.value, reading.specialty.value
    if board is not None and board.member_of not in parameters.boards:
        return False
    if specialty is None:
        return record.certificate_type != "subspecialty"
    return specialty in parameters.specialties


def _is_revoked(record: Certificate) -> bool:
    return read_certificate(record).status.value == "revoked"


def _check_codes(item: RegistrationEvidence, parameters: BaseSpecialtyParameters) -> Check:
    codes = [x.code for x in item.record.taxonomies] if item.record else []
    bases = {code: _base(code) for code in codes if is_physician_code(code)}
    good = [code for code, base in bases.items() if base in parameters.specialties]
    if good:
        message = f"{item.source} lists {_name_all(good)}"
        check = met(ReasonCode.SPECIALTY_QUALIFIES, message, item.id)
    elif _are_all_others(set(bases.values())):
        message = f"{item.source} lists only {_name_all(tuple(bases))}"
        check = not_met(ReasonCode.SPECIALTY_NOT_QUALIFYING, message, item.id, ask=_ASK)
    else:
        listed = f"only {_name_all(codes)}" if codes else "no taxonomy"
        message = f"{item.source} lists {listed}, so it shows no base specialty"
        return unverified(ReasonCode.NOT_FOUND_IN_PARTIAL_SOURCE, message, item.id, ask=_ASK)
    remarked = with_remark(check, ReasonCode.SELF_REPORTED, _SELF_REPORTED)
    return replace(remarked, accepts_self_reported=True)


def _are_all_others(bases: set[str]) -> bool:
    """Tell whether every code that names a base names one that does not qualify."""
    named = bases - {"none"}
    return bool(named) and named.isdisjoint({"unknown", "unclear", "trainee"})


def _base(code: str) -> str:
    found = taxonomy(code)
    return found.base if found else "unknown"


def _name_all(codes: Sequence[str]) -> str:
    return ", ".join(taxonomy_name(code) for code in codes)


RULE = Rule(
    kind="base_specialty",
    parameters=BaseSpecialtyParameters,
    weigh=weigh,
    evidence_types=(RegistrationEvidence, CertificateEvidence),
)
