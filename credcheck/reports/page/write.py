"""The page of a run, written: one pass over the verdicts, then the head, the rows and the drawers.

Drawers are packed in blocks, each opened by the page when it is needed: ten thousand of them are small
enough to mail, and the page shows at once.
"""

import base64
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, NamedTuple

from credcheck._util.text import pluralize
from credcheck.audit.diff import Change, Difference
from credcheck.model import Outcome, RunHeader, Verdict
from credcheck.reference.labels import label
from credcheck.reports.charts.run import (
    draw_expiries,
    draw_findings,
    draw_grid,
    draw_outcomes,
    draw_sources,
)
from credcheck.reports.charts.tally import GRID_ROWS, RunTally
from credcheck.reports.formats.base import AuditPart, ReportContext
from credcheck.reports.page.drawer import render_drawer
from credcheck.reports.page.rows import MARKS, NO_FINDING, WORDS, Interned, make_row
from credcheck.reports.page.tools import digest_for_policy, environment, read_text
from credcheck.reports.policy import describe_policy, describe_violation

BLOCK = 50
_PLAIN = 1_000
_PACKAGE = "credcheck.reports.page"
_SIGNS = {Outcome.MET: "\u2713", Outcome.NOT_MET: "\u2715", Outcome.UNVERIFIED: "?"}
_COLUMNS = (
    *(("Row", 0), ("Name", 3), ("NPI", 2), ("Your key", 1), ("State", 4), ("Verdict", 5)),
    *(("Findings", 6), ("Why", None), ("First expiry", 8)),
)


class _Collected(NamedTuple):
    """What one pass over the verdicts leaves."""

    tally: RunTally
    rows: list[list[object]]
    reasons: Interned
    blocks: list[bytes]


def write_page(
    header: RunHeader, verdicts: Iterable[Verdict], out: BinaryIO, extra: ReportContext
) -> None:
    """Write the page of a run."""
    found = _collect(header, verdicts, extra)
    style = read_text(_PACKAGE, "shared.css") + read_text(_PACKAGE, "page.css")
    script = read_text(_PACKAGE, "page.js")
    template = environment().from_string(read_text(_PACKAGE, "page.html"))
    head = template.render(
        header=header,
        extra=extra,
        tally=found.tally,
        style=style,
        style_hash=digest_for_policy(style),
        script_hash=digest_for_policy(script),
        data=_dump(_list_data(found)),
        plain=found.rows[:_PLAIN],
        coverage=_render_coverage(found.tally),
        pictures=list(_draw(found.tally)),
        columns=_COLUMNS,
        words=WORDS,
        marks=MARKS,
        reasons_sorted=sorted(enumerate(found.reasons.texts), key=lambda each: each[1]),
        short=lambda word: label("verdict_short", word),
        labels=lambda word: label("verdict", word),
        requirement_label=lambda name: label("requirement", name),
        outcome_label=lambda word: label("outcome", word),
        pluralize=pluralize,
        audit=extra.audit,
        **_describe_audit(extra.audit),
    )
    out.write(head.encode())
    out.writelines(
        b'\n<script type="text/plain" id="block-%d">%s</script>' % (number, block)
        for number, block in enumerate(found.blocks)
    )
    out.write(b"\n<script>" + script.encode() + b"</script>\n</body>\n</html>\n")


def _collect(header: RunHeader, verdicts: Iterable[Verdict], extra: ReportContext) -> _Collected:
    found = _Collected(RunTally(header), [], Interned(), [])
    drawers: list[str] = []
    for verdict in verdicts:
        found.tally.add(verdict)
        found.rows.append(make_row(verdict, found.tally.requirements, found.reasons, extra.remark))
        drawers.append(render_drawer(verdict, extra.remark))
        if len(drawers) == BLOCK:
            found.blocks.append(_pack(drawers))
            drawers = []
    if drawers:
        found.blocks.append(_pack(drawers))
    return found


def _pack(drawers: list[str]) -> bytes:
    return base64.b64encode(zlib.compress(json.dumps(drawers).encode(), 9))


def _list_data(found: _Collected) -> dict[str, Any]:
    return {
        "rows": found.rows,
        "reasons": found.reasons.texts,
        "words": [label("verdict_short", word) for word in WORDS],
        "codes": [str(word) for word in WORDS],
        "marks": {MARKS[word]: (_SIGNS[word], label("outcome", word)) for word in Outcome}
        | {NO_FINDING: ("\u00b7", "No finding")},
        "requirements": [label("requirement", name) for name in found.tally.requirements],
        "block": BLOCK,
    }


def _dump(data: dict[str, Any]) -> str:
    """Return JSON that no text in it can end: the browser sees no tag inside."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _draw(tally: RunTally) -> Iterator[tuple[str, str, str]]:
    """Yield each picture with its title and a note."""
    yield "Verdicts", draw_outcomes(tally), ""
    yield (
        "Findings by requirement",
        draw_findings(tally),
        "Green: met. Red: not met. Yellow: unverified.",
    )
    ends = f"{tally.ends_later:,} more expire later." if tally.ends_later else ""
    yield "Expiry dates by month", draw_expiries(tally), ends
    yield (
        "Sources: age and coverage",
        draw_sources(tally),
        "The pale bar shows the maximum age of a source. Not being on a partial list proves nothing.",
    )
    cut = f"The first {GRID_ROWS} of {tally.rows:,}, with those who do not meet the standard first."
    signs = "\u2713 met, \u2715 not met, ? unverified, blank: no record for or against."
    note = f"{signs} {cut}" if tally.rows > GRID_ROWS else signs
    yield "Physicians by requirement", draw_grid(tally), note


def _render_coverage(tally: RunTally) -> str:
    template = environment().from_string(read_text(_PACKAGE, "coverage.html"))
    return template.render(lines=tally.coverage.lines())


def _describe_audit(audit: AuditPart | None) -> dict[str, Any]:
    if audit is None:
        return {"policy": "", "worst": (), "changes": ()}
    worst = [
        (
            each.line or each.row,
            f"Row {each.line or each.row}, {each.name or each.npi or each.id or 'not named'}",
            ", ".join(map(describe_violation, each.gates)),
        )
        for each in audit.summary.worst
    ]
    return {
        "policy": describe_policy(audit.summary.fail_on),
        "worst": worst,
        "changes": list(_list_changes(audit.differences or ())),
    }


def _list_changes(differences: tuple[Difference, ...]) -> Iterator[tuple[str, list[str]]]:
    for change in Change:
        mine = [each for each in differences if change in each.changes]
        if mine:
            lines = [_describe_change(each) for each in mine]
            within = " within 90 days" if change is Change.EXPIRING else ""
            yield f"{label('change', change)}{within}: {len(mine):,}", lines


def _describe_change(each: Difference) -> str:
    before = label("verdict_short", each.before) if each.before else label("absent", "before")
    now = label("verdict_short", each.now) if each.now else label("absent", "now")
    told = f" ({'; '.join(each.details)})" if each.details else ""
    moved = f"{before}, now {now}" if before != now else now
    return f"{each.name or each.key}, {each.key}: {moved}{told}"
