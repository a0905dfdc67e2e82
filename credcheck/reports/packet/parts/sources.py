"""The sources: which were asked, which were not, how old each is and what its silence is worth."""

from credcheck.model import SourceReport, SourceState
from credcheck.reference.labels import label
from credcheck.reports.ages import describe_age
from credcheck.reports.packet.context import PacketCase
from credcheck.reports.packet.document import Cell, Note, PacketTable, Section, Tone

_HEAD = ("Source", "State", "Day", "Age", "Authority and coverage", "Rows", "Remarks")
_WIDTHS = (15, 12, 12, 12, 22, 11, 16)
_TONES: dict[SourceState, Tone] = {
    SourceState.OK: "good",
    SourceState.FAILED: "bad",
    SourceState.STALE: "open",
    SourceState.SKIPPED: "quiet",
}


def make_sources(case: PacketCase) -> Section:
    """Return the sources of a verdict, those that were not asked too."""
    if not case.verdict.sources:
        return Section("Sources asked", (Note("No source was asked."),))
    rows = tuple(_make_row(case, source) for source in case.verdict.sources)
    return Section("Sources asked and not asked", (PacketTable(_HEAD, _WIDTHS, rows),))


def _make_row(case: PacketCase, source: SourceReport) -> tuple[Cell, ...]:
    worth = f"{label('authority', source.authority)}. {label('coverage', source.coverage)}"
    return (
        Cell(f"{source.name}\n{source.adapter}"),
        Cell(label("state", source.state), _TONES[source.state]),
        Cell(str(source.as_of or "not known")),
        Cell(describe_age(source.as_of, case.verdict.as_of, source.max_age_days)),
        Cell(worth),
        Cell(_count_rows(source)),
        Cell("; ".join(filter(None, (source.detail, source.torn))) or "none"),
    )


def _count_rows(source: SourceReport) -> str:
    if source.rows is None:
        return "not read" if source.state is SourceState.SKIPPED else "queried live"
    rejected = f"\n{source.rejected:,} could not be read" if source.rejected else ""
    return f"{source.rows:,}{rejected}"
