"""What a verdict rests on that will end: the met findings whose records have an end.

What of the whole file ends or has to be verified again is in expirables.py, which names these, too.
"""

import datetime as dt
from collections import defaultdict

from credcheck.model import (
    Certificate,
    Competency,
    Licensure,
    Model,
    Outcome,
    ReasonCode,
    Verdict,
)

_HANGS_ON_A_DATE = {
    ReasonCode.CERTIFICATE_CURRENT,
    ReasonCode.LICENSE_ACTIVE,
    ReasonCode.IMAGE_GUIDANCE_EVIDENCED,
    ReasonCode.RADIATION_SAFETY_EVIDENCED,
}
"""What must be current to count. A base specialty that a certificate once proved does not end."""


DATED = (Certificate, Competency, Licensure)
"""The records that end."""


class Expiry(Model, kw_only=True):
    """A required finding that is met until a day, and then no more unless something is renewed.

    ``evidence`` is the id of the record that ends last.
    """

    requirement: str
    expires: dt.date
    what: str
    evidence: str = ""


def expiries(verdict: Verdict) -> list[Expiry]:
    """Return when the met findings of a verdict end, the soonest first.

    A finding that rests on several records ends with the last of them; one without an end among
    them does not end. Where a path is met, the findings of other paths alone are not needed.
    """
    found: list[Expiry] = []
    records = {item.id: item.record for item in verdict.evidence}
    idle = _list_idle(verdict)
    for finding in verdict.findings:
        if finding.outcome is not Outcome.MET or finding.level == "advisory":
            continue
        if finding.requirement in idle:
            continue
        if not _HANGS_ON_A_DATE & {reason.code for reason in finding.reasons}:
            continue
        used = [(each, records.get(each)) for each in finding.evidence]
        ends = [(each, x) for each, x in used if isinstance(x, DATED)]
        if not ends or any(record.expires is None for _, record in ends):
            continue
        day, what, last = max(
            (record.expires.earliest, _name(record), each)
            for each, record in ends
            if record.expires
        )
        found.append(Expiry(requirement=finding.requirement, expires=day, what=what, evidence=last))
    return sorted(found, key=lambda each: (each.expires, each.requirement))


def _list_idle(verdict: Verdict) -> frozenset[str]:
    """Return the requirements that stand in paths alone that are not met, while another one is."""
    paths = verdict.paths or ()
    held = {x for path in paths if path.outcome is Outcome.MET for x in path.requirements}
    inside = {name for path in paths for name in path.requirements}
    return frozenset(inside - held) if held else frozenset()


def select_within(found: list[Expiry], as_of: dt.date, days: int) -> list[Expiry]:
    """Return what ends within so many days of the as-of date."""
    return [each for each in found if (each.expires - as_of).days <= days]


class Calendar:
    """Counts how many physicians' findings end within 30, 60 and 90 days."""

    SPANS = (30, 60, 90)

    def __init__(self, as_of: dt.date) -> None:
        self._as_of = as_of
        self.counts: dict[int, int] = defaultdict(int)

    def add(self, found: list[Expiry]) -> None:
        """Count one verdict's."""
        for days in self.SPANS:
            self.counts[days] += bool(select_within(found, self._as_of, days))


def describe_dated(record: Certificate | Competency | Licensure) -> str:
    """Return a record that ends in words: ``OH license``, ``ABA, Pain Medicine``."""
    if isinstance(record, Licensure):
        return f"{record.state} license"
    if isinstance(record, Certificate):
        return f"{record.board}, {record.certificate}"
    return f"{record.topic}: {record.title or record.issuer}"


def _name(record: Certificate | Competency | Licensure) -> str:
    """Return the same with its number, where it has one."""
    said = describe_dated(record)
    return f"{said} {record.number}" if isinstance(record, Licensure) else said
