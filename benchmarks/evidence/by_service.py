"""What it costs to import CMS's file by provider and service, against a bare read of its columns.

Usage: python -m benchmarks.evidence.by_service [--gb 3] [--rounds 1] [--folder FOLDER] [--seed 7]

Needs the extra ``bench``. The file is generated, with invented people and the real header. DuckDB and
Python's own ``csv`` read the seven columns that the importer reads, in the same run, each in a process
of its own. What was kept is held against what was written.
"""

import argparse
import csv
import os
import sys
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from statistics import median

from benchmarks.evidence.services import NAME, Written, write_services
from benchmarks.registry.measure import Cost, cost, python
from benchmarks.registry.peers import DUCKDB_READ
from credcheck.storage.snapshots import Store

SOURCE = "medicare"
READ = (
    *("Rndrng_NPI", "Rndrng_Prvdr_Last_Org_Name", "Rndrng_Prvdr_First_Name"),
    *("Rndrng_Prvdr_Ent_Cd", "HCPCS_Cd", "Place_Of_Srvc", "Tot_Srvcs"),
)
CONFIG = f'[sources.{SOURCE}]\nadapter = "medicare-services"\nsnapshot = "current"\n'
CSV_READ = """
import csv, sys
path, *wanted = sys.argv[1:]
with open(path, encoding="utf-8", newline="") as file:
    reader = csv.reader(file, strict=True)
    header = next(reader)
    places = [header.index(name) for name in wanted]
    print(sum(len(cells[place]) for cells in reader for place in places))
"""
_OURS, _DUCKDB = "credcheck sources import", "DuckDB, bare read of the same 7 columns"
_PYTHON = "Python's csv, bare read of the same 7 columns"


def measure(folder: Path, rounds: int) -> dict[str, Cost]:
    """Run each in turn, so often, and return the medians."""
    file = folder / NAME
    (folder / "credcheck.toml").write_text(CONFIG, encoding="utf-8")
    ours = [sys.executable, "-m", "credcheck", "sources", "import", SOURCE, str(file), "-q"]
    ours += ["--config", str(folder / "credcheck.toml"), "--force"]
    commands = {
        _DUCKDB: python(DUCKDB_READ, str(file), *READ),
        _PYTHON: python(CSV_READ, str(file), *READ),
        _OURS: ours,
    }
    env = {"CREDCHECK_STORE": str(folder / "store")}
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, words in commands.items():
            found[name].append(cost(words, env))
    return {
        name: Cost(*(median(each) for each in zip(*costs, strict=True)))
        for name, costs in found.items()
    }


def check_kept(folder: Path, written: Written) -> int:
    """Return how many rows were kept. Raises SystemExit where they are not what was written."""
    store = Store(folder / "store")
    info = store.current(SOURCE)
    if info is None:
        raise SystemExit("nothing was imported")
    with (store.path(info) / "services.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = sum((Decimal(row["services"]) for row in rows), Decimal())
    if kept != written.services:
        raise SystemExit(f"{kept:,} services were kept, and {written.services:,} written")
    return len(rows)


def print_table(costs: Mapping[str, Cost]) -> None:
    """Print what each took."""
    print("| | wall s | processor s | peak MB | x DuckDB's processor time |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, each in costs.items():
        ratio = each.cpu / costs[_DUCKDB].cpu
        print(f"| {name} | {each.wall:.1f} | {each.cpu:.1f} | {each.memory:,.0f} | {ratio:.2f} |")


def main() -> None:
    """Write the file, measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gb", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path, help="where the file is written and left")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="credcheck-services-") as temporary:
        folder = wanted.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        written = write_services(folder / NAME, int(wanted.gb * 1e9), wanted.seed)
        size = (folder / NAME).stat().st_size / 1e9
        print(f"{written.rows:,} rows, {size:.2f} GB, {written.wanted:,} rows of wanted codes;")
        print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}\n")
        costs = measure(folder, wanted.rounds)
        print_table(costs)
        print(f"\n{check_kept(folder, written):,} rows were kept, with all the services written.")


if __name__ == "__main__":
    main()
