"""Certificates: what each row says, and what stands against it.

Rows are about one certificate where the board and the specialty are the same, whatever their dates:
the ABMS lists one row an occurrence. A term that lapsed and a later one are succession; a loss bears no
day, so it stands against every row of its certificate.

Sources: ABMS, Display of Certification and MOC Information; FSMB, report-abms-certification (one row an
occurrence, reverificationDate); the board table's issuers and years (reference/boards.csv).
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from credcheck.evidence.doubt import (
    Doubt,
    contradiction,
    impossible,
    is_ambiguous,
    not_understood,
    record_location,
)
from credcheck.evidence.screen import EvidenceScreen
from credcheck.model import (
    Certificate,
    CertificateEvidence,
    Decision,
    EvidenceKind,
    Outcome,
    ReasonCode,
)
from credcheck.model.dates import PartialDate
from credcheck.reference.boards import Board, issues
from credcheck.reference.specialties import SPECIALTIES
from credcheck.reference.understanding import (
    Understood,
    certificate_key,
    understand_board,
    understand_certificate,
    understand_word,
)

_ASK_BOARD = (
    "Ask the board (or check its ABMS or AOA profile) for this certificate's status and dates."
)
_ASK_WHICH = "Ask the board which of the two is right."
_A_DAY = dt.timedelta(days=1)

HELD = frozenset({"certified", "certified_not_in_moc", "certified_not_practicing"})
"""Words of a certificate that is held."""

LOST = frozenset({"revoked", "suspended", "inactive", "not_certified"})
"""Words of one that was taken away or given up. They bear no day of their own."""


class CertificateReading(NamedTuple):
    """A certificate's words, as far as they are understood."""

    board: Understood[Board]
    specialty: Understood[str]
    status: Understood[str]


def read_certificate(record: Certificate) -> CertificateReading:
    """Understand the words of a certificate."""
    return CertificateReading(
        understand_board(record.board),
        understand_certificate(record.certificate),
        understand_word("certificate", record.status),
    )


def covers(record: Certificate, day: dt.date) -> bool | None:
    """Tell whether a certificate's dates cover a day; None where they do not say."""
    begun = None if record.issued is None else record.issued.after(day)
    if begun is True:
        return False
    if record.expires is None:
        lasts: bool | None = True if record.duration in {"time_unlimited", "continuous"} else None
    else:
        ended = record.expires.before(day)
        lasts = None if ended is None else not ended
    if lasts is False:
        return False
    # An issue date that is not given is taken for past; one that is vague is not.
    return None if record.issued is not None and begun is None else lasts


def status_day(screen: EvidenceScreen, item: CertificateEvidence) -> dt.date | None:
    """Return the day that a row's status is of: its verification, else the list's own day."""
    record = item.record
    if record is not None and record.verified_on is not None:
        return record.verified_on.earliest
    return screen.sources.day_of(item.source)


class Says(StrEnum):
    """What a row says of its certificate on the as-of date."""

    HELD = "held"
    OVER = "over"
    LOST = "lost"
    UNCLEAR = "unclear"


def what_it_says(screen: EvidenceScreen, item: CertificateEvidence) -> Says:
    """Return what a row says: a term that is over by its own dates is no loss."""
    record = item.record
    if record is None:
        return Says.UNCLEAR
    word = understand_word("certificate", record.status).value
    covered = covers(record, screen.as_of)
    if word in HELD or (word == "expired" and is_later_word(screen, item)):
        return Says.OVER if covered is False else Says.HELD
    # The ABMS shows "Not Certified" for a term that has run out, too: the dates tell.
    if word in {"expired", "not_certified"} and covered is False:
        return Says.OVER
    if word == "expired":
        return Says.LOST
    if word in LOST:
        return Says.UNCLEAR if is_later_word(screen, item) else Says.LOST
    return Says.UNCLEAR


def is_later_word(screen: EvidenceScreen, item: CertificateEvidence) -> bool:
    """Tell whether a row's status is of a day after the as-of date: then it may be newer than that."""
    day = status_day(screen, item)
    return day is not None and day > screen.as_of


def find_certificate_doubts(screen: EvidenceScreen) -> Iterator[Doubt]:
    """Yield what stands against each certificate."""
    items = screen.records(CertificateEvidence)
    for item in items:
        if item.record is not None:
            yield from _own_doubts(screen, item, item.record)
    yield from _mutual_doubts(screen, items)
    for item in items:
        yield from _absent_elsewhere(screen, item)


