"""The format of a kind of listing: its columns, and how a row becomes a person and a record."""

import re
from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from credcheck.model import EvidenceKind, License, PersonName, Place, Record
from credcheck.model.dates import find_year
from credcheck.source import PersonRecord
from credcheck.tables import Column, TableSchema
from credcheck.tables.published import PublishedHeader
from credcheck_sources.listings.cells import Cells
from credcheck_sources.listings.names import read_whole_name, split_aliases, split_other_names

_SEVERAL = re.compile(r"\s*[,;\n]\s*")
"""What parts several license numbers in one cell of a list of exclusions."""


class ListingFormat(NamedTuple):
    """What credcheck must know to read a kind of listing. ``groups`` are those of ``headers.toml``.

    ``layout`` tells apart two ways to read one kind that differ in nothing else: the whole preset.
    """

    kind: EvidenceKind
    columns: tuple[Column, ...]
    person: Callable[[Cells], PersonRecord]
    record: Callable[[Cells], Record | None]
    groups: tuple[str, ...] = ()
    published: PublishedHeader | None = None
    layout: str = ""

    @property
    def schema(self) -> TableSchema:
        """The columns, for the reader of tables."""
        return TableSchema(
            kind=str(self.kind),
            columns=self.columns,
            groups=self.groups,
            published=self.published,
        )


PERSON_COLUMNS = (
    Column(
        name="npi", holds="npi", without="a row is matched to its person by license or name only"
    ),
    Column(name="last_name", holds="name", required=True, unless="name"),
    Column(name="first_name", holds="name", required=True, unless="name"),
    Column(name="middle_name", holds="name"),
    Column(name="suffix", holds="name"),
    Column(name="other_last_name", holds="name"),
    Column(name="name", holds="name"),
    Column(name="city"),
    Column(name="state"),
    Column(name="license_number"),
    Column(name="license_state"),
)
"""The columns that say whom a row is about."""


SCHOOLING_COLUMNS = (Column(name="medical_school"), Column(name="graduation_year"))
"""The columns that tell people of one name apart, where an enrollment list has the same of them."""


def make_dates(*names: str) -> tuple[Column, ...]:
    """Return columns of dates by name."""
    return tuple(Column(name=name, holds="date") for name in names)


def make_texts(*names: str) -> tuple[Column, ...]:
    """Return columns of text by name."""
    return tuple(Column(name=name) for name in names)


def read_person(cells: Cells) -> PersonRecord:
    """Read whom a row is about from the canonical columns."""
    return _read_person(cells, in_any_order=False)


def read_trained_person(cells: Cells) -> PersonRecord:
    """Read whom a row is about, with the medical school and the year of the degree."""
    person, school = read_person(cells), cells.text("medical_school")
    graduated = find_year(cells.text("graduation_year"))
    return replace(person, school=school, graduated=graduated) if school or graduated else person


def read_listed_person(cells: Cells) -> PersonRecord:
    """Read whom a row of a list of exclusions is about: no way to read the name may be missed."""
    return _read_person(cells, in_any_order=True)


def read_also_known(cells: Cells, person: PersonRecord) -> PersonRecord:
    """Return the person of a list of exclusions with the other names that the row gives.

    They stand in a column of their own, or after "aka" in a part of the name.
    """
    first = next((name for name in person.names if name.first and name.last), None)
    if first is None:
        return person
    last, lasts = split_aliases(first.last)
    given, givens = split_aliases(first.first)
    middle, more = split_aliases(first.middle)
    firsts = [given, *givens, *(each for each in more if " " not in each)]
    whole = [each for each in more if " " in each]
    whole += split_other_names(cells.text("also_known_as"))
    names = [replace(first, last=x, first=y, middle=middle) for x in (last, *lasts) for y in firsts]
    others = [name for text in whole for name in read_whole_name(text, in_any_order=True)[0]]
    others = [*names[1:], *person.names[1:], *others]
    if not others and names[0] == first:
        return person
    return replace(person, names=(names[0], *(replace(name, kind="other") for name in others)))


def read_nobody(cells: Cells) -> PersonRecord:  # noqa: ARG001 - the signature of ListingFormat.person
    """Return the person of a row that is about none."""
    return PersonRecord()


def _read_person(cells: Cells, *, in_any_order: bool) -> PersonRecord:
    numbers, issuer = cells.text("license_number"), cells.text("license_state").upper()
    each = _SEVERAL.split(numbers) if in_any_order else [numbers]
    place = Place(city=cells.text("city"), state=cells.text("state").upper())
    return PersonRecord(
        npi=cells.npi("npi"),
        names=_read_names(cells, in_any_order=in_any_order),
        licenses=tuple([License(number=x, state=issuer) for x in each if x and issuer]),
        places=(place,) if place.city or place.state else (),
    )


def _read_names(cells: Cells, *, in_any_order: bool) -> tuple[PersonName, ...]:
    last, first = cells.text("last_name"), cells.text("first_name")
    if not last and not first:
        return _read_whole(cells, in_any_order=in_any_order)
    name = PersonName(
        last=last, first=first, middle=cells.text("middle_name"), suffix=cells.text("suffix")
    )
    other = cells.text("other_last_name")
    if not other:
        return (name,)
    return name, PersonName(last=other, first=first, middle=name.middle, kind="other")


def _read_whole(cells: Cells, *, in_any_order: bool) -> tuple[PersonName, ...]:
    text = cells.text("name")
    if not text:
        return ()
    names, problem = read_whole_name(text, in_any_order=in_any_order)
    if problem is not None:
        cells.note_name(problem)
    return names
