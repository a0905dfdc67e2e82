"""Adapter ``board-certificates``: who holds which certificate of which board."""

from msgspec.structs import replace

from credcheck.model import Certificate, Duration, EvidenceKind
from credcheck.reference.specialty_groups import groups_of_certificate
from credcheck.source import PersonRecord
from credcheck_sources.listings.cells import Cells
from credcheck_sources.listings.format import (
    PERSON_COLUMNS,
    ListingFormat,
    make_columns,
    read_person,
)
from credcheck_sources.listings.listing import listing_adapter


def _read_record(cells: Cells) -> Certificate:
    duration: Duration | None = cells.choice(
        "duration", ("time_limited", "time_unlimited", "continuous")
    )
    if cells.means_no_date("expires") and duration is None:
        duration = "time_unlimited"
    return Certificate(
        board=cells.needed("board"),
        certificate=cells.needed("certificate"),
        certificate_type=cells.choice("certificate_type", ("general", "subspecialty")),
        status=cells.text("status"),
        issued=cells.date("issued"),
        expires=cells.date("expires"),
        duration=duration,
        moc=cells.optional("moc"),
        verified_by=cells.optional("verified_by"),
        verified_on=cells.date("verified_on"),
    )


def _read_person(cells: Cells) -> PersonRecord:
    fields = groups_of_certificate(cells.text("board"), cells.text("certificate"))
    return replace(read_person(cells), specialties=fields)


FORMAT = ListingFormat(
    kind=EvidenceKind.CERTIFICATE,
    columns=(
        *PERSON_COLUMNS,
        *make_columns(
            *("board", "certificate", "status"),
            optional=(
                *("certificate_type", "issued", "expires", "duration", "moc"),
                *("verified_by", "verified_on"),
            ),
        ),
    ),
    person=_read_person,
    record=_read_record,
)


ADAPTER = listing_adapter(
    "board-certificates", "CSV of board certificates: board, certificate, status, dates", FORMAT
)
