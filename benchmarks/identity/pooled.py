"""Rows matched in many sets, pooled: ``python -m benchmarks.identity.pooled --seeds 1 2``.

Draws a set for every mix and seed, decides all rows, and prints precision with its lower bound and the
recall of the rows that their fields can tell apart and that bear nobody else's number. With --splink
also what Splink decides on the same rows, in the same run. Sets that were drawn elsewhere are given
as folders.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.identity.baselines import Rows, exact_name_and_state, read_rows
from benchmarks.identity.run import LISTINGS, credcheck
from benchmarks.identity.score import Decisions, bound_precision, read_truth
from benchmarks.identity.sets import MIXES, write_set
from credcheck.matching import FileRegistry, read_people

_Way = Callable[[Path], Decisions]


class Tally(NamedTuple):
    """Counts: all matches, right ones, rows that can be told apart, and those of them found."""

    matched: int = 0
    right: int = 0
    resolvable: int = 0
    found: int = 0

    def __add__(self, other: object) -> "Tally":
        if not isinstance(other, Tally):
            return NotImplemented
        return Tally(*(one + more for one, more in zip(self, other, strict=True)))


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="sets drawn elsewhere")
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--splink", action="store_true", help="Splink on the same rows")
    options = parser.parse_args()
    ways: dict[str, _Way] = {"credcheck": decide_with_credcheck, "name and state": _decide_plainly}
    if options.splink:
        ways["Splink"] = _decide_with_splink
    tallies = {way: Tally() for way in ways}
    with tempfile.TemporaryDirectory() as folder:
        for each in options.folders or draw_sets(Path(folder), options.seeds):
            for way, decide in ways.items():
                tallies[way] += tally(decide(each), read_truth(each / "truth.csv"))
    Console(width=110).print(_show(tallies))


def draw_sets(folder: Path, seeds: list[int]) -> Iterator[Path]:
    """Yield a set for each mix and seed."""
    for mix in MIXES:
        for seed in seeds:
            drawn = folder / f"{mix}-{seed}"
            write_set(drawn, mix, seed)
            yield drawn


def decide_with_credcheck(folder: Path) -> Decisions:
    """Decide all rows of a set."""
    return credcheck(FileRegistry(read_people(folder / "population.csv", {})), folder)


def _decide_plainly(folder: Path) -> Decisions:
    return exact_name_and_state(*_read_set(folder))


def _decide_with_splink(folder: Path) -> Decisions:
    from benchmarks.identity.splink_peer import match_with_splink

    return match_with_splink(*_read_set(folder))


def _read_set(folder: Path) -> tuple[Rows, Rows]:
    return read_rows(folder / name for name in LISTINGS), read_rows([folder / "population.csv"])


def tally(decisions: Decisions, truth: list[dict[str, str]]) -> Tally:
    """Count a set. A match is right on the person's number, or on a second live one of theirs."""
    total = Tally()
    for row in truth:
        decision, npi = decisions.get(row["listing_row_id"], ("no_match", ""))
        matched = decision == "match"
        right = matched and npi in {row["true_npi"], *row["also_ok"].split(";")} - {""}
        foreign = "npi_other" in f"{row['class']};{row['corruptions']}"
        counted = row["resolvable"] == "1" and bool(row["true_npi"]) and not foreign
        total += Tally(matched, right, counted, counted and right)
    return total


def _show(tallies: dict[str, Tally]) -> Table:
    table = Table("way", "matches", "false", "precision", "at least (95 %)", "recall of resolvable")
    for way, each in tallies.items():
        bound = bound_precision(each.right, each.matched)
        table.add_row(
            way,
            f"{each.matched:,}",
            f"{each.matched - each.right:,}",
            f"{each.right / each.matched:.3%}",
            f"{bound:.3%}",
            f"{each.found / each.resolvable:.2%}",
        )
    return table


if __name__ == "__main__":
    main()
