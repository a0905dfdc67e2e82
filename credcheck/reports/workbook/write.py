"""The workbook of a run, in one pass over its verdicts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from credcheck.audit.expirables import Expirable, list_expirables, sort_key
from credcheck.audit.expirations import expiries
from credcheck.model import Evidence, Finding, Verdict, VerdictOutcome
from credcheck.reference.labels import label
from credcheck.reports.ages import is_limit
from credcheck.reports.alternatives import show_paths
from credcheck.reports.charts.tally import RunTally
from credcheck.reports.formats.base import ReportContext
from credcheck.reports.page.rows import list_labels_of
from credcheck.reports.paths import CONTEXT_HEAD, list_context
from credcheck.reports.records import (
    describe_record,
    describe_tie,
    expires_on,
    kind_code,
    list_spans,
)
from credcheck.reports.summary import list_candidates, list_next_steps, list_remarks, reasons_line
from credcheck.reports.workbook import columns
from credcheck.reports.workbook.expiring import TITLE as EXPIRING
from credcheck.reports.workbook.expiring import make_expiring_row
from credcheck.reports.workbook.sheet import CellValue, Link, Sheet, Toned, WorkbookColumn
from credcheck.runs.results import Results

if TYPE_CHECKING:
    from openpyxl import Workbook


def write_workbook(results: Results, out: BinaryIO, extra: ReportContext) -> None:
    """Write the workbook of a run."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    try:
        _Writer(book, results, extra).fill()
    except BaseException:
        for sheet in book.worksheets:
            sheet.close()  # one that is left open complains when it is collected
        raise
    book.properties.creator = "credcheck"
    started = results.header.started_at.replace(tzinfo=None)
    book.properties.created = book.properties.modified = started
    book.save(out)


