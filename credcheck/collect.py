"""From people to dossiers: ask every source, tie its rows to the person, keep what may matter."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from itertools import islice

from credcheck.model import (
    EVIDENCE_TYPES,
    Decision,
    Dossier,
    Evidence,
    Match,
    Physician,
    SourceReport,
    State,
)
from credcheck.panel import Asked, Panel, ask, not_asked
from credcheck.resolve import Resolved
from credcheck.rivals import RivalBook
from credcheck.source import Claim, Source, SourceFacts, Subject


class Gathering:
    """What has been gathered for one query so far. It grows, then becomes a dossier."""

    def __init__(self, resolved: Resolved) -> None:
        """Begin with what the registries said of the number."""
        self.resolved = resolved
        self.reports: list[SourceReport] = []
        self.evidence: list[Evidence] = []
        for asked in resolved.asked:
            self.reports.append(asked.report)
            for claim in asked.answer.claims:
                self._keep(asked.facts, claim, Match(by="npi", decision=Decision.MATCH))

    @property
    def subject(self) -> Subject | None:
        """Whom to ask about, or None if the query led to nobody."""
        physician = self.resolved.physician
        if physician is None:
            return None
        return Subject(npi=physician.npi, physician=physician, evidence=tuple(self.evidence))

    def add(self, asked: Asked, matches: Sequence[Match]) -> None:
        """Take in a source's answer, with whose each of its rows is; other people's are dropped."""
        self.reports.append(asked.report)
        if asked.report.state is not State.OK:
            return
        for claim, match in zip(asked.answer.claims, matches, strict=True):
            if match.decision is not Decision.NO_MATCH:
                self._keep(asked.facts, claim, match)

    def pass_over(self, source: Source) -> None:
        """Note a source that was not asked, since there is nobody to ask about."""
        self.reports.append(not_asked(source.facts, "the query led to nobody to ask about"))

    def dossier(self, panel: Panel) -> Dossier:
        """Close the gathering."""
        return Dossier(
            query=self.resolved.query,
            resolution=self.resolved.resolution,
            physician=self.resolved.physician,
            evidence=tuple(self.evidence),
            sources=panel.in_order([*self.reports, *panel.skipped]),
        )

    def _keep(self, facts: SourceFacts, claim: Claim, match: Match) -> None:
        self.evidence.append(
            EVIDENCE_TYPES[claim.kind](
                id=f"e{len(self.evidence) + 1}",
                source=facts.name,
                authority=facts.authority,
                match=match,
                record=claim.record,  # type: ignore[arg-type]  # the kind says which
                problem=claim.problem,
                provenance=claim.provenance,
            )
        )


def gather(resolved: Sequence[Resolved], panel: Panel, as_of: dt.date) -> list[Dossier]:
    """Gather the dossiers of all queries, in order, asking each source once for all of them."""
    gatherings = [Gathering(each) for each in resolved]
    book = RivalBook(panel)
    for source in (*panel.about_people, *panel.about_programs):
        _ask_about(source, gatherings, book, as_of)
    return [gathering.dossier(panel) for gathering in gatherings]


def matched(physician: Physician, claim: Claim, book: RivalBook) -> Match:
    """Decide whose a row is. A programme's row is of no person: it is tied by its programme."""
    if claim.programme is not None:
        return Match(by=claim.programme, decision=Decision.MATCH)
    from credcheck.identity.decide import decide  # here, since without such a row it is not needed

    return decide(physician, claim.about, book.rivals_for)


def _ask_about(
    source: Source, gatherings: Sequence[Gathering], book: RivalBook, as_of: dt.date
) -> None:
    pairs = [(x, subject) for x in gatherings if (subject := x.subject) is not None]
    asked = ask(source, [subject for _, subject in pairs], as_of)
    matches = iter(
        book.decided(
            [
                partial(matched, subject.physician, claim, book)
                for (_, subject), each in zip(pairs, asked, strict=True)
                for claim in each.answer.claims
                if subject.physician is not None
            ]
        )
    )
    for (gathering, _), each in zip(pairs, asked, strict=True):
        gathering.add(each, list(islice(matches, len(each.answer.claims))))
    for gathering in gatherings:
        if gathering.resolved.physician is None:
            gathering.pass_over(source)
