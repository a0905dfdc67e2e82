"""Rule kind ``certification``: a current certificate in the specialty, of an accepted board."""

from collections.abc import Sequence

from credcheck.evidence.certificates import read_certificate
from credcheck.model import Certificate, CertificateEvidence, EvidenceKind, ReasonCode
from credcheck.reference.boards import MEMBERSHIPS
from credcheck.reference.specialties import ANY, SPECIALTIES
from credcheck.reference.vocabulary import normalize_phrase
from credcheck.rules.any_record import check_records
from credcheck.rules.base import Parameters, Rule, check_names
from credcheck.rules.certification.term import check_term
from credcheck.rules.context import RuleContext, record_location
from credcheck.rules.result import Check, not_met, with_remark

_ASK_ANOTHER = "Ask the physician for any other board certificate, and verify it with that board."
_ASK_LOSS = (
    "Ask the board for the date and the reason, and whether the certificate has been restored."
)
_ENDED = {
    "revoked": (ReasonCode.CERTIFICATE_REVOKED, "was revoked"),
    "suspended": (ReasonCode.CERTIFICATE_SUSPENDED, "is suspended"),
    "inactive": (ReasonCode.CERTIFICATE_INACTIVE, "is not active"),
    "not_certified": (ReasonCode.CERTIFICATE_INACTIVE, "is not held"),
}


class CertificationParameters(Parameters, kw_only=True):
    """The specialty or specialties, and the accepted groups of boards.

    ``specialty = "any"`` accepts a certificate in any specialty that credcheck understands.
    """

    boards: tuple[str, ...]
    specialty: str = ""
    specialties: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.specialty) is bool(self.specialties):
            raise ValueError("give either specialty or specialties, not both")
        check_names("specialty", self.specialties or [self.specialty], {*SPECIALTIES, ANY})
        check_names("board membership", self.boards, MEMBERSHIPS)

    @property
    def wanted(self) -> tuple[str, ...]:
        """The specialties of which one is enough."""
        return self.specialties or (self.specialty,)

    @property
    def words(self) -> str:
        """The specialties for a sentence."""
        return " or ".join(SPECIALTIES.get(each, "any specialty") for each in self.wanted)

    def is_other(self, specialty: str | None) -> bool:
        """Tell whether a specialty is understood, and none of these."""
        return specialty is not None and ANY not in self.wanted and specialty not in self.wanted


def weigh(context: RuleContext, parameters: CertificationParameters) -> Sequence[Check]:
    """Meet it with one current certificate in the specialty from an accepted board.

    The certificate's name must mean the specialty as a whole ("Pain Management" is the old name
    of Pain Medicine). The board must be named in full or by an unambiguous abbreviation ("ABPM"
    is ambiguous). What is not understood is ``unverified``, never negative. The last day of a
    certificate still counts. Lifetime and continuous certificates do not need an expiry date;
    for others, a missing date is ``unverified``. Not participating in maintenance of
    certification and no longer practicing are remarks. A current certificate outweighs one that
    has expired, but not the loss (revoked, suspended, surrendered) of the same certificate:
    these two contradict each other. A row verified longer ago than the source's maximum age is
    stale. For a day in the past, "Expired" leaves the decision to the dates, and a loss without
    a date is ``unverified``.

    Sources: ABMS, Display of Certification and MOC Information (status, MOC); NCQA CR 3
    (current on the decision date; 120 days); AOA, Osteopathic Continuous Certification
    (lifetime certificates).
    """
    words = parameters.words
    return check_records(
        context,
        EvidenceKind.CERTIFICATE,
        CertificateEvidence,
        lambda item, record: _check(context, item, record, parameters),
        what=f"certificate in {words}",
        ask=f"Ask the board (ABMS or AOA profile) for the certificate in {words}.",
    )


def _check(
    context: RuleContext,
    item: CertificateEvidence,
    record: Certificate,
    parameters: CertificationParameters,
) -> Check:
    reading, where = read_certificate(record), record_location(item)
    if parameters.is_other(reading.specialty.value):
        message = f"{where}: {record.board}, {record.certificate}: another specialty"
        code = ReasonCode.CERTIFICATE_WRONG_SPECIALTY
        fields = ("certificate",)
        return not_met(code, message, item.id, fields=fields, aside=True, ask=_ASK_ANOTHER)
    board = reading.board.value
    if board is not None and board.member_of not in parameters.boards:
        message = f"{where}: {board.name} is not a member board of {' or '.join(parameters.boards)}"
        code = ReasonCode.BOARD_NOT_RECOGNIZED
        return not_met(code, message, item.id, fields=("board",), aside=True, ask=_ASK_ANOTHER)
    return _check_status(context, item, record, where)


def _check_status(
    context: RuleContext, item: CertificateEvidence, record: Certificate, where: str
) -> Check:
    what = f"{record.board}, {record.certificate} ({where})"
    status = read_certificate(record).status.value
    if status in _ENDED:
        code, words = _ENDED[status]
        message = f"{what} {words}: status {record.status!r}"
        return not_met(code, message, item.id, ask=_ASK_LOSS)
    checked = check_term(context, item, record, what, is_expired=status == "expired")
    if status == "certified_not_in_moc" or normalize_phrase(record.moc or "") == "no":
        message = "not in maintenance of certification; the certificate still counts"
        checked = with_remark(checked, ReasonCode.NOT_IN_MOC, message)
    if status == "certified_not_practicing":
        message = (
            f"status {record.status!r}: the certificate is valid, but the holder is not practicing"
        )
        return with_remark(checked, ReasonCode.NOT_PRACTICING, message)
    return checked


RULE = Rule(
    kind="certification",
    parameters=CertificationParameters,
    weigh=weigh,
    evidence_types=(CertificateEvidence,),
)
