"""From people to dossiers: ask every source, tie its rows to the person, keep what may matter."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from credcheck._util.lazy import lazy
from credcheck.book.dispositions import settle_match
from credcheck.model import (
    EVIDENCE_TYPES,
    REMARKS,
    Decision,
    Disposition,
    Dossier,
    Evidence,
    Match,
    SourceReport,
    SourceState,
)
from credcheck.model.birth_date import is_grown
from credcheck.source import Claim, Source, SourceFacts, Subject, Unavailable
from credcheck.source.source_set import (
    SourceResult,
    SourceSet,
    query_source,
    query_witness,
    report_skipped,
)
from credcheck.verify.namesakes import NamesakeCache
from credcheck.verify.resolve import ResolvedQuery
from credcheck.verify.schooling import SchoolingCache, may_hang_on_schooling, tells_schooling

if TYPE_CHECKING:
    from credcheck.identity.case import CandidateSet, NeedsNamesakes
    from credcheck.identity.profile import Profile

BirthDates = Mapping[int, dt.date]
"""Birth dates by the row of the query. They are compared, and never stored, printed or exported."""

_BY_NUMBER = Match(by="npi", decision=Decision.MATCH)


class DossierBuilder:
    """What has been gathered for one query so far. It grows, then becomes a dossier."""

    def __init__(self, resolved: ResolvedQuery, birth_date: dt.date | None = None) -> None:
        self.resolved = resolved
        self.reports: list[SourceReport] = []
        self.evidence: list[Evidence] = []
        self._birth_date = birth_date
        self._settled: dict[str, tuple[tuple[Disposition, ...], bool]] = {}
        self._subject: Subject | None = None
        for asked in resolved.asked:
            self.reports.append(asked.report)
            for claim in asked.answer.claims:
                self._keep(asked.facts, claim, _BY_NUMBER)

    @property
    def subject(self) -> Subject | None:
        """Whom to ask about, or None if the query led to nobody."""
        physician, record = self.resolved.physician, self.resolved.record
        if physician is None or record is None:
            return None
        if self._subject is None:
            self._subject = Subject(
                npi=physician.npi,
                former_npis=record.former_npis,
                physician=physician,
                evidence=tuple(self.evidence),
            )
        return self._subject

    @lazy
    def profile(self) -> "Profile":
        """The physician, ready to be compared with rows."""
        from credcheck.identity.profile import (  # here, since without a row they are not needed
            Profile,
            describe_registration,
        )

        if self.resolved.record is None:
            raise ValueError("no physician was found")
        described = describe_registration(self.resolved.record)
        if self._birth_date is not None:
            described = replace(described, birth_date=self._birth_date)
        return Profile(described, self.resolved.physician)

    def hear(self, asked: SourceResult) -> None:
        """Take in how a source answered, and what people say in it of other sources' rows."""
        self.reports.append(asked.report)
        counts = asked.report.state is SourceState.OK
        for row, said in asked.answer.dispositions.items():
            self._settled[row] = said, counts

    def add(self, asked: SourceResult, claim: Claim, match: Match, *, alone: bool = True) -> None:
        """Take in a row, with whose it is; other people's are dropped, but for remarks.

        What a person has said whose it is, is told.
        What a stale list or one that was left out says proves nothing, but may speak against somebody.
        ``alone``: no other row of the answer has the same digest.
        """
        if asked.report.state is SourceState.FAILED:
            return
        if claim.provenance.sha256 in self._settled:
            said, counts = self._settled[claim.provenance.sha256]
            match = settle_match(match, said, proves=counts, alone=alone)
        is_told = match.decision is not Decision.NO_MATCH or match.disposition is not None
        if is_told or not REMARKS.isdisjoint(match.reasons):
            self._keep(asked.facts, claim, match)

    def skip(self, source: Source) -> None:
        """Note a source that was not asked, since there is nobody to ask about."""
        self.reports.append(report_skipped(source.facts, "no physician was found to ask about"))

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
    resolved: Sequence[ResolvedQuery],
    source_set: SourceSet,
    namesakes: NamesakeCache,
    as_of: dt.date,
    birth_dates: BirthDates | None = None,
) -> list[Dossier]:
    """Gather the dossiers of all queries, in order, asking each source once for all of them."""
    dates = birth_dates or {}
    born = ((each, dates.get(each.query.row)) for each in resolved)
    gatherings = [
        DossierBuilder(each, day if day is not None and is_grown(day, as_of) else None)
        for each, day in born
    ]
    lookup = _Lookup(namesakes, SchoolingCache(source_set, as_of))
    settling = [source for source in source_set.witnesses if source.facts.settles]
    for source in settling:  # first, as what they say is of the rows that follow
        _ask_source(source, gatherings, lookup, as_of, ask=query_witness)
    for source in (*source_set.about_people, *source_set.about_programs):
        _ask_source(source, gatherings, lookup, as_of)
    for source in source_set.witnesses:
        if source not in settling:
            _ask_source(source, gatherings, lookup, as_of, ask=query_witness)
    return [gathering.dossier(source_set) for gathering in gatherings]


