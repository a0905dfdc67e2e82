"""Whether a certificate covers the as-of date, for one whose status says that it is held."""

import datetime as dt

from credcheck.model import Certificate, CertificateEvidence, ReasonCode
from credcheck.rules.context import RuleContext
from credcheck.rules.result import Check, met, not_met, unverified

_ASK = "Ask the board for the certificate's dates and its status on the as-of date."


def weigh_term(
    case: RuleContext, item: CertificateEvidence, record: Certificate, what: str
) -> Check:
    """Weigh the dates of a certificate that is held. ``what`` names it for sentences."""
    stale = _verified_too_long_ago(case, item, record)
    if stale is not None:
        message = f"{what} was last verified on {record.verified_on}, {stale} days before"
        return unverified(ReasonCode.SOURCE_STALE, message, item.id, ask=_ASK)
    if record.issued is not None and (not_yet := record.issued.after(case.as_of)) is not False:
        return _not_yet(item, record, what, certain=not_yet is True)
    if record.expires is None:
        return _without_expiry(item, record, what)
    return _with_expiry(case, item, record, what)


def _not_yet(item: CertificateEvidence, record: Certificate, what: str, *, certain: bool) -> Check:
    if certain:
        message = f"{what} was issued only on {record.issued}"
        return not_met(ReasonCode.CERTIFICATE_NOT_YET_EFFECTIVE, message, item.id)
    message = f"{what} was issued in {record.issued}: before or after the as-of date is not said"
    return unverified(ReasonCode.CERTIFICATE_DATES_UNKNOWN, message, item.id, ask=_ASK)


def _without_expiry(item: CertificateEvidence, record: Certificate, what: str) -> Check:
    if record.duration in {"time_unlimited", "continuous"}:
        term = "without time limit" if record.duration == "time_unlimited" else "continuous"
        return met(ReasonCode.CERTIFICATE_CURRENT, f"{what} is current: {term}", item.id)
    message = f"{what} has no expiry date and is not said to be lifetime or continuous"
    return unverified(ReasonCode.CERTIFICATE_DATES_UNKNOWN, message, item.id, ask=_ASK)


def _with_expiry(
    case: RuleContext, item: CertificateEvidence, record: Certificate, what: str
) -> Check:
    assert record.expires is not None  # noqa: S101 - the caller has looked
    ended = record.expires.before(case.as_of)
    if ended is False:
        message = f"{what} is current: it runs to {record.expires}"
        return met(ReasonCode.CERTIFICATE_CURRENT, message, item.id)
    if ended is None:
        message = f"{what} expires in {record.expires}: before or after the as-of date is not said"
        return unverified(ReasonCode.CERTIFICATE_DATES_UNKNOWN, message, item.id, ask=_ASK)
    if record.duration == "time_limited":
        return not_met(
            ReasonCode.CERTIFICATE_EXPIRED, f"{what} expired on {record.expires}", item.id
        )
    message = f"{what}: status {record.status!r} and expiry {record.expires} contradict each other"
    return unverified(ReasonCode.CONTRADICTION, message, item.id, ask=_ASK)


def _verified_too_long_ago(
    case: RuleContext, item: CertificateEvidence, record: Certificate
) -> int | None:
    limit = next((s.max_age_days for s in case.dossier.sources if s.name == item.source), None)
    if limit is None or record.verified_on is None:
        return None
    age = (case.as_of - record.verified_on.earliest) // dt.timedelta(days=1)
    return age if age > limit else None
