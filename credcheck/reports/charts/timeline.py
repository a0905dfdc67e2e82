"""A timeline of one physician: NPI, training, certificates, license and exclusions, as far as dated."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from credcheck.model import CertificateEvidence, Decision, Evidence, RegistrationEvidence, Verdict
from credcheck.reference.labels import label
from credcheck.reports.charts.svg import cut, line, picture, rect, words
from credcheck.reports.records import describe_record, kind_code, list_spans

_LEFT, _WIDTH, _ROW, _TOP = 240.0, 760.0, 26.0, 8.0
_MOST = 24
_KINDS = ("registration", "fellowship", "certificate", "license", "competency", "exclusion")


class Span(NamedTuple):
    """One bar. ``ends`` is None where it has no end that is known."""

    kind: str
    what: str
    begins: dt.date
    ends: dt.date | None
    said: str


def list_bars(verdict: Verdict) -> list[Span]:
    """Return the bars of a verdict in the order of kinds and days: of this person's records alone."""
    found = dict.fromkeys(_list_spans(verdict))
    return sorted(found, key=lambda each: (_KINDS.index(each.kind), each.begins, each.what))[:_MOST]


def timeline(verdict: Verdict) -> str:
    """Return the picture, or nothing where no record has a day."""
    spans = list_bars(verdict)
    if not spans:
        return ""
    axis = _Axis(spans, verdict.as_of)
    height = _TOP + _ROW * len(spans) + 24
    parts = [*axis.draw(height - 22)]
    for place, span in enumerate(spans):
        parts += _draw_span(span, axis, _TOP + _ROW * place)
    said = "; ".join(f"{each.what}: {each.said}" for each in spans)
    title = f"Timeline up to {verdict.as_of}. {said}"
    return picture(_WIDTH, height, title, parts, name="timeline")


def _list_spans(verdict: Verdict) -> Iterator[Span]:
    for item in verdict.evidence:
        kind = kind_code(item)
        if item.match.decision is not Decision.MATCH or kind not in _KINDS:
            continue
        what = _name_span(item)
        for begins, ends in list_spans(item):
            said = f"from {begins}" + (f" to {ends}" if ends else "")
            yield Span(kind, what, begins.earliest, ends.latest if ends else None, said)


def _name_span(item: Evidence) -> str:
    """Return what a bar is about, its telling words first: there is little room for it."""
    if isinstance(item, RegistrationEvidence):
        return "NPI issued"
    if isinstance(item, CertificateEvidence) and item.record is not None:
        return f"{item.record.certificate}, {item.record.board}"
    return describe_record(item)


class _Axis:
    """Days to places from left to right, with a mark for each few years."""

    def __init__(self, spans: list[Span], as_of: dt.date) -> None:
        self._as_of = as_of
        days = [as_of, *(span.begins for span in spans), *(x.ends for x in spans if x.ends)]
        self._first, self._last = min(days).year, max(days).year + 1
        self._start = dt.date(self._first, 1, 1)
        self._days = (dt.date(self._last, 1, 1) - self._start).days

    def place(self, day: dt.date) -> float:
        """Return where a day lies."""
        return _LEFT + (day - self._start).days / self._days * (_WIDTH - _LEFT - 12)

    def draw(self, bottom: float) -> Iterator[str]:
        """Yield the years and the day of the check."""
        step = max(1, -(-(self._last - self._first) // 8))
        for year in range(self._first, self._last + 1, step):
            x = self.place(dt.date(year, 1, 1))
            yield line(x, _TOP, x, bottom, "rule")
            yield words(x, bottom + 14, str(year), "t small", "middle")
        x = self.place(self._as_of)
        yield line(x, 0, x, bottom + 2, "now")


def _draw_span(span: Span, axis: _Axis, y: float) -> Iterator[str]:
    yield words(_LEFT - 10, y + 15, cut(span.what, 31), "t", "end")
    x = axis.place(span.begins)
    kind = label("kind", span.kind)
    width = axis.place(span.ends) - x if span.ends else 6.0
    yield rect(
        x, y + 4, max(width, 4.0), 15, f"bar k-{span.kind}", f"{kind}: {span.what}, {span.said}"
    )
