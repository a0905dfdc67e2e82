"""Rule kind ``certification``: a current certificate in the specialty, of an accepted board."""

from credcheck.model import (
    Certificate,
    CertificateEvidence,
    Decision,
    EvidenceKind,
    Outcome,
    ReasonCode,
)
from credcheck.reference.boards import MEMBERSHIPS, Board, find_boards
from credcheck.reference.specialties import SPECIALTIES, certificate_specialty
from credcheck.reference.vocabulary import look_up_word, normalize_phrase
from credcheck.rules.any_record import finding_if_any_record
from credcheck.rules.base import Parameters, Rule, check_names
from credcheck.rules.certification.term import weigh_term
from credcheck.rules.context import RuleContext, is_self_reported, record_location
from credcheck.rules.result import Check, Judgment, not_met, unverified, with_remark

_ENDED = {
    "expired": (ReasonCode.CERTIFICATE_EXPIRED, "has expired"),
    "revoked": (ReasonCode.CERTIFICATE_REVOKED, "was revoked"),
    "suspended": (ReasonCode.CERTIFICATE_SUSPENDED, "is suspended"),
    "inactive": (ReasonCode.CERTIFICATE_INACTIVE, "is not active"),
    "not_certified": (ReasonCode.CERTIFICATE_INACTIVE, "is not held"),
}
_TAKEN_AWAY = frozenset({"revoked", "suspended"})


class CertificationParameters(Parameters, kw_only=True):
    """Which specialty, and the boards of which bodies."""

    specialty: str
    boards: tuple[str, ...]

    def __post_init__(self) -> None:
        check_names("specialty", [self.specialty], SPECIALTIES)
        check_names("board membership", self.boards, MEMBERSHIPS)


def judge(case: RuleContext, parameters: CertificationParameters) -> Judgment:
    """Meet it with one current certificate in the specialty, of a board that the standard accepts.

    The certificate's name must mean the specialty as a whole ("Pain Management" is the old name of
    Pain Medicine). The board must be named in full or by an unambiguous abbreviation ("ABPM" is
    not). The status outranks the dates, and a contradiction between the two never passes. The
    expiry day itself still counts. Lifetime and continuous certificates need no expiry date; for
    others a missing one is ``unverified``. Not taking part in maintenance of certification is a
    remark. A current certificate wins over an expired one, but not over a revocation of the same
    certificate that may be later. A row that was verified longer ago than the source's maximum age
    is stale.

    Sources: ABMS, Display of Certification and MOC Information (status, MOC); NCQA CR 3 (current on
    the decision date; 120 days); AOA, Osteopathic Continuous Certification (lifetime certificates).
    """
    words = SPECIALTIES[parameters.specialty]
    return finding_if_any_record(
        case,
        EvidenceKind.CERTIFICATE,
        CertificateEvidence,
        lambda item: _weigh(case, item, parameters),
        what=f"certificate in {words}",
        ask=f"Ask the board (ABMS or AOA profile) for the certificate in {words}.",
    )


def _weigh(
    case: RuleContext, item: CertificateEvidence, parameters: CertificationParameters
) -> Check:
    record = item.record
    if record is None:
        raise ValueError("only evidence with a record can be weighed")
    aside = _not_the_one(item, record, parameters)
    if aside is not None:
        return aside
    weighed = _of_status(case, item, record)
    if weighed.outcome is Outcome.MET:
        weighed = _against(case, item, record) or weighed
    return weighed


def _not_the_one(
    item: CertificateEvidence, record: Certificate, parameters: CertificationParameters
) -> Check | None:
    """Weigh a certificate that is in another specialty or of another board."""
    where = record_location(item)
    if certificate_specialty(record.certificate) != parameters.specialty:
        message = f"{where}: {record.board}, {record.certificate}: another specialty"
        return not_met(ReasonCode.CERTIFICATE_WRONG_SPECIALTY, message, item.id, aside=True)
    boards = find_boards(record.board)
    if len({board.member_of for board in boards}) > 1:
        named = " or ".join(board.name for board in boards)
        message = f"{where}: {record.board!r} is ambiguous: {named}"
        ask = f"Ask {item.source} which board {record.board!r} is."
        return unverified(ReasonCode.BOARD_NOT_RECOGNIZED, message, item.id, ask=ask)
    if not boards or boards[0].member_of not in parameters.boards:
        message = f"{where}: {_board_problem(record, boards, parameters)}"
        return not_met(ReasonCode.BOARD_NOT_RECOGNIZED, message, item.id, aside=True)
    return None


def _board_problem(
    record: Certificate, boards: tuple[Board, ...], parameters: CertificationParameters
) -> str:
    accepted = " or ".join(parameters.boards)
    if not boards:
        return f"{record.board!r} is not the name of a board that is a member of {accepted}"
    return f"{boards[0].name} is not a member board of {accepted}"


def _of_status(case: RuleContext, item: CertificateEvidence, record: Certificate) -> Check:
    what = f"{record.board}, {record.certificate} ({record_location(item)})"
    status = look_up_word("certificate", record.status)
    if status in _ENDED:
        code, words = _ENDED[status]
        return not_met(code, f"{what} {words}: status {record.status!r}", item.id)
    if status is None:
        message = f"{what} has the status {record.status!r}, which credcheck does not know"
        ask = f"Ask the board what the status {record.status!r} means."
        return unverified(ReasonCode.RECORD_UNREADABLE, message, item.id, ask=ask)
    if is_self_reported(item):
        message = f"{what} is self-reported only"
        ask = "Ask the board (ABMS or AOA profile) to confirm the certificate."
        return unverified(ReasonCode.SELF_REPORTED, message, item.id, ask=ask)
    weighed = weigh_term(case, item, record, what)
    if status == "certified_not_in_moc" or normalize_phrase(record.moc or "") == "no":
        message = "not in maintenance of certification; the certificate counts all the same"
        return with_remark(weighed, ReasonCode.NOT_IN_MOC, message)
    return weighed


def _against(case: RuleContext, item: CertificateEvidence, record: Certificate) -> Check | None:
    """Weigh a row that takes this very certificate away, or one that cannot be read at all."""
    for other in (*case.usable(CertificateEvidence), *case.doubtful(CertificateEvidence)):
        said = _speaks_against(other, record)
        if said is not None:
            message = (
                f"{record_location(item)} is current, but {record_location(other)} may undo it:"
            )
            message += f" {said}"
            ask = "Ask the board which of the two rows holds."
            return unverified(ReasonCode.CONTRADICTION, message, item.id, other.id, ask=ask)
    return None


def _speaks_against(other: CertificateEvidence, record: Certificate) -> str | None:
    if other.record is None:
        return other.problem if other.match.decision is not Decision.AMBIGUOUS else None
    taken_away = look_up_word("certificate", other.record.status) in _TAKEN_AWAY
    same = _identity(other.record) == _identity(record)
    if taken_away and same and not _clearly_earlier(other.record, record):
        return f"status {other.record.status!r}"
    return None


def _identity(record: Certificate) -> tuple[object, ...]:
    return find_boards(record.board), certificate_specialty(record.certificate)


def _clearly_earlier(other: Certificate, record: Certificate) -> bool:
    if other.issued is None or record.issued is None:
        return False
    return other.issued.before(record.issued.earliest) is True


RULE = Rule(
    kind="certification",
    parameters=CertificationParameters,
    judge=judge,
    evidence_types=(CertificateEvidence,),
)
