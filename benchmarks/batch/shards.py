"""What sharing a roster costs: the processor time of all shares against that of one run.

Usage: python -m benchmarks.batch.shards [--rows 40000] [--people 200000] [--shares 2 8]

The registry is imported, and the listings are those of benchmarks.registry: 380,000 rows, whose indexes
every share opens for itself. Shares run one after the other with --jobs 1, and so does the one run. The
merged results must have the bytes of the one run, or this ends with status 1.
"""

import argparse
import sys
import tempfile
from itertools import islice
from pathlib import Path

from benchmarks.registry.measure import Cost, cost
from benchmarks.registry.run import prepared
from benchmarks.registry.world import NAME

_CREDCHECK = (sys.executable, "-m", "credcheck")


def write_world(folder: Path, people: int, rows: int, env: dict[str, str]) -> None:
    """Write and import a registry, and write its listings and a roster, if they are not there."""
    prepared(folder, people)
    if not (folder / "store").exists():
        cost([*_CREDCHECK, "sources", "import", "nppes", str(folder / NAME), "-q"], env)
    for count in (1, rows):  # one first, so that the indexes of the listings are there for all runs
        with (folder / "roster.csv").open(encoding="utf-8") as everybody:
            text = "".join(islice(everybody, count + 1))
        (folder / "part.csv").write_text(text, encoding="utf-8")
        if count == 1:
            judge(folder, "first.ndjson", env)


def judge(folder: Path, output: str, env: dict[str, str], *more: str) -> Cost:
    """Judge the roster, or a share of it, in one process."""
    words = [*_CREDCHECK, "batch", str(folder / "part.csv"), "-o", str(folder / output), *more]
    words += ["--as-of", "2026-11-20", "--jobs", "1", "--force", "-q"]
    words += ["--config", str(folder / "credcheck.toml"), "--log", str(folder / "log.ndjson")]
    return cost(words, env)


def merge(folder: Path, output: str, shares: int, env: dict[str, str]) -> Cost:
    """Merge the shares' journals, and remove them."""
    journals = [folder / f"{output}.{place}-of-{shares}.journal" for place in range(1, shares + 1)]
    words = [*_CREDCHECK, "merge", *map(str, journals), "-o", str(folder / output), "--force", "-q"]
    spent = cost([*words, "--log", str(folder / "log.ndjson")], env)
    for journal in journals:
        journal.unlink()
    return spent


def main() -> None:
    """Print a table; end with status 1 where the bytes differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=40_000)
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--shares", type=int, nargs="+", default=[2, 8])
    parser.add_argument("--folder", type=Path)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="credcheck-shards-") as temporary:
        folder = wanted.folder or Path(temporary)
        env = {"CREDCHECK_STORE": str(folder / "store"), "SOURCE_DATE_EPOCH": "1795000000"}
        write_world(folder, wanted.people, wanted.rows, env)
        one = judge(folder, "one.ndjson", env)
        whole = (folder / "one.ndjson").read_bytes()
        print(f"{wanted.rows:,} rows; one run: {one.cpu:.1f} s of processors, {one.wall:.1f} s")
        print("| shares | shares, s | / one run | merge, s | with the merge / one run |")
        print("| ---: | ---: | ---: | ---: | ---: |", flush=True)
        for of in wanted.shares:
            parts = [
                judge(folder, "shared.ndjson", env, "--shard", f"{x}/{of}")
                for x in range(1, of + 1)
            ]
            end = merge(folder, "shared.ndjson", of, env)
            spent = sum(each.cpu for each in parts)
            print(
                f"| {of} | {spent:.1f} | {spent / one.cpu:.2f} | {end.cpu:.1f} |"
                f" {(spent + end.cpu) / one.cpu:.2f} |",
                flush=True,
            )
            if (folder / "shared.ndjson").read_bytes() != whole:
                raise SystemExit(f"{of} shares: other bytes than one run")


if __name__ == "__main__":
    main()
