"""Adapter ``fellowships``: who completed which training program, and when."""

from msgspec.structs import replace

from credcheck.model import EvidenceKind, Fellowship
from credcheck.reference.specialty_groups import groups_of_training
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


def _read_record(cells: Cells) -> Fellowship:
    code, title = cells.text("program_code"), cells.text("program_name")
    if not code and not title:
        cells.problems.append("neither program_code nor program_name identifies the program")
    return Fellowship(
        program_code=code,
        program_name=title,
        specialty=cells.text("specialty"),
        start_date=cells.date("start_date"),
        end_date=cells.date("end_date"),
        status=cells.text("status"),
        verified_by=cells.optional("verified_by"),
        verified_on=cells.date("verified_on"),
    )


def _read_person(cells: Cells) -> PersonRecord:
    return replace(
        read_trained_person(cells), specialties=groups_of_training(cells.text("specialty"))
    )


FORMAT = ListingFormat(
    kind=EvidenceKind.FELLOWSHIP,
    groups=("fellowship", "person"),
    columns=(
        *PERSON_COLUMNS,
        *SCHOOLING_COLUMNS,
        *make_texts("program_code", "program_name"),
        Column(name="specialty", holds="word", words="specialty"),
        Column(
            name="start_date",
            holds="date",
            without="the length of a fellowship is not known, so it stays unverified",
        ),
        Column(
            name="end_date",
            holds="date",
            without="the end of a fellowship is not known, so it stays unverified",
        ),
        Column(
            name="status",
            holds="word",
            words="fellowship",
            without="completion is shown only where it was verified after the end date",
        ),
        *make_texts("verified_by"),
        *make_dates("verified_on"),
    ),
    person=_read_person,
    record=_read_record,
)


ADAPTER = listing_adapter(
    "fellowships", "CSV of fellowships: program, specialty, start, end, status", FORMAT
)
