"""A registry record as the store keeps it: short, and turned into the API's shape when asked for.

Only what decides is worked out at import: whether the number is in service. All other reading is the
one normalizer's (nppes/record.py), whichever way a record came.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from credcheck.dates import DateError, parse_date
from credcheck_sources.nppes.wire import RawAddress, RawBasic, RawName, RawResult, RawTaxonomy

if TYPE_CHECKING:
    from credcheck_sources.nppes_file.columns import Layout

ACTIVE, DEACTIVATED, UNCLEAR = "A", "D", ""

Place = tuple[str, str]


class Stored(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A record. Dates are ISO texts; ``others`` are other names with their kinds.

    ``places`` are city and state, the main practice location first. ``taxonomies`` are code,
    licence, its state and the primary switch.
    """

    entity: str = ""
    status: str = UNCLEAR
    organization: str = ""
    last: str = ""
    first: str = ""
    middle: str = ""
    suffix: str = ""
    credential: str = ""
    replacement: str = ""
    enumerated: str = ""
    updated: str = ""
    deactivated: str = ""
    reactivated: str = ""
    others: list[tuple[str, str, str, str, str]] = []
    places: list[Place] = []
    taxonomies: list[tuple[str, ...]] = []

    def called(self, organization: str) -> "Stored":
        """Return the record of an organization with a name."""
        return msgspec.structs.replace(self, organization=organization)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Stored)


def encoded(stored: Stored) -> bytes:
    """Return the record's bytes. Equal records have equal bytes."""
    return _ENCODER.encode(stored)


def decoded(body: bytes) -> Stored:
    """Return the record of some bytes. Raises msgspec.DecodeError if they are none."""
    return _DECODER.decode(body)


def stored_of(layout: "Layout", cells: Sequence[str], places: Sequence[Place]) -> Stored:
    """Return a row's record; ``places`` are the secondary practice locations."""
    _, entity, replacement, organization, last, first, *more = layout.scalars(cells)
    middle, suffix, credential, other_last, other_first, other_middle, *more = more
    other_suffix, other_kind, city, state, enumerated, updated, deactivated, reactivated = more
    gone, back = iso(deactivated), iso(reactivated)
    return Stored(
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
        [(city, state), *places],
        [slot(cells) for slot, code in zip(layout.slots, layout.codes(cells), strict=True) if code],
    )


def out_of_service(day: str) -> Stored:
    """Return the record of a number of which only the deactivation date is told."""
    gone = iso(day)
    return Stored(status=_status(gone, ""), deactivated=gone, places=[("", "")])


def raw_of(npi: str, stored: Stored) -> RawResult:
    """Return a record in the API's shape."""
    places = [
        RawAddress(address_purpose="LOCATION", city=city, state=state)
        for city, state in stored.places
    ]
    return RawResult(
        number=npi,
        enumeration_type=f"NPI-{stored.entity}" if stored.entity else None,
        basic=RawBasic(
            status=stored.status,
            first_name=stored.first,
            middle_name=stored.middle,
            last_name=stored.last,
            name_suffix=stored.suffix,
            credential=stored.credential,
            organization_name=stored.organization,
            enumeration_date=stored.enumerated,
            last_updated=stored.updated,
            deactivation_date=stored.deactivated,
            reactivation_date=stored.reactivated,
            replacement_npi=stored.replacement,
        ),
        addresses=places[:1],
        practice_locations=places[1:],
        taxonomies=[
            RawTaxonomy(code=code, primary=switch == "Y", license=number, state=state)
            for code, number, state, switch in stored.taxonomies
        ],
        other_names=[
            RawName(code=kind, first_name=first, middle_name=middle, last_name=last, suffix=suffix)
            for last, first, middle, suffix, kind in stored.others
        ],
    )


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
