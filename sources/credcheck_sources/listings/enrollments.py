"""The format of Medicare's lists of clinicians (kind ``enrollment``): context, never a credential.

Enrolled, listed in Care Compare, or opted out. None of it shows skill, and none of it is a fault. The
medical school and the year of the degree help to tell whose a row of another list is: see
credcheck/identity/schooling.py.
"""

from credcheck.model import Enrollment, EvidenceKind
from credcheck.model.dates import find_year
from credcheck.tables import Column
from credcheck_sources.listings.cells import Cells
from credcheck_sources.listings.format import (
    PERSON_COLUMNS,
    SCHOOLING_COLUMNS,
    ListingFormat,
    make_dates,
    make_texts,
    read_person,
)


def _read_record(cells: Cells) -> Enrollment:
    return Enrollment(
        program=cells.needed("program"),
        specialty=cells.text("specialty"),
        since=cells.date("since"),
        until=cells.date("until"),
        organization=cells.text("organization"),
        medical_school=cells.text("medical_school"),
        graduation_year=find_year(cells.text("graduation_year")),
    )


FORMAT = ListingFormat(
    kind=EvidenceKind.ENROLLMENT,
    columns=(
        *PERSON_COLUMNS,
        Column(name="program", required=True),
        *make_texts("specialty"),
        *make_dates("since", "until"),
        *make_texts("organization"),
        *SCHOOLING_COLUMNS,
    ),
    groups=("person",),
    person=read_person,
    record=_read_record,
)
