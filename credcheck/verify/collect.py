"""From people to dossiers: ask every source, tie its rows to the person, keep what may matter."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from credcheck._util.lazy import lazy
from credcheck.book.dispositions import settle_match
from credcheck.model import (
    EVIDENCE_TYPES,
    Decision,
    Disposition,
    Dossier,
    Evidence,
    Match,
    SourceReport,
    SourceState,
)
from credcheck.source import Claim, Source, SourceFacts, Subject
from credcheck.source.source_set import (
    SourceResult,
    SourceSet,
    query_source,
    query_witness,
    report_skipped,
)
from credcheck.verify.namesakes import NamesakeCache
from credcheck.verify.resolve import ResolvedQuery

if TYPE_CHECKING:
    from credcheck.identity.decide import OpenDecision
    from credcheck.identity.profile import Known

_BY_NUMBER = Match(by="npi", decision=Decision.MATCH)


class DossierBuilder:
    """What has been gathered for one query so far. It grows, then becomes a dossier."""

    def __init__(self, resolved: ResolvedQuery) -> None:
        self.resolved = resolved
        self.reports: list[SourceReport] = []
        self.evidence: list[Evidence] = []
        self._settled: dict[str, tuple[tuple[Disposition, ...], bool]] = {}
        self._subject: Subject | None = None
        for asked in resolved.asked:
            self.reports.append(asked.report)
            for claim in asked.answer.claims:
                self._keep(asked.facts, claim, _BY_NUMBER)

    @property
    def subject(self) -> Subject | None:
        """Whom to ask about, or None if the query led to nobody."""
        physician = self.resolved.physician
        if physician is None:
            return None
        if self._subject is None:
            evidence = tuple(self.evidence)
            self._subject = Subject(npi=physician.npi, physician=physician, evidence=evidence)
        return self._subject

    @lazy
    def profile(self) -> "Known":
        """The physician, ready to be compared with rows."""
        from credcheck.identity.profile import known  # here, since without a row it is not needed

        if self.resolved.physician is None:
            raise ValueError("the query led to nobody")
        return known(self.resolved.physician)

    def hear(self, asked: SourceResult) -> None:
        """Take in how a source answered, and what people say in it of other sources' rows."""
        self.reports.append(asked.report)
        counts = asked.report.state is SourceState.OK
        for row, said in asked.answer.dispositions.items():
            self._settled[row] = said, counts

    def add(self, asked: SourceResult, claim: Claim, match: Match, *, alone: bool = True) -> None:
        """Take in a row, with whose it is; other people's are dropped unless a person says so.

        What a stale list or one that was left out says proves nothing, but may speak against somebody.
        ``alone``: no other row of the answer has the same digest.
        """
        if asked.report.state is SourceState.FAILED:
            return
        if claim.provenance.sha256 in self._settled:
            said, counts = self._settled[claim.provenance.sha256]
            match = settle_match(match, said, proves=counts, alone=alone)
        if match.decision is not Decision.NO_MATCH or match.disposition is not None:
            self._keep(asked.facts, claim, match)

    def skip(self, source: Source) -> None:
        """Note a source that was not asked, since there is nobody to ask about."""
        self.reports.append(report_skipped(source.facts, "the query led to nobody to ask about"))

    def dossier(self, source_set: SourceSet) -> Dossier:
        """Close the gathering."""
        return Dossier(
            query=self.resolved.query,
            resolution=self.resolved.resolution,
            physician=self.resolved.physician,
            evidence=tuple(self.evidence),
            sources=source_set.sort_reports([*self.reports, *source_set.skipped]),
        )

    def _keep(self, facts: SourceFacts, claim: Claim, match: Match) -> None:
        self._subject = None
        self.evidence.append(
            EVIDENCE_TYPES[claim.kind](
                id=_evidence_id(len(self.evidence)),
                source=facts.name,
                authority=claim.verification.authority if claim.verification else facts.authority,
                match=match,
                record=claim.record,  # type: ignore[arg-type]  # the kind says which
                problem=claim.problem,
                verification=claim.verification,
                provenance=claim.provenance,
            )
        )


@lru_cache
def _evidence_id(place: int) -> str:
    return f"e{place + 1}"


def collect_dossiers(
    resolved: Sequence[ResolvedQuery], source_set: SourceSet, book: NamesakeCache, as_of: dt.date
) -> list[Dossier]:
    """Gather the dossiers of all queries, in order, asking each source once for all of them."""
    gatherings = [DossierBuilder(each) for each in resolved]
    settling = [source for source in source_set.witnesses if source.facts.settles]
    for source in settling:  # first, as what they say is of the rows that follow
        _ask_source(source, gatherings, book, as_of, ask=query_witness)
    for source in (*source_set.about_people, *source_set.about_programs):
        _ask_source(source, gatherings, book, as_of)
    for source in source_set.witnesses:
        if source not in settling:
            _ask_source(source, gatherings, book, as_of, ask=query_witness)
    return [gathering.dossier(source_set) for gathering in gatherings]


def _start_decision(gathering: DossierBuilder, claim: Claim) -> "Match | OpenDecision":
    """Decide whose a row is. A program's row is of no person: it is tied by its program."""
    if claim.program is not None:
        return Match(by=claim.program, decision=Decision.MATCH)
    from credcheck.identity.decide import (
        start_decision,  # here, since without such a row it is not needed
    )

    return start_decision(gathering.profile, claim.about)


def _settle_all(begun: "Sequence[Match | OpenDecision]", book: NamesakeCache) -> Iterator[Match]:
    """Settle what is open, all names asked for together."""
    book.load(name for each in begun if not isinstance(each, Match) for name in each.names)
    for each in begun:
        yield each if isinstance(each, Match) else each.settle(book.get(each.names))


def _ask_source(
    source: Source,
    gatherings: Sequence[DossierBuilder],
    book: NamesakeCache,
    as_of: dt.date,
    ask: Callable[[Source, Sequence[Subject], dt.date], list[SourceResult]] = query_source,
) -> None:
    pairs = [(x, subject) for x in gatherings if (subject := x.subject) is not None]
    rows: list[tuple[DossierBuilder, SourceResult, Claim]] = []
    for (gathering, _), each in zip(pairs, ask(source, [x for _, x in pairs], as_of), strict=True):
        gathering.hear(each)
        if each.answer.claims:
            rows += [(gathering, each, claim) for claim in each.answer.claims]
    begun = [_start_decision(gathering, claim) for gathering, _, claim in rows]
    seen = Counter((id(gathering), claim.provenance.sha256) for gathering, _, claim in rows)
    for (gathering, each, claim), match in zip(rows, _settle_all(begun, book), strict=True):
        alone = seen[id(gathering), claim.provenance.sha256] == 1
        gathering.add(each, claim, match, alone=alone)
    if len(pairs) < len(gatherings):
        for gathering in gatherings:
            if gathering.resolved.physician is None:
                gathering.skip(source)
