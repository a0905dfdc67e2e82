"""SQLite against DuckDB for what the store has to do, on one registry.

Usage: python -m benchmarks.registry.engines FOLDER   (of benchmarks.registry.world, imported)
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.registry.measure import cost, python
from benchmarks.registry.world import NAME
from credcheck.storage.snapshots import Store
from credcheck_sources.nppes_file.columns import COLUMNS
from credcheck_sources.nppes_file.database import FILE, open_for_reading

_BUILD = """
import csv, duckdb, sys
path, target, *wanted = sys.argv[1:]
with open(path, newline="") as file:
    header = next(csv.reader(file))
columns = {name: "VARCHAR" for name in header}
scalars = [name for name in wanted if not name[-1].isdigit()]
slots = [[name for name in wanted if name.endswith(f"_{x}")] for x in range(1, 16)]
packed = ", ".join("[" + ", ".join(f'"{name}"' for name in slot) + "]" for slot in slots)
kept = ", ".join(f'"{name}"' for name in scalars if name != "NPI")
db = duckdb.connect(target)
db.execute("SET enable_progress_bar = false")
db.execute(f'''CREATE TABLE record AS SELECT CAST("NPI" AS BIGINT) npi, {kept},
  list_filter([{packed}], lambda x: x[1] <> '') slots FROM read_csv('{path}', columns={columns!r},
  header=true, auto_detect=false, delim=',', quote='"', escape='"') ORDER BY npi''')
"""
_ONE, _SET, _TIMES = 1_000, 2_000, 20


def median(work: Callable[[], object], times: int) -> float:
    """Return the median milliseconds of a piece of work."""
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds) * 1e3


def main() -> None:
    """Build DuckDB's table, and ask both the same."""
    import duckdb

    folder = Path(sys.argv[1])
    target = folder / "peer.duckdb"
    target.unlink(missing_ok=True)
    built = cost(python(_BUILD, str(folder / NAME), str(target), *COLUMNS))
    print(
        f"DuckDB builds its sorted table in {built.cpu:.1f} s of processors, {built.memory:,.0f} MB"
    )
    store = Store(folder / "store")
    info = store.current("nppes")
    if info is None:
        raise SystemExit("nothing is imported")
    ours = open_for_reading(store.path(info) / FILE)
    numbers = [npi for (npi,) in ours.execute("SELECT npi FROM record WHERE npi % 97 = 0")]
    chance = random.Random(1)
    peer = duckdb.connect(str(target), read_only=True)
    sets = [json.dumps(chance.sample(numbers, _SET)) for _ in range(_TIMES)]
    turns = iter([*sets, *sets])
    print("| | SQLite ms | DuckDB ms |\n| --- | ---: | ---: |")
    one = "SELECT * FROM record WHERE npi = ?"
    print(
        "| one number, warm |"
        f" {median(lambda: ours.execute(one, (chance.choice(numbers),)).fetchall(), _ONE):.3f} |"
        f" {median(lambda: peer.execute(one, (chance.choice(numbers),)).fetchall(), _ONE // 5):.3f} |"
    )
    many = "SELECT * FROM record WHERE npi IN (SELECT value FROM json_each(?))"
    joined = "SELECT * FROM record WHERE npi IN (SELECT unnest(CAST(? AS BIGINT[])))"
    print(
        f"| {_SET:,} numbers at once |"
        f" {median(lambda: ours.execute(many, (next(turns),)).fetchall(), _TIMES):.1f} |"
        f" {median(lambda: peer.execute(joined, (next(turns),)).fetchall(), _TIMES):.1f} |"
    )
    one_import = [sys.executable, "-c", "import sqlite3"], [sys.executable, "-c", "import duckdb"]
    walls = [statistics.median(cost(words).wall for _ in range(7)) * 1e3 for words in one_import]
    print(f"| a process that imports it | {walls[0]:.0f} | {walls[1]:.0f} |")


if __name__ == "__main__":
    main()
