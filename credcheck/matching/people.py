"""Rows of a file as records of people: of a registry's own file, and of a listing."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from credcheck.identity.parse_name import NameParseError, parse_name
from credcheck.identity.profile import Profile
from credcheck.model import License, PersonName, Place
from credcheck.model.dates import find_year
from credcheck.model.npi import NpiError, parse
from credcheck.reference.specialty_groups import (
    groups_of_certificate,
    groups_of_taxonomies,
    groups_of_training,
)
from credcheck.source import PersonRecord
from credcheck.tables import RejectedRow, UnusableTable, open_table
from credcheck.tables.columns import ColumnsError, bind_people_columns

_DEACTIVATED = frozenset({"d", "deactivated", "inactive"})

Cell = Callable[[str], str]
"""Returns a row's cell by our column name, without spaces around it; nothing if there is none."""


def bind_cells(row: Sequence[str], columns: Mapping[str, int]) -> Cell:
    """Return a row's cells by our column names."""

    def cell(name: str) -> str:
        place = columns.get(name)
        return row[place].strip() if place is not None else ""

    return cell


def read_people(path: Path, said: Mapping[str, str]) -> list[Profile]:
    """Read a registry of people in CSV.

    Raises UnusableTable if the file cannot be trusted, or a row has no valid NPI: a registry that is
    damaged must not be matched against. Raises ColumnsError as columns_of_people does.
    """
    table = open_table(path)
    columns = bind_people_columns(table.header, said)
    if "npi" not in columns:
        raise ColumnsError(f"{path.name} has no npi column, which a registry needs")
    people: list[Profile] = []
    for row in table.rows():
        if isinstance(row, RejectedRow):
            raise UnusableTable(f"{path.name}: row {row.number} (line {row.line}) {row.problem}")
        cell = bind_cells(row.cells, columns)
        try:
            npi = parse(cell("npi"))
        except NpiError as error:
            raise UnusableTable(f"{path.name}: row {row.number}: {error}") from error
        people.append(Profile(_describe_person(cell, npi)))
    if not people:
        raise UnusableTable(f"{path.name}: lists no one")
    return people


def describe_row(cell: Cell, trained_in: str) -> PersonRecord:
    """Describe whom a row of a listing is about. Its NPI may be a misprint, and stays as it is.

    ``trained_in`` is the specialty of training rows that do not name one.
    """
    return PersonRecord(
        npi=_clean_number(cell("npi")),
        names=_read_names(cell),
        credential=cell("credential"),
        places=_read_places(cell),
        licenses=_read_licenses(cell),
        specialties=_read_specialties(cell, trained_in),
        school=cell("medical_school"),
        graduated=find_year(cell("graduation_year")),
        born=find_year(cell("birth_year")),
        certified=find_year(cell("certificate_year")),
        trained=find_year(cell("training_end_year")),
    )


def _describe_person(cell: Cell, npi: str) -> PersonRecord:
    replaced = cell("replacement_npi")
    return PersonRecord(
        npi=npi,
        names=_read_names(cell),
        credential=cell("credential"),
        places=_read_places(cell),
        licenses=_read_licenses(cell),
        specialties=groups_of_taxonomies([cell("taxonomy")]),
        school=cell("medical_school"),
        graduated=find_year(cell("graduation_year")),
        born=find_year(cell("birth_year")),
        replaced_by=replaced,
        deactivated=cell("status").casefold() in _DEACTIVATED,
    )


def _read_names(cell: Cell) -> tuple[PersonName, ...]:
    last, first = cell("last_name"), cell("first_name")
    if not last and not first:
        return _parse_whole_name(cell("name"))
    middle, suffix = cell("middle_name"), cell("suffix")
    name = PersonName(last=last, first=first, middle=middle, suffix=suffix)
    other = cell("other_last_name")
    if not other:
        return (name,)
    former = PersonName(last=other, first=first, middle=middle, suffix=suffix, kind="former")
    return name, former


def _parse_whole_name(text: str) -> tuple[PersonName, ...]:
    try:
        return (parse_name(text),) if text else ()
    except NameParseError:
        return ()


def _read_places(cell: Cell) -> tuple[Place, ...]:
    city, state = cell("city"), cell("state").upper()
    return (Place(city=city, state=state),) if city or state else ()


def _read_licenses(cell: Cell) -> tuple[License, ...]:
    pairs = [(cell(f"{kind}_number"), cell(f"{kind}_state")) for kind in ("license", "license2")]
    return tuple(License(number=number, state=state) for number, state in pairs if number and state)


def _read_specialties(cell: Cell, trained_in: str) -> tuple[str, ...]:
    """Return the fields that a row's certificate or training goes with."""
    if cell("certificate") or cell("board"):
        return groups_of_certificate(cell("board"), cell("certificate"))
    if cell("specialty") or cell("program") or cell("training_end_year"):
        return groups_of_training(cell("specialty") or trained_in)
    return groups_of_taxonomies([cell("taxonomy")])


def _clean_number(text: str) -> str:
    """Return a number as it stands, without what spreadsheets add."""
    return text.removeprefix("'").removesuffix(".0").replace(" ", "")
