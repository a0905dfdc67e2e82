"""What an NPPES record tells, text by text, whichever way it came: over the wire or from the store.

The API adapter makes it from an answer; the store keeps it as it is (its fields in this order, as
MessagePack), so that a look-up in a file of millions needs no second form.
"""

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from credcheck_sources.nppes.wire import RawResult

_ENTITIES = {"NPI-1": "1", "NPI-2": "2"}

RawNameRow = tuple[str, str, str, str, str]
"""Family, given and middle name, suffix, and CMS's code for the kind of name."""

RawPlaceRow = tuple[str, str, str]
"""City, state and ZIP code of a practice location."""

RawTaxonomyRow = tuple[str, str, str, str]
"""Code, license, the license's state, and ``Y`` for the primary one."""


class RawRecord(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A record. ``entity`` is 1 for an individual, 2 for an organization; ``status`` as the API has it.

    ``others`` are other names; ``places`` has the main practice location first.
    """

    entity: str = ""
    status: str = ""
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
    others: list[RawNameRow] = []
    places: list[RawPlaceRow] = []
    taxonomies: list[RawTaxonomyRow] = []

    def called(self, organization: str) -> "RawRecord":
        """Return the record of an organization with a name."""
        return msgspec.structs.replace(self, organization=organization)


def record_number(raw: "RawResult") -> str:
    """Return a record's number as text: it was an integer until 2021."""
    return str(raw.number)


def read_record(raw: "RawResult") -> RawRecord:
    """Return what a record of the API tells."""
    basic = raw.basic
    return RawRecord(
        entity=_ENTITIES.get(raw.enumeration_type or "", ""),
        status=basic.status or "",
        organization=basic.organization_name or "",
        last=basic.last_name or "",
        first=basic.first_name or "",
        middle=basic.middle_name or "",
        suffix=basic.name_suffix or "",
        credential=basic.credential or "",
        replacement=str(basic.replacement_npi or ""),
        enumerated=basic.enumeration_date or "",
        updated=basic.last_updated or "",
        deactivated=basic.deactivation_date or "",
        reactivated=basic.reactivation_date or "",
        others=[
            (x.last_name or "", x.first_name or "", x.middle_name or "", x.suffix or "", x.code)
            for x in raw.other_names or ()
        ],
        places=_places(raw),
        taxonomies=[
            (x.code or "", x.license or "", x.state or "", "Y" if x.primary is True else "N")
            for x in raw.taxonomies or ()
        ],
    )


def _places(raw: "RawResult") -> list[RawPlaceRow]:
    """Return where the person practices, the main place first. Mailing addresses tell nothing."""
    main = [x for x in raw.addresses or () if x.address_purpose == "LOCATION"]
    places = (*main, *(raw.practice_locations or ()))
    return [(x.city or "", x.state or "", x.postal_code or "") for x in places]
