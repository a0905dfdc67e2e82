"""What an NPPES record tells, text by text, whichever way it came: over the wire or from the store.

The API adapter makes it from an answer; the store keeps it as it is (its fields in this order, as
MessagePack), so that a look-up in a file of millions needs no second form.
"""

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from credcheck_sources.nppes.wire import RawResult

_ENTITIES = {"NPI-1": "1", "NPI-2": "2"}

NameTold = tuple[str, str, str, str, str]
"""Family, given and middle name, suffix, and CMS's code for the kind of name."""

PlaceTold = tuple[str, str]
"""City and state of a practice location."""

TaxonomyTold = tuple[str, str, str, str]
"""Code, licence, the licence's state, and ``Y`` for the primary one."""


class Told(msgspec.Struct, array_like=True, frozen=True, gc=False):
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
    others: list[NameTold] = []
    places: list[PlaceTold] = []
    taxonomies: list[TaxonomyTold] = []

    def called(self, organization: str) -> "Told":
        """Return the record of an organization with a name."""
        return msgspec.structs.replace(self, organization=organization)


def number_of(raw: "RawResult") -> str:
    """Return a record's number as text: it was an integer until 2021."""
    return str(raw.number)


def told_by(raw: "RawResult") -> Told:
    """Return what a record of the API tells."""
    basic = raw.basic
    return Told(
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


def _places(raw: "RawResult") -> list[PlaceTold]:
    """Return where the person practises, the main place first. Mailing addresses tell nothing."""
    main = [x for x in raw.addresses or () if x.address_purpose == "LOCATION"]
    return [(x.city or "", x.state or "") for x in (*main, *(raw.practice_locations or ()))]
