"""How good decisions are, against the truth of the set.

Right is a match on the person's number, or on a second live number of theirs; every other match is
false, also one for somebody who is not in the registry at all.
"""

import csv
import math
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

Decisions = Mapping[str, tuple[str, str]]
"""Row id -> decision and number."""


class Score(NamedTuple):
    """Counts over all rows, and false matches by class."""

    rows: int
    right: int
    false: int
    ambiguous: int
    in_registry: int
    false_by_class: Mapping[str, int]

    @property
    def precision(self) -> float:
        """Right of all matches; 1 where there is none."""
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        """Right of all rows whose person is in the registry."""
        return self.right / self.in_registry

    @property
    def lower_bound(self) -> float:
        """The one-sided 95 % Clopper-Pearson bound of precision."""
        return bound_precision(self.right, self.right + self.false)


def read_truth(path: Path) -> list[dict[str, str]]:
    """Return the truth, a row each."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def score(decisions: Decisions, truth: list[dict[str, str]]) -> Score:
    """Count. A row without a decision counts as no_match."""
    counts: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for row in truth:
        decision, npi = decisions.get(row["listing_row_id"], ("no_match", ""))
        counts["in"] += bool(row["true_npi"])
        if decision == "match":
            good = npi and npi in {row["true_npi"], *row["also_ok"].split(";")} - {""}
            counts["right" if good else "false"] += 1
            false[row["class"]] += not good
        counts["ambiguous"] += decision == "ambiguous"
    wrong = {name: number for name, number in sorted(false.items()) if number}
    return Score(
        len(truth), counts["right"], counts["false"], counts["ambiguous"], counts["in"], wrong
    )


def bound_precision(right: int, total: int, alpha: float = 0.05) -> float:
    """Return the one-sided lower Clopper-Pearson bound of so many right ones."""
    low, high = 0.0, right / total if total else 0.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if _tail(right, total, middle) < alpha else (low, middle)
    return low


def _tail(right: int, total: int, share: float) -> float:
    """Return the probability of at least so many right ones if each is right with this share."""
    if share <= 0:
        return 0.0
    logs = (
        math.lgamma(total + 1) - math.lgamma(k + 1) - math.lgamma(total - k + 1)
        + k * math.log(share) + (total - k) * math.log1p(-share)
        for k in range(right, total + 1)
    )  # fmt: skip
    return sum(map(math.exp, logs))
