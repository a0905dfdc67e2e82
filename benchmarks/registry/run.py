"""All of the national registry, measured in one run: import, look-ups, name search, batch, API.

Usage: python -m benchmarks.registry.run [--rows 3000000] [--rosters 20000 100000] [--folder FOLDER]
       [--seed 20261124] [--queries 3000] [--save docs/explanation/registry-figures.md]

Needs the extra ``bench``. The queries' seed is not one that the search was tuned on.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.registry import peers
from benchmarks.registry.listings import write_config, write_listings
from benchmarks.registry.measure import cost, medians, python
from benchmarks.registry.world import NAME, World, write_registry
from credcheck.model import verdict_from_json

_CREDCHECK = (sys.executable, "-m", "credcheck")
_AS_OF = ("--as-of", "2026-11-20")
_COLD = 15
_PARTS = ("import", "cold", "names", "api", "batch")


def importing(folder: Path, rows: int, env: dict[str, str]) -> Iterator[str]:
    """Measure the bare reads and the import."""
    registry = folder / NAME
    duck = cost(python(peers.DUCKDB_READ, *peers.read_arguments(registry)))
    polars = cost(python(peers.POLARS_READ, *peers.read_arguments(registry)))
    ours = cost([*_CREDCHECK, "sources", "import", "nppes", str(registry), "-q"], env)
    size = registry.stat().st_size / 1e9
    yield f"\n## Import: {rows:,} rows, {size:.2f} GB\n"
    yield "| | wall s | processor s | peak MB | x DuckDB's processor time |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, each in (
        ("DuckDB, bare read of the same 80 columns", duck),
        ("Polars, bare read of the same 80 columns", polars),
        ("credcheck sources import, names included", ours),
    ):
        ratio = each.cpu / duck.cpu
        yield f"| {name} | {each.wall:.1f} | {each.cpu:.1f} | {each.memory:,.0f} | {ratio:.2f} |"
    held = sum(file.stat().st_size for file in (folder / "store").rglob("*") if file.is_file())
    yield f"\nThe snapshot takes {held / 1e6:,.0f} MB."


def cold(folder: Path, npi: str, env: dict[str, str]) -> Iterator[str]:
    """Measure cold processes against a bare command, all with bytecode, as pip leaves a package."""
    env = env | {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    config = folder / "registry.toml"
    config.write_text('[sources.registry]\nadapter = "nppes-file"\n')
    verify = [*_CREDCHECK, "verify", npi, "--config", str(config), *_AS_OF, "--format", "table"]
    found = medians(  # its first round writes the bytecode
        {
            "bare": python(peers.BARE_COMMAND, npi),
            "verify": verify,
            "bare --help": python(peers.BARE_COMMAND, "--help"),
            "--help": [*_CREDCHECK, "--help"],
        },
        env,
        _COLD,
    )
    yield f"\n## Cold processes, median of {_COLD}, in turn\n"
    yield "| | ms | x bare |\n| --- | ---: | ---: |"
    for name, bare in (("verify", "bare"), ("--help", "bare --help")):
        yield f"| a bare Typer and Rich command, `{bare}` | {found[bare] * 1e3:.0f} | 1 |"
        ratio = found[name] / found[bare]
        yield f"| `credcheck {name}` | {found[name] * 1e3:.0f} | {ratio:.2f} |"


def names(folder: Path, count: int, seed: int) -> Iterator[str]:
    """Measure the search by name on queries that were not looked at before."""
    from benchmarks.registry.names import measured

    yield from measured(folder / "store", count, seed)


def batches(folder: Path, sizes: Sequence[int], env: dict[str, str]) -> Iterator[str]:
    """Measure rosters of several sizes against the rules as SQL."""
    yield "\n## Batch: the registry, fellowships, certificates and exclusions\n"
    yield "| rows | wall s | rows/s | peak MB | MB/s | rules as SQL, one word a row, s | x SQL |"
    yield "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    told = ""
    for size in sizes:
        roster = folder / f"roster-{size}.csv"
        with (folder / "roster.csv").open() as all_rows:
            roster.write_text("".join(line for line, _ in zip(all_rows, range(size + 1))))  # noqa: B905
        seconds = float(_said(peers.SQL_RULES, folder, roster, folder / NAME, peers.SQL_RULES_FILE))
        output = folder / "out.ndjson"
        words = [*_CREDCHECK, "batch", str(roster), "-o", str(output), "--force", "-q", *_AS_OF]
        words += ["--config", str(folder / "credcheck.toml"), "--log", str(folder / "log.ndjson")]
        ours = cost(words, env)
        rate = output.stat().st_size / ours.wall / 1e6
        told = told or agreement(folder, output)
        output.unlink()
        yield (
            f"| {size:,} | {ours.wall:.1f} | {size / ours.wall:,.0f} | {ours.memory:,.0f} |"
            f" {rate:,.0f} | {seconds:.2f} | {ours.wall / seconds:,.0f} |"
        )
    yield told


def agreement(folder: Path, output: Path) -> str:
    """Tell for how many rows the rules as SQL come to the same word, and where they do not."""
    lines = _said(peers.SQL_VERDICTS, folder / "verdicts.parquet").splitlines()
    by_sql = dict(line.split() for line in lines)
    with output.open("rb") as file:
        file.readline()
        verdicts = (verdict_from_json(line) for line in file)
        pairs = Counter((by_sql[str(x.query.npi)], str(x.outcome)) for x in verdicts)
    same = sum(count for (one, other), count in pairs.items() if one == other)
    unlike = "; ".join(
        f"{count:,} are {one} by SQL and {other} here"
        for (one, other), count in pairs.most_common()
        if one != other
    )
    return (
        f"\nThe same word for {same:,} of the first {pairs.total():,} rows; {unlike or 'for all'}."
    )


def _said(code: str, *paths: Path) -> str:
    words = python(code, *map(str, paths))
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def api() -> Iterator[str]:
    """Measure the live adapter against a server that takes 50 ms."""
    from benchmarks.registry.api import measured

    yield from measured()


def main() -> None:
    """Measure everything, and print or save the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=3_000_000)
    parser.add_argument("--rosters", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--seed", type=int, default=20261124)
    parser.add_argument("--queries", type=int, default=3_000)
    parser.add_argument("--save", type=Path)
    parser.add_argument("--parts", nargs="+", choices=_PARTS, help="some alone, the import done")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="credcheck-registry-") as temporary:
        folder = wanted.folder or Path(temporary)
        npi = prepared(folder, wanted.rows)
        env = {"CREDCHECK_STORE": str(folder / "store")}
        lines = [f"Measured {time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, Python"]
        lines[0] += f" {sys.version.split()[0]}, by `python -m benchmarks.registry.run`."
        parts = {
            "import": importing(folder, wanted.rows, env),
            "cold": cold(folder, npi, env),
            "names": names(folder, wanted.queries, wanted.seed),
            "api": api(),
            "batch": batches(folder, wanted.rosters, env),
        }
        for name in wanted.parts or parts:
            for line in parts[name]:
                print(line, flush=True)
                lines.append(line)
    if wanted.save:
        wanted.save.write_text("\n".join(lines) + "\n", encoding="utf-8")


def prepared(folder: Path, rows: int) -> str:
    """Write the world if it is not there; return the number of somebody in it."""
    import random

    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / NAME).exists():
        world = World(5)
        write_registry(world, folder / NAME, rows)
        write_listings(folder, world, random.Random(5))
    write_config(folder)
    with (folder / "roster.csv").open() as roster:
        next(roster)
        return next(roster).split(",")[1]


if __name__ == "__main__":
    main()
