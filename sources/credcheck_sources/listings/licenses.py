"""The format of a state's licenses (kind ``license``), as the board that issued them lists them."""

import re

from msgspec.structs import replace

from credcheck.model import EvidenceKind, License, Licensure
from credcheck.reference.states import usps
from credcheck.source import PersonRecord
from credcheck.tables import Column
from credcheck_sources.listings.cells import Cells
from credcheck_sources.listings.format import (
    PERSON_COLUMNS,
    ListingFormat,
    make_dates,
    make_texts,
    read_person,
)

_TWICE = re.compile(r"^([A-Za-z]+)[.\s-]+(?=\1\b)", re.IGNORECASE)


def _read_number(cells: Cells) -> str:
    """Return the number with its letters: "MD.MD.6044" says them twice, and they may stand apart."""
    number = _TWICE.sub("", cells.text("license_number").strip())
    prefix = cells.text("license_prefix").strip()
    return number if number.upper().startswith(prefix.upper()) else f"{prefix}{number}"


def _read_person(cells: Cells) -> PersonRecord:
    """Read whom a row is about. The license that ties it is the one that it speaks of."""
    person, number = read_person(cells), _read_number(cells)
    state = usps(cells.text("license_state"))
    licenses = (License(number=number, state=state),) if number and state else ()
    return replace(person, licenses=licenses)


def _read_record(cells: Cells) -> Licensure:
    if not cells.text("license_number"):
        cells.problems.append("license_number is empty")
    return Licensure(
        number=_read_number(cells),
        state=usps(cells.needed("license_state")),
        license_type=cells.text("license_type"),
        status=cells.text("status"),
        status_reason=cells.text("status_reason"),
        status_on=cells.date("status_on"),
        issued=cells.date("issued"),
        expires=cells.date("expires"),
        order=cells.text("order"),
        order_on=cells.date("order_on"),
        order_ended_on=cells.date("order_ended_on"),
    )


_PERSON = tuple(x for x in PERSON_COLUMNS if x.name not in {"license_number", "license_state"})

FORMAT = ListingFormat(
    kind=EvidenceKind.LICENSE,
    columns=(
        *_PERSON,
        Column(name="license_number", required=True),
        Column(name="license_state", required=True),
        Column(name="status", required=True),
        *make_texts("license_prefix", "license_type", "status_reason", "order"),
        *make_dates("status_on", "issued", "expires", "order_on", "order_ended_on"),
    ),
    groups=("person",),
    person=_read_person,
    record=_read_record,
)