_Row = tuple[DossierBuilder, SourceResult, Claim]


class _Lookup(NamedTuple):
    """What is asked of other people, so that it can be told whose a row is."""

    namesakes: NamesakeCache
    schooling: SchoolingCache


def _ask_source(
    source: Source,
    gatherings: Sequence[DossierBuilder],
    lookup: _Lookup,
    as_of: dt.date,
    ask: Callable[[Source, Sequence[Subject], dt.date], list[SourceResult]] = query_source,
) -> None:
    pairs = [(x, subject) for x in gatherings if (subject := x.subject) is not None]
    rows: list[_Row] = []
    for (gathering, _), each in zip(pairs, ask(source, [x for _, x in pairs], as_of), strict=True):
        gathering.hear(each)
        if each.answer.claims:
            rows += [(gathering, each, claim) for claim in each.answer.claims]
    seen = Counter((id(gathering), claim.provenance.sha256) for gathering, _, claim in rows)
    for (gathering, each, claim), match in zip(rows, _decide_rows(rows, lookup), strict=True):
        alone = seen[id(gathering), claim.provenance.sha256] == 1
        gathering.add(each, claim, match, alone=alone)
    if len(pairs) < len(gatherings):
        for gathering in gatherings:
            if gathering.resolved.physician is None:
                gathering.skip(source)


def _decide_rows(rows: Sequence[_Row], lookup: _Lookup) -> Iterator[Match]:
    """Decide whose each row is, all names and numbers asked for together.

    Whose a number is is asked first, and who else bears a name only where it hangs on that.
    """
    namesakes, schooling = lookup
    schooling.load(x.profile for x, _, claim in rows if may_hang_on_schooling(claim))
    decided = [_tie(gathering, claim, None, schooling) for gathering, _, claim in rows]
    while waiting := [place for place, x in enumerate(decided) if not isinstance(x, Match)]:
        asked = {place: x for place in waiting if not isinstance(x := decided[place], Match)}
        names = [name for each in asked.values() for name in each.names]
        namesakes.load(names, [npi for each in asked.values() for npi in each.npis])
        found = {place: namesakes.get(each.names, each.npis) for place, each in asked.items()}
        schooling.load(_list_rivals(rows, found))
        for place, answer in found.items():
            gathering, _, claim = rows[place]
            decided[place] = _tie(gathering, claim, answer, schooling)
    yield from (each for each in decided if isinstance(each, Match))


def _list_rivals(
    rows: Sequence[_Row], found: Mapping[int, "CandidateSet | Unavailable"]
) -> Iterator["Profile"]:
    """Yield the namesakes whose schooling may be that of a row."""
    for place, answer in found.items():
        if not isinstance(answer, Unavailable) and tells_schooling(rows[place][2]):
            yield from answer.people


def _tie(
    gathering: DossierBuilder,
    claim: Claim,
    answer: "CandidateSet | Unavailable | None",
    schooling: SchoolingCache,
) -> "Match | NeedsNamesakes":
    """Decide whose a row is. A program's row is of no person: it is tied by its program."""
    if claim.program is not None:
        return Match(by=claim.program, decision=Decision.MATCH)
    from credcheck.verify.tie import tie_claim  # here, since without such a row it is not needed

    known = schooling.known if may_hang_on_schooling(claim) else {}
    return tie_claim(gathering.profile, claim, answer, known)
