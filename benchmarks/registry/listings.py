"""Listings and a roster about the physicians of an invented registry."""

import csv
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.registry.world import Person

FELLOWS, CERTIFIED, EXCLUDED, ROSTER = 100_000, 200_000, 80_000, 1_000_000
_FELLOW = ("5300000001", "Pain Medicine", "2014-07-01", "2015-06-30", "Completed")
_BOARD = ("American Board of Anesthesiology", "Pain Medicine", "Certified", "2016-09-10")
_LEIE = (
    *("LASTNAME", "FIRSTNAME", "MIDNAME", "BUSNAME", "GENERAL", "SPECIALTY", "UPIN", "NPI"),
    *("DOB", "ADDRESS", "CITY", "STATE", "ZIP", "EXCLTYPE", "EXCLDATE", "REINDATE"),
    *("WAIVERDATE", "WVRSTATE"),
)
_PLAIN = ("npi", "last_name", "first_name", "state")


def write_listings(folder: Path, people: Sequence[Person], chance: random.Random) -> None:
    """Write programmes, fellowships, certificates, exclusions and a roster.

    One excluded person in two bears no number, as in the LEIE; those are found by name alone.
    """
    program = ("5300000001", "Pain Medicine", "ACGME", "Continued Accreditation", "1995-07-01")
    columns = ("program_code", "specialty", "accreditor", "status", "accredited_from")
    _write(folder / "programs.csv", columns, [program])
    trained = _some(people, FELLOWS, chance)
    _write(
        folder / "fellowships.csv",
        (*_PLAIN, "program_code", "specialty", "start_date", "end_date", "status"),
        ((x.npi, x.last, x.first, x.state, *_FELLOW) for x in trained),
    )
    certified = _some(trained, CERTIFIED // 2, chance) + _some(people, CERTIFIED // 2, chance)
    _write(
        folder / "boards.csv",
        (*_PLAIN, "board", "certificate", "status", "issued", "expires"),
        ((x.npi, x.last, x.first, x.state, *_BOARD, _expiry(chance)) for x in certified),
    )
    excluded = _some(people, EXCLUDED, chance)
    _write(folder / "leie.csv", _LEIE, (_exclusion(x, chance) for x in excluded))
    asked = _some(people, ROSTER, chance)
    _write(
        folder / "roster.csv",
        ("Staff ID", "NPI", "Last Name", "First Name"),
        ((f"S{place}", x.npi, x.last, x.first) for place, x in enumerate(asked, 1)),
    )


def _some(people: Sequence[Person], count: int, chance: random.Random) -> list[Person]:
    """Return so many people, each once if there are enough."""
    whole, rest = divmod(count, len(people))
    return [*people] * whole + chance.sample(people, rest)


def _expiry(chance: random.Random) -> str:
    return f"{chance.choice((2025, 2029, 2031))}-12-31"


def _exclusion(person: Person, chance: random.Random) -> tuple[str, ...]:
    npi = person.npi if chance.random() < 0.5 else "0000000000"
    last = person.last if npi[0] == "2" else person.last[::-1]
    name = (last, person.first, "", "", "IND- LIC HC SERV PRO", "NURSE/NURSES AIDE", "")
    place = (npi, "19600101", "1 MAIN ST", person.city, person.state, "44113")
    return (*name, *place, "1128b4", "20190820", "00000000", "00000000", "")


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_config(folder: Path) -> None:
    """Write the configuration: the imported registry and the listings."""
    text = '[sources.registry]\nadapter = "nppes-file"\n'
    for name, adapter, path, more in (
        ("programs", "training-programs", "programs.csv", 'coverage = "complete"\n'),
        ("fellowships", "fellowships", "fellowships.csv", 'authority = "primary"\n'),
        ("boards", "board-certificates", "boards.csv", 'coverage = "complete"\n'),
        ("exclusions", "oig-leie", "leie.csv", ""),
    ):
        text += f'\n[sources.{name}]\nadapter = "{adapter}"\npath = "{path}"\n{more}'
        text += "as_of = 2026-11-01\n"
    (folder / "credcheck.toml").write_text(text, encoding="utf-8")
