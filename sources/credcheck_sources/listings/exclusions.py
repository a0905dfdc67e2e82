"""The formats of other lists of exclusions: federal, a state's Medicaid list, CMS's revocations.

They differ in their kind alone, which says which requirement a list is asked for.
"""

from credcheck.model import EvidenceKind, Exclusion
from credcheck_sources.listings.cells import Cells
from credcheck_sources.listings.format import (
    PERSON_COLUMNS,
    ListingFormat,
    make_columns,
    read_person,
)


def _read_record(cells: Cells) -> Exclusion | None:
    excluded_on, reinstated_on = cells.date("excluded_on"), cells.date("reinstated_on")
    if excluded_on is None and not cells.text("undated"):
        cells.problems.append("excluded_on gives no day")
        return None
    return Exclusion(
        exclusion_type=cells.text("exclusion_type"),
        excluded_on=excluded_on,
        reinstated_on=reinstated_on,
        waiver_on=cells.date("waiver_on"),
        waiver_state=cells.optional("waiver_state"),
        business_name=cells.optional("business_name"),
        ends_on=cells.date("ends_on"),
        publisher=cells.text("publisher"),
        agency=cells.text("agency"),
        state=cells.text("list_state").upper(),
        reason=cells.text("reason"),
    )


FORMAT = ListingFormat(
    kind=EvidenceKind.EXCLUSION,
    columns=(
        *PERSON_COLUMNS,
        *make_columns(
            "excluded_on",
            optional=(
                *("exclusion_type", "reinstated_on", "waiver_on", "waiver_state", "business_name"),
                *("ends_on", "publisher", "agency", "list_state", "reason", "undated"),
            ),
        ),
    ),
    person=read_person,
    record=_read_record,
)

STATE_FORMAT = FORMAT._replace(kind=EvidenceKind.STATE_EXCLUSION)
REVOCATION_FORMAT = FORMAT._replace(kind=EvidenceKind.REVOCATION)
