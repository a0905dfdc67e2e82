"""Whether rows are matched to the right people: ``python -m benchmarks.identity.run``.

Prints precision, its lower bound, recall, the ambiguous rate, false matches by class and rows a
second, beside simple baselines in the same run; with --ablations also what each feature adds.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.identity.ablations import WITHOUT, without
from benchmarks.identity.baselines import (
    Rows,
    exact_name_and_state,
    jaro_winkler,
    read_rows,
    token_sort_ratio_over_90,
)
from benchmarks.identity.score import Decisions, Score, read_truth, score
from credcheck.matching import FileRegistry, match_rows, read_listing, read_people
from credcheck.tables import ReadOptions

DATA = Path(__file__).parent / "data"
LISTINGS = ("board_listing.csv", "fellowship_roster.csv")


def credcheck(registry: FileRegistry, folder: Path) -> Decisions:
    """Decide all rows as ``credcheck match`` does."""
    decisions = {}
    for name in LISTINGS:
        listing = read_listing(folder / name, ReadOptions(), {}, "Pain Medicine")
        place = listing.header.index("listing_row_id")
        for matched in match_rows(listing.rows, registry):
            npi = matched.ruling.npi if matched.ruling is not None else ""
            decisions[matched.row.cells[place]] = (str(matched.decision), npi)
    return decisions


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="another set of the same form")
    parser.add_argument("--ablations", action="store_true", help="what each feature adds")
    options = parser.parse_args()
    truth = read_truth(options.data / "truth.csv")
    began = time.perf_counter()
    registry = FileRegistry(read_people(options.data / "population.csv", {}))
    filed = time.perf_counter() - began
    console = Console(width=110)
    console.print(_compared(registry, options.data, truth))
    console.print(f"{len(truth):,} rows; the registry was read and filed in {filed:.2f} s")
    if options.ablations:
        console.print(_ablations(registry, options.data, truth))


def _compared(registry: FileRegistry, folder: Path, truth: list[dict[str, str]]) -> Table:
    rows = read_rows(folder / name for name in LISTINGS)
    people = read_rows([folder / "population.csv"])
    ways: dict[str, Callable[[], Decisions]] = {
        "credcheck": lambda: credcheck(registry, folder),
        "exact name and state": _bound(exact_name_and_state, rows, people),
        "token-sort ratio over 90": _bound(token_sort_ratio_over_90, rows, people),
        "Jaro-Winkler, ties refused": _bound(jaro_winkler, rows, people),
    }
    table = _table("way", "false by class", "rows/s")
    for name, way in ways.items():
        began = time.perf_counter()
        result = score(way(), truth)
        speed = result.rows / (time.perf_counter() - began)
        classes = ", ".join(f"{key} {count}" for key, count in result.false_by_class.items())
        table.add_row(name, *_figures(result), classes or "none", f"{speed:,.0f}")
    return table


def _ablations(registry: FileRegistry, folder: Path, truth: list[dict[str, str]]) -> Table:
    table = _table("without")
    table.add_row("nothing", *_figures(score(credcheck(registry, folder), truth)))
    for name, patches in WITHOUT.items():
        with without(patches, registry.shares):
            result = score(credcheck(registry, folder), truth)
        table.add_row(name, *_figures(result))
    return table


def _bound(
    way: Callable[[Rows, Rows], Decisions], rows: Rows, people: Rows
) -> Callable[[], Decisions]:
    return lambda: way(rows, people)


def _figures(result: Score) -> tuple[str, ...]:
    return (
        f"{result.precision:.2%}",
        f"{result.lower_bound:.2%}",
        str(result.false),
        f"{result.recall:.1%}",
        f"{result.ambiguous / result.rows:.1%}",
    )


def _table(first: str, *more: str) -> Table:
    table = Table(box=None)
    headers = (first, "precision", "95 % bound", "false", "recall", "ambiguous", *more)
    for header in headers:
        text = header in {first, "false by class"}
        table.add_column(header, justify="left" if text else "right", overflow="fold")
    return table


if __name__ == "__main__":
    main()
