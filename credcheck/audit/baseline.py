"""A baseline: results that were accepted, by one standard and for the reasons that they gave.

Only what is new or worse than they say fails an audit. Another reason is new, whatever the outcome.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from credcheck._util.errors import UsageError
from credcheck.audit.basis import find_basis
from credcheck.audit.keys import Key, SharedIdError, describe_question, find_key
from credcheck.model import (
    Decision,
    Finding,
    Outcome,
    ReasonCode,
    StandardRef,
    Verdict,
    VerdictOutcome,
)
from credcheck.runs.results import Results, ResultsError

ACCEPTED = "the baseline"
_RANK = {Outcome.MET: 0, Outcome.UNVERIFIED: 1, Outcome.NOT_MET: 2}


class BaselineError(UsageError):
    """The baseline does not fit the audit. The message says why and what to do."""


class AcceptedFinding(NamedTuple):
    """How a finding failed before, and for which reasons."""

    outcome: Outcome
    codes: frozenset[ReasonCode]


_NOTHING = AcceptedFinding(Outcome.MET, frozenset())


class BaselineEntry(NamedTuple):
    """What the baseline says of one physician; ``conflict`` is what was asked where that was one."""

    outcome: VerdictOutcome
    findings: dict[str, AcceptedFinding]
    as_of: dt.date
    conflict: str | None

    def accepts(self, verdict: Verdict, finding: Finding) -> bool:
        """Tell whether a finding failed before in the same way or a worse one, for these reasons."""
        before = self.findings.get(finding.requirement, _NOTHING)
        return (
            before.outcome is not Outcome.MET
            and _RANK[finding.outcome] <= _RANK[before.outcome]
            and find_basis(verdict, finding).codes <= before.codes
            and self.conflict == _describe_conflict(verdict)
        )


class Baseline:
    """What a baseline says of everybody in it. A few hundred bytes a physician are kept."""

    def __init__(self, results: Results, standard: StandardRef) -> None:
        """Read the results once; ``standard`` is the one that the audit judges by.

        Raises BaselineError where they are by another one or an id does not say who is meant, and
        ResultsError as they do.
        """
        _check_standard(results.header.standard, standard)
        self.as_of = results.header.as_of
        self._known: dict[str, BaselineEntry] = {}
        self._alike: dict[AcceptedFinding, AcceptedFinding] = {}
        ids = _IdUse()
        for verdict in results:
            _check_header(results, verdict)
            key = find_key(verdict)
            ids.add(verdict, key)
            if not key.is_of_row:
                self._add(key.text, verdict)
        ids.check()
        self.ids = frozenset(ids.deciding)
        """The ids that alone say who is meant by something here."""

    def of(self, verdict: Verdict) -> BaselineEntry | None:
        """Return what is known of a physician. A row that does not say who is meant is not known."""
        key = find_key(verdict)
        return None if key.is_of_row else self._known.get(key.text)

    def _add(self, key: str, verdict: Verdict) -> None:
        findings = {  # most fail for the same few reasons: each combination is kept once
            name: self._alike.setdefault(each, each) for name, each in _list_failing(verdict)
        }
        new = BaselineEntry(verdict.outcome, findings, verdict.as_of, _describe_conflict(verdict))
        before = self._known.get(key)
        self._known[key] = _intersect(before, new) if before else new


class _IdUse:
    """Which rows have which id, and which ids alone say who is meant."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        self._others: dict[str, list[int]] = {}
        self.deciding: set[str] = set()

    def add(self, verdict: Verdict, key: Key) -> None:
        id_, row = verdict.query.id, verdict.query.sheet_row
        if not id_:
            return
        if self._first.setdefault(id_, row) != row:
            self._others.setdefault(id_, []).append(row)
        if key.by_id:
            self.deciding.add(id_)

    def check(self) -> None:
        for id_ in sorted(self.deciding & self._others.keys()):
            raise SharedIdError(id_, [self._first[id_], *self._others[id_]], ACCEPTED)


def _check_standard(theirs: StandardRef, ours: StandardRef) -> None:
    if theirs == ours:
        return
    raise BaselineError(
        f"it uses the standard {name_standard(theirs)}, and this audit uses {name_standard(ours)}."
        " Results accepted under one standard say nothing about another. Check the roster against this"
        " one (credcheck batch), review the results, and use those"
    )


def _check_header(results: Results, verdict: Verdict) -> None:
    header = results.header
    if (verdict.standard, verdict.as_of) != (header.standard, header.as_of):
        raise ResultsError(
            f"row {verdict.query.sheet_row} was judged by a different standard or for a different day"
            " than the header says; see credcheck replay"
        )


def name_standard(standard: StandardRef) -> str:
    """Return a standard's id and version, and the beginning of its digest."""
    return f"{standard.id} {standard.version} (sha256 {standard.sha256[:12]})"


def _describe_conflict(verdict: Verdict) -> str | None:
    """Return what was asked where number and name contradict each other: of whom, is not known."""
    is_conflict = verdict.resolution.decision is Decision.CONFLICT
    return describe_question(verdict.query) if is_conflict else None


def _intersect(one: BaselineEntry, other: BaselineEntry) -> BaselineEntry:
    """Return what two rows of one physician have in common: less is accepted by it, not more."""
    findings = {
        name: AcceptedFinding(
            min(mine.outcome, theirs.outcome, key=_RANK.__getitem__), mine.codes & theirs.codes
        )
        for name, mine in one.findings.items()
        for theirs in [other.findings.get(name, _NOTHING)]
    }
    return one._replace(findings=findings)


def _list_failing(verdict: Verdict) -> Iterator[tuple[str, AcceptedFinding]]:
    for finding in verdict.failing:
        codes = find_basis(verdict, finding).codes
        yield finding.requirement, AcceptedFinding(finding.outcome, codes)