def _own_doubts(
    screen: EvidenceScreen, item: CertificateEvidence, record: Certificate
) -> Iterator[Doubt]:
    reading = read_certificate(record)
    yield from _unclear_words(item, record, reading)
    yield from _impossible_words(item, record, reading)
    yield from _impossible_dates(screen, item, record)
    word = reading.status.value
    if word in LOST and is_later_word(screen, item):
        message = (
            f"{record_location(item)}: the status {record.status!r} is as of {status_day(screen, item)}"
            f" and has no date of its own; whether it held on {screen.as_of} is not known"
        )
        yield _doubt(item, ReasonCode.CERTIFICATE_DATES_UNKNOWN, message, _ASK_BOARD)
    limit = screen.max_age(item.source)
    if record.verified_on is not None and limit is not None:
        age = (screen.as_of - record.verified_on.earliest).days
        if age > limit:
            message = (
                f"{record_location(item)} was last verified on {record.verified_on}, {age} days before"
                f" {screen.as_of}; the limit is {limit} days"
            )
            yield _doubt(item, ReasonCode.SOURCE_STALE, message, "Verify it again with the board.")
    due = record.reverify_by
    if due is not None and due.before(screen.as_of) is not False and record.expires is None:
        message = f"{record_location(item)} was due to be verified again by {due}"
        yield _doubt(item, ReasonCode.SOURCE_STALE, message, "Verify it again with the board.")


def _unclear_words(
    item: CertificateEvidence, record: Certificate, reading: CertificateReading
) -> Iterator[Doubt]:
    board, specialty, status = reading
    if board.value is None:
        ask = f"Find out which board this is and enter its full name, or ask {item.source}."
        yield not_understood(item, "board", record.board, ask, board.hint)
    if specialty.value is None:
        ask = f"Ask the board what the certificate {record.certificate!r} means."
        yield not_understood(item, "certificate", record.certificate, ask, specialty.hint)
    if status.value is None:
        ask = f"Ask the board what the status {record.status!r} means."
        yield not_understood(item, "status", record.status, ask, status.hint)


def _impossible_words(
    item: CertificateEvidence, record: Certificate, reading: CertificateReading
) -> Iterator[Doubt]:
    board, specialty = reading.board.value, reading.specialty.value
    if board is None or specialty not in SPECIALTIES:
        return
    words = SPECIALTIES[specialty]
    if issues(board, specialty) is False:
        said = f"{board.name} does not issue a certificate in {words}"
        yield impossible(item, said, _ASK_BOARD, "board", "certificate")
        return
    if specialty != "pain_medicine":
        return
    issued = record.issued
    if issued is not None and _is_before(issued, board.pain_since):
        said = f"{board.name} issued its first certificate in {words} in {board.pain_since}"
        yield impossible(item, f"issued {issued}, but {said}", _ASK_BOARD, "board", "issued")
    if record.duration == "time_unlimited" and board.pain_lifetime is not None:
        last = board.pain_lifetime
        if not last or issued is None or issued.after(dt.date(last, 12, 31)) is not False:
            until = f" after {last}" if last else ""
            said = f"{board.name} issued no lifetime certificates in {words}{until}"
            yield impossible(item, said, _ASK_BOARD, "board", "duration")


def _is_before(date: PartialDate, year: int | None) -> bool:
    return year is not None and date.before(dt.date(year, 1, 1)) is True


def _impossible_dates(
    screen: EvidenceScreen, item: CertificateEvidence, record: Certificate
) -> Iterator[Doubt]:
    issued, expires, verified = record.issued, record.expires, record.verified_on
    listed = screen.sources.day_of(item.source)
    if issued is not None and expires is not None and issued.not_after(expires) is False:
        yield impossible(item, f"issued {issued}, after it expires ({expires})", _ASK_BOARD)
    if issued is not None and verified is not None and issued.not_after(verified) is False:
        yield impossible(item, f"verified {verified}, before it was issued ({issued})", _ASK_BOARD)
    for what, date in (("issued", issued), ("verified", verified)):
        if date is not None and listed is not None and date.after(listed + _A_DAY) is True:
            said = f"{what} {date}, after the list's own date ({listed})"
            yield impossible(item, said, _ASK_BOARD)
    if _outlives_itself(record, listed):
        said = (
            f"status {record.status!r} on {verified or listed}, after the certificate expired on"
            f" {expires}"
        )
        yield contradiction(item, (), said, _ASK_BOARD)


