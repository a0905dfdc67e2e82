"""A registry record as the store keeps it, made of a row of the file.

Only what decides is worked out at import: whether the number is in service. All other reading is the
one normalizer's (nppes/record.py), whichever way a record came.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from credcheck.model.dates import DateError, parse_date
from credcheck_sources.nppes.raw_record import RawPlaceRow, RawRecord

if TYPE_CHECKING:
    from credcheck_sources.nppes_file.columns import RecordLayout

ACTIVE, DEACTIVATED, UNCLEAR = "A", "D", ""
_DIGEST = 8  # bytes: enough for damage, and for a record in another's place

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(RawRecord)


class DamagedRecord(ValueError):
    """What is stored for a number is not what was written for it."""


def encode_record(npi: int, stored: RawRecord) -> bytes:
    """Return the bytes of a number's record, its digest first. Equal records have equal bytes."""
    body = _ENCODER.encode(stored)
    return _digest(npi, body) + body


def decode_record(npi: int, stored: object) -> RawRecord:
    """Return the record of some bytes. Raises DamagedRecord if they were not written for the number."""
    if not isinstance(stored, bytes):
        raise DamagedRecord(f"the record for {npi} was changed after it was written")
    body = stored[_DIGEST:]
    if _digest(npi, body) != stored[:_DIGEST]:
        raise DamagedRecord(f"the record for {npi} was changed")
    try:
        return _DECODER.decode(body)
    except msgspec.MsgspecError as error:
        raise DamagedRecord(f"the record for {npi} cannot be read: {error}") from error


def _digest(npi: int, body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=_DIGEST, salt=b"%d" % npi).digest()


def make_record(
    layout: "RecordLayout", cells: Sequence[str], places: Sequence[RawPlaceRow]
) -> RawRecord:
    """Return a row's record; ``places`` are the secondary practice locations."""
    _, entity, replacement, organization, last, first, *more = layout.scalars(cells)
    middle, suffix, credential, other_last, other_first, other_middle, *more = more
    other_suffix, other_kind, city, state, zip_code, enumerated, updated, *more = more
    deactivated, reactivated = more
    gone, back = iso(deactivated), iso(reactivated)
    return RawRecord(
        entity,
        _status(gone, back),
        organization,
        last,
        first,
        middle,
        suffix,
        credential,
        replacement,
        iso(enumerated),
        iso(updated),
        gone,
        back,
        [(other_last, other_first, other_middle, other_suffix, other_kind)] if other_last else [],
        [(city, state, zip_code), *places],
        [slot(cells) for slot, code in zip(layout.slots, layout.codes(cells), strict=True) if code],
    )


def make_deactivated_record(day: str) -> RawRecord:
    """Return the record of a number of which only the deactivation date is told."""
    gone = iso(day)
    return RawRecord(status=_status(gone, ""), deactivated=gone, places=[("", "", "")])


@lru_cache(1 << 16)
def iso(text: str) -> str:
    """Return MM/DD/YYYY as YYYY-MM-DD; what is neither stays as it is."""
    if len(text) == 10 and text[2] == text[5] == "/":
        return f"{text[6:]}-{text[:2]}-{text[3:5]}"
    return text


def _status(deactivated: str, reactivated: str) -> str:
    """Return whether a number is in service: reactivated on or after its deactivation, it is.

    A date that cannot be read leaves it unclear. Rule: CMS, NPPES Data Dissemination Readme
    (deactivated and not reactivated: the number and its deactivation date alone); that both dates
    may stand in one row is seen in real records.
    """
    if not deactivated:
        return ACTIVE
    try:
        gone = parse_date(deactivated).earliest
        if not reactivated:
            return DEACTIVATED
        return ACTIVE if parse_date(reactivated).earliest >= gone else DEACTIVATED
    except DateError:
        return UNCLEAR
