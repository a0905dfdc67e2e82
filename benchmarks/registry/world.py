"""A registry of any size in CMS's own layout, with invented people, and rosters and listings for it.

Usage: python -m benchmarks.registry.world FOLDER [--rows 3000000] [--roster 1000000] [--seed 5]

Shares are those seen in NPPES in 2026: 76 % individuals, 20 % organizations, 4 % deactivated rows with
nothing but a number and a date. The rows stand in no order. Every number starts with 2, which is
never issued.
"""

import argparse
import csv
import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from credcheck.model.npi import check_digit
from credcheck.reference import table

HEADER = Path(__file__).parents[2] / "fixtures" / "nppes_header.csv"
NAME = "npidata_pfile_20050523-20261108.csv"
STATES = [
    "CA",
    "TX",
    "FL",
    "NY",
    "PA",
    "IL",
    "OH",
    "GA",
    "NC",
    "MI",
    "NJ",
    "VA",
    "WA",
    "AZ",
    "MA",
    "TN",
    "IN",
    "MO",
    "MD",
    "WI",
]
_SYLLABLES = [
    "ba",
    "da",
    "fe",
    "gi",
    "ho",
    "ka",
    "le",
    "mi",
    "no",
    "po",
    "ra",
    "si",
    "ta",
    "ve",
    "wo",
    "zu",
    "bren",
    "dor",
    "fal",
    "gan",
    "hol",
    "ker",
]
_ENDINGS = ("son", "man", "ski", "ez", "er", "ton", "ini", "berg", "ova", "ley")
_PHYSICIAN = ("207L00000X", "208100000X", "207R00000X", "207Q00000X", "2086S0122X", "2085R0202X")
_PAIN = ("207LP2900X", "2081P2900X", "208VP0014X", "208VP0000X")
_OTHERS = ("363L00000X", "225100000X", "1041C0700X", "101YM0800X", "183500000X", "163W00000X")
_LAST_SLOT = 15


class Person(NamedTuple):
    """An individual of the registry, as the listings need it."""

    npi: str
    last: str
    first: str
    city: str
    state: str
    code: str


class Names:
    """Names as common as they are in the US: the Census Bureau's commonest, and a long tail of ours."""

    def __init__(self, chance: random.Random) -> None:
        """Read the shares."""
        self._chance = chance
        rows = list(csv.DictReader(table("name_shares.csv").splitlines()))
        self._drawn = {}
        for kind in ("family", "given"):
            names = [row["name"].upper() for row in rows if row["kind"] == kind]
            shares = [float(row["percent"]) for row in rows if row["kind"] == kind]
            self._drawn[kind] = (names, list(accumulate(shares)))

    def draw(self, kind: str, common: float) -> str:
        """Return a name: a common one in so many of 1 cases."""
        if self._chance.random() < common:
            names, shares = self._drawn[kind]
            return self._chance.choices(names, cum_weights=shares)[0]
        made = "".join(self._chance.choices(_SYLLABLES, k=self._chance.choice((1, 2, 2, 3))))
        return (
            made + self._chance.choice(_ENDINGS if kind == "family" else ("", "a", "n"))
        ).upper()


