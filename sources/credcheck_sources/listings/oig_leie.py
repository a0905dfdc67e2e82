"""Adapter ``oig-leie``: OIG's list of excluded individuals and entities, as downloaded.

Layout and marks: OIG, LEIE record layout (UPDATED.csv). NPI 0000000000 means unknown, 00000000 no
date. The column DOB is compared with a birth date that the user gives, and kept nowhere.
"""

import msgspec

from credcheck._util.text import pluralize
from credcheck.model import Authority, Coverage, EvidenceKind, Exclusion, PersonName, Place
from credcheck.model.birth_date import parse_birth_date
from credcheck.source import PersonRecord
from credcheck.source.adapter import Days
from credcheck.tables import Column
from credcheck_sources.listings.cells import Cells
from credcheck_sources.listings.format import ListingFormat, make_texts
from credcheck_sources.listings.listing import listing_adapter
from credcheck_sources.listings.options import ListingOptions

_DATES = ("EXCLDATE", "REINDATE", "WAIVERDATE")
_FEWEST_ROWS = 50_000


class LeieOptions(ListingOptions, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the LEIE: by default primary, complete and at most 45 days old.

    ``url`` is where ``sources fetch`` gets it.

    A file with fewer than 50,000 rows is a supplement or was cut off: unless ``coverage`` is
    declared, it is partial. The OIG's full file has about 80,000 rows.
    """

    authority: Authority = Authority.PRIMARY
    url: str = "https://oig.hhs.gov/exclusions/downloadables/UPDATED.csv"
    coverage: Coverage | msgspec.UnsetType = msgspec.UNSET  # type: ignore[assignment]  # told apart
    max_age: Days = "45d"
    date_formats: tuple[str, ...] = ("YYYYMMDD",)

    def explain_partial(self, rows: int) -> str | None:
        """Return why a file is not complete, unless the configuration says what it is."""
        if self.coverage is not msgspec.UNSET or rows >= _FEWEST_ROWS:
            return None
        return (
            f"has {pluralize(rows, 'row')}, and the OIG's list more than {_FEWEST_ROWS:,}: download"
            ' UPDATED.csv again, or set coverage = "complete" if this is the whole list'
        )


def _read_person(cells: Cells) -> PersonRecord:
    last, first = cells.text("LASTNAME"), cells.text("FIRSTNAME")
    name = PersonName(last=last, first=first, middle=cells.text("MIDNAME"))
    return PersonRecord(
        npi=cells.npi("NPI"),
        names=(name,) if last or first else (),
        places=(Place(city=cells.text("CITY"), state=cells.text("STATE").upper()),),
        birth_date=parse_birth_date(cells.text("DOB")),
    )


def _read_record(cells: Cells) -> Exclusion | None:
    excluded_on, reinstated_on, waiver_on = map(cells.date, _DATES)
    if excluded_on is None:
        cells.problems.append("EXCLDATE gives no date")
        return None
    return Exclusion(
        exclusion_type=cells.text("EXCLTYPE"),
        excluded_on=excluded_on,
        reinstated_on=reinstated_on,
        waiver_on=waiver_on,
        waiver_state=cells.optional("WVRSTATE"),
        general=cells.text("GENERAL"),
        specialty=cells.text("SPECIALTY"),
        business_name=cells.optional("BUSNAME"),
    )


FORMAT = ListingFormat(
    kind=EvidenceKind.EXCLUSION,
    columns=(
        *(Column(name=name, holds="name", required=True) for name in ("LASTNAME", "FIRSTNAME")),
        *(Column(name=name, required=True) for name in ("STATE", "EXCLTYPE", "WVRSTATE")),
        Column(name="NPI", holds="npi", required=True),
        *(Column(name=name, holds="date", required=True) for name in _DATES),
        Column(name="MIDNAME", holds="name"),
        *make_texts("BUSNAME", "GENERAL", "SPECIALTY", "UPIN", "DOB", "ADDRESS", "CITY", "ZIP"),
    ),
    person=_read_person,
    record=_read_record,
)


ADAPTER = listing_adapter(
    "oig-leie",
    "the OIG's exclusion list (LEIE): UPDATED.csv, as downloaded",
    FORMAT,
    LeieOptions,
)
