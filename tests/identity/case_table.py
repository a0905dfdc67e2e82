"""The table of cases: who is on a row, who is in the registry, and whose the row is.

A person is written ``Last, First, Middle, Suffix | City ST | npi 1 | lic NUMBER ST | tax CODE |
cert YEAR | enum YEAR | former LAST | replaced-by 1 | gone | org``. Person 1 is the one asked about, 9
is nobody, and ``1~`` is the number of person 1 with two digits swapped.
"""

import csv
from pathlib import Path
from typing import NamedTuple

from credcheck.model import License, PersonName, Place
from credcheck.model.npi import Npi, check_digit
from credcheck.reference.specialty_groups import groups_of_certificate, groups_of_taxonomies
from credcheck.source import PersonRecord

HERE = Path(__file__).parent
CERTIFICATE = ("American Board of Anesthesiology", "Pain Medicine")
_TAXONOMY = "207L00000X"


class Said(NamedTuple):
    """What is said of somebody: the name, and the other fields by their words."""

    name: PersonName
    city: str
    state: str
    fields: dict[str, str]

    def get(self, field: str) -> str:
        return self.fields.get(field, "")


class Case(NamedTuple):
    """One line of the table."""

    id: str
    number: int
    row: Said
    people: tuple[Said, ...]
    evidence: str
    exclusion: str

    def npi(self, person: str) -> Npi:
        """Return the number of a person of this case; person 9 is nobody, 1~ a misprint of person 1."""
        first = f"2{7_000_000 + self.number * 10 + int(person.rstrip('~')):08d}"
        number = first + check_digit(first)
        swapped = number[0] + number[2] + number[1] + number[3:]
        return Npi(swapped if person.endswith("~") else number)


def read_cases() -> list[Case]:
    with (HERE / "cases.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Case(
            line["case"],
            number,
            read_person(line["row"]),
            tuple(map(read_person, line["people"].split(";;"))),
            line["evidence"],
            line["exclusion"],
        )
        for number, line in enumerate(rows, 1)
    ]


def read_person(text: str) -> Said:
    name, *rest = (part.strip() for part in text.split("|"))
    cells = [*(next(csv.reader([name], skipinitialspace=True))), "", "", ""]
    last, first, middle, suffix = (cell.strip() for cell in cells[:4])
    city, state, fields = "", "", {}
    for part in rest:
        word, _, value = part.partition(" ")
        if word in _FIELDS:
            fields[word] = value or word
        elif part:
            city, _, state = part.rpartition(" ")
    return Said(
        PersonName(last=last, first=first, middle=middle, suffix=suffix), city, state, fields
    )


_FIELDS = {"npi", "lic", "tax", "cert", "enum", "former", "replaced-by", "gone", "org"}


def license_of(said: Said) -> tuple[str, str]:
    """Return the number and the state of a license."""
    number, _, state = said.get("lic").rpartition(" ")
    return number, state


def row_record(case: Case) -> PersonRecord:
    """Return the row of a case as identity sees it."""
    said, (number, state) = case.row, license_of(case.row)
    return PersonRecord(
        npi=case.npi(said.get("npi")) if said.get("npi") else None,
        names=(said.name,),
        places=(Place(city=said.city, state=said.state),) if said.state else (),
        licenses=(License(number=number, state=state),) if number else (),
        specialties=groups_of_certificate("ABA", "Pain Medicine"),
        certified=int(said.get("cert")) if said.get("cert") else None,
    )


def person_record(case: Case, place: int) -> PersonRecord:
    """Return a person of a case as identity sees them."""
    said = case.people[place - 1]
    number, state = license_of(said)
    former = PersonName(last=said.get("former"), first=said.name.first, kind="former")
    is_org = bool(said.get("org"))
    replaced = said.get("replaced-by")
    return PersonRecord(
        npi=case.npi(str(place)),
        names=() if is_org else (said.name, *([former] if said.get("former") else [])),
        places=(Place(city=said.city, state=said.state),),
        licenses=(License(number=number, state=state),) if number else (),
        specialties=groups_of_taxonomies([said.get("tax") or _TAXONOMY]),
        enumerated=int(said.get("enum")) if said.get("enum") else 2006,
        replaced_by=case.npi(replaced) if replaced else "",
        former_npis=_former_npis(case, place),
        deactivated=bool(said.get("gone")),
        organization=is_org,
    )


