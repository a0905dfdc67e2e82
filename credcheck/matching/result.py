"""Each row's decision, and how it is written."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from credcheck.identity.case import CandidateSet, MatchDecision, NeedsNamesakes
from credcheck.identity.decision import decide
from credcheck.identity.profile import Profile
from credcheck.identity.scoring import PairScore, Scorer, list_comparisons
from credcheck.matching.listing import ListedRow
from credcheck.matching.registries import PeopleRegistry
from credcheck.model import Decision, ReasonCode
from credcheck.source import Unavailable
from credcheck.tables.csv_safe import escape_cell

_BATCH = 200
_RIVALS = 5

FIRST = ("row", "decision", "npi", "reasons")
LAST = ("matched_by", "registry_name", "parts", "rivals")
HEADER = (*FIRST, *LAST)
"""The columns that credcheck adds: the first ones before the listing's own, the last ones after."""

_CODES = {
    Decision.AMBIGUOUS: ReasonCode.IDENTITY_AMBIGUOUS,
    Decision.CONFLICT: ReasonCode.IDENTITY_CONFLICT,
}


class MatchedRow(NamedTuple):
    """A row with its ruling, or without one where it could not be decided at all."""

    row: ListedRow
    ruling: MatchDecision | None
    problem: str = ""

    @property
    def decision(self) -> Decision:
        """``match``, ``ambiguous`` or ``no_match``. A conflict is for a person to look at."""
        if self.ruling is None or self.ruling.decision is Decision.CONFLICT:
            return Decision.AMBIGUOUS
        return self.ruling.decision

    @property
    def unanswered(self) -> bool:
        """Whether the registry did not answer, so that asking again may change the decision."""
        return self.ruling is None and not self.row.problem


def match_rows(rows: Iterable[ListedRow], registry: PeopleRegistry) -> Iterator[MatchedRow]:
    """Decide every row, in order, a few hundred at a time: memory does not grow with the listing."""
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        profiles = [Profile(row.about) for row in batch]
        for row, profile, crowd in zip(
            batch, profiles, registry.find_candidates(profiles), strict=True
        ):
            if row.problem:
                yield MatchedRow(row, None, f"{ReasonCode.RECORD_UNREADABLE}: {row.problem}")
            elif isinstance(crowd, Unavailable):
                yield MatchedRow(row, None, f"{ReasonCode.SOURCE_FAILED}: {crowd.detail}")
            else:
                yield MatchedRow(row, _decide(Scorer(profile, registry.shares), crowd))


def _decide(assess: Scorer, candidates: CandidateSet) -> MatchDecision:
    decided = decide(assess, None, candidates)
    if isinstance(decided, NeedsNamesakes):
        raise TypeError("everyone a row may belong to is known, so no one has to be looked up")
    return decided


def output_header(header: Sequence[str]) -> list[str]:
    """Return the header of the output. A listing's column that bears one of our names is marked."""
    own = [f"listing_{name}" if name.strip().casefold() in HEADER else name for name in header]
    return [*FIRST, *map(escape_cell, own), *LAST]


def output_row(matched: MatchedRow, width: int) -> list[str]:
    """Return a row of the output, with the listing's own cells, as many as its header has."""
    ruling = matched.ruling
    npi = ruling.npi if ruling is not None else ""
    own = [*matched.row.cells, *[""] * width][:width]
    first = (str(matched.row.number), str(matched.decision), npi, _describe_reasons(matched))
    return [*first, *map(escape_cell, own), *map(escape_cell, _trailing_cells(ruling))]


def _trailing_cells(ruling: MatchDecision | None) -> tuple[str, ...]:
    if ruling is None:
        return ("", "", "", "")
    shown = ruling.chosen or (ruling.near[0] if ruling.near else None)
    rivals = [each for each in ruling.near if each is not ruling.chosen][:_RIVALS]
    by = ruling.by if ruling.chosen is not None else ""
    name = _first_name_of(ruling.chosen) if ruling.chosen is not None else ""
    return (by, name, _describe_parts(shown), "; ".join(map(_describe_rival, rivals)))


def _describe_reasons(matched: MatchedRow) -> str:
    ruling = matched.ruling
    if ruling is None:
        return matched.problem
    if ruling.chosen is None:
        return f"{_CODES.get(ruling.decision, ReasonCode.NAME_NOT_FOUND)}: {ruling.why}"
    person = ruling.chosen.person
    note = f"; NPI {person.npi} was replaced" if person.live_npi != person.npi else ""
    if person.record.deactivated and not note:
        note = "; the NPI is deactivated"
    return f"{ruling.by}: {ruling.why}{note}"


def _describe_parts(assessed: PairScore | None) -> str:
    if assessed is None:
        return ""
    parts = list_comparisons(assessed)
    return "; ".join(f"{part.feature} {part.how} {part.bits:+.1f}" for part in parts)


def _describe_rival(assessed: PairScore) -> str:
    place = ", ".join(str(place) for place in assessed.person.record.places[:1])
    return f"{assessed.person.npi} {_first_name_of(assessed)} ({place}) {assessed.bits:+.1f}"


def _first_name_of(assessed: PairScore) -> str:
    names = assessed.person.record.names
    return str(names[0]) if names else ""
