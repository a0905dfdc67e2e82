"""The verdict, and the dossier that it was judged from."""

import datetime as dt
from collections.abc import Collection
from enum import StrEnum
from typing import Final, Literal

import msgspec
from msgspec import UNSET, UnsetType

from credcheck.model.authority import Authority, Decision
from credcheck.model.base import Model, Sparse
from credcheck.model.evidence import Evidence, Rival
from credcheck.model.npi import Npi
from credcheck.model.outcome import Outcome, VerdictOutcome
from credcheck.model.paths import PathResult, combine_with_paths, weigh_path
from credcheck.model.person import Physician
from credcheck.model.query import Query
from credcheck.model.reading import Reading
from credcheck.model.reason import Reason
from credcheck.model.record import EvidenceKind
from credcheck.model.statement import Statement

VERDICT_SCHEMA: Final = "credcheck.verdict/1"
RUN_SCHEMA: Final = "credcheck.run/1"

RequirementLevel = Literal["required", "blocking", "advisory"]


class Coverage(StrEnum):
    """``complete``: absence is itself evidence. ``partial``: absence means nothing."""

    COMPLETE = "complete"
    PARTIAL = "partial"


class SourceState(StrEnum):
    """How a source fared in one verdict."""

    OK = "ok"
    FAILED = "failed"
    STALE = "stale"
    SKIPPED = "skipped"


class SourceReport(Model, kw_only=True):
    """One source as this verdict saw it.

    ``detail`` says why its state is not ``ok``, or why it is not complete whatever it declares.
    ``rows`` and ``rejected`` count a listing's data rows and those of them that could not be read;
    ``rejects`` quotes the first of the latter. ``nameless`` of them say nothing of whose they are.
    ``torn`` says where a list breaks off. ``scope`` are the certificates that a list holds rows of,
    as board/specialty: of others its silence does not contradict another list; of licenses and of
    states' exclusions, the states.
    """

    name: str
    adapter: str
    state: SourceState
    as_of: dt.date | None = None
    snapshot: str | None = None
    kinds: tuple[EvidenceKind, ...]
    authority: Authority
    coverage: Coverage
    max_age_days: int | None = None
    rows: int | None = None
    rejected: int = 0
    rejects: tuple[str, ...] = ()
    nameless: int = 0
    torn: str | None = None
    scope: tuple[str, ...] = ()
    detail: str | None = None


class Resolution(Model, kw_only=True):
    """How the query led to a person, or why it did not; ``candidates`` are who it could be."""

    by: Literal["npi", "name"]
    decision: Decision
    reasons: tuple[Reason, ...] = ()
    candidates: tuple[Rival, ...] = ()
    next_step: str | None = None


class Dossier(Model, kw_only=True):
    """All that a verdict rests on: the checker sees this, the standard and the date, no more."""

    query: Query
    resolution: Resolution
    physician: Physician | None = None
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[SourceReport, ...] = ()


class Step(Sparse, kw_only=True):
    """One thing that a rule weighed: a record, or a gap where a record could have been.

    ``parts`` are the checks of a record that all had to hold.
    """

    evidence: str | None = None
    outcome: Outcome
    reasons: tuple[Reason, ...]
    parts: "tuple[Step, ...]" = ()


class Finding(Model, kw_only=True):
    """A requirement's outcome for one physician, with its reasons and the evidence used.

    ``next_step`` says who can settle it or what could change it, unless it is met. ``steps`` are
    what was weighed: records and gaps or, where it was one record alone, the checks of it.
    """

    requirement: str
    level: RequirementLevel
    outcome: Outcome
    reasons: tuple[Reason, ...]
    evidence: tuple[str, ...] = ()
    next_step: str | None = None
    steps: tuple[Step, ...] = ()


class StandardRef(Model, kw_only=True):
    """Which standard was applied: ``sha256`` is that of its content with all that it extends."""

    id: str
    version: str
    sha256: str


class Verdict(Model, kw_only=True):
    """The answer for one physician. It holds no time of day: the same inputs give the same bytes.

    ``paths`` are what the standard's paths came to; unset where it has none. ``context`` is what no
    record establishes; unset where nothing is known of it.
    """

    schema: Literal["credcheck.verdict/1"] = VERDICT_SCHEMA
    query: Query
    resolution: Resolution
    physician: Physician | None
    standard: StandardRef
    as_of: dt.date
    outcome: VerdictOutcome
    findings: tuple[Finding, ...]
    paths: tuple[PathResult, ...] | UnsetType = UNSET
    context: tuple[Statement, ...] | UnsetType = UNSET
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[SourceReport, ...] = ()

    @property
    def npi(self) -> Npi | None:
        """The number that the verdict is about: the physician's, else the one that was asked for."""
        return self.physician.npi if self.physician else self.query.npi

    @property
    def name(self) -> str | None:
        """The name that the verdict is about: the physician's, else the one that was asked for."""
        return self.physician.name if self.physician else self.query.name

    @property
    def failing(self) -> tuple[Finding, ...]:
        """The findings that keep it from ``meets``: required or blocking ones that are not met.

        Where one path is met, nothing of the others is among them; where none is, what is missing in
        each of them.
        """
        spared = self._spared
        return tuple(
            finding
            for finding in self.findings
            if finding.level != "advisory"
            and finding.outcome is not Outcome.MET
            and finding.requirement not in spared
        )

    @property
    def _spared(self) -> frozenset[str]:
        """The requirements of all paths, if one of these is met."""
        paths = self.paths or ()
        if not any(path.outcome is Outcome.MET for path in paths):
            return frozenset()
        return frozenset(name for path in paths for name in path.requirements)

    def outcome_if_met(self, requirements: Collection[str]) -> Outcome:
        """Return what the findings come to if some requirements are taken for met (a waiver, say)."""
        outcomes = {
            x.requirement: Outcome.MET if x.requirement in requirements else x.outcome
            for x in self.findings
            if x.level != "advisory"
        }
        paths = [weigh_path(x.id, x.requirements, outcomes) for x in self.paths or ()]
        return combine_with_paths(outcomes, paths)


class RosterRef(Model, kw_only=True):
    """The roster of a run: its file's name, the digest of its bytes, and how it was read.

    ``columns`` says which of its columns was read as which of ours (our name -> their header),
    ``others`` which were copied unchanged, ``blank`` how many blank rows were skipped. ``reading``
    says all of how it was read.
    """

    file: str
    sha256: str
    columns: dict[str, str]
    others: tuple[str, ...] = ()
    blank: int = 0
    reading: Reading | None = None


class RunHeader(Model, kw_only=True):
    """The first line of an NDJSON file: when, with what and how a run was made.

    ``started_at`` is the only time of day in a file of results. ``rows`` and ``outcomes`` count the
    verdicts that follow, so that a file that was cut off does not look whole. ``seal`` is the digest
    of this header (without the seal and the time) and of every line that follows. It shows what was
    changed by accident or by hand. It is no signature: whoever writes the file again can seal it again.
    ``readings`` says how the table of each listing was read.
    """

    schema: Literal["credcheck.run/1"] = RUN_SCHEMA
    version: str
    started_at: dt.datetime
    as_of: dt.date
    projected: bool
    standard: StandardRef
    roster: RosterRef | None = None
    rows: int | None = None
    outcomes: dict[str, int] = msgspec.field(default_factory=dict)
    readings: dict[str, Reading] = msgspec.field(default_factory=dict)
    seal: str | None = None
