"""The columns of the dissemination file that are read, found by name and never by place."""

import re
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple, cast

from credcheck.tables import UnusableTable
from credcheck.tables.columns import check_header
from credcheck_sources.nppes.raw_record import RawTaxonomyRow

SLOTS = 15
SCALARS = (
    "NPI",
    "Entity Type Code",
    "Replacement NPI",
    "Provider Organization Name (Legal Business Name)",
    "Provider Last Name (Legal Name)",
    "Provider First Name",
    "Provider Middle Name",
    "Provider Name Suffix Text",
    "Provider Credential Text",
    "Provider Other Last Name",
    "Provider Other First Name",
    "Provider Other Middle Name",
    "Provider Other Name Suffix Text",
    "Provider Other Last Name Type Code",
    "Provider Business Practice Location Address City Name",
    "Provider Business Practice Location Address State Name",
    "Provider Business Practice Location Address Postal Code",
    "Provider Enumeration Date",
    "Last Update Date",
    "NPI Deactivation Date",
    "NPI Reactivation Date",
)
SLOT_COLUMNS = (
    "Healthcare Provider Taxonomy Code_{}",
    "Provider License Number_{}",
    "Provider License Number State Code_{}",
    "Healthcare Provider Primary Taxonomy Switch_{}",
)
"""The four columns of each of the 15 taxonomies: none of them may be left out, since the slots are
neither packed nor ranked."""

COLUMNS = (*SCALARS, *(name.format(x) for name in SLOT_COLUMNS for x in range(1, SLOTS + 1)))
"""All that is read."""

_DECISIVE = frozenset(
    {
        *("NPI", "Entity Type Code", "Provider Last Name (Legal Name)", "Provider First Name"),
        "Provider Business Practice Location Address State Name",
        *("Last Update Date", "NPI Deactivation Date", "NPI Reactivation Date"),
        "Healthcare Provider Taxonomy Code_1",
        "Healthcare Provider Primary Taxonomy Switch_1",
    }
)
_OFFICIAL = 100  # a header with at least so many columns is CMS's own, and must have all of COLUMNS
_GAPS = re.compile(r"[\s-]+")
_NAMED = 5

Cells = Callable[[Sequence[str]], tuple[str, ...]]
"""Picks cells out of a row."""

Slot = Callable[[Sequence[str]], RawTaxonomyRow]
"""Picks a taxonomy's cells out of a row."""


class RecordLayout(NamedTuple):
    """How a row is taken apart: its scalars, the codes of its slots, and each slot's four cells.

    ``width`` is how many cells a row must have, and ``used`` how many of them, from the first, are
    looked at; ``npi`` is where the number stands. ``absent`` are the columns that an extract lacks.
    """

    width: int
    used: int
    npi: int
    scalars: Cells
    codes: Cells
    slots: tuple[Slot, ...]
    absent: tuple[str, ...]


def read_layout(file: str, cells: Sequence[str]) -> RecordLayout:
    """Return how the rows under a header are read.

    CMS's own layout must have every column. An extract (fewer than 100 columns) must have those
    that decide; what else it lacks reads as empty. Raises UnusableTable naming what is missing.
    """
    header = check_header(file, list(cells))
    places = {column_key(name): place for place, name in enumerate(header)}
    absent = tuple(name for name in COLUMNS if column_key(name) not in places)
    missing = absent if len(header) >= _OFFICIAL else [x for x in absent if x in _DECISIVE]
    if missing:
        more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        raise UnusableTable(
            f"{file}: the header lacks {', '.join(map(repr, missing[:_NAMED]))}{more}; the layout may"
            " have changed: columns are found by name"
        )
    slots = [[name.format(x) for name in SLOT_COLUMNS] for x in range(1, SLOTS + 1)]
    return RecordLayout(
        width=len(header),
        used=1 + max(places[column_key(name)] for name in COLUMNS if name not in absent),
        npi=places[column_key("NPI")],
        scalars=_getter(SCALARS, places),
        codes=_getter([code for code, *_ in slots], places),
        slots=tuple(cast("Slot", _getter(names, places)) for names in slots),
        absent=absent,
    )


def column_key(name: str) -> str:
    """Return a column's name for comparison: case, spaces and hyphens do not matter."""
    return _GAPS.sub(" ", name).strip().casefold()


def _getter(names: Iterable[str], places: dict[str, int]) -> Cells:
    """Return what picks the columns out of a row; one that is absent reads as empty."""
    wanted = [places.get(column_key(name)) for name in names]
    there = [place for place in wanted if place is not None]
    if len(there) == len(wanted):
        return itemgetter(*there)
    return lambda row: tuple("" if place is None else row[place] for place in wanted)
