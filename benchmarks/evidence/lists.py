"""What nine lists more cost: a roster judged with three lists and with twelve, all of them indexed.

Usage: python -m benchmarks.evidence.lists [--roster 100] [--rows 300000] [--scale 1] [--rounds 5]
       [--folder FOLDER]

People are those of an invented registry of so many rows (benchmarks.registry). The sizes of the lists
are in SIZES, and ``--scale`` multiplies them. Every figure is the processor time of a process of its
own, in turn, after a first run of each that makes the indexes.
"""

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median

from benchmarks.registry.listings import write_listings
from benchmarks.registry.measure import Cost, cost
from benchmarks.registry.world import NAME, Person, World, write_registry
from credcheck.source.presets import load_preset

THREE = (
    ("programs", "training-programs", 'coverage = "complete"\n'),
    ("fellowships", "fellowships", 'authority = "primary"\n'),
    ("boards", "board-certificates", 'coverage = "complete"\n'),
)
SIZES = {
    "sam-exclusions": 150_000,
    "medicare-revocations": 7_000,
    "medicare-opt-out": 50_000,
    "doctors-and-clinicians": 500_000,
    "tx-medicaid-exclusions": 10_000,
    "pa-medicaid-exclusions": 10_000,
    "tx-licenses": 185_000,
    "wa-licenses": 300_000,
}
"""Rows of the lists that are read as presets. With the LEIE they make nine; the LEIE has 80,000."""

_CREDCHECK = (sys.executable, "-m", "credcheck")
_LEAST = 20  # rows, however small the scale
_DAY = "05/19/2015"
_Row = Callable[[Person, str], dict[str, str]]


def _name_sam(person: Person, npi: str) -> dict[str, str]:
    name = {"First": person.first, "Last": person.last, "Classification": "Individual"}
    place = {"City": person.city, "State / Province": person.state, "NPI": npi}
    return name | place | {"Active Date": _DAY, "Termination Date": "Indefinite"}


def _name_revoked(person: Person, npi: str) -> dict[str, str]:
    name = {"FIRST_NAME": person.first, "LAST_NAME": person.last, "NPI": npi}
    bar = {"REVOCATION_EFCTV_DT": _DAY, "REENROLLMENT_BAR_EXPRTN_DT": "05/19/2018"}
    return name | bar | {"STATE_CD": person.state}


def _name_opted_out(person: Person, npi: str) -> dict[str, str]:
    name = {"First Name": person.first, "Last Name": person.last, "NPI": npi}
    return name | {"State Code": person.state, "Optout Effective Date": _DAY}


def _name_clinician(person: Person, npi: str) -> dict[str, str]:
    name = {"Provider First Name": person.first, "Provider Last Name": person.last, "NPI": npi}
    school = {"Med_sch": "OTHER", "Grd_yr": "1999", "pri_spec": "ANESTHESIOLOGY"}
    return name | school | {"City/Town": person.city, "State": person.state}


def _name_texas(person: Person, npi: str) -> dict[str, str]:
    name = {"lastname": person.last, "firstname": person.first, "npi": npi}
    return name | {"startdate": _DAY, "reinstateddate": "05/19/2018"}


def _name_pennsylvania(person: Person, npi: str) -> dict[str, str]:
    name = {"NAM_LAST_PROVR": person.last, "NAM_FIRST_PROVR": person.first, "IDN_NPI": npi}
    return name | {"BeginDate": _DAY, "EndDate": "05/19/2018"}


def _name_licensed(person: Person, _: str) -> dict[str, str]:
    name = {"last_name": person.last, "first_name": person.first}
    number = {"license_number": f"J{person.npi[4:]}", "license_type": "Physician License"}
    status = {"currently_licensed": "Y", "disciplinary_status": "NONE"}
    return name | number | status | {"license_expiration_date": "2030-02-28"}


def _name_credentialed(person: Person, _: str) -> dict[str, str]:
    name = {"LastName": person.last, "FirstName": person.first, "ActionTaken": "No"}
    number = {"CredentialNumber": f"MD{person.npi[2:]}", "Status": "ACTIVE"}
    return name | number | {"ExpirationDate": "20300301"}


_ROWS: dict[str, _Row] = {
    "sam-exclusions": _name_sam,
    "medicare-revocations": _name_revoked,
    "medicare-opt-out": _name_opted_out,
    "doctors-and-clinicians": _name_clinician,
    "tx-medicaid-exclusions": _name_texas,
    "pa-medicaid-exclusions": _name_pennsylvania,
    "tx-licenses": _name_licensed,
    "wa-licenses": _name_credentialed,
}
_NUMBERED = frozenset({"medicare-revocations", "medicare-opt-out", "doctors-and-clinicians"})


