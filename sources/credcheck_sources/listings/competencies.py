"""The format of a listing of permits, courses and attestations (kind ``competency``)."""

from credcheck.model import Competency, EvidenceKind
from credcheck.tables import Column
from credcheck_sources.listings.cells import Cells
from credcheck_sources.listings.format import (
    PERSON_COLUMNS,
    ListingFormat,
    make_dates,
    make_texts,
    read_person,
)


def _read_record(cells: Cells) -> Competency:
    return Competency(
        topic=cells.needed("topic"),
        title=cells.text("title"),
        issuer=cells.text("issuer"),
        status=cells.text("status"),
        issued=cells.date("issued"),
        expires=cells.date("expires"),
        state=cells.text("permit_state").upper(),
    )


FORMAT = ListingFormat(
    kind=EvidenceKind.COMPETENCY,
    columns=(
        *PERSON_COLUMNS,
        Column(name="topic", holds="word", words="topic", required=True),
        *make_texts("title", "issuer", "status"),
        *make_dates("issued", "expires"),
        *make_texts("permit_state"),
    ),
    groups=("competency", "person"),
    person=read_person,
    record=_read_record,
)
