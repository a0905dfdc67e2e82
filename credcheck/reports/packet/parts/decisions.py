"""What people decided, and what is different from last time: waivers, settled rows, changes."""

from credcheck.audit.diff import Change
from credcheck.audit.waivers import Waiver
from credcheck.model import Decision
from credcheck.reference.labels import label
from credcheck.reports.packet.context import PacketCase
from credcheck.reports.packet.document import Block, Cell, Facts, Items, Note, PacketTable, Section
from credcheck.reports.records import kind_code, place_of


def make_steps(case: PacketCase) -> Section:
    """Return the next steps, each with the requirements that it is for."""
    steps: dict[str, list[str]] = {}
    for finding in case.verdict.findings:
        if finding.next_step:
            for_whom = steps.setdefault(finding.next_step, [])
            for_whom.append(label("requirement", finding.requirement))
    if case.verdict.physician is None and case.verdict.resolution.next_step:
        steps = {case.verdict.resolution.next_step: ["Identity"]}
    if not steps:
        return Section("Next steps", (Note("None.", "good"),))
    texts = tuple(f"{step} (for: {', '.join(what)})" for step, what in steps.items())
    return Section("Next steps", (Items(texts, ordered=True),))


def make_waivers(case: PacketCase) -> Section:
    """Return the waivers that name this person, each with whether it counts on the day."""
    person = {case.verdict.npi, case.verdict.query.id} - {None}
    mine = [each for each in case.run.waivers if each.npi in person or each.id in person]
    if not mine:
        given = (
            "No waiver names this physician." if case.run.waivers else "No waiver file was given."
        )
        return Section("Waivers", (Note(given),))
    needed = {waiver for finding in case.verdict.failing if (waiver := case.waiver(finding))}
    rows = tuple(_make_waiver_row(each, case, needed=each in needed) for each in mine)
    head = ("Requirement", "Reasons covered", "Author and reason", "Until", "Counts")
    return Section("Waivers", (PacketTable(head, (18, 25, 31, 11, 15), rows),))


def _make_waiver_row(waiver: Waiver, case: PacketCase, *, needed: bool) -> tuple[Cell, ...]:
    in_force = waiver.runs_on(case.run.header.as_of)
    counts = (
        "yes"
        if needed
        else "no: it has expired"
        if not in_force
        else "no: it covers no open finding"
    )
    return (
        Cell(label("requirement", waiver.requirement)),
        Cell("; ".join(label("reason", code) for code in waiver.reasons)),
        Cell(f"{waiver.author}: {waiver.reason}"),
        Cell(str(waiver.expires)),
        Cell(counts, "plain" if needed else "quiet"),
    )


def make_identity(case: PacketCase) -> Section:
    """Return the rows that were not taken as this physician's, and why."""
    others = [x for x in case.verdict.evidence if x.match.decision is not Decision.MATCH]
    if not others:
        return Section("Rows that may belong to someone else", (Note("None."),))
    rows = tuple(
        (
            Cell(f"{item.id}: {label('kind', kind_code(item))}"),
            Cell(label("decision", item.match.decision), "open"),
            Cell(item.match.why or label("matched_by", item.match.by)),
            Cell(place_of(item)),
        )
        for item in others
    )
    head = ("Record", "Whose it is", "Why", "Location")
    return Section(
        "Rows that may belong to someone else", (PacketTable(head, (22, 22, 34, 22), rows),)
    )


def make_changes(case: PacketCase) -> Section:
    """Return what differs from last time."""
    return Section("Changes since last time", _list_changes(case))


def _list_changes(case: PacketCase) -> tuple[Block, ...]:
    last = case.run.last_time
    if last is None:
        return (Note("No earlier results were given to compare with (use --baseline)."),)
    since = Note(f"Compared with the results of {last.as_of}, by {last.standard}.", "quiet")
    if case.key not in last.known:
        return (since, Note("This physician was not in those results."))
    found = last.differences.get(case.key)
    if found is None:
        return (since, Note("Nothing changed."))
    kinds = ", ".join(
        label("change", each) for each in found.changes if each is not Change.EXPIRING
    )
    before = label("verdict_short", found.before) if found.before else "not checked"
    now = label("verdict_short", found.now) if found.now else "not checked"
    facts = Facts((("Last time", before), ("Now", now), ("What changed", kinds or "nothing")))
    return (since, facts, *((Items(found.details),) if found.details else ()))