class World:
    """The rows of the file, and the people among them."""

    def __init__(self, seed: int) -> None:
        """Begin with nobody."""
        self._chance = random.Random(seed)
        self._names = Names(self._chance)
        with HEADER.open(encoding="utf-8", newline="") as file:
            self.header = next(csv.reader(file))
        self._at = {name: place for place, name in enumerate(self.header)}
        self._blank = [""] * len(self.header)
        self._cities = [f"{self._names.draw('family', 0.8)} CITY" for _ in range(400)]
        self.physicians: list[Person] = []
        self.others: list[Person] = []

    def numbers(self, rows: int) -> Iterator[str]:
        """Return as many numbers, each once, in no order."""
        for nine in self._chance.sample(range(200_000_000, 300_000_000), rows):
            yield f"{nine}{check_digit(str(nine))}"

    def row(self, npi: str) -> list[str]:
        """Return a row of the file."""
        kind = self._chance.random()
        if kind < 0.04:
            return self._filled({"NPI": npi, "NPI Deactivation Date": self._date(2008, 2025)})
        return self._organization(npi) if kind < 0.24 else self._individual(npi)

    def _organization(self, npi: str) -> list[str]:
        name = f"{self._names.draw('family', 0.8)} CARE OF {self._chance.choice(self._cities)}, LLC"
        cells = {"NPI": npi, "Entity Type Code": "2"}
        cells["Provider Organization Name (Legal Business Name)"] = name
        cells["Employer Identification Number (EIN)"] = "<UNAVAIL>"
        return self._filled(
            cells | self._common() | self._slot(1, self._chance.choice(_OTHERS), "Y")
        )

    def _individual(self, npi: str) -> list[str]:
        draw, some = self._names.draw, self._chance.random
        last, first = draw("family", 0.43), draw("given", 0.8)
        if some() < 0.03:
            last = f"{last}-{draw('family', 0.43)}"
        physician = some() < 0.25
        code = self._chance.choice(_PHYSICIAN if physician else _OTHERS)
        if physician and some() < 0.05:
            code = self._chance.choice(_PAIN)
        cells = self._common() | {
            "NPI": npi,
            "Entity Type Code": "1",
            "Provider Last Name (Legal Name)": last,
            "Provider First Name": first,
            "Provider Middle Name": draw("given", 0.8) if some() < 0.5 else "",
            "Provider Credential Text": "M.D." if physician else "",
            "Provider Sex Code": self._chance.choice("MF"),
        }
        if some() < 0.08:
            cells["Provider Other Last Name"] = draw("family", 0.43)
            cells["Provider Other First Name"] = first
            cells["Provider Other Last Name Type Code"] = "1"
        cells |= self._slot(1, code, "Y", str(self._chance.randrange(10**5, 10**6)))
        for slot in range(2, 2 + (some() < 0.25) + (some() < 0.05)):
            cells |= self._slot(
                slot, self._chance.choice(_PHYSICIAN if physician else _OTHERS), "N"
            )
        city = cells["Provider Business Practice Location Address City Name"]
        state = cells["Provider Business Practice Location Address State Name"]
        people = self.physicians if physician else self.others
        people.append(Person(npi, last, first, city, state, code))
        return self._filled(cells)

    def _slot(self, slot: int, code: str, switch: str, license_: str = "") -> dict[str, str]:
        return {
            f"Healthcare Provider Taxonomy Code_{slot}": code,
            f"Provider License Number_{slot}": license_,
            f"Provider License Number State Code_{slot}": self._state if license_ else "",
            f"Healthcare Provider Primary Taxonomy Switch_{slot}": switch,
        }

    def _common(self) -> dict[str, str]:
        self._state, city = self._chance.choice(STATES), self._chance.choice(self._cities)
        cells = {}
        for purpose in ("Mailing", "Practice Location"):
            place = f"Provider Business {purpose} Address"
            cells[f"{place} City Name"] = city
            cells[f"{place} State Name"] = self._state
            cells[f"{place} Postal Code"] = "441130000"
            cells[f"{place} Country Code (If outside U.S.)"] = "US"
            cells[f"{place} Telephone Number"] = "2165550100"
            street = f"Provider First Line Business {purpose} Address"
            cells[street] = f"{self._chance.randrange(1, 9999)} MAIN ST"
        cells["Provider Enumeration Date"] = self._date(2005, 2020)
        cells["Last Update Date"] = self._date(2020, 2026)
        return cells

    def _date(self, first: int, last: int) -> str:
        chance = self._chance
        return (
            f"{chance.randint(1, 10):02}/{chance.randint(1, 28):02}/{chance.randint(first, last)}"
        )

    def _filled(self, cells: dict[str, str]) -> list[str]:
        row = self._blank.copy()
        for name, cell in cells.items():
            row[self._at[name]] = cell
        return row


def quoted(cells: Sequence[str]) -> str:
    """Return a line of the file: every value in quotes."""
    return '"' + '","'.join(cells) + '"\n'


def write_registry(world: World, path: Path, rows: int) -> None:
    """Write the dissemination file."""
    with path.open("w", encoding="utf-8") as file:
        file.write(quoted(world.header))
        for npi in world.numbers(rows):
            file.write(quoted(world.row(npi)))


def main() -> None:
    """Write the files."""
    from benchmarks.registry.listings import write_listings

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=3_000_000)
    parser.add_argument("--seed", type=int, default=5)
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    world = World(wanted.seed)
    write_registry(world, wanted.folder / NAME, wanted.rows)
    write_listings(wanted.folder, world, random.Random(wanted.seed))


if __name__ == "__main__":
    main()
