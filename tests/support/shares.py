"""Rosters with everything in them that could fall between two shares, and shares judged here."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

from credcheck._util.errors import InputError, UsageError
from credcheck.cli.app import build_app
from credcheck.cli.exit_codes import CliExit
from credcheck.demo import demo_folder

HEADER = ("Staff ID", "NPI", "Last Name", "First Name", "State", "Department")


def run(*words: object) -> int:
    """Run a command in this process and return its status; errors are raised."""
    typed = [str(word) for word in words]
    try:
        build_app(typed)(args=typed, standalone_mode=False)
    except CliExit as done:
        return int(done.status)
    return 0


def refused(*words: object) -> tuple[type[Exception], str]:
    """Return which kind of error a command ends with, and its message."""
    try:
        status = run(*words)
    except (UsageError, InputError) as error:
        kind = UsageError if isinstance(error, UsageError) else InputError
        return kind, str(error)
    raise AssertionError(f"status {status}")


def judge_shares(roster: Path, of: int, output: Path, *words: object) -> list[Path]:
    """Judge each share of a roster, the last one first, and return their journals."""
    for number in range(of, 0, -1):
        status = run("batch", roster, "-o", output, "--shard", f"{number}/{of}", "-q", *words)
        assert status == 0
    return [Path(f"{output}.{number}-of-{of}.journal") for number in range(1, of + 1)]


def draw_roster(path: Path, seed: int, rows: int = 120) -> Path:
    """Write a roster of the demo's people as they come in: twice, misspelled, by name, torn."""
    drawn = random.Random(seed)  # noqa: S311 - a test's
    with (demo_folder() / "roster.csv").open(encoding="utf-8", newline="") as file:
        people = [tuple(row.values())[1:4] for row in csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for place in range(rows):
            cells = next(_draw_person(drawn, people))
            if cells == ("blank",):
                file.write(",,,,,\n")
                continue
            writer.writerow(
                [f"S{place}", *cells, "OH", "Spine"][: drawn.choice([6, 6, 6, 6, 6, 4])]
            )
    return path


def _draw_person(drawn: random.Random, people: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    npi, last, first = drawn.choice(people[:20])  # few, so that they come again
    other = drawn.choice(people)
    yield drawn.choice(
        [
            (npi, last, first),
            (npi, last, first),
            (npi, last.upper(), f"  {first}"),
            (f"{npi}.0", last, first),
            (f"'{npi[:4]}-{npi[4:7]} {npi[7:]}", last, first),
            (npi, other[1], other[2]),  # one number, two people
            (npi, "", ""),
            ("", last, first),
            ("", last.lower(), first.upper()),
            (npi[:-1] + str((int(npi[-1]) + 1) % 10), last, first),  # a wrong check digit
            ("2.00E+09", last, first),
            ("", "", ""),
            ("", f"{last}*", first),
            (npi, f"{last}\0", first),
            ("blank",),
        ]
    )
