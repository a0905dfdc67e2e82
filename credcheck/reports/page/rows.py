"""The rows of the table as data: short, since there may be ten thousand of them."""

from collections.abc import Callable, Iterable

from credcheck._util.text import escape_control
from credcheck.audit.expirations import expiries
from credcheck.model import Finding, Outcome, Verdict, VerdictOutcome
from credcheck.reference.labels import label

WORDS = tuple(VerdictOutcome)
MARKS = {Outcome.MET: "m", Outcome.NOT_MET: "n", Outcome.UNVERIFIED: "u"}
"""A letter for each finding: those of a row are one short text."""
NO_FINDING = "x"
"""Stands where a requirement has no finding: nobody said anything about it."""

Remark = Callable[[Verdict, Finding], str | None]


class Interned:
    """Texts that repeat, each kept once; rows name them by number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Return the number of a text."""
        return self._numbers.setdefault(text, len(self._numbers))

    @property
    def texts(self) -> list[str]:
        """All texts by their numbers."""
        return list(self._numbers)


def make_row(
    verdict: Verdict, requirements: Iterable[str], reasons: Interned, remark: Remark
) -> list[object]:
    """Return a row: row, id, NPI, name, state, verdict, findings, why, first end, waived or known."""
    ends = expiries(verdict)
    letters = {finding.requirement: MARKS[finding.outcome] for finding in verdict.findings}
    person = verdict.physician
    return [
        verdict.query.sheet_row,
        escape_control(verdict.query.id or ""),
        escape_control(str(verdict.npi or "")),
        escape_control(verdict.name or ""),
        escape_control((person.state if person else verdict.query.state) or ""),
        WORDS.index(verdict.outcome),
        "".join(letters.get(name, NO_FINDING) for name in requirements),
        [reasons.number(text) for text in list_labels_of(verdict)],
        str(ends[0].expires) if ends else "",
        int(any(remark(verdict, finding) for finding in verdict.failing)),
    ]


def list_labels_of(verdict: Verdict) -> list[str]:
    """Return why a verdict is not ``meets``, in labels, each once."""
    if verdict.physician is None and verdict.resolution.reasons:
        reasons = verdict.resolution.reasons
    else:
        reasons = tuple(reason for finding in verdict.failing for reason in finding.reasons)
    return list(dict.fromkeys(label("reason", reason.code) for reason in reasons))
