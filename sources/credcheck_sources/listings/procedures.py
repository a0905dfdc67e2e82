"""The format of a listing of billed procedures (kind ``procedure``), such as CMS's by-service file."""

from credcheck.model import EvidenceKind, Procedure
from credcheck.tables import Column
from credcheck_sources.listings.cells import Cells
from credcheck_sources.listings.format import (
    PERSON_COLUMNS,
    ListingFormat,
    make_dates,
    read_person,
)


def _read_record(cells: Cells) -> Procedure | None:
    code, services = cells.needed("code"), cells.count("services")
    if services is None:
        cells.problems.append("services is not a number")
        return None
    return Procedure(code=code, services=services, year=cells.date("year"))


FORMAT = ListingFormat(
    kind=EvidenceKind.PROCEDURE,
    columns=(
        *PERSON_COLUMNS,
        Column(name="code", required=True),
        Column(name="services", holds="count", required=True),
        *make_dates("year"),
    ),
    groups=("procedure", "person"),
    person=read_person,
    record=_read_record,
)
