"""Licenses: what each row says on the as-of date, and what stands against it.

Sources: 201 KAR 9:250 section 1(2) (in good standing is an active license without an order); the
states' own files (status words, dates of discipline).
"""

from collections.abc import Iterator
from enum import StrEnum

from credcheck.evidence.doubt import Doubt, contradiction, impossible, not_understood
from credcheck.evidence.screen import EvidenceScreen
from credcheck.model import LicenseEvidence, Licensure
from credcheck.model.dates import PartialDate
from credcheck.reference.understanding import State, understand_word
from credcheck.reference.vocabulary import list_words, normalize_phrase

LOST = frozenset({"surrendered", "suspended", "revoked"})
"""What a license may be taken or given up for."""

_LAPSED = frozenset({"expired", "lapsed"})
_NOT_ACTIVE = LOST | _LAPSED | {"inactive"}
_ASK = "Look up the license with the state board itself, and ask which entry is right."


class Standing(StrEnum):
    """What a row says of its license on the as-of date."""

    ACTIVE = "active"
    RESTRICTED = "restricted"
    LAPSED = "lapsed"
    INACTIVE = "inactive"  # not active as the word goes; what it lets its holder do, the state says
    LOST = "lost"
    UNCLEAR = "unclear"


def read_standing(screen: EvidenceScreen, item: LicenseEvidence, record: Licensure) -> Standing:
    """Return what a row says. A word or a date that does not tell leaves it unclear."""
    status, order = _read_status(record), read_order(screen, record)
    if not record.status.strip() and record.order.strip():
        return Standing.RESTRICTED  # a list of actions alone does not say what holds today
    if status in LOST or (status in _NOT_ACTIVE and order in LOST):
        return _at_that_day(screen, item, record.status_on or record.order_on, Standing.LOST)
    if status in _LAPSED:
        return _judge_lapse(screen, item, record)
    if status == "inactive":
        return _read_inactive(screen, item, record)
    if status == "restricted":
        return Standing.RESTRICTED
    return _read_active(screen, record, order) if status == "active" else Standing.UNCLEAR


def _read_active(screen: EvidenceScreen, record: Licensure, order: str | None) -> Standing:
    """Return what "active" means: its dates, an order beside it and its type may take from it."""
    covered = _covers(screen, record)
    if covered is not True:
        return Standing.LAPSED if covered is False else Standing.UNCLEAR
    if order in LOST:
        return Standing.ACTIVE  # the row contradicts itself: a doubt of its own
    return Standing.RESTRICTED if order or is_limited(record) else Standing.ACTIVE


def _read_inactive(screen: EvidenceScreen, item: LicenseEvidence, record: Licensure) -> Standing:
    """Return what "inactive" means: nothing certain, unless the license's own end has passed."""
    ended = record.expires is not None and record.expires.before(screen.as_of) is True
    standing = Standing.LAPSED if ended else Standing.INACTIVE
    return _at_that_day(screen, item, record.status_on, standing)


def is_limited(record: Licensure) -> bool:
    """Tell whether a license may be a limited one by its type: of a resident, temporary, volunteer."""
    limited = list_words("license_type").keys()
    return not limited.isdisjoint(normalize_phrase(record.license_type).split())


def read_order(screen: EvidenceScreen, record: Licensure) -> str | None:
    """Return what is known of an order in force: a word of loss, ``order``, or None for no order.

    One that ended, or came after the as-of date, is not in force. An unknown word is an order.
    """
    text = record.order
    if not text.strip() or understand_word("license_order", text).value == "none":
        return None
    ended, began = record.order_ended_on, record.order_on
    if ended is not None and ended.before(screen.as_of) is True:
        return None
    if began is not None and began.after(screen.as_of) is True:
        return None
    word = understand_word("license", text).value
    return word if word in LOST else "order"


def is_same_license(one: Licensure, other: Licensure) -> bool:
    """Tell whether two rows are about one license: a number is unique only with its type."""
    same = _squash(one.number) == _squash(other.number) and one.state == other.state
    return same and _squash(one.license_type) == _squash(other.license_type)


def find_license_doubts(screen: EvidenceScreen) -> Iterator[Doubt]:
    """Yield what stands against each license."""
    items = [item for item in screen.records(LicenseEvidence) if item.record is not None]
    for item in items:
        assert item.record is not None  # noqa: S101 - those without were left out
        yield from _own_doubts(screen, item, item.record)
        for other in items:
            if other is not item and _contradicts(screen, item, other):
                said = "one says the license is active, the other says it is not"
                yield contradiction(item, (other,), said, _ASK)


