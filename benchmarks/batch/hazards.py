"""Rosters that once took time in the square of their length: one a hazard, at two lengths.

Usage: python -m benchmarks.batch.hazards [--rows 4000] [--crowd 400] [--only NAME]

Each hazard is run at so many rows and at twice as many, in one process each, and the processor time
of both is told with their ratio: near 2 or below is linear. Crowds are of people who bear one name; a
registry lists 1,200 at most, so theirs are smaller.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.batch.world import make, name, number, record, write_registry, write_rows

_NAMED = ("NPI", "Last Name", "First Name")
_BOARD = "American Board of Anesthesiology"


def measure(folder: Path) -> float:
    """Judge a folder's roster; return the processor time in seconds, of all its processes."""
    words = [
        sys.executable,
        "-m",
        "credcheck",
        "batch",
        str(folder / "roster.csv"),
        "-q",
        "--force",
    ]
    words += ["-o", str(folder / "out.ndjson"), "--as-of", "2026-11-01", "--jobs", "1"]
    words += ["--config", str(folder / "credcheck.toml"), "--log", str(folder / "log.ndjson")]
    process = subprocess.Popen(words, env={**os.environ, "CREDCHECK_CACHE": str(folder / "cache")})
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"credcheck ended with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime


def write_roster(folder: Path, rows: Iterator[tuple[str, ...]], header: tuple[str, ...]) -> None:
    """Write a roster, with the registry and listings of its people."""
    write_rows(folder / "roster.csv", header, rows)


def write_people(folder: Path, rows: int) -> None:
    """Write a registry of so many people, each of another name."""
    make(folder, rows, 'recorded = "nppes.json"\nas_of = 2026-11-01')
    write_registry(folder / "nppes.json", rows)


def write_crowd(folder: Path, rows: int) -> None:
    """Write a registry of so many people of one name, each in a city of their own."""
    make(folder, 10, 'recorded = "nppes.json"\nas_of = 2026-11-01')
    people = [_rename(record(place), place) for place in range(rows)]
    (folder / "nppes.json").write_text(json.dumps(people), encoding="utf-8")


def _rename(found: dict[str, Any], place: int) -> dict[str, Any]:
    found["basic"] |= {"last_name": "SMITH", "first_name": "ALMA"}
    found["addresses"][0]["city"] = f"CITY {place}"
    return found


def same_rows(folder: Path, rows: int) -> None:
    """24 rows in 100 ask what another one asks already."""
    people = rows * 76 // 100
    write_people(folder, people)
    write_roster(folder, ((number(x % people), *name(x % people)) for x in range(rows)), _NAMED)


def one_number(folder: Path, rows: int) -> None:
    """One NPI under as many names as there are rows."""
    write_people(folder, 10)
    write_roster(folder, ((number(1), *name(x)) for x in range(rows)), _NAMED)


def one_number_alike(folder: Path, rows: int) -> None:
    """One NPI under as many names, each of which might be any other's."""
    write_people(folder, 10)
    alike = ((number(1), f"Smith-{name(x)[0].title()}", "Alma") for x in range(rows))
    write_roster(folder, alike, _NAMED)


def shared_numbers(folder: Path, rows: int) -> None:
    """Each NPI under two names."""
    write_people(folder, rows // 2)
    write_roster(folder, ((number(x // 2), *name(x)) for x in range(rows)), _NAMED)


def one_name(folder: Path, rows: int) -> None:
    """A roster of one name without numbers, each row in another city."""
    write_crowd(folder, rows)
    header = ("Last Name", "First Name", "City")
    write_roster(folder, (("Smith", "Alma", f"City {x}") for x in range(rows)), header)


def everybody(folder: Path, rows: int) -> None:
    """One row of a listing, without a number, that may be everybody's of the roster."""
    write_crowd(folder, rows)
    header = ("npi", "last_name", "first_name", "state", "board", "certificate", "status")
    certified = ("", "SMITH", "ALMA", "OH", _BOARD, "Pain Medicine", "Certified")
    dates = ("2016-09-10", "2030-12-31")
    write_rows(folder / "boards.csv", (*header, "issued", "expires"), [(*certified, *dates)])
    write_roster(folder, ((number(x),) for x in range(rows)), ("NPI",))


HAZARDS: dict[str, Callable[[Path, int], None]] = {
    each.__name__: each
    for each in (same_rows, one_number, one_number_alike, shared_numbers, one_name, everybody)
}


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=4_000)
    parser.add_argument("--crowd", type=int, default=400)
    parser.add_argument("--only", choices=HAZARDS)
    wanted = parser.parse_args()
    print("| hazard | rows | processor s | rows | processor s | ratio |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for told, write in HAZARDS.items():
        if wanted.only in {None, told}:
            rows = wanted.crowd if write in {one_name, everybody} else wanted.rows
            once, twice = _measure_at(write, rows), _measure_at(write, 2 * rows)
            shown = f"{rows:,} | {once:.1f} | {2 * rows:,} | {twice:.1f} | {twice / once:.1f}"
            print(f"| {told} | {shown} |", flush=True)


def _measure_at(write: Callable[[Path, int], None], rows: int) -> float:
    with tempfile.TemporaryDirectory(prefix="credcheck-hazard-") as folder:
        write(Path(folder), rows)
        return measure(Path(folder))


if __name__ == "__main__":
    main()