def _former_npis(case: Case, place: int) -> tuple[str, ...]:
    return tuple(
        case.npi(str(other))
        for other, said in enumerate(case.people, 1)
        if said.get("replaced-by") == str(place)
    )


def registry_cells(case: Case, place: int) -> dict[str, str]:
    """Return a person of a case as a row of CMS's file."""
    said = case.people[place - 1]
    number, state = license_of(said)
    issued = said.get("enum") or "2006"
    cells = {
        "NPI": case.npi(str(place)),
        "Entity Type Code": "2" if said.get("org") else "1",
        "Provider Business Practice Location Address City Name": said.city,
        "Provider Business Practice Location Address State Name": said.state,
        "Provider Enumeration Date": f"05/23/{issued}",
        "Last Update Date": "01/15/2024",
        "Healthcare Provider Taxonomy Code_1": said.get("tax") or _TAXONOMY,
        "Provider License Number_1": number,
        "Provider License Number State Code_1": state,
        "Healthcare Provider Primary Taxonomy Switch_1": "Y",
    }
    if said.get("org"):
        return cells | {"Provider Organization Name (Legal Business Name)": said.name.last}
    if said.get("replaced-by"):
        cells["Replacement NPI"] = case.npi(said.get("replaced-by"))
    if said.get("gone"):
        cells["NPI Deactivation Date"] = "02/02/2020"
    if said.get("former"):
        cells |= {
            "Provider Other Last Name": said.get("former"),
            "Provider Other First Name": said.name.first,
            "Provider Other Last Name Type Code": "1",
        }
    return cells | {
        "Provider Last Name (Legal Name)": said.name.last,
        "Provider First Name": said.name.first,
        "Provider Middle Name": said.name.middle,
        "Provider Name Suffix Text": said.name.suffix,
        "Provider Credential Text": "MD",
    }


def people_cells(case: Case, place: int) -> dict[str, str]:
    """Return a person of a case as a row of a file of people for ``credcheck match``."""
    said = case.people[place - 1]
    number, state = license_of(said)
    replaced = said.get("replaced-by")
    return {
        "npi": case.npi(str(place)),
        **_name_cells(said),
        "other_last_name": said.get("former"),
        "city": said.city,
        "state": said.state,
        "license_number": number,
        "license_state": state,
        "taxonomy": said.get("tax") or _TAXONOMY,
        "status": "D" if said.get("gone") else "A",
        "replacement_npi": case.npi(replaced) if replaced else "",
    }


def listing_cells(case: Case) -> dict[str, str]:
    """Return the row of a case as a row of a list of board certificates."""
    said, (number, state) = case.row, license_of(case.row)
    board, certificate = CERTIFICATE
    issued = said.get("cert") or "2016"
    return {
        "npi": case.npi(said.get("npi")) if said.get("npi") else "",
        **_name_cells(said),
        "city": said.city,
        "state": said.state,
        "license_number": number,
        "license_state": state,
        "board": board,
        "certificate": certificate,
        "status": "Certified",
        "issued": f"{issued}-09-10",
        "expires": "2027-12-31",
    }


def exclusion_cells(case: Case) -> dict[str, str]:
    """Return the row of a case as a row of a state's list of exclusions."""
    cells = {
        key: value
        for key, value in listing_cells(case).items()
        if key not in {"board", "certificate", "status", "issued", "expires"}
    }
    return cells | {"excluded_on": "2020-05-19"}


def _name_cells(said: Said) -> dict[str, str]:
    return {
        "last_name": said.name.last,
        "first_name": said.name.first,
        "middle_name": said.name.middle,
        "suffix": said.name.suffix,
    }
