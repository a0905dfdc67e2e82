"""Drawn physicians with complete and clean evidence, written as ordinary lists would have it.

Nobody here should be ``unverified``: each person's rows are whole and agree. Words, boards, dates, ways
of tying a row to a person, and forms of writing vary as public lists vary.
"""

import csv
import datetime as dt
import random
from collections.abc import Iterable, Mapping
from pathlib import Path

from credcheck.model.npi import check_digit

HEADER = next(
    csv.reader(
        (Path(__file__).parents[2] / "fixtures" / "nppes_header.csv").read_text().splitlines()
    )
)
AS_OF = dt.date(2026, 11, 1)
REGISTRY = "npidata_pfile_20050523-20261101.csv"
CONFIG = f"""standard = "interventional-pain"

[sources.nppes]
adapter = "nppes-file"
path = "{REGISTRY}"

[sources.programs]
adapter = "training-programs"
path = "programs.csv"
authority = "primary"
coverage = "complete"
as_of = 2026-11-01

[sources.fellowships]
adapter = "fellowships"
path = "fellowships.csv"
authority = "primary"
coverage = "complete"
as_of = 2026-11-01

[sources.boards]
adapter = "board-certificates"
path = "boards.csv"
authority = "primary"
coverage = "complete"
as_of = 2026-11-01

[sources.exclusions]
adapter = "oig-leie"
coverage = "complete"
path = "leie.csv"
as_of = 2026-10-10
"""
BASES = {
    "American Board of Anesthesiology": ("207L00000X", "207LP2900X"),
    "American Board of Physical Medicine and Rehabilitation": ("208100000X", "2081P2900X"),
    "American Board of Psychiatry and Neurology": ("2084N0400X", "2084P0800X"),
    "American Board of Emergency Medicine": ("207P00000X",),
    "American Board of Family Medicine": ("207Q00000X",),
    "American Board of Radiology": ("2085R0202X",),
    "American Osteopathic Board of Anesthesiology": ("207L00000X",),
}
WRITTEN = ("{}", "{}, Inc.", "The {}", "{} ")
HELD = ("Certified", "certified", "Active", "Board Certified", "Certified - Participating in MOC")
LOST = ("Expired", "Revoked", "Suspended", "Not Certified", "Retired", "Surrendered")
DONE = ("Completed", "COMPLETED", "Completed successfully", "Graduated")
SYLLABLES = (
    *(
        "bra",
        "dor",
        "fen",
        "gil",
        "hol",
        "jas",
        "kel",
        "lun",
        "mor",
        "nev",
        "oss",
        "pel",
    ),
    *("quin", "ros", "sten", "tam", "ulv", "vex", "wick", "yor", "zan"),
)
FIRSTS = (
    *(
        "Alma",
        "Boris",
        "Carla",
        "Dara",
        "Emil",
        "Fiona",
        "Gwen",
        "Hugo",
        "Iris",
        "Jonas",
    ),
    *("Kira", "Leon", "Mona", "Nils", "Olga", "Piet", "Rosa"),
)
PLACES = [("Columbus", "OH"), ("Akron", "OH"), ("Erie", "PA"), ("Salem", "OR"), ("Macon", "GA")]