def _own_doubts(
    screen: EvidenceScreen, item: LicenseEvidence, record: Licensure
) -> Iterator[Doubt]:
    word = understand_word("license", record.status)
    if word.value is None and not (word.state is State.EMPTY and record.order.strip()):
        ask = (
            f"Ask the state board what the status {record.status!r} means (value_map declares it)."
        )
        yield not_understood(item, "status", record.status, ask, word.hint)
    issued, expires = record.issued, record.expires
    listed = screen.sources.day_of(item.source)
    if issued is not None and expires is not None and issued.not_after(expires) is False:
        yield impossible(item, f"issued {issued}, after it expires ({expires})", _ASK)
    if expires is not None and listed is not None:
        if word.value == "active" and expires.before(listed) is True:
            said = f"status {record.status!r} on {listed}, after it expired on {expires}"
            yield contradiction(item, (), said, _ASK)
        if word.value == "expired" and expires.before(listed) is False:
            said = f"status {record.status!r} on {listed}, before it expires on {expires}"
            yield contradiction(item, (), said, _ASK)
    if word.value == "active" and read_order(screen, record) in LOST:
        said = f"status {record.status!r}, but the board's action is {record.order!r}"
        yield contradiction(item, (), said, _ASK)
    yield from _doubt_reason(item, record, word.value)


def _doubt_reason(item: LicenseEvidence, record: Licensure, status: str | None) -> Iterator[Doubt]:
    """Yield a doubt where what stands beside the status is not understood, or denies it.

    What is said beside a loss explains it, whatever the words.
    """
    text = record.status_reason
    if not text.strip() or status is None or status in LOST | {"restricted"}:
        return
    if understand_word("license_reason", text).value == "none":
        return
    reason = understand_word("license", text)
    if reason.value is None:
        ask = f"Ask the state board what {text!r} means beside the status {record.status!r}."
        yield not_understood(item, "status_reason", text, ask, reason.hint)
    elif (status in _NOT_ACTIVE) is not (reason.value in _NOT_ACTIVE):
        said = f"status {record.status!r}, but beside it {text!r}"
        yield contradiction(item, (), said, _ASK)


def _contradicts(screen: EvidenceScreen, item: LicenseEvidence, other: LicenseEvidence) -> bool:
    """Tell whether another row about the license says the opposite. A stale good one is no match."""
    one, two = item.record, other.record
    if one is None or two is None or not is_same_license(one, two):
        return False
    mine, theirs = read_standing(screen, item, one), read_standing(screen, other, two)
    gone = {Standing.LAPSED, Standing.INACTIVE, Standing.LOST}
    if mine in {Standing.ACTIVE, Standing.RESTRICTED}:
        return theirs in gone and not _precedes(two, one)
    is_answered = theirs is Standing.ACTIVE and screen.can_prove(other)
    return mine in gone and is_answered and not _precedes(one, two)


def _precedes(old: Licensure, new: Licensure) -> bool:
    """Tell whether a term ended before another began: then one follows the other."""
    ended, began = old.expires, new.issued
    if ended is None or began is None or _read_status(old) in LOST:
        return False
    return ended.not_after(began) is True


def _read_status(record: Licensure) -> str | None:
    """Return our word for the status; a reason that says more than "inactive" is stronger."""
    word = understand_word("license", record.status).value
    reason = understand_word("license", record.status_reason).value
    if word == "inactive" and reason in _NOT_ACTIVE:
        return reason
    if word in _LAPSED and reason in LOST:
        return reason
    return reason if word == "active" and reason == "restricted" else word


def _judge_lapse(screen: EvidenceScreen, item: LicenseEvidence, record: Licensure) -> Standing:
    """Return what a lapse means: its own end decides, else the day from which the status holds."""
    ended = record.expires
    if ended is not None and ended.before(screen.as_of) is True:
        return Standing.LAPSED
    return _at_that_day(screen, item, record.status_on, Standing.LAPSED)


def _at_that_day(
    screen: EvidenceScreen, item: LicenseEvidence, since: PartialDate | None, standing: Standing
) -> Standing:
    """Return the standing if it held on the as-of date already, else that it is unclear."""
    if since is not None:
        return standing if since.after(screen.as_of) is False else Standing.UNCLEAR
    listed = screen.sources.day_of(item.source)
    return Standing.UNCLEAR if listed is not None and listed > screen.as_of else standing


def _covers(screen: EvidenceScreen, record: Licensure) -> bool | None:
    """Tell whether a license's dates cover the as-of date; None where they do not say."""
    if record.issued is not None and record.issued.after(screen.as_of) is not False:
        return None
    if record.expires is None:
        return True
    ended = record.expires.before(screen.as_of)
    return None if ended is None else not ended


def _squash(text: str) -> str:
    return normalize_phrase(text).replace(" ", "")
