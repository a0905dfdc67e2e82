"""Sets: a registry of people, two listings with rows about them, and the truth of each row.

``python -m benchmarks.identity.sets FOLDER --mix usual --seed 1`` writes one. The registry lacks 6 of
100 people of the listings. Everything is invented.
"""

import argparse
import csv
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.identity import damage, pools
from benchmarks.identity.oracle import is_resolvable, namesakes_of
from benchmarks.identity.people import Person, draw_npi, draw_people
from credcheck.reference.nicknames import nickname_forms

Rows = list[dict[str, str]]

_PEOPLE, _BOARD, _FELLOWS, _ABSENT = 20_000, 2_100, 900, 0.06
_PROGRAMS = ("Cleveland Clinic|OH", "UCLA|CA", "Stanford Health Care|CA", "Emory University|GA",
             "Johns Hopkins Hospital|MD", "Mayo Clinic|MN", "University of Iowa|IA")  # fmt: skip
_BOARD_OF = {"2081": "ABPMR", "2084": "ABPN"}


@dataclass(frozen=True)
class Mix:
    """How much damage rows have, and of which kinds. ``how_many`` are the chances of 0, 1, 2 and 3."""

    how_many: tuple[float, float, float, float]
    kinds: Mapping[str, float]
    npi_other: float


_USUAL = {
    "short_form": 9, "first_initial": 6, "no_middle": 8, "slip_family": 7, "slip_given": 6,
    "goes_by_middle": 5, "one_part": 7, "former_name": 6, "accents": 5, "misread_bytes": 1,
    "joined": 6, "no_suffix": 6, "moved": 12, "other_spelling": 4, "swapped": 3, "cut": 1,
    "degree_in_name": 2, "slip_npi": 4, "slip_license": 3, "misread_letters": 1, "joined_given": 1,
}  # fmt: skip
MIXES = {
    "light": Mix((0.65, 0.27, 0.07, 0.01), _USUAL, 0.01),
    "usual": Mix((0.45, 0.38, 0.14, 0.03), _USUAL, 0.02),
    "rough": Mix(
        (0.25, 0.42, 0.25, 0.08),
        _USUAL | {"misread_letters": 5, "joined_given": 4, "cut": 4, "misread_bytes": 3},
        0.04,
    ),
}


def write_set(folder: Path, mix: str, seed: int, people: int = _PEOPLE) -> None:
    """Write a set: population.csv, board_listing.csv, fellowship_roster.csv and truth.csv."""
    chance = random.Random(f"{mix}/{seed}")
    share = people / _PEOPLE
    listed = int((_BOARD + _FELLOWS) * share * 0.9)
    everybody = draw_people(chance, people, listed)
    absent = {x.npi for x in everybody if x.is_listed and chance.random() < _ABSENT}
    registry = [row for x in everybody if x.npi not in absent for row in _register(chance, x)]
    chance.shuffle(registry)
    candidates = [x for x in everybody if x.is_listed]
    writer = _RowWriter(chance, MIXES[mix], registry)
    rows = [
        writer.write(chance.choice(candidates), source, f"{source[0].upper()}{place:05d}")
        for source, count in (("board", _BOARD), ("fellowship", _FELLOWS))
        for place in range(int(count * share))
    ]
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "population.csv", registry)
    for name, source in (("board_listing", "board"), ("fellowship_roster", "fellowship")):
        _write(folder / f"{name}.csv", (x.row for x in rows if x.row["source"] == source))
    _write(folder / "truth.csv", _truths(rows, registry, absent))


@dataclass(frozen=True)
class _Listed:
    """A row of a listing, whose it is, and what was done to it."""

    row: dict[str, str]
    person: Person
    kinds: tuple[str, ...]


class _RowWriter:
    """Writes the row of a listing about somebody, and damages it."""

    def __init__(self, chance: random.Random, mix: Mix, registry: Rows) -> None:
        self._chance = chance
        self._mix = mix
        self._kinds = pools.weigh(mix.kinds)
        self._by_family: dict[str, list[str]] = defaultdict(list)
        self._numbers = [row["npi"] for row in registry if row["status"] == "A"]
        for row in registry:
            self._by_family[row["last"]].append(row["npi"])

    def write(self, person: Person, source: str, number: str) -> _Listed:
        """Write a row."""
        row = self._undamaged(person, source, number)
        kinds: list[str] = []
        (wanted,) = self._chance.choices(range(4), self._mix.how_many)
        for _ in range(40 * wanted):
            kind = self._kinds.draw(self._chance)[0]
            changed = damage.KINDS[kind](self._chance, row, person) if kind not in kinds else None
            if changed is not None:
                row, kinds = changed, [*kinds, kind]
            if len(kinds) == wanted:
                break
        if self._chance.random() < self._mix.npi_other and "slip_npi" not in kinds:
            row, kinds = row | {"npi": self._another_number(person)}, [*kinds, "npi_other"]
        return _Listed(row, person, tuple(kinds))

    def _another_number(self, person: Person) -> str:
        same = self._by_family.get(person.last, []) if self._chance.random() < 0.5 else []
        others = [npi for npi in same if npi != person.npi]
        return self._chance.choice(others or self._numbers)

    def _undamaged(self, person: Person, source: str, number: str) -> dict[str, str]:
        chance, board = self._chance, source == "board"
        has_place = chance.random() < (0.92 if board else 0.35)
        license_ = (
            chance.choice(person.licenses) if chance.random() < (0.1 if board else 0.02) else None
        )
        program, program_state = chance.choice(_PROGRAMS).split("|")
        middle = chance.choices(["", person.middle[:1], person.middle], (0.2, 0.5, 0.3))[0]
        certified = person.graduated + 5 + min(20, int(chance.expovariate(0.35)))
        return {
            "listing_row_id": number,
            "source": source,
            "board": _BOARD_OF.get(person.taxonomy[:4], "ABA") if board else "",
            "certificate": "Pain Medicine" if board else "",
            "cert_year": _shown(chance, 0.9, max(1993, certified)) if board else "",
            "first": person.given,
            "middle": middle,
            "last": person.last,
            "suffix": person.suffix if chance.random() < 0.75 else "",
            "credential": person.degree if chance.random() < 0.8 else "",
            "city": person.city if has_place and chance.random() < 0.9 else "",
            "state": person.state if has_place else "",
            "med_school": _shown(chance, 0.15 if board else 0.45, person.school.title()),
            "grad_year": _shown(chance, 0.12, person.graduated),
            "birth_year": _shown(chance, 0.06, person.born),
            "license_state": license_[0] if license_ else "",
            "license_number": license_[1] if license_ else "",
            "npi": _shown(chance, 0.08 if board else 0.02, person.npi),
            "program": "" if board else program,
            "program_state": "" if board else program_state,
            "fellowship_end_year": "" if board else _shown(chance, 0.95, person.trained),
        }


