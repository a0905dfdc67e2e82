"""Rows of a file as descriptions of people: of a registry's own file, and of a listing."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from credcheck.identity.parse_name import NameParseError, parse_name
from credcheck.identity.profile import Described, Profile
from credcheck.model import License, PersonName, Place
from credcheck.model.npi import NpiError, parse
from credcheck.reference.specialty_groups import (
    groups_of_certificate,
    groups_of_taxonomies,
    groups_of_training,
)
from credcheck.tables import RejectedRow, UnusableTable, open_table
from credcheck.tables.columns import ColumnsError, columns_of_people

_YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
_DEACTIVATED = frozenset({"d", "deactivated", "inactive"})

Cell = Callable[[str], str]
"""Returns a row's cell by our column name, without spaces around it; nothing if there is none."""


def cells_of(row: Sequence[str], columns: Mapping[str, int]) -> Cell:
    """Return a row's cells by our column names."""

    def cell(name: str) -> str:
        place = columns.get(name)
        return row[place].strip() if place is not None else ""

    return cell


def people_of_file(path: Path, said: Mapping[str, str]) -> list[Profile]:
    """Read a registry of people in CSV.

    Raises UnusableTable if the file cannot be trusted, or a row has no valid NPI: a registry that is
    damaged must not be matched against. Raises ColumnsError as columns_of_people does.
    """
    table = open_table(path)
    columns = columns_of_people(table.header, said)
    if "npi" not in columns:
        raise ColumnsError(f"{path.name} has no column npi, and a registry needs one")
    people: list[Profile] = []
    for row in table.rows():
        if isinstance(row, RejectedRow):
            raise UnusableTable(f"{path.name}: row {row.number} (line {row.line}) {row.problem}")
        cell = cells_of(row.cells, columns)
        try:
            npi = parse(cell("npi"))
        except NpiError as error:
            raise UnusableTable(f"{path.name}: row {row.number}: {error}") from error
        people.append(Profile(_registered(cell, npi)))
    if not people:
        raise UnusableTable(f"{path.name}: holds nobody")
    return people


def listed(cell: Cell, trained_in: str) -> Described:
    """Describe whom a row of a listing is about. Its NPI may be a misprint, and stays as it is.

    ``trained_in`` is the specialty of training rows that do not name one.
    """
    return Described(
        npi=_digits(cell("npi")),
        names=_names(cell),
        credential=cell("credential"),
        places=_places(cell),
        licenses=_licenses(cell),
        specialties=_goes_with(cell, trained_in),
        school=cell("medical_school"),
        graduated=_year(cell("graduation_year")),
        born=_year(cell("birth_year")),
        certified=_year(cell("certificate_year")),
        trained=_year(cell("training_end_year")),
    )


def _registered(cell: Cell, npi: str) -> Described:
    replaced = cell("replacement_npi")
    return Described(
        npi=npi,
        names=_names(cell),
        credential=cell("credential"),
        places=_places(cell),
        licenses=_licenses(cell),
        specialties=groups_of_taxonomies([cell("taxonomy")]),
        school=cell("medical_school"),
        graduated=_year(cell("graduation_year")),
        born=_year(cell("birth_year")),
        replaced_by=replaced,
        deactivated=cell("status").casefold() in _DEACTIVATED,
    )


def _names(cell: Cell) -> tuple[PersonName, ...]:
    last, first = cell("last_name"), cell("first_name")
    if not last and not first:
        return _whole_name(cell("name"))
    middle, suffix = cell("middle_name"), cell("suffix")
    name = PersonName(last=last, first=first, middle=middle, suffix=suffix)
    other = cell("other_last_name")
    if not other:
        return (name,)
    former = PersonName(last=other, first=first, middle=middle, suffix=suffix, kind="former")
    return name, former


def _whole_name(text: str) -> tuple[PersonName, ...]:
    try:
        return (parse_name(text),) if text else ()
    except NameParseError:
        return ()


def _places(cell: Cell) -> tuple[Place, ...]:
    city, state = cell("city"), cell("state").upper()
    return (Place(city=city, state=state),) if city or state else ()


def _licenses(cell: Cell) -> tuple[License, ...]:
    pairs = [(cell(f"{kind}_number"), cell(f"{kind}_state")) for kind in ("license", "license2")]
    return tuple(License(number=number, state=state) for number, state in pairs if number and state)


def _goes_with(cell: Cell, trained_in: str) -> tuple[str, ...]:
    """Return the fields that a row's certificate or training goes with."""
    if cell("certificate") or cell("board"):
        return groups_of_certificate(cell("board"), cell("certificate"))
    if cell("specialty") or cell("program") or cell("training_end_year"):
        return groups_of_training(cell("specialty") or trained_in)
    return groups_of_taxonomies([cell("taxonomy")])


def _year(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found.group()) if found else None


def _digits(text: str) -> str:
    """Return a number as it stands, without what spreadsheets add."""
    return text.removeprefix("'").removesuffix(".0").replace(" ", "")
