"""The one normalizer of NPPES records, whichever way they came."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Literal

from credcheck.dates import DateError, PartialDate, parse_date
from credcheck.model import (
    Kind,
    License,
    NameKind,
    PersonName,
    Place,
    Provenance,
    Registration,
    Taxonomy,
    canonical_json,
)
from credcheck.npi import Npi, is_valid
from credcheck.source import Claim, PersonOnRow
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
        organization_name=cleaned(basic.organization_name) or None,
        names=tuple(_names(basic, raw.other_names or ())),
        credential=cleaned(basic.credential).strip(" ,") or None,
        places=tuple(_places(raw)),
        taxonomies=tuple(_taxonomy(x) for x in raw.taxonomies or () if cleaned(x.code)),
        enumeration_date=_date(basic.enumeration_date),
        last_updated=_date(basic.last_updated),
        deactivation_date=_date(basic.deactivation_date),
        reactivation_date=_date(basic.reactivation_date),
        replacement_npi=_npi(basic.replacement_npi),
    )


def registration_claim(
    raw: RawResult, *, as_of: dt.date, url: str | None = None, snapshot: str | None = None
) -> Claim:
    """Return a record as the claim of a registry, with where it stands."""
    record = registration(raw)
    digest = hashlib.sha256(canonical_json(record)).hexdigest()
    return Claim(
        kind=Kind.REGISTRATION,
        about=PersonOnRow(npi=record.npi, names=record.names),
        record=record,
        provenance=Provenance(snapshot=snapshot, url=url, as_of=as_of, sha256=digest),
    )


def _names(basic: RawBasic, others: Iterable[RawName]) -> Iterator[PersonName]:
    if cleaned(basic.last_name):
        yield PersonName(
            last=cleaned(basic.last_name),
            first=cleaned(basic.first_name),
            middle=cleaned(basic.middle_name),
            suffix=cleaned(basic.name_suffix),
        )
    for other in others:
        if cleaned(other.last_name):
            yield PersonName(
                last=cleaned(other.last_name),
                first=cleaned(other.first_name) or cleaned(basic.first_name),
                middle=cleaned(other.middle_name),
                suffix=cleaned(other.suffix),
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
    return Place(city=cleaned(address.city), state=cleaned(address.state).upper())


def _taxonomy(raw: RawTaxonomy) -> Taxonomy:
    number, state = cleaned(raw.license), cleaned(raw.state).upper()
    known = number and state and not _MASKED.fullmatch(number)
    return Taxonomy(
        code=cleaned(raw.code),
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


def cleaned(value: str | None) -> str:
    """Return a text without what NPPES writes for none."""
    text = (value or "").strip()
    return "" if text in _NONE else text
