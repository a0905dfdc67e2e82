"""What a packet is made of beside the verdict, and what several of its parts ask of it."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from credcheck.audit.diff import Difference
from credcheck.audit.waivers import Waiver, Waivers
from credcheck.model import Evidence, Finding, RunHeader, SourceReport, Verdict, to_json
from credcheck.reference.labels import label
from credcheck.reports.packet.book import PacketBook, ShownEntry, list_entries
from credcheck.reports.records import verified_on
from credcheck.standards.loader import Requirement, Standard


@dataclass(frozen=True, kw_only=True)
class LastTime:
    """The run before this one: its day, and what differs, by the keys of physicians."""

    as_of: dt.date
    standard: str
    differences: Mapping[str, Difference]
    known: frozenset[str]
    """The keys of everybody who was in it."""


@dataclass(frozen=True, kw_only=True)
class PacketRun:
    """What the packets of a run have in common.

    ``standard`` is None where its text is not available, so that nothing can be cited from it.
    """

    header: RunHeader
    standard: Standard | None = None
    waivers: tuple[Waiver, ...] = ()
    last_time: LastTime | None = None
    decision_date: dt.date | None = None
    book: PacketBook | None = None

    @property
    def decision_day(self) -> dt.date:
        """The day of the decision as far as it is known: else the day of the check."""
        return self.decision_date or self.header.as_of


@dataclass(frozen=True, kw_only=True)
class PacketCase:
    """One verdict of a run; ``key`` is what it is about (``audit.keys``)."""

    run: PacketRun
    verdict: Verdict
    key: str
    records: Mapping[str, Evidence] = field(init=False)
    sources: Mapping[str, SourceReport] = field(init=False)
    entries: tuple[ShownEntry, ...] = field(init=False)
    """What the book has about the physician; nothing where none was given."""

    def __post_init__(self) -> None:
        records = {item.id: item for item in self.verdict.evidence}
        sources = {source.name: source for source in self.verdict.sources}
        object.__setattr__(self, "records", records)
        object.__setattr__(self, "sources", sources)
        object.__setattr__(self, "entries", self._list_entries())

    def _list_entries(self) -> tuple[ShownEntry, ...]:
        book, npi = self.run.book, self.verdict.npi
        if book is None or npi is None:
            return ()
        person = self.verdict.physician
        names = person.names if person is not None else ()
        return list_entries(book, str(npi), names, self.run.header.started_at)

    @property
    def name(self) -> str:
        """The name that stands on each page."""
        return self.verdict.name or "Name not known"

    @property
    def number(self) -> str:
        """The number that stands beside it."""
        return f"NPI {self.verdict.npi}" if self.verdict.npi else "NPI not known"

    @property
    def digest(self) -> str:
        """The SHA-256 of the verdict's line in the results."""
        return hashlib.sha256(to_json(self.verdict)).hexdigest()

    def requirement(self, finding: Finding) -> Requirement | None:
        """Return the standard's text of a finding's requirement, if it is available."""
        lines = self.run.standard.requirements if self.run.standard else ()
        return next((line for line in lines if line.id == finding.requirement), None)

    def used(self, finding: Finding) -> list[Evidence]:
        """Return the records that a finding rests on, and those that its reasons are about."""
        about = [each for reason in finding.reasons for each in reason.about]
        ids = dict.fromkeys([*finding.evidence, *about])
        return [self.records[each] for each in ids if each in self.records]

    def waiver(self, finding: Finding) -> Waiver | None:
        """Return the waiver in force for a finding that is not met."""
        if finding not in self.verdict.failing:
            return None
        return Waivers(self.run.waivers, self.run.header.as_of).find(self.verdict, finding)

    def verified(self, item: Evidence) -> str:
        """Return when a record was verified: its own day, else that of its source."""
        report = self.sources.get(item.source)
        return verified_on(item) or str((report and report.as_of) or "")

    def age_on_decision(self, item: Evidence) -> int | None:
        """Return how many days before the decision a record was verified, if the day is known."""
        try:
            day = dt.date.fromisoformat(self.verified(item))
        except ValueError:
            return None
        return (self.run.decision_day - day).days


def explain(finding: Finding) -> str:
    """Return the reasons of a finding: each label, and below it what it says."""
    said: dict[str, list[str]] = {}
    for reason in finding.reasons:
        said.setdefault(label("reason", reason.code), []).append(reason.message)
    return "\n".join("\n".join([name, *dict.fromkeys(texts)]) for name, texts in said.items())


def title_of(finding: Finding) -> str:
    """Return a requirement by its label."""
    return label("requirement", finding.requirement)
