"""The format of another list of exclusions (kind ``exclusion``), such as a state's Medicaid list."""

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
    if excluded_on is None:
        cells.problems.append("excluded_on gives no day")
        return None
    return Exclusion(
        exclusion_type=cells.text("exclusion_type"),
        excluded_on=excluded_on,
        reinstated_on=reinstated_on,
        waiver_on=cells.date("waiver_on"),
        waiver_state=cells.optional("waiver_state"),
    )


FORMAT = ListingFormat(
    kind=EvidenceKind.EXCLUSION,
    columns=(
        *PERSON_COLUMNS,
        *make_columns(
            "excluded_on",
            optional=("exclusion_type", "reinstated_on", "waiver_on", "waiver_state"),
        ),
    ),
    person=read_person,
    record=_read_record,
)
