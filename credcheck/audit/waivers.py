"""Waivers: a named person accepts a finding, for a reason and until a day.

A waiver covers what it was given for and nothing else: one person, one requirement, the reason codes
that it names and, where it names records, those records. It never changes a verdict. It only keeps
a finding from failing the audit, and it shows wherever it does.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from credcheck.audit.basis import Basis, find_basis
from credcheck.model import Decision, Finding, Model, ReasonCode, Verdict
from credcheck.reference.labels import list_phrases


class Waiver(Model, kw_only=True, forbid_unknown_fields=True):
    """One waiver: who and what it is about, who gives it and why, and for how long.

    ``reasons`` are the codes that it is given for. ``records`` are digests (``provenance.sha256``) of
    the records that it is given for; without any, it is for whatever record gives these reasons.
    """

    requirement: str
    reasons: tuple[ReasonCode, ...]
    author: str
    reason: str
    created: dt.date
    expires: dt.date
    npi: str | None = None
    id: str | None = None
    records: tuple[str, ...] = ()

    def __str__(self) -> str:
        person = f"NPI {self.npi}" if self.npi else f"id {self.id}"
        what = list_phrases(self.reasons, self.requirement)
        return f"{person}, {what}; accepted by {self.author} until {self.expires}: {self.reason}"

    def runs_on(self, day: dt.date) -> bool:
        """Tell whether the waiver is in force; its last day is included."""
        return self.created <= day <= self.expires

    def covers(self, basis: Basis) -> bool:
        """Tell whether it was given for all that a finding rests on.

        One that names records does not cover a finding that rests on none.
        """
        if not basis.codes <= set(self.reasons):
            return False
        return not self.records or (bool(basis.records) and basis.records <= set(self.records))


class Waivers:
    """The waivers of an audit, and what became of each."""

    def __init__(self, waivers: Sequence[Waiver], as_of: dt.date) -> None:
        self._all = tuple(waivers)
        self._as_of = as_of
        self._needed: set[Waiver] = set()
        self._overdue: set[Waiver] = set()
        self._mismatched: dict[Waiver, Basis] = {}
        self._by_whom: dict[tuple[str, str], list[Waiver]] = {}
        for waiver in waivers:
            whom = f"npi {waiver.npi}" if waiver.npi else f"id {waiver.id}"
            self._by_whom.setdefault((whom, waiver.requirement), []).append(waiver)

    def find(self, verdict: Verdict, finding: Finding) -> Waiver | None:
        """Return the waiver in force for a finding that fails, and note what became of the others."""
        given = [
            waiver
            for whom in _list_keys(verdict)
            for waiver in self._by_whom.get((whom, finding.requirement), ())
        ]
        basis = find_basis(verdict, finding) if given else Basis(frozenset(), frozenset())
        covering = [waiver for waiver in given if waiver.covers(basis)]
        for waiver in covering:
            if waiver.runs_on(self._as_of):
                self._needed.add(waiver)
                return waiver
        self._overdue.update(each for each in covering if each.expires < self._as_of)
        for waiver in given:
            if waiver not in covering and waiver.runs_on(self._as_of):
                self._mismatched[waiver] = basis
        return None

    @property
    def unused(self) -> tuple[Waiver, ...]:
        """Waivers that nothing needed: the finding is met, or nobody of the roster has it."""
        known = self._needed | self._overdue | self._mismatched.keys()
        return tuple(waiver for waiver in self._all if waiver not in known)

    @property
    def overdue(self) -> tuple[Waiver, ...]:
        """Waivers that have ended while the finding still fails."""
        return tuple(waiver for waiver in self._all if waiver in self._overdue)

    @property
    def mismatched(self) -> tuple[str, ...]:
        """Waivers in force that do not cover what is found, each with what that is."""
        return tuple(
            f"{waiver}; {_explain_gap(waiver, self._mismatched[waiver])}"
            for waiver in self._all
            if waiver in self._mismatched and waiver not in self._needed
        )


def _list_keys(verdict: Verdict) -> Iterator[str]:
    """Yield by what a waiver may name whom a verdict is about.

    Where number and name contradict each other, the number does not say who it is.
    """
    if verdict.npi and verdict.resolution.decision is not Decision.CONFLICT:
        yield f"npi {verdict.npi}"
    if verdict.query.id:
        yield f"id {verdict.query.id}"


def _explain_gap(waiver: Waiver, basis: Basis) -> str:
    if codes := basis.codes - set(waiver.reasons):
        return f"it does not cover this: {list_phrases(codes, waiver.requirement)}"
    if records := basis.records - set(waiver.records):
        return f"it does not name this record: {', '.join(sorted(records))}"
    return "it names records, but the finding rests on none"
