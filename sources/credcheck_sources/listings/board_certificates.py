"""Adapter ``board-certificates``: who holds which certificate of which board."""

from msgspec.structs import replace

from credcheck.model import Certificate, Duration, EvidenceKind
from credcheck.reference.specialty_groups import groups_of_certificate
from credcheck.reference.understanding import understand_word
from credcheck.source import PersonRecord
from credcheck.tables import Column
from credcheck_sources.listings.cells import Cells
from credcheck_sources.listings.format import (
    PERSON_COLUMNS,
    SCHOOLING_COLUMNS,
    ListingFormat,
    make_dates,
    make_texts,
    read_trained_person,
)
from credcheck_sources.listings.listing import listing_adapter

_DURATIONS: tuple[Duration, ...] = ("time_limited", "time_unlimited", "continuous")


def _read_record(cells: Cells) -> Certificate:
    duration: Duration | None = cells.word("duration", _DURATIONS)
    if cells.means_no_date("expires") and duration is None:
        # "Lifetime" says which; another word for no expiry may be either, and a board that never gave
        # certificates for life may still give continuous ones.
        meant = understand_word("duration", cells.text("expires")).value
        duration = "time_unlimited" if meant == "time_unlimited" else "continuous"
    return Certificate(
        board=cells.needed("board"),
        certificate=cells.needed("certificate"),
        certificate_type=cells.word("certificate_type", ("general", "subspecialty")),
        status=cells.text("status"),
        issued=cells.date("issued"),
        expires=cells.date("expires"),
        duration=duration,
        moc=cells.optional("moc"),
        verified_by=cells.optional("verified_by"),
        verified_on=cells.date("verified_on"),
        reverify_by=cells.date("reverification_date"),
    )


def _read_person(cells: Cells) -> PersonRecord:
    fields = groups_of_certificate(cells.text("board"), cells.text("certificate"))
    return replace(read_trained_person(cells), specialties=fields)


FORMAT = ListingFormat(
    kind=EvidenceKind.CERTIFICATE,
    groups=("certificate", "person"),
    columns=(
        *PERSON_COLUMNS,
        *SCHOOLING_COLUMNS,
        Column(name="board", holds="word", words="board", required=True),
        Column(name="certificate", holds="word", words="certificate_name", required=True),
        Column(name="certificate_type", holds="word", words="certificate_type"),
        Column(name="status", holds="word", words="certificate", required=True),
        *make_dates("issued"),
        Column(
            name="expires",
            holds="date",
            without="a certificate is current only if its duration says that it does not end",
        ),
        Column(name="duration", holds="word", words="duration"),
        *make_texts("moc", "verified_by"),
        *make_dates("verified_on", "reverification_date"),
    ),
    person=_read_person,
    record=_read_record,
)


ADAPTER = listing_adapter(
    "board-certificates", "CSV of board certificates: board, certificate, status, dates", FORMAT
)