class _Writer:
    """Fills the sheets side by side: each is a file of its own until the end."""

    def __init__(self, book: "Workbook", results: Results, extra: ReportContext) -> None:
        self._results, self._extra = results, extra
        self._book, self._late = book, dict[str, Sheet]()
        self._tally = RunTally(results.header)
        self._requirements = _list_requirements(results)
        self._others = results.header.roster.others if results.header.roster else ()
        self._due: list[tuple[Expirable, Link]] = []
        titles = (WorkbookColumn(label("requirement", name), 12) for name in self._requirements)
        others = (WorkbookColumn(name, 14, printed=False) for name in self._others)
        decisions = columns.DECISIONS if extra.decisions is not None else ()
        people = (*columns.PEOPLE_BEFORE, *titles, *decisions, *columns.PEOPLE_AFTER, *others)
        self.summary = Sheet(book, "Summary", columns.SUMMARY)
        self.people = Sheet(book, "People", people)
        self.findings = Sheet(book, "Findings", columns.FINDINGS)
        self.evidence = Sheet(book, "Evidence", columns.EVIDENCE)
        self.expiring = Sheet(book, EXPIRING, columns.EXPIRING)
        self.sources = Sheet(book, "Sources", columns.SOURCES)
        self.steps = Sheet(book, "Next steps", columns.NEXT_STEPS)

    def fill(self) -> None:
        """Write every sheet."""
        for verdict in self._results:
            self._add(verdict)
        self._add_expiring()
        self._add_sources()
        for line in self._tally.coverage.lines():
            asked = "\n".join(line.asked) or "nothing"
            self._add_late("Coverage", columns.COVERAGE, [line.what, asked, line.missing])
        self._add_summary()
        for sheet in self._sheets:
            sheet.close()

    @property
    def _sheets(self) -> tuple[Sheet, ...]:
        found = (self.summary, self.people, self.findings, self.evidence)
        return (*found, self.expiring, self.sources, self.steps, *self._late.values())

    def _add_late(
        self, title: str, head: Sequence[WorkbookColumn], values: list[CellValue]
    ) -> None:
        """Add a row to a sheet that is there only if it has one."""
        if title not in self._late:
            self._late[title] = Sheet(self._book, title, head)
        self._late[title].add(values)

    def _add_paths(self, verdict: Verdict, who: Link) -> None:
        about: list[CellValue] = [verdict.query.sheet_row, str(verdict.npi or ""), who]
        for path in show_paths(verdict):
            cells = [*about, path.title, Toned(path.outcome, path.code), path.says]
            self._add_late("Paths", columns.PATHS, cells)
        for said in list_context(verdict):
            self._add_late(CONTEXT_HEAD, columns.CONTEXT, [*about, said])

    def _add(self, verdict: Verdict) -> None:
        self._tally.add(verdict)
        name = verdict.name or str(verdict.npi or f"Row {verdict.query.sheet_row}")
        who = Link(name, self.people.title, self.people.rows + 1)
        self.people.add(self._person(verdict))
        first = self.evidence.rows + 1
        for item in verdict.evidence:
            self.evidence.add(_evidence_row(verdict, item, who))
        for finding in verdict.findings:
            self.findings.add(self._finding(verdict, finding, who, first))
            if finding.next_step and finding in verdict.failing:
                self.steps.add(_step_row(verdict, finding, who))
        self._add_paths(verdict, who)
        made = (self._extra.decisions or {}).get(str(verdict.npi or ""))
        self._due += [(x, who) for x in list_expirables(verdict, made and made.approved)]

    def _person(self, verdict: Verdict) -> list[CellValue]:
        query, person, ends = verdict.query, verdict.physician, expiries(verdict)
        found = {each.requirement: each.outcome for each in verdict.findings}
        words = (found.get(name) for name in self._requirements)
        return [
            *(query.sheet_row, query.id, str(verdict.npi or ""), verdict.name),
            (person.state if person else query.state),
            Toned(label("verdict_short", verdict.outcome), verdict.outcome),
            *(Toned(label("outcome", word), word) if word else "" for word in words),
            *self._decision(verdict),
            "\n".join([*list_labels_of(verdict), *list_candidates(verdict)]),
            "\n".join(list_next_steps(verdict)),
            ends[0].expires if ends else None,
            "\n".join(list_remarks(verdict, self._extra.remark)),
            Link("Findings", self.findings.title, self.findings.rows + 1),
            *(query.other.get(name, "") for name in self._others),
        ]

    def _decision(self, verdict: Verdict) -> list[CellValue]:
        """Return the last decision, and when the next one is due if that was an approval."""
        if self._extra.decisions is None:
            return []
        made = self._extra.decisions.get(str(verdict.npi or ""))
        if made is None:
            return [None, None]
        said = f"{label('committee', made.word)}, {made.on}"
        holds = made.approved is not None and made.approved.on == made.on
        return [said, made.approved.due if holds and made.approved else None]

    def _finding(
        self, verdict: Verdict, finding: Finding, who: Link, first: int
    ) -> list[CellValue]:
        places = {item.id: place for place, item in enumerate(verdict.evidence, first)}
        used = [item for item in verdict.evidence if item.id in finding.evidence]
        ends = [day for item in used if (day := expires_on(item)) is not None]
        ids = ", ".join(finding.evidence)
        return [
            *(verdict.query.sheet_row, str(verdict.npi or ""), who),
            label("requirement", finding.requirement),
            label("level_short", finding.level),
            Toned(label("outcome", finding.outcome), finding.outcome),
            "\n".join(dict.fromkeys(label("reason", x.code) for x in finding.reasons)),
            reasons_line(finding),
            finding.next_step,
            Link(ids, self.evidence.title, places[used[0].id]) if used else ids,
            min(ends, key=lambda day: day.earliest) if ends else None,
            self._extra.remark(verdict, finding),
            ", ".join(dict.fromkeys(reason.code for reason in finding.reasons)),
        ]

    def _add_expiring(self) -> None:
        """Add what ``credcheck expiring`` lists: by day, then as it sorts them."""
        as_of = self._results.header.as_of
        for each, who in sorted(self._due, key=lambda x: sort_key(x[0])):
            self.expiring.add(make_expiring_row(each, as_of, who))

    def _add_sources(self) -> None:
        for name, source in self._tally.sources.items():
            troubles = self._tally.troubles.get(name, Counter())
            told = (f"{n:,} ({label('state', state).lower()})" for state, n in troubles.items())
            age = (self._results.header.as_of - source.as_of).days if source.as_of else None
            self.sources.add(
                [
                    *(name, source.adapter, Toned(label("state", source.state), source.state)),
                    *(
                        source.as_of,
                        age,
                        source.max_age_days if is_limit(source.max_age_days) else None,
                        label("authority", source.authority),
                    ),
                    *(label("coverage", source.coverage), source.rows, source.rejected),
                    *(", ".join(told), "\n".join(filter(None, (source.detail, source.torn)))),
                ]
            )

    def _add_summary(self) -> None:
        for word in VerdictOutcome:
            count = self._tally.outcomes[word]
            self.summary.add([Toned(label("verdict", word), word), count])
        for what, value in _list_facts(self._results, self._extra):
            if value:
                self.summary.add([what, value])
        for sheet in self._sheets[1:]:
            cut = f"; {sheet.cut:,} more did not fit; see the NDJSON" if sheet.cut else ""
            self.summary.add([Link(sheet.title, sheet.title), f"{sheet.rows - 1:,} rows{cut}"])


