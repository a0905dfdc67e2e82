"""The formats of other lists of exclusions: federal, a state's Medicaid list, CMS's revocations.

They differ in their kind alone, which says which requirement a list is asked for.
"""

from credcheck.model import EvidenceKind, Exclusion
from credcheck.reference.organizations import is_business
from credcheck.source import PersonRecord
from credcheck.tables import Column
from credcheck_sources.listings.cells import Cells
from credcheck_sources.listings.format import (
    PERSON_COLUMNS,
    ListingFormat,
    make_dates,
    make_texts,
    read_also_known,
    read_listed_person,
)


def _read_record(cells: Cells) -> Exclusion | None:
    excluded_on, reinstated_on = cells.date("excluded_on"), cells.date("reinstated_on")
    if excluded_on is None and not cells.text("undated"):
        cells.problems.append("excluded_on gives no date")
        return None
    return Exclusion(
        exclusion_type=cells.text("exclusion_type"),
        excluded_on=excluded_on,
        reinstated_on=reinstated_on,
        waiver_on=cells.date("waiver_on"),
        waiver_state=cells.optional("waiver_state"),
        business_name=_read_business(cells),
        ends_on=cells.date("ends_on"),
        publisher=cells.text("publisher"),
        agency=cells.text("agency"),
        state=cells.text("list_state").upper(),
        reason=cells.text("reason"),
    )


def _read_person(cells: Cells) -> PersonRecord:
    return read_also_known(cells, read_listed_person(cells))


def _read_business(cells: Cells) -> str | None:
    """Return whose row it is if an organization's: it names no person, and that is no fault."""
    name = cells.text("name")
    return cells.optional("business_name") or (name if is_business(name) else None)


FORMAT = ListingFormat(
    kind=EvidenceKind.EXCLUSION,
    groups=("exclusion", "person"),
    columns=(
        *PERSON_COLUMNS,
        Column(name="excluded_on", holds="date", required=True),
        *make_texts("exclusion_type", "business_name"),
        *make_dates("reinstated_on", "waiver_on"),
        *make_texts("waiver_state"),
        *make_dates("ends_on"),
        *make_texts("publisher", "agency", "list_state", "reason", "undated", "also_known_as"),
    ),
    person=_read_person,
    record=_read_record,
)

STATE_FORMAT = FORMAT._replace(kind=EvidenceKind.STATE_EXCLUSION)
REVOCATION_FORMAT = FORMAT._replace(kind=EvidenceKind.REVOCATION)
