"""Memory and speed of batch over rosters of two sizes, same sources.

Usage: python -m benchmarks.batch.run [--people 100000] [--rows 10000 100000]
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.batch.world import make, write_registry, write_roster


def measured(folder: Path, rows: int) -> tuple[float, float]:
    """Return the seconds and the peak memory in MB of one run."""
    roster = folder / f"roster-{rows}.csv"
    write_roster(roster, rows)
    words = [sys.executable, "-m", "credcheck", "batch", str(roster), "-q", "--force"]
    words += ["-o", str(folder / "out.ndjson"), "--as-of", "2026-11-01"]
    words += ["--config", str(folder / "credcheck.toml"), "--log", str(folder / "log.ndjson")]
    began = time.monotonic()
    process = subprocess.Popen(words)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"credcheck ended with {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - began, usage.ru_maxrss / 1024


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    wanted = parser.parse_args()
    print(f"registry and listings of {wanted.people:,} people; Python {sys.version.split()[0]}")
    print("| rows | seconds | rows/s | peak MB |\n| ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory(prefix="credcheck-batch-") as name:
        folder = Path(name)
        make(folder, wanted.people, 'recorded = "nppes.json"\nas_of = 2026-11-01')
        write_registry(folder / "nppes.json", wanted.people)
        for rows in wanted.rows:
            seconds, peak = measured(folder, rows)
            print(f"| {rows:,} | {seconds:.1f} | {rows / seconds:,.0f} | {peak:,.0f} |", flush=True)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"(the benchmark itself: {own:,.0f} MB)")


if __name__ == "__main__":
    main()