class CleanWorld:
    """A number of drawn people, and who of them should meet the standard."""

    def __init__(self, count: int, seed: int) -> None:
        self._chance = random.Random(seed)
        self.expected: dict[str, str] = {}
        self._tables: dict[str, list[dict[str, str]]] = {
            "boards": [],
            "fellowships": [],
            "registry": [],
        }
        self._programs = [self._draw_program(place) for place in range(60)]
        for place in range(count):
            self._draw_person(place)

    def write(self, folder: Path) -> None:
        """Write the lists and the configuration."""
        (folder / "credcheck.toml").write_text(CONFIG, encoding="utf-8")
        _write(folder / REGISTRY, HEADER, self._tables["registry"])
        for name in ("boards", "fellowships"):
            rows = self._tables[name]
            _write(folder / f"{name}.csv", list(rows[0]), rows)
        _write(folder / "programs.csv", list(self._programs[0]), self._programs)
        _write(folder / "leie.csv", LEIE, [self._draw_excluded() for _ in range(50)])

    def _draw_person(self, place: int) -> None:
        chance = self._chance
        npi = _number(place)
        last = "".join(chance.sample(SYLLABLES, 3)).capitalize()
        first = chance.choice(FIRSTS)
        city, state = chance.choice(PLACES)
        license_ = f"{chance.choice('ABCDEM')}{chance.randrange(10_000, 99_999)}"
        board = chance.choice(list(BASES))
        should = chance.choices(("meets", "lost", "absent", "left"), (85, 7, 4, 4))[0]
        self.expected[npi] = "meets" if should == "meets" else "does_not_meet"
        credential = "DO" if "Osteopathic" in board else chance.choice(("MD", "M.D.", "MD, PhD"))
        self._tables["registry"].append(
            {
                "NPI": npi,
                "Entity Type Code": "1",
                "Provider Last Name (Legal Name)": last.upper(),
                "Provider First Name": first.upper(),
                "Provider Credential Text": credential,
                "Provider Business Practice Location Address City Name": city.upper(),
                "Provider Business Practice Location Address State Name": state,
                "Provider Enumeration Date": "05/23/2006",
                "Last Update Date": "01/15/2024",
                "Healthcare Provider Taxonomy Code_1": chance.choice(BASES[board]),
                "Healthcare Provider Primary Taxonomy Switch_1": "Y",
                "Provider License Number_1": license_,
                "Provider License Number State Code_1": state,
            }
        )
        person = {"last_name": last, "first_name": first, "city": city, "state": state}
        self._add_certificate(self._tie(person, npi, license_, state), board, should)
        self._add_fellowship(self._tie(person, npi, license_, state), should)

    def _tie(self, person: dict[str, str], npi: str, license_: str, state: str) -> dict[str, str]:
        """Return whose a row is: by number, by license, or by name and place."""
        way = self._chance.choices(("npi", "license", "name"), (80, 10, 10))[0]
        by_license = way == "license"
        return {
            "npi": self._chance.choice((npi, npi, f"{npi}.0")) if way == "npi" else "",
            **person,
            "license_number": license_ if by_license else "",
            "license_state": state if by_license else "",
        }

    def _add_certificate(self, row: dict[str, str], board: str, should: str) -> None:
        chance = self._chance
        lost = should == "lost"
        continuous = not lost and chance.random() < 0.3
        certificate = {
            "board": chance.choice(WRITTEN).format(board),
            "certificate": chance.choice(("Pain Medicine", "PAIN MEDICINE", "Pain Management")),
            "status": chance.choice(LOST if lost else HELD),
            "issued": _written(chance, dt.date(chance.randrange(2015, 2019), 9, 10)),
            "expires": "" if continuous else ("2024-12-31" if lost else "12/31/2027"),
            "duration": chance.choice(("continuous", "MOC")) if continuous else "time_limited",
            "verified_on": "2026-10-20",
        }
        empty = should == "absent"
        other = {**certificate, "certificate": "Hospice and Palliative Medicine"}
        self._tables["boards"].append({**row, **(other if empty else certificate)})

    def _add_fellowship(self, row: dict[str, str], should: str) -> None:
        chance = self._chance
        program = chance.choice(self._programs)
        year = chance.randrange(2008, 2015)
        number = program["program_code"]
        self._tables["fellowships"].append(
            {
                **row,
                "program_code": chance.choice((number, number, f"{number[:3]}-{number[3:]}")),
                "program_name": chance.choice(("", program["name"], program["name"].upper())),
                "specialty": "Pain Medicine",
                "start_date": _written(chance, dt.date(year, 7, 1)),
                "end_date": _written(chance, dt.date(year + 1, 6, 30)),
                "status": "Withdrawn" if should == "left" else chance.choice(DONE),
                "verified_on": "2026-09-15",
            }
        )

    def _draw_program(self, place: int) -> dict[str, str]:
        name = "".join(self._chance.sample(SYLLABLES, 2)).capitalize()
        return {
            "program_code": f"53099{place:05d}",
            "name": f"{name} Pain Medicine Program {place}",
            "specialty": self._chance.choice(
                ("Pain Medicine", "Pain medicine (multidisciplinary)")
            ),
            "accreditor": self._chance.choice(("ACGME", "acgme")),
            "status": self._chance.choice(("Continued Accreditation", "Initial Accreditation")),
            "accredited_from": "1999-07-01",
        }

    def _draw_excluded(self) -> dict[str, str]:
        last = "".join(self._chance.sample(SYLLABLES, 4)).upper()
        row = dict.fromkeys(LEIE, "") | {"LASTNAME": last, "FIRSTNAME": "ZEBEDIAH"}
        dates = dict.fromkeys(("REINDATE", "WAIVERDATE"), "00000000") | {"EXCLDATE": "20190520"}
        return row | dates | {"NPI": "0000000000", "STATE": "TX", "EXCLTYPE": "1128a1"}


LEIE = [
    *("LASTNAME", "FIRSTNAME", "MIDNAME", "BUSNAME", "GENERAL", "SPECIALTY", "UPIN", "NPI", "DOB"),
    *(
        "ADDRESS",
        "CITY",
        "STATE",
        "ZIP",
        "EXCLTYPE",
        "EXCLDATE",
        "REINDATE",
        "WAIVERDATE",
        "WVRSTATE",
    ),
]


def _number(place: int) -> str:
    nine = f"28{place:07d}"
    return nine + check_digit(nine)


def _written(chance: random.Random, day: dt.date) -> str:
    return chance.choice((day.isoformat(), f"{day:%m/%d/%Y}", f"{day:%Y%m%d}"))


def _write(path: Path, header: list[str], rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
