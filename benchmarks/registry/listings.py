"""Listings and a roster about the physicians of an invented registry."""

import csv
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.registry.world import Person, World

FELLOWS, CERTIFIED, EXCLUDED, ROSTER = 100_000, 200_000, 80_000, 1_000_000
_LEIE = (
    *("LASTNAME", "FIRSTNAME", "MIDNAME", "BUSNAME", "GENERAL", "SPECIALTY", "UPIN", "NPI"),
    *("DOB", "ADDRESS", "CITY", "STATE", "ZIP", "EXCLTYPE", "EXCLDATE", "REINDATE"),
    *("WAIVERDATE", "WVRSTATE"),
)
_PLAIN = ("npi", "last_name", "first_name", "state")
_BOARDS = {
    "207L00000X": ("American Board of Anesthesiology", "Anesthesiology"),
    "208100000X": (
        "American Board of Physical Medicine and Rehabilitation",
        "Physical Medicine and Rehabilitation",
    ),
    "207R00000X": ("American Board of Internal Medicine", "Internal Medicine"),
    "207Q00000X": ("American Board of Family Medicine", "Family Medicine"),
    "2086S0122X": ("American Board of Plastic Surgery", "Plastic Surgery"),
    "2085R0202X": ("American Board of Radiology", "Diagnostic Radiology"),
}
_PAIN_BOARDS = {
    "2081": "American Board of Physical Medicine and Rehabilitation",
    "207L": "American Board of Anesthesiology",
}
_NO_PAIN = {"207R00000X", "207Q00000X", "2086S0122X", "2085R0202X"}


def write_listings(folder: Path, world: World, chance: random.Random) -> None:
    """Write programs, fellowships, certificates, exclusions and a roster.

    Pain fellowships and certificates are of people of fields that lead there, by each one's board,
    other certificates of each one's own field; dates are of any day. One excluded person in two
    bears no number and is found by name alone, namesakes too, as in the LEIE. Everybody on the roster
    stands there once, if there are enough: physicians first, then others.
    """
    program = ("5300000001", "Pain Medicine", "ACGME", "Continued Accreditation", "1995-07-01")
    columns = ("program_code", "specialty", "accreditor", "status", "accredited_from")
    _write(folder / "programs.csv", columns, [program])
    trained = _some([x for x in world.physicians if x.code not in _NO_PAIN], FELLOWS, chance)
    _write(
        folder / "fellowships.csv",
        (*_PLAIN, "program_code", "specialty", "start_date", "end_date", "status"),
        ((x.npi, x.last, x.first, x.state, *_training(chance)) for x in trained),
    )
    pain = [(x, _pain_board(x)) for x in _some(trained, CERTIFIED // 2, chance)]
    own = [
        (x, _BOARDS.get(x.code) or _pain_board(x))
        for x in _some(world.physicians, CERTIFIED // 2, chance)
    ]
    _write(
        folder / "boards.csv",
        (*_PLAIN, "board", "certificate", "status", "issued", "expires"),
        ((x.npi, x.last, x.first, x.state, *board, *_term(chance)) for x, board in (*pain, *own)),
    )
    everybody = [*world.physicians, *world.others]
    excluded = _some(everybody, EXCLUDED, chance)
    _write(folder / "leie.csv", _LEIE, (_exclusion(x, chance) for x in excluded))
    asked = [*world.physicians, *world.others][:ROSTER]
    asked += _some(everybody, max(0, ROSTER - len(asked)), chance)
    chance.shuffle(asked)
    _write(
        folder / "roster.csv",
        ("Staff ID", "NPI", "Last Name", "First Name"),
        ((f"S{place}", x.npi, x.last, x.first) for place, x in enumerate(asked, 1)),
    )


def _some(people: Sequence[Person], count: int, chance: random.Random) -> list[Person]:
    """Return so many people, each once if there are enough."""
    whole, rest = divmod(count, len(people))
    return [*people] * whole + chance.sample(people, rest)


def _pain_board(person: Person) -> tuple[str, str]:
    """Return the certificate in pain medicine of the board of a person's field."""
    return _PAIN_BOARDS.get(person.code[:4], _PAIN_BOARDS["207L"]), "Pain Medicine"


def _day(chance: random.Random, first: int, last: int) -> str:
    return f"{chance.randint(first, last)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def _training(chance: random.Random) -> tuple[str, ...]:
    year, day = chance.randint(1995, 2025), chance.randint(1, 28)
    start, end = f"{year}-07-{day:02}", f"{year + 1}-07-{day:02}"
    return "5300000001", "Pain Medicine", start, end, "Completed"


def _term(chance: random.Random) -> tuple[str, ...]:
    return "Certified", _day(chance, 2000, 2025), _day(chance, 2025, 2034)


def _exclusion(person: Person, chance: random.Random) -> tuple[str, ...]:
    npi = person.npi if chance.random() < 0.5 else "0000000000"
    name = (person.last, person.first, "", "", "IND- LIC HC SERV PRO", "NURSE/NURSES AIDE", "")
    excluded = _day(chance, 1990, 2025).replace("-", "")
    place = (npi, "19600101", "1 MAIN ST", person.city, person.state, "44113")
    return (*name, *place, "1128b4", excluded, "00000000", "00000000", "")


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
