"""Evidence sheets: each record as it was read, whose it is and how that is known, its place."""

from collections.abc import Iterator

from credcheck.model import Compared, Decision, Evidence, Match
from credcheck.model.verification import Proof
from credcheck.reference.labels import label
from credcheck.reports.packet.context import PacketCase
from credcheck.reports.packet.document import Block, Cell, Facts, Note, PacketTable, Pair, Section
from credcheck.reports.packet.parts.requirements import describe_use, list_used
from credcheck.reports.records import (
    describe_record,
    describe_tie,
    kind_code,
    list_fields,
    place_of,
)

_AGREEMENT = {"full": "agrees", "partial": "agrees in part", "none": "differs"}


def make_evidence(case: PacketCase) -> tuple[Section, ...]:
    """Return a sheet for each record."""
    if not case.verdict.evidence:
        return (Section("Evidence", (Note("No record was found."),)),)
    used = list_used(case)
    return tuple(
        _make_sheet(case, item, describe_use(item, used)) for item in case.verdict.evidence
    )


def _make_sheet(case: PacketCase, item: Evidence, use: str) -> Section:
    title = f"Evidence {item.id}. {label('kind', kind_code(item))}: {describe_record(item)}"
    blocks: list[Block] = []
    if item.problem:
        blocks.append(Note(f"Cannot be fully read: {item.problem}", "open"))
    as_read = tuple((each.label, each.text) for each in list_fields(item))
    other = tuple((f"Column {name}", text) for name, text in item.provenance.other.items() if text)
    left, right = (
        Facts((*as_read, *other, ("Used for", use))),
        Facts(tuple(_list_origin(case, item))),
    )
    blocks.append(Pair(left, right, ("As read", "Source and identity")))
    if item.match.compared and not _agrees(item.match):
        blocks.append(_compare(item.match.compared))
    if item.match.rivals:
        blocks.append(
            Note(f"It could also belong to: {'; '.join(_list_rivals(item.match))}", "open")
        )
    return Section(title, tuple(blocks), small=True)


def _list_origin(case: PacketCase, item: Evidence) -> Iterator[tuple[str, str]]:
    """Yield who says so, whose it is and how that is known, and where it stands."""
    provenance, report = item.provenance, case.sources.get(item.source)
    yield "Source", f"{item.source} ({report.adapter})" if report else item.source
    yield "Authority", label("authority", item.authority)
    yield "Whose it is", f"{label('decision', item.match.decision)}, {describe_tie(item)}"
    if item.match.compared and _agrees(item.match):
        yield "Compared", "; ".join(f"{x.feature} {x.how}" for x in item.match.compared)
    if item.match.disposition is not None:
        yield from list_proof("Settled", item.match.disposition)
    if item.verification is not None:
        yield from list_proof("Verified", item.verification)
    yield "Location", place_of(item)
    if provenance.url:
        yield "Address", provenance.url
    if provenance.as_of:
        yield "Source date", str(provenance.as_of)
    if verified := case.verified(item):
        yield "Date verified", verified
    if provenance.snapshot:
        yield "Snapshot", provenance.snapshot
    yield "Row digest", f"SHA-256 {provenance.sha256}"


def list_proof(what: str, proof: Proof) -> Iterator[tuple[str, str]]:
    """Yield what an entry of the book says: who, how, when, and what shows it."""
    lacks = f"; does not count: {proof.lacks}" if proof.lacks else ""
    yield f"{what} by", f"{proof}{lacks}"
    if proof.contact:
        yield "Contact", proof.contact
    if proof.documents:
        yield (
            "Documents",
            "; ".join(f"{label('document', x.state)}, SHA-256 {x.sha256}" for x in proof.documents),
        )
    if proof.seconds:
        yield "Confirmed by", "; ".join(f"{each.by}, {each.on}" for each in proof.seconds)
    yield "Entry of the book", proof.entry


def _agrees(match: Match) -> bool:
    """Tell whether the row is this physician's and nothing that was compared differs."""
    differs = any(each.agreement == "none" for each in match.compared)
    return match.decision is Decision.MATCH and not differs


def _compare(parts: tuple[Compared, ...]) -> PacketTable:
    rows = tuple(
        (
            Cell(each.feature),
            Cell(each.ours),
            Cell(each.theirs),
            Cell(f"{_AGREEMENT[each.agreement]}{f' ({each.how})' if each.how else ''}"),
        )
        for each in parts
    )
    return PacketTable(("Compared", "Registry", "This row", "Result"), (22, 26, 26, 26), rows)


def _list_rivals(match: Match) -> Iterator[str]:
    for rival in match.rivals:
        place = ", ".join(filter(None, (rival.city, rival.state)))
        yield f"{rival.name} (NPI {rival.npi}{', ' + place if place else ''})"