def _shown(chance: random.Random, share: float, value: object) -> str:
    return str(value) if chance.random() < share else ""


def _register(chance: random.Random, person: Person) -> Iterator[dict[str, str]]:
    """Yield the registry's record of somebody, and that of a number that was replaced."""
    number = chance.random()
    if number < 0.01:
        yield _record(chance, person, draw_npi(chance), status="D", replacement=person.npi)
    yield _record(chance, person, person.npi, status="D" if number > 0.99 else "A")


def _record(
    chance: random.Random, person: Person, npi: str, *, status: str, replacement: str = ""
) -> dict[str, str]:
    given, last, other = person.given, person.last, ""
    forms = sorted(nickname_forms(given.lower()))
    if forms and chance.random() < 0.03:
        given = chance.choice(forms).upper()
    if person.former:
        share = chance.random()
        last, other = (person.former, "") if share < 0.12 else (last, person.former * (share < 0.5))
    stale = chance.random() < 0.06
    state = pools.states().draw(chance)[0] if stale else person.state
    city = pools.cities()[state].draw(chance)[0] if stale else person.city
    shown = [x for x in person.licenses if chance.random() < 0.86] + [("", "")] * 2
    known = chance.random() < 0.75
    school = person.school if person.school.isupper() else "OTHER"
    return {
        "npi": npi,
        "last": last,
        "first": given,
        "middle": chance.choices(["", person.middle[:1], person.middle], (0.3, 0.35, 0.35))[0],
        "suffix": person.suffix if chance.random() < 0.65 else "",
        "credential": person.degree,
        "other_last": other,
        "city": city.upper(),
        "state": state,
        "taxonomy": person.taxonomy,
        "med_school": school if known else "",
        "grad_year": str(person.graduated) if known else "",
        "birth_year": _shown(chance, 0.1, person.born),
        "license_state": shown[0][0],
        "license_number": shown[0][1],
        "license2_state": shown[1][0],
        "license2_number": shown[1][1],
        "status": status,
        "replacement_npi": replacement,
    }


def _truths(rows: Sequence[_Listed], registry: Rows, absent: set[str]) -> Iterator[dict[str, str]]:
    """Yield the truth of each row, with the class that says what is hard about it."""
    by_family: dict[str, Rows] = defaultdict(list)
    for record in registry:
        for family in {record["last"], record["other_last"], record["last"].split("-")[0]} - {""}:
            by_family[family].append(record)
    for each in rows:
        gone = each.person.npi in absent
        others = namesakes_of(each.person, by_family)
        solvable = not gone and is_resolvable(each.row, others, registry_of(by_family, each))
        yield {
            "listing_row_id": each.row["listing_row_id"],
            "true_npi": "" if gone else each.person.npi,
            "also_ok": "",
            "class": _classify(each, gone=gone, namesakes=bool(others)),
            "corruptions": ";".join(each.kinds),
            "resolvable": "" if gone else "1" if solvable else "0",
        }


def registry_of(by_family: Mapping[str, Rows], listed: _Listed) -> dict[str, str] | None:
    """Return the registry's record of the person of a row."""
    person = listed.person
    names = (person.last, person.former, person.last.split("-")[0])
    records = (x for name in names for x in by_family.get(name, ()) if x["npi"] == person.npi)
    return next(records, None)


def _classify(listed: _Listed, *, gone: bool, namesakes: bool) -> str:
    if gone:
        return "absent_namesake" if namesakes else "absent"
    if "npi_other" in listed.kinds:
        return "npi_other"
    if listed.person.has_relative:
        return "homonym_family"
    if len(listed.kinds) > 1:
        return "several"
    if listed.kinds:
        return listed.kinds[0]
    return "homonym" if namesakes else "clean"


def _write(path: Path, rows: Iterable[dict[str, str]]) -> None:
    made = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(made[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(made)


def main() -> None:
    """Write one set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mix", choices=sorted(MIXES), default="usual")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=_PEOPLE)
    options = parser.parse_args()
    write_set(options.folder, options.mix, options.seed, options.people)


if __name__ == "__main__":
    main()
