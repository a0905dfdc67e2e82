"""Verifications by a person: what keeps one from proving anything.

An entry of the book is evidence like any other, and no back door: without a method, and a document or
a named contact, it decides nothing. Nor does it once it is older than it may be. A verification of
training does not age, one of a certificate or a permit does.

Sources: NCQA CR 3 (time limit from the verification to the decision: 120 days, CVO 90; education is
not subject to it).
"""

import datetime as dt

from credcheck.evidence.doubt import record_location
from credcheck.model import Decision, Evidence, Model, Proof, ReasonCode, Verification

_ASK_AGAIN = "Verify it again, and record the method and a document or a named contact."


class Weakness(Model, kw_only=True):
    """Why a person's entry does not count, and what to do about it."""

    code: ReasonCode
    message: str
    next_step: str


def list_proofs(item: Evidence) -> tuple[Proof, ...]:
    """Return what persons found out about a record: what it says, and whose it is."""
    return tuple(x for x in (item.verification, item.match.disposition) if x is not None)


def find_weakness(item: Evidence, as_of: dt.date) -> Weakness | None:
    """Return why a record does not count that a person verified or settled, or None."""
    found = item.verification
    if found is not None:
        if (lacks := found.lacks) is not None:
            return _make_unproven(item, found, lacks)
        if (age := _days_too_old(found, as_of)) is not None:
            message = (
                f"{record_location(item)} was verified {age} days before {as_of};"
                f" the limit is {found.max_age_days} days"
            )
            return Weakness(code=ReasonCode.SOURCE_STALE, message=message, next_step=_ASK_AGAIN)
    if item.match.by == "disposition":
        return _find_unsettled(item)
    return None


def _find_unsettled(item: Evidence) -> Weakness | None:
    settled = item.match.disposition
    if settled is None:
        lacks: str | None = "no disposition exists"
    elif not settled.counts or settled.is_person is not (item.match.decision is Decision.MATCH):
        lacks = "it says something else"
    else:
        lacks = settled.lacks
    return None if lacks is None else _make_unproven(item, settled, lacks)


def _make_unproven(item: Evidence, proof: Proof | None, lacks: str) -> Weakness:
    by = f" ({proof})" if proof is not None and item.verification is None else ""
    message = f"{record_location(item)}{by} does not count: {lacks}"
    return Weakness(code=ReasonCode.VERIFICATION_UNPROVEN, message=message, next_step=_ASK_AGAIN)


def _days_too_old(found: Verification, as_of: dt.date) -> int | None:
    if found.max_age_days is None:
        return None
    age = (as_of - found.on).days
    return age if age > found.max_age_days else None
