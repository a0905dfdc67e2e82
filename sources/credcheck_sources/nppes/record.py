"""The one normalizer of NPPES records, whichever way they came."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from credcheck.dates import DateError, PartialDate, parse_date
from credcheck.model import License, NameKind, PersonName, Place, Registration, Taxonomy
from credcheck.npi import Npi, is_valid
from credcheck_sources.nppes.wire import RawAddress, RawBasic, RawName, RawResult, RawTaxonomy

_NONE = frozenset({"", "--", "<UNAVAIL>"})  # how NPPES writes "none" in names
_MASKED = re.compile(r"[$*=]+")  # SSN, ITIN and EIN are masked in licence numbers
_NAME_KINDS: dict[str, NameKind] = {"1": "former", "2": "professional", "5": "other"}
_ENTITIES: dict[str, Literal["individual", "organization"]] = {
    "NPI-1": "individual",
    "NPI-2": "organization",
}
_STATUSES: dict[str, Literal["active", "deactivated"]] = {"A": "active", "D": "deactivated"}


def number_of(raw: RawResult) -> str:
    """Return a record's number as text: it was an integer until 2021."""
    return str(raw.number)


def registration(raw: RawResult) -> Registration:
    """Normalize a record.

    Active is status exactly ``A``. A deactivation date alone says nothing: reactivated numbers keep
    theirs.
    """
    basic = raw.basic
    return Registration(
        npi=Npi(number_of(raw)),
        entity_type=_ENTITIES.get(raw.enumeration_type or ""),
        status=_STATUSES.get(basic.status or ""),
        organization_name=_text(basic.organization_name) or None,
        names=tuple(_names(basic, raw.other_names or ())),
        credential=_text(basic.credential).strip(" ,") or None,
        places=tuple(_places(raw)),
        taxonomies=tuple(_taxonomy(x) for x in raw.taxonomies or () if _text(x.code)),
        enumeration_date=_date(basic.enumeration_date),
        last_updated=_date(basic.last_updated),
        deactivation_date=_date(basic.deactivation_date),
        reactivation_date=_date(basic.reactivation_date),
        replacement_npi=_npi(basic.replacement_npi),
    )


def _names(basic: RawBasic, others: Iterable[RawName]) -> Iterator[PersonName]:
    if _text(basic.last_name):
        yield PersonName(
            last=_text(basic.last_name),
            first=_text(basic.first_name),
            middle=_text(basic.middle_name),
            suffix=_text(basic.name_suffix),
        )
    for other in others:
        if _text(other.last_name):
            yield PersonName(
                last=_text(other.last_name),
                first=_text(other.first_name) or _text(basic.first_name),
                middle=_text(other.middle_name),
                suffix=_text(other.suffix),
                kind=_NAME_KINDS.get(other.code, "other"),
            )


def _places(raw: RawResult) -> Iterator[Place]:
    """Yield where the person practises, the main place first. Mailing addresses tell nothing."""
    main = (x for x in raw.addresses or () if x.address_purpose == "LOCATION")
    for address in (*main, *(raw.practice_locations or ())):
        place = _place(address)
        if place.city or place.state:
            yield place


def _place(address: RawAddress) -> Place:
    return Place(city=_text(address.city), state=_text(address.state).upper())


def _taxonomy(raw: RawTaxonomy) -> Taxonomy:
    number, state = _text(raw.license), _text(raw.state).upper()
    known = number and state and not _MASKED.fullmatch(number)
    return Taxonomy(
        code=_text(raw.code),
        primary=raw.primary is True,
        license=License(number=number, state=state) if known else None,
    )


def _date(text: str | None) -> PartialDate | None:
    if not text:
        return None
    try:
        return parse_date(text)
    except DateError:
        return None  # these dates explain, they decide nothing


def _npi(value: str | int | None) -> Npi | None:
    text = str(value or "")
    return Npi(text) if is_valid(text) else None


def _text(value: str | None) -> str:
    text = (value or "").strip()
    return "" if text in _NONE else text
