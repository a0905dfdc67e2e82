"""What was asked in a whole run, requirement by requirement and state by state, and what was not."""

from collections import Counter
from typing import NamedTuple

from credcheck._util.text import pluralize
from credcheck.model import EvidenceKind, SourceReport, SourceState, Verdict
from credcheck.reports.coverage import describe_source, list_coverage

_Key = tuple[str, SourceState]


class RunCoverageLine(NamedTuple):
    """One kind: the lists that were asked, and the states that were not, in words."""

    what: str
    asked: tuple[str, ...]
    missing: str

    @property
    def says(self) -> str:
        """All of it in one line."""
        parts = [*self.asked, *([f"not asked: {self.missing}"] if self.missing else [])]
        return "; ".join(parts) or "not asked"


class _Kind:
    """One kind, counted: the reports of each source by its state, and the states not asked."""

    def __init__(self, what: str, known_in: str) -> None:
        self.what, self.known_in = what, known_in
        self.reports: dict[_Key, SourceReport] = {}
        self.counts: Counter[_Key] = Counter()
        self.missing: Counter[str] = Counter()

    def make_line(self) -> RunCoverageLine:
        """Return it in words."""
        missing = [f"{state} ({_count(n)})" for state, n in sorted(self.missing.items())]
        said = self.known_in + ", ".join(missing) if missing else ""
        return RunCoverageLine(self.what, tuple(map(self._describe, self.reports)), said)

    def _describe(self, key: _Key) -> str:
        said = describe_source(self.reports[key])
        states = [each for each in self.reports if each[0] == key[0]]
        return f"{said}, for {_count(self.counts[key])}" if len(states) > 1 else said


class RunCoverage:
    """Grows verdict by verdict. Rows without a person asked no list."""

    def __init__(self) -> None:
        self._kinds: dict[EvidenceKind, _Kind] = {}

    def add(self, verdict: Verdict) -> None:
        """Count one verdict."""
        if verdict.physician is None:
            return
        for line in list_coverage(verdict):
            kind = self._kinds.setdefault(line.kind, _Kind(line.what, line.known_in))
            kind.missing.update(line.missing)
            for report in line.sources:
                kind.reports.setdefault((report.name, report.state), report)
                kind.counts[report.name, report.state] += 1

    def lines(self) -> list[RunCoverageLine]:
        """Return a line for each kind that anybody was asked about, or could have been."""
        return [kind.make_line() for kind in self._kinds.values()]


def _count(physicians: int) -> str:
    return pluralize(physicians, "physician")
