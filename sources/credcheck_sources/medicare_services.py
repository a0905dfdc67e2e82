"""Adapter ``medicare-services``: CMS's Physician & Other Practitioners by Provider and Service.

The file has some ten million rows; what is kept are the services of the wanted codes, those of office
and facility (Place_Of_Srvc O and F) added, one row for a physician and a code. CMS leaves out rows of
ten or fewer patients, so that silence says nothing; organizations' rows (Rndrng_Prvdr_Ent_Cd O) are not
kept. The year stands in the file's name alone (..._D24_Prov_Svc.csv).
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from credcheck._util.progress import Progress
from credcheck.model import EvidenceKind
from credcheck.model.npi import is_valid
from credcheck.source.adapter import Adapter, Context
from credcheck.tables import UnusableTable
from credcheck_sources.listings.listing import Listing
from credcheck_sources.listings.options import ListingOptions
from credcheck_sources.listings.procedures import FORMAT
from credcheck_sources.listings.snapshot import import_file

if TYPE_CHECKING:
    from credcheck.source.importer import ImportJob
    from credcheck.storage.snapshots import Info

NAME = "medicare-services"
_KEPT = "services.csv"
_DATA_YEAR = re.compile(r"_D([0-9]{2})_Prov_Svc", re.IGNORECASE)
_COLUMNS = ("NPI", "Prvdr_Last_Org_Name", "Prvdr_First_Name", "Prvdr_Ent_Cd")
_HEADER = (
    *(f"Rndrng_{name}" for name in _COLUMNS),
    *("HCPCS_Cd", "Place_Of_Srvc", "Tot_Srvcs"),
)
_EVERY = 200_000  # rows between two words of progress
_MOST_BAD = 0.01  # of the wanted rows
CODES = (
    *("62320", "62321", "62322", "62323", "64479", "64480", "64483", "64484", "64490", "64491"),
    *("64492", "64493", "64494", "64495", "64633", "64634", "64635", "64636", "27096"),
)
"""The codes that the shipped standards look at. Their descriptions are the AMA's, and not kept."""


class ServicesOptions(ListingOptions, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of CMS's file of services: those of every listing, and the ``codes`` to keep.

    ``year`` is the year of the services, if the file's name does not give it.
    """

    codes: tuple[str, ...] = CODES
    year: int | None = None
    max_age: str = "1100d"


class Services(NamedTuple):
    """Whose services, under which code."""

    npi: str
    last: str
    first: str
    code: str


class MedicareServices(Listing):
    """CMS's file as a source. What is imported of it is asked, or a small extract in its form."""

    def __init__(self, name: str, options: ServicesOptions, context: Context) -> None:
        super().__init__(name, NAME, options, FORMAT, context)
        self._services = options

    def import_file(self, job: "ImportJob") -> "Info":
        """Keep the wanted services of CMS's file. Raises as Importable says."""

        def prepare(file: Path, kept: Path) -> None:
            keep_services(file, kept, self._services.codes, self._services.year, job)

        return import_file(
            job, self.facts.name, EvidenceKind.PROCEDURE, self._load_file, prepare, _KEPT
        )


def keep_services(
    file: Path, kept: Path, codes: Sequence[str], year: int | None, job: "ImportJob"
) -> None:
    """Write the services of some codes, office and facility added. Raises UnusableTable."""
    of_year = year or find_year(file)
    try:
        found = sum_services(file, "utf-8", codes, job)
    except UnicodeDecodeError:  # older years are in the encoding of Windows
        found = sum_services(file, "cp1252", codes, job)
    with kept.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("npi", "last_name", "first_name", "code", "services", "year"))
        for each in sorted(found):
            writer.writerow((*each, f"{found[each].normalize():f}", of_year))


def find_year(file: Path) -> int:
    """Return the year of the services, from the file's name. Raises UnusableTable."""
    found = _DATA_YEAR.search(file.name)
    if found is None:
        raise UnusableTable(
            f"{file.name}: its name does not give the year of the services (as _D24_Prov_Svc.csv does);"
            " set year in the configuration"
        )
    return 2000 + int(found[1])


def sum_services(
    file: Path, encoding: str, codes: Sequence[str], job: "ImportJob"
) -> dict[Services, Decimal]:
    """Return the services of individuals, by code. Raises UnusableTable and UnicodeDecodeError."""
    wanted, bad, used = frozenset(codes), 0, 0
    found: dict[Services, Decimal] = defaultdict(Decimal)
    for npi, last, first, entity, code, _, services in _read_rows(file, encoding, wanted, job):
        if entity == "O":
            continue
        used += 1
        number = _number(services)
        if not is_valid(npi) or number is None:
            bad += 1
            continue
        found[Services(npi, last, first, code)] += number
    if bad > used * _MOST_BAD:
        raise UnusableTable(f"{file.name}: {bad:,} of {used:,} relevant rows cannot be read")
    if not found:
        raise UnusableTable(f"{file.name}: has none of the requested codes")
    return found


def _number(text: str) -> Decimal | None:
    """Return how many services: fractions occur, and so do commas."""
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 else None


def _read_rows(
    file: Path, encoding: str, wanted: Container[str], job: "ImportJob"
) -> Iterator[tuple[str, ...]]:
    """Yield the cells of the rows of the wanted codes: of ten million rows, one in a hundred."""
    size = file.stat().st_size
    marked = f"{encoding}-sig" if encoding == "utf-8" else encoding
    with file.open("rb") as raw, io.TextIOWrapper(raw, marked, newline="") as lines:
        reader = csv.reader(lines, strict=True)
        try:
            header = next(reader, [])
            places = _find_places(file, header)
            width, code = len(header), places[_HEADER.index("HCPCS_Cd")]
            for number, cells in enumerate(reader, 1):
                if len(cells) != width:
                    raise UnusableTable(
                        f"{file.name}: line {reader.line_num} has {len(cells)} cells, the header"
                        f" {width}: the file may be cut off"
                    )
                if number % _EVERY == 0:
                    done = min(size, raw.tell())
                    job.show(Progress(done, size, f"reading {file.name}"))
                if cells[code].strip() in wanted:
                    yield tuple([cells[place].strip() for place in places])
        except csv.Error as error:
            line = reader.line_num
            raise UnusableTable(f"{file.name}: line {line} cannot be read: {error}") from error


def _find_places(file: Path, header: Sequence[str]) -> list[int]:
    places = {name.strip().casefold(): place for place, name in enumerate(header)}
    missing = [name for name in _HEADER if name.casefold() not in places]
    if missing:
        raise UnusableTable(
            f"{file.name}: is not CMS's file by provider and service: it lacks {', '.join(missing)}"
        )
    return [places[name.casefold()] for name in _HEADER]


def open_source(name: str, options: ServicesOptions, context: Context) -> MedicareServices:
    """Open what was imported of CMS's file."""
    return MedicareServices(name, options, context)


ADAPTER = Adapter(
    name=NAME,
    summary="CMS's billed services by provider, imported only for the requested codes",
    kinds=(EvidenceKind.PROCEDURE,),
    options=ServicesOptions,
    open=open_source,
)
