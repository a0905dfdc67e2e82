"""What was asked about each requirement: which list, of which state and day; and what was not.

It is worked out of the verdict alone, so that every report of a saved run can say it.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from credcheck._util.text import pluralize
from credcheck.model import EvidenceKind, SourceReport, SourceState, Verdict
from credcheck.reference.labels import label, list_labels

_BY_STATE = (EvidenceKind.LICENSE, EvidenceKind.STATE_EXCLUSION)
_WHEN_SILENT = (*_BY_STATE, EvidenceKind.EXCLUSION, EvidenceKind.REVOCATION)


class CoverageLine(NamedTuple):
    """What was asked of one kind: of which sources; ``asked`` and ``missing`` are the states."""

    kind: EvidenceKind
    what: str
    sources: tuple[SourceReport, ...]
    asked: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """All of it in words."""
        parts = list(map(describe_source, self.sources))
        if self.missing:
            parts.append(f"not asked: {self.known_in}{', '.join(self.missing)}")
        return "; ".join(parts) or "not asked"

    @property
    def known_in(self) -> str:
        """What is known of the states that were not asked."""
        return "a license is known in " if self.kind is EvidenceKind.LICENSE else ""


def list_coverage(verdict: Verdict) -> list[CoverageLine]:
    """Return a line for each kind that was asked, and for those that could have been and were not."""
    licensed = _states(verdict, licenses_alone=True)
    everywhere = _states(verdict, licenses_alone=False)
    return list_source_coverage(verdict.sources, licensed, everywhere)


def list_source_coverage(
    reports: Sequence[SourceReport], licensed: Iterable[str] = (), everywhere: Iterable[str] = ()
) -> list[CoverageLine]:
    """Return the same of some sources, and the states of somebody: of licenses, and of all."""
    lines = []
    for kind in map(EvidenceKind, list_labels("asked")):
        sources = [each for each in reports if kind in each.kinds]
        if not sources and kind not in _WHEN_SILENT:
            continue
        wanted = licensed if kind is EvidenceKind.LICENSE else everywhere
        what = label("asked", kind)
        lines.append(_line(kind, what, sources, wanted))
    return lines


def _states(verdict: Verdict, *, licenses_alone: bool) -> Sequence[str]:
    person = verdict.physician
    if person is None:
        return ()
    if licenses_alone:
        return sorted({each.state for each in person.licenses if each.state})
    return sorted(person.states)


def _line(
    kind: EvidenceKind, what: str, sources: Sequence[SourceReport], wanted: Iterable[str]
) -> CoverageLine:
    answered = [each for each in sources if each.state is SourceState.OK]
    asked = tuple(sorted({state for each in answered for state in each.scope}))
    missing = tuple(each for each in wanted if each not in asked) if kind in _BY_STATE else ()
    return CoverageLine(kind, what, tuple(sources), asked if kind in _BY_STATE else (), missing)


def describe_source(source: SourceReport) -> str:
    """Return a source in words: its name, its states, how old it is and how large, or why it failed."""
    parts = [str(source.as_of)] if source.as_of is not None else []
    if source.rows is not None:
        parts.append(pluralize(source.rows, "row"))
    if source.state is not SourceState.OK:
        parts.append(f"{label('state', source.state).lower()}: {source.detail}")
    elif source.coverage == "partial":
        parts.append("not being listed proves nothing")
    by_state = set(_BY_STATE) & set(source.kinds)
    states = f" of {', '.join(source.scope)}" if by_state and source.scope else ""
    return f"{source.name}{states} ({', '.join(parts)})" if parts else f"{source.name}{states}"
