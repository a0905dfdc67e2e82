"""What a finding rests on: the reason codes and records that a decision about it has to name."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from credcheck.model import Finding, Outcome, ReasonCode, Step, Verdict

ADVERSE = frozenset(
    {
        ReasonCode.CERTIFICATE_REVOKED,
        ReasonCode.CERTIFICATE_SUSPENDED,
        ReasonCode.EXCLUDED,
        ReasonCode.WAIVER,
        ReasonCode.MEDICARE_REVOKED,
        ReasonCode.LICENSE_NOT_ACTIVE,
    }
)
"""Revoked, suspended, excluded or not licensed (also where OIG's own waiver holds in one state).

What says so may be waived or known, but never silently."""


class Basis(NamedTuple):
    """What a finding rests on; ``records`` are the digests in its records' provenance."""

    codes: frozenset[ReasonCode]
    records: frozenset[str]

    @property
    def adverse(self) -> list[ReasonCode]:
        """The adverse ones among the codes, in order."""
        return sorted(self.codes & ADVERSE)


def find_basis(verdict: Verdict, finding: Finding) -> Basis:
    """Return what a finding rests on.

    A finding gives the reasons that decided it. An adverse record that was weighed and did not decide
    (a revocation, while another list did not answer) belongs to its basis all the same.
    """
    codes = {reason.code for reason in finding.reasons}
    used: set[str | None] = set(finding.evidence)
    for step in _list_steps(finding.steps):
        adverse = {reason.code for reason in step.reasons} & ADVERSE
        if adverse and step.outcome is not Outcome.MET:
            codes |= adverse
            used.add(step.evidence)
    records = (item.provenance.sha256 for item in verdict.evidence if item.id in used)
    return Basis(frozenset(codes), frozenset(records))


def _list_steps(steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from _list_steps(step.parts)