def _list_requirements(results: Results) -> tuple[str, ...]:
    """Return the requirements that any verdict has a finding on."""
    seen: dict[str, None] = {}
    for verdict in results:
        seen |= dict.fromkeys(finding.requirement for finding in verdict.findings)
    return tuple(seen)


def _list_facts(results: Results, extra: ReportContext) -> Iterator[tuple[str, CellValue]]:
    header, audit = results.header, extra.audit
    if audit is not None:
        word = "FAILED" if audit.summary.gated else "PASSED"
        yield "Audit", Toned(word, "not_met" if audit.summary.gated else "met")
        yield "Audit fails on", audit.summary.fail_on
    yield "Standard", f"{header.standard.id} {header.standard.version}"
    yield "Day of the check", header.as_of
    yield "Projection", "yes: the day is in the future" if header.projected else "no"
    yield "Run", f"{header.started_at:%Y-%m-%d %H:%M} UTC, credcheck {header.version}"
    if header.roster:
        yield "Roster", header.roster.file
        yield "SHA-256 of the roster", header.roster.sha256
    yield "SHA-256 of the standard", header.standard.sha256
    yield "Seal of the results", header.seal
    yield "Log head", extra.log_head


def _evidence_row(verdict: Verdict, item: Evidence, who: Link) -> list[CellValue]:
    record, provenance = item.record, item.provenance
    begins, ends = next(iter(list_spans(item)), (None, None))
    return [
        *(verdict.query.sheet_row, str(verdict.npi or ""), who, item.id),
        *(label("kind", kind_code(item)), describe_record(item)),
        *(getattr(record, "status", None), begins, ends),
        *(getattr(record, "verified_by", None), getattr(record, "verified_on", None)),
        *(item.source, provenance.row, provenance.as_of),
        *(label("authority", item.authority), label("decision", item.match.decision)),
        *(describe_tie(item), item.problem, provenance.line, provenance.sha256),
    ]


def _step_row(verdict: Verdict, finding: Finding, who: Link) -> list[CellValue]:
    return [
        *(finding.next_step, label("requirement", finding.requirement)),
        Toned(label("outcome", finding.outcome), finding.outcome),
        *(who, str(verdict.npi or ""), verdict.query.sheet_row),
        "\n".join(dict.fromkeys(label("reason", x.code) for x in finding.reasons)),
    ]