def _outlives_itself(record: Certificate, listed: dt.date | None) -> bool:
    """Tell whether a certificate is said to be held after its own end.

    Of a time-limited one without a day of verification, the end decides: lists keep old rows.
    """
    expires, verified = record.expires, record.verified_on
    if expires is None or understand_word("certificate", record.status).value not in HELD:
        return False
    if verified is not None:
        return expires.before(verified.earliest) is True
    ended = listed is not None and expires.before(listed) is True
    return ended and record.duration != "time_limited"


def _mutual_doubts(screen: EvidenceScreen, items: Sequence[CertificateEvidence]) -> Iterator[Doubt]:
    """Yield the contradictions between rows about one certificate."""
    for held in items:
        if held.record is None or what_it_says(screen, held) is not Says.HELD:
            continue
        for other in items:
            if other is held or not _speaks_against(screen, other, held, held.record):
                continue
            said = _describe_conflict(held.record, other)
            yield contradiction(held, (other,), said, _ASK_WHICH)
            # A held row that is stale, left out or self-reported never softens a fresh loss.
            if screen.can_prove(held) and other.record is not None:
                yield contradiction(other, (held,), said, _ASK_WHICH)


def _speaks_against(
    screen: EvidenceScreen,
    other: CertificateEvidence,
    held: CertificateEvidence,
    record: Certificate,
) -> bool:
    """Tell whether a row says that a certificate which another says is held is not."""
    if other.match.decision is Decision.NO_MATCH:
        return False
    if other.record is None:  # shifted columns: it may say anything of this person
        return not is_ambiguous(other)
    if not _may_be_same(other.record, record):
        return False
    says = what_it_says(screen, other)
    if says is Says.OVER:
        return other.source == held.source and _is_same_term(other.record, record)
    if says is Says.HELD:
        return False
    return not (says is Says.UNCLEAR and is_ambiguous(other))


def _may_be_same(one: Certificate, other: Certificate) -> bool:
    """Tell whether two rows may be about one certificate: what is not understood may be anything."""
    a, b = read_certificate(one), read_certificate(other)
    same_board = a.board.value is None or b.board.value is None or a.board.value == b.board.value
    same = a.specialty.value is None or b.specialty.value is None
    return same_board and (same or a.specialty.value == b.specialty.value)


def _is_same_term(one: Certificate, other: Certificate) -> bool:
    """Tell whether two rows are of one term, both held, that ends on two days: one cannot be true."""
    held = understand_word("certificate", one.status).value in HELD
    return held and one.issued is not None and one.issued == other.issued


def _describe_conflict(held: Certificate, other: CertificateEvidence) -> str:
    if other.record is None:
        return f"status {held.status!r}, but the other row cannot be read: {other.problem}"
    if held.status == other.record.status:
        return f"the expiry dates differ: {held.expires} and {other.record.expires}"
    return f"status {held.status!r}, but the other row says {other.record.status!r}"


def _absent_elsewhere(screen: EvidenceScreen, item: CertificateEvidence) -> Iterator[Doubt]:
    """Yield a doubt where the board's own complete list has no such certificate."""
    record = item.record
    if record is None or what_it_says(screen, item) is not Says.HELD:
        return
    key = certificate_key(record.board, record.certificate)
    for source in screen.sources.whole(EvidenceKind.CERTIFICATE):
        if source.name == item.source or not screen.speaks_for_issuer(source):
            continue
        newer = record.issued is not None and (
            source.as_of is None or record.issued.after(source.as_of) is not False
        )
        if key in source.scope and not newer and not _lists(screen, source.name, record):
            message = (
                f"{record_location(item)}: {record.board}, {record.certificate}, but {source.name},"
                " a complete list, has no such certificate"
            )
            yield _doubt(
                item, ReasonCode.CONTRADICTION, message, _ASK_WHICH, spares=Outcome.NOT_MET
            )


def _lists(screen: EvidenceScreen, source: str, record: Certificate) -> bool:
    return any(
        item.source == source and (item.record is None or _may_be_same(item.record, record))
        for item in screen.records(CertificateEvidence)
    )


def _doubt(
    item: CertificateEvidence,
    code: ReasonCode,
    message: str,
    ask: str,
    *,
    spares: Outcome | None = None,
) -> Doubt:
    return Doubt(
        on=item.id, code=code, message=message, about=(item.id,), next_step=ask, spares=spares
    )
