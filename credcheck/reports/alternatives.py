"""The outcome and the paths of a standard in labels: for pages, workbooks and packets."""

from typing import NamedTuple

from credcheck.model import Verdict
from credcheck.reference.labels import humanize, label
from credcheck.reports.paths import list_paths, sentence


class ShownPath(NamedTuple):
    """One path for people; ``says`` is what each of its requirements came to."""

    title: str
    code: str
    outcome: str
    says: str


def describe_outcome(verdict: Verdict) -> str:
    """Return what the verdict's word means, with the path that it rests on, if there is one."""
    return f"{sentence(verdict)}."


def show_paths(verdict: Verdict) -> list[ShownPath]:
    """Return each path with what its requirements came to, in the standard's order."""
    return [
        ShownPath(humanize(x.id), str(x.outcome), label("outcome", x.outcome), x.says)
        for x in list_paths(verdict)
    ]
