"""Whether a certificate covers the as-of date, for one whose status does not say that it was lost."""

from credcheck.evidence.certificates import is_later_word
from credcheck.model import Certificate, CertificateEvidence, ReasonCode
from credcheck.rules.context import RuleContext
from credcheck.rules.result import Check, met, not_met, unverified

_ASK_RENEWED = "Ask the board whether it was renewed; a newer copy of the list would show it."
_ASK = "Ask the board for the certificate's dates and its status on the as-of date."


def check_term(
    context: RuleContext,
    item: CertificateEvidence,
    record: Certificate,
    what: str,
    *,
    is_expired: bool,
) -> Check:
    """Check the dates of a certificate. ``what`` names it, ``is_expired`` says that its status does."""
    if record.issued is not None and (not_yet := record.issued.after(context.as_of)) is not False:
        return _not_yet(item, record, what, certain=not_yet is True)
    if is_expired and not is_later_word(context, item):
        day = record.expires
        is_past = day is not None and day.before(context.as_of) is True
        when = f"expired on {day}" if is_past else "has expired"
        message = f"{what} {when}: status {record.status!r}"
        return not_met(ReasonCode.CERTIFICATE_EXPIRED, message, item.id, ask=_ASK_RENEWED)
    if record.expires is None:
        return _without_expiry(item, record, what)
    ended = record.expires.before(context.as_of)
    if ended is None:
        message = (
            f"{what} expires in {record.expires}; the exact day is not given, so it may be"
            " before the as-of date"
        )
        return unverified(ReasonCode.CERTIFICATE_DATES_UNKNOWN, message, item.id, ask=_ASK)
    if ended:
        message = f"{what} expired on {record.expires}"
        return not_met(ReasonCode.CERTIFICATE_EXPIRED, message, item.id, ask=_ASK_RENEWED)
    message = f"{what} is current until {record.expires}"
    return met(ReasonCode.CERTIFICATE_CURRENT, message, item.id)


def _not_yet(item: CertificateEvidence, record: Certificate, what: str, *, certain: bool) -> Check:
    if certain:
        message = f"{what} was not issued until {record.issued}"
        ask = f"Run the check again as of {record.issued} or later."
        return not_met(ReasonCode.CERTIFICATE_NOT_YET_EFFECTIVE, message, item.id, ask=ask)
    message = (
        f"{what} was issued in {record.issued}; the exact day is not given, so it may be after"
        " the as-of date"
    )
    return unverified(ReasonCode.CERTIFICATE_DATES_UNKNOWN, message, item.id, ask=_ASK)


def _without_expiry(item: CertificateEvidence, record: Certificate, what: str) -> Check:
    if record.duration in {"time_unlimited", "continuous"}:
        term = "it does not expire" if record.duration == "time_unlimited" else "it is continuous"
        return met(ReasonCode.CERTIFICATE_CURRENT, f"{what} is current: {term}", item.id)
    message = f"{what} has no expiry date and is not marked as lifetime or continuous"
    return unverified(ReasonCode.CERTIFICATE_DATES_UNKNOWN, message, item.id, ask=_ASK)
