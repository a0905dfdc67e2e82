"""What listings cost: the first run that reads them, and those that ask their index.

Usage: python -m benchmarks.registry.lists [--rows 1000000] [--times 1] [--folder FOLDER]

Needs the extra ``bench``. The listings have 380,000 rows, or that many times as many. Every figure is
processor time, so that other work on the machine counts less; ``read`` has no store to keep an index
in, so that it reads the files as every run did before there were indexes. ``a pandas script`` joins
three of the lists by number and gives one word a row; it asks no registry and keeps no proof.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.registry import listings, peers
from benchmarks.registry.measure import Cost, cost, python
from benchmarks.registry.run import prepared
from benchmarks.registry.world import NAME
from credcheck.storage.index_folder import NAME as INDEXES

_CREDCHECK = (sys.executable, "-m", "credcheck")
_AS_OF = ("--as-of", "2026-11-20")
_ROUNDS = 7


def batch(folder: Path, rows: int, env: dict[str, str]) -> Cost:
    """Judge the first rows of the roster."""
    roster = folder / f"roster-{rows}.csv"
    with (folder / "roster.csv").open() as all_rows:
        roster.write_text("".join(line for line, _ in zip(all_rows, range(rows + 1))))  # noqa: B905
    words = [*_CREDCHECK, "batch", str(roster), "-o", str(folder / "out.ndjson"), "--force", "-q"]
    words += ["--config", str(folder / "credcheck.toml"), "--log", str(folder / "log.ndjson")]
    return cost([*words, "--jobs", "1", *_AS_OF], env)


def verify(folder: Path, npi: str, config: str, env: dict[str, str]) -> float:
    """Return the processor seconds of checking one physician: the median of several."""
    words = [*_CREDCHECK, "verify", npi, "--config", str(folder / config), *_AS_OF]
    return median(cost([*words, "--format", "table"], env).cpu for _ in range(_ROUNDS))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--rosters", type=int, nargs="+", default=[100])
    parser.add_argument("--read", action="store_true", help="also read the files, without a store")
    wanted = parser.parse_args()
    listings.FELLOWS *= wanted.times
    listings.CERTIFIED *= wanted.times
    listings.EXCLUDED *= wanted.times
    with tempfile.TemporaryDirectory(prefix="credcheck-lists-") as temporary:
        folder = wanted.folder or Path(temporary)
        npi = prepared(folder, wanted.rows)
        bytecode = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
        env = {"CREDCHECK_STORE": str(folder / "store"), **bytecode}
        if not (folder / "store" / "nppes").exists():
            registry = str(folder / NAME)
            words = [*_CREDCHECK, "sources", "import", "nppes", registry, "-q"]
            subprocess.run(words, env={**os.environ, **env}, check=True)
        shutil.rmtree(folder / "store" / INDEXES, ignore_errors=True)
        _print_batches(folder, wanted.rosters, env, is_read=wanted.read)
        _print_verify(folder, npi, env)


def _print_batches(folder: Path, sizes: list[int], env: dict[str, str], *, is_read: bool) -> None:
    print("| rows | listings | processor s | peak MB |\n| ---: | --- | ---: | ---: |")
    for place, size in enumerate(sizes):
        first = () if place else ("read, and indexed",)
        for name in (*first, "asked in their index"):
            found = batch(folder, size, env)
            print(f"| {size:,} | {name} | {found.cpu:.2f} | {found.memory:,.0f} |", flush=True)
        script = peers.PANDAS_RULES, str(folder), str(folder / f"roster-{size}.csv")
        peer = cost(python(*script, str(folder / "words.csv")))
        print(f"| {size:,} | a pandas script | {peer.cpu:.2f} | {peer.memory:,.0f} |", flush=True)
    if is_read:
        with_no_index = folder / "store" / INDEXES
        hidden = with_no_index.with_name(f"{INDEXES}.away")
        with_no_index.rename(hidden)
        with_no_index.write_text("a file, so that no index can be kept")
        found = batch(folder, sizes[0], env)
        with_no_index.unlink()
        hidden.rename(with_no_index)
        print(f"| {sizes[0]:,} | read | {found.cpu:.2f} | {found.memory:,.0f} |", flush=True)
    held = sum(file.stat().st_size for file in (folder / "store" / INDEXES).iterdir())
    lists = ("programs", "fellowships", "boards", "leie")
    whole = sum((folder / f"{name}.csv").stat().st_size for name in lists)
    print(f"\nThe listings have {whole / 1e6:,.0f} MB, their indexes {held / 1e6:,.0f} MB.")


def _print_verify(folder: Path, npi: str, env: dict[str, str]) -> None:
    (folder / "registry.toml").write_text('[sources.registry]\nadapter = "nppes-file"\n')
    verify(folder, npi, "credcheck.toml", env)  # writes the bytecode
    alone = verify(folder, npi, "registry.toml", env)
    whole = verify(folder, npi, "credcheck.toml", env)
    print("\n| verify, median | processor s | ratio |\n| --- | ---: | ---: |")
    print(f"| the registry alone | {alone:.2f} | 1 |")
    print(f"| with the listings | {whole:.2f} | {whole / alone:.2f} |")


if __name__ == "__main__":
    main()
