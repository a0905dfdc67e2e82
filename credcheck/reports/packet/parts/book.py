"""The book's entries about the physician, the documents that prove them, and rows that were settled."""

from credcheck.book.entries import FoundOut, Settled
from credcheck.reference.labels import label
from credcheck.reports.book import describe_body
from credcheck.reports.packet.attachments import describe_pages
from credcheck.reports.packet.book import (
    ShownDocument,
    ShownEntry,
    list_settled,
)
from credcheck.reports.packet.context import PacketCase
from credcheck.reports.packet.document import Block, Cell, Note, PacketTable, Section

_TITLE = "Entries in the book"
_HEAD = ("No.", "Date", "What was recorded", "Who and how", "Documents", "Counts")
_WIDTHS = (6, 11, 33, 22, 13, 15)


def make_book(case: PacketCase) -> tuple[Section, ...]:
    """Return the entries, and the documents and settled rows where there are any."""
    book = case.run.book
    if book is None:
        return (Section(_TITLE, (Note("No book was given (use --book)."),)),)
    if not case.entries:
        return (Section(_TITLE, (Note("The book has no entry about this physician."),)),)
    rows = tuple(_make_row(each) for each in case.entries)
    head = Note(f"As of entry {book.book.head.number}, SHA-256 {book.book.head.digest}.", "quiet")
    parts = [Section(_TITLE, (PacketTable(_HEAD, _WIDTHS, rows), head))]
    if settled := list_settled(case.entries):
        parts.append(Section("Rows settled by a person", (_make_settled(settled),)))
    if documents := list_documents(case):
        parts.append(Section("Documents", (_make_documents(documents),)))
    return tuple(parts)


def list_documents(case: PacketCase) -> tuple[ShownDocument, ...]:
    """Return the documents of all entries, each once."""
    found = {each.number: each for entry in case.entries for each in entry.documents}
    return tuple(found.values())


def _make_row(shown: ShownEntry) -> tuple[Cell, ...]:
    held, body = shown.held, shown.held.body
    return (
        Cell(str(held.entry.number)),
        Cell(str(body.on)),
        Cell("\n".join(filter(None, (describe_body(body), body.note)))),
        Cell(_describe_maker(shown)),
        Cell(", ".join(f"D{each.number}" for each in shown.documents) or "none"),
        Cell(shown.stands, "plain" if shown.counts else "open"),
    )


def _describe_maker(shown: ShownEntry) -> str:
    body = shown.held.body
    lines = [body.by]
    if isinstance(body, FoundOut):
        lines += [label("how", body.how)] if body.how else ["Method not given"]
        lines += [f"Contact: {body.contact}"] if body.contact else []
    lines += [f"Confirmed by {each.by}, {each.on}" for each in shown.seconds]
    return "\n".join([*lines, f"Recorded {shown.held.entry.recorded_on}"])


def _make_settled(settled: tuple[tuple[ShownEntry, Settled], ...]) -> Block:
    rows = tuple(_make_settled_row(shown, body) for shown, body in settled)
    head = ("Entry", "Decision", "What was open", "Row digest", "Decided by", "Counts")
    return PacketTable(head, (7, 20, 26, 20, 14, 13), rows)


def _make_settled_row(shown: ShownEntry, body: Settled) -> tuple[Cell, ...]:
    return (
        Cell(str(shown.held.entry.number)),
        Cell(describe_body(body)),
        Cell("; ".join(body.says.values()) or "not recorded"),
        Cell(body.row),
        Cell(f"{body.by}, {body.on}"),
        Cell(shown.stands, "plain" if shown.counts else "open"),
    )


def _make_documents(documents: tuple[ShownDocument, ...]) -> Block:
    rows = tuple(
        (
            Cell(f"D{each.number}"),
            Cell(each.document.name or each.document.file),
            Cell(str(each.entry)),
            Cell(label("document", each.state), "plain" if each.state == "kept" else "open"),
            Cell(describe_pages(each.attachment)),
            Cell(each.document.sha256),
        )
        for each in documents
    )
    head = ("Doc.", "File", "Entry", "State", "In this packet", "SHA-256")
    return PacketTable(head, (9, 21, 7, 14, 17, 32), rows)
