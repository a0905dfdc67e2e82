"""Coverage: which lists were asked about each requirement and state, and which were not."""

from credcheck.reports.coverage import CoverageLine, describe_source, list_coverage
from credcheck.reports.packet.context import PacketCase
from credcheck.reports.packet.document import Cell, Note, PacketTable, Section

_HEAD = ("About", "Asked", "Not asked")
_WIDTHS = (22, 52, 26)


def make_coverage(case: PacketCase) -> Section:
    """Return what was asked of each requirement; nothing was where nobody was found."""
    title = "What was asked, and what was not"
    if case.verdict.physician is None:
        return Section(title, (Note("No physician was found, so no list was checked."),))
    rows = tuple(map(_make_row, list_coverage(case.verdict)))
    return Section(title, (PacketTable(_HEAD, _WIDTHS, rows),))


def _make_row(line: CoverageLine) -> tuple[Cell, ...]:
    asked = "\n".join(map(describe_source, line.sources))
    missing = line.known_in + ", ".join(line.missing) if line.missing else ""
    if not asked:
        return Cell(line.what), Cell("nothing", "quiet"), Cell(missing or "any list", "open")
    return Cell(line.what), Cell(asked), Cell(missing, "open" if missing else "quiet")
