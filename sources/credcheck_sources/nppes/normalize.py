"""The one normalizer of NPPES records, whichever way they came."""

import datetime as dt
import hashlib
import re
from functools import lru_cache
from typing import Literal

from credcheck.model import (
    EvidenceKind,
    License,
    NameKind,
    PersonName,
    Place,
    Provenance,
    Registration,
    Taxonomy,
    canonical_json,
)
from credcheck.model.dates import DateError, PartialDate, parse_date
from credcheck.model.npi import Npi, is_valid
from credcheck.source import Claim, PersonRecord
from credcheck_sources.nppes.raw_record import RawNameRow, RawPlaceRow, RawRecord, RawTaxonomyRow

_NONE = frozenset({"", "--", "<UNAVAIL>"})  # how NPPES writes "none" in names
_MASKED = re.compile(r"[$*=]+")  # SSN, ITIN and EIN are masked in license numbers
_NAME_KINDS: dict[str, NameKind] = {"1": "former", "2": "professional", "5": "other"}
_ENTITIES: dict[str, Literal["individual", "organization"]] = {
    "1": "individual",
    "2": "organization",
}
_STATUSES: dict[str, Literal["active", "deactivated"]] = {"A": "active", "D": "deactivated"}
_CACHE_SIZE = 1 << 14  # places and codes: many people share them


def normalize_registration(npi: Npi, told: RawRecord, former: tuple[Npi, ...] = ()) -> Registration:
    """Normalize a record. ``former`` are the numbers that this one took the place of.

    Active is status exactly ``A``. A deactivation date alone says nothing: reactivated numbers keep
    theirs.
    """
    places = [_normalize_place(each) for each in told.places]
    return Registration(
        npi=npi,
        entity_type=_ENTITIES.get(told.entity),
        status=_STATUSES.get(told.status),
        organization_name=clean_text(told.organization) or None,
        names=_normalize_names(told),
        credential=clean_text(told.credential).strip(" ,") or None,
        places=tuple(dict.fromkeys(place for place in places if place.city or place.state)),
        taxonomies=tuple(
            [_normalize_taxonomy(each) for each in told.taxonomies if clean_text(each[0])]
        ),
        enumeration_date=_normalize_date(told.enumerated),
        last_updated=_normalize_date(told.updated),
        deactivation_date=_normalize_date(told.deactivated),
        reactivation_date=_normalize_date(told.reactivated),
        replacement_npi=Npi(told.replacement) if is_valid(told.replacement) else None,
        former_npis=former,
    )


def make_registration_claim(
    npi: Npi,
    told: RawRecord,
    *,
    as_of: dt.date,
    former: tuple[Npi, ...] = (),
    url: str | None = None,
    snapshot: str | None = None,
) -> Claim:
    """Return a record as the claim of a registry, with where it stands."""
    record = normalize_registration(npi, told, former)
    problems = _list_problems(told, record)
    digest = hashlib.sha256(canonical_json(record)).hexdigest()
    return Claim(
        kind=EvidenceKind.REGISTRATION,
        about=PersonRecord(npi=record.npi, names=record.names),
        record=record,
        problem=problems or None,
        provenance=Provenance(snapshot=snapshot, url=url, as_of=as_of, sha256=digest),
    )


def _list_problems(told: RawRecord, record: Registration) -> str:
    """Return the dates that decide what a number is, and cannot be read, in words."""
    read = (
        ("enumeration", told.enumerated, record.enumeration_date),
        ("deactivation", told.deactivated, record.deactivation_date),
        ("reactivation", told.reactivated, record.reactivation_date),
    )
    return "; ".join(
        [
            f"the {what} date {text!r} cannot be read"
            for what, text, date in read
            if text and not date
        ]
    )


def _normalize_names(told: RawRecord) -> tuple[PersonName, ...]:
    others = [
        _normalize_other_name(each, told.first) for each in told.others if clean_text(each[0])
    ]
    last = clean_text(told.last)
    if not last:
        return tuple(others)
    legal = PersonName(
        last=last,
        first=clean_text(told.first),
        middle=clean_text(told.middle),
        suffix=clean_text(told.suffix),
    )
    return (legal, *others)


def _normalize_other_name(told: RawNameRow, legal_first: str) -> PersonName:
    last, first, middle, suffix, code = told
    return PersonName(
        last=clean_text(last),
        first=clean_text(first) or clean_text(legal_first),
        middle=clean_text(middle),
        suffix=clean_text(suffix),
        kind=_NAME_KINDS.get(code, "other"),
    )


@lru_cache(_CACHE_SIZE)
def _normalize_place(told: RawPlaceRow) -> Place:
    city, state, _ = told
    return Place(city=clean_text(city), state=clean_text(state).upper())


@lru_cache(_CACHE_SIZE)
def _normalize_taxonomy(told: RawTaxonomyRow) -> Taxonomy:
    code, number, state, switch = told
    number, state = clean_text(number), clean_text(state).upper()
    known = number and state and not _MASKED.fullmatch(number)
    return Taxonomy(
        code=clean_text(code),
        primary=switch == "Y",
        license=License(number=number, state=state) if known else None,
    )


def _normalize_date(text: str) -> PartialDate | None:
    if not text:
        return None
    try:
        return parse_date(text)
    except DateError:
        return None  # where it decides, the claim has a problem (_list_problems)


def clean_text(text: str) -> str:
    """Return a text without what NPPES writes for none."""
    bare = text.strip()
    return "" if bare in _NONE else bare
