"""Simple ways to match, for comparison: what spreadsheets and scripts do."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from benchmarks.identity.score import Decisions

Rows = list[dict[str, str]]


def read_rows(paths: Iterable[Path]) -> Rows:
    """Return the rows of several files."""
    rows: Rows = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return rows


def exact_name_and_state(rows: Rows, people: Rows) -> Decisions:
    """Match on the same family name, given name and state; more than one is ambiguous.

    A row without a state is matched on the name in the whole registry.
    """
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for person in people:
        found[person["last"], person["first"], person["state"]].append(person["npi"])
        found[person["last"], person["first"], ""].append(person["npi"])
    keys = {row["listing_row_id"]: (row["last"], row["first"], row["state"]) for row in rows}
    return {row: _only(found.get(key, [])) for row, key in keys.items()}


def token_sort_ratio_over_90(rows: Rows, people: Rows) -> Decisions:
    """Match on the best token-sort ratio of at least 90 within the state, if nobody has the same."""
    return _most_alike(rows, people, fuzz.token_sort_ratio, 90)


def jaro_winkler(rows: Rows, people: Rows) -> Decisions:
    """Match on the best Jaro-Winkler similarity of at least 0.95 within the state, ties refused."""
    return _most_alike(rows, people, JaroWinkler.normalized_similarity, 0.95)


def _most_alike(rows: Rows, people: Rows, alike: Callable[..., float], cutoff: float) -> Decisions:
    everywhere = [(_name(person), person["npi"]) for person in people]
    of_state: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for person, named in zip(people, everywhere, strict=True):
        of_state[person["state"]].append(named)
    decisions = {}
    for row in rows:
        near = of_state[row["state"]] if row["state"] else everywhere
        names = [name for name, _ in near]
        best = process.extract(_name(row), names, scorer=alike, limit=2, score_cutoff=cutoff)
        tied = len(best) > 1 and best[0][1] == best[1][1]
        numbers = [near[place][1] for _, _, place in best[: 2 if tied else 1]]
        decisions[row["listing_row_id"]] = _only(numbers)
    return decisions


def _name(row: dict[str, str]) -> str:
    return f"{row['last']} {row['first']} {row['middle']}".strip().upper()


def _only(numbers: list[str]) -> tuple[str, str]:
    if len(numbers) == 1:
        return "match", numbers[0]
    return ("ambiguous" if numbers else "no_match"), ""
