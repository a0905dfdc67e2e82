"""The format of a kind of listing: its columns, and how a row becomes a person and a record."""

from collections.abc import Callable
from typing import NamedTuple

from credcheck.model import EvidenceKind, License, PersonName, Place, Record
from credcheck.source import PersonRecord
from credcheck.tables import Column
from credcheck_sources.listings.cells import Cells


class ListingFormat(NamedTuple):
    """What credcheck must know to read a kind of listing."""

    kind: EvidenceKind
    columns: tuple[Column, ...]
    person: Callable[[Cells], PersonRecord]
    record: Callable[[Cells], Record | None]


PERSON_COLUMNS = (
    Column(name="npi"),
    Column(name="last_name", required=True),
    Column(name="first_name", required=True),
    Column(name="middle_name"),
    Column(name="suffix"),
    Column(name="other_last_name"),
    Column(name="city"),
    Column(name="state"),
    Column(name="license_number"),
    Column(name="license_state"),
)
"""The columns that say whom a row is about."""


def make_columns(*required: str, optional: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Return columns by name."""
    return (
        *(Column(name=name, required=True) for name in required),
        *(Column(name=name) for name in optional),
    )


def read_person(cells: Cells) -> PersonRecord:
    """Read whom a row is about from the canonical columns."""
    number, issuer = cells.text("license_number"), cells.text("license_state")
    place = Place(city=cells.text("city"), state=cells.text("state").upper())
    return PersonRecord(
        npi=cells.npi("npi"),
        names=_read_names(cells),
        licenses=(License(number=number, state=issuer.upper()),) if number and issuer else (),
        places=(place,) if place.city or place.state else (),
    )


def read_nobody(cells: Cells) -> PersonRecord:  # noqa: ARG001 - the signature of ListingFormat.person
    """Return the person of a row that is about none."""
    return PersonRecord()


def _read_names(cells: Cells) -> tuple[PersonName, ...]:
    last, first = cells.text("last_name"), cells.text("first_name")
    if not last and not first:
        return ()
    name = PersonName(
        last=last, first=first, middle=cells.text("middle_name"), suffix=cells.text("suffix")
    )
    other = cells.text("other_last_name")
    if not other:
        return (name,)
    return name, PersonName(last=other, first=first, middle=name.middle, kind="other")