def write_lists(folder: Path, people: Sequence[Person], scale: float, seed: int) -> None:
    """Write the lists that are read as presets. Where a list lacks NPIs, one row in two has one."""
    chance = random.Random(seed)
    for preset, size in SIZES.items():
        count = max(_LEAST, int(size * scale))
        chosen = chance.choices(people, k=count)
        numbers = (x.npi if preset in _NUMBERED or chance.random() < 0.5 else "" for x in chosen)
        rows = (_ROWS[preset](x, npi) for x, npi in zip(chosen, numbers, strict=True))
        _write(folder / f"{preset}.csv", load_preset(preset).header, rows)


def _write(path: Path, header: Sequence[str], rows: Iterable[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_configs(folder: Path) -> tuple[Path, Path]:
    """Write the configurations with three lists and with twelve."""
    three = '[sources.registry]\nadapter = "nppes-file"\n'
    for name, adapter, more in THREE:
        three += f'\n[sources.{name}]\nadapter = "{adapter}"\npath = "{name}.csv"\n{more}'
        three += "as_of = 2026-11-01\n"
    twelve = f'{three}\n[sources.exclusions]\nadapter = "oig-leie"\npath = "leie.csv"\n'
    twelve += "as_of = 2026-11-01\n"
    for preset in SIZES:
        twelve += f'\n[sources.{preset}]\nadapter = "listing"\npreset = "{preset}"\n'
        twelve += f'path = "{preset}.csv"\nas_of = 2026-11-01\n'
    written = folder / "three.toml", folder / "twelve.toml"
    for path, text in zip(written, (three, twelve), strict=True):
        path.write_text(text, encoding="utf-8")
    return written


def judge(folder: Path, config: Path, env: dict[str, str]) -> Cost:
    """Judge the roster."""
    words = [*_CREDCHECK, "batch", str(folder / "few.csv"), "-o", str(folder / "out.ndjson")]
    words += ["--force", "-q", "--config", str(config), "--log", str(folder / "log.ndjson")]
    return cost([*words, "--jobs", "1", "--as-of", "2026-11-20"], env)


def prepare(folder: Path, rows: int, roster: int, scale: float) -> dict[str, str]:
    """Write the world, import its registry, and return the environment of the runs."""
    world = World(5)
    write_registry(world, folder / NAME, rows)
    write_listings(folder, world, random.Random(5))
    write_lists(folder, [*world.physicians, *world.others], scale, 5)
    with (folder / "roster.csv").open(encoding="utf-8") as everybody:
        few = [line for line, _ in zip(everybody, range(roster + 1), strict=False)]
    (folder / "few.csv").write_text("".join(few), encoding="utf-8")
    bytecode = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    env = {"CREDCHECK_STORE": str(folder / "store"), **bytecode}
    words = [*_CREDCHECK, "sources", "import", "nppes", str(folder / NAME), "-q"]
    subprocess.run(words, env={**os.environ, **env}, check=True)
    return env


def main() -> None:
    """Write the world, measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--roster", type=int, default=100)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="credcheck-evidence-") as temporary:
        folder = wanted.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        env = prepare(folder, wanted.rows, wanted.roster, wanted.scale)
        configs = dict(zip(("three", "twelve"), write_configs(folder), strict=True))
        first = {name: judge(folder, config, env) for name, config in configs.items()}
        costs: dict[str, list[Cost]] = {name: [] for name in configs}
        for _ in range(wanted.rounds):
            for name, config in configs.items():
                costs[name].append(judge(folder, config, env))
        _print_table(wanted.roster, first, costs)


def _print_table(roster: int, first: dict[str, Cost], costs: dict[str, list[Cost]]) -> None:
    print(f"{roster:,} rows of a roster, {os.cpu_count()} cores, Python {sys.version.split()[0]}\n")
    print("| lists | first run, processor s | indexed, processor s | peak MB | ratio |")
    print("| --- | ---: | ---: | ---: | ---: |")
    base = median(each.cpu for each in costs["three"])
    for name, each in costs.items():
        seconds, memory = median(x.cpu for x in each), median(x.memory for x in each)
        ratio = f"{seconds / base:.2f}"
        print(f"| {name} | {first[name].cpu:.1f} | {seconds:.2f} | {memory:,.0f} | {ratio} |")


if __name__ == "__main__":
    main()
