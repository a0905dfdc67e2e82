"""What the book has about one physician, as a packet shows it: entries, their standing, documents."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from credcheck.book.book import Book, DigestedEntry
from credcheck.book.entries import EntryDocument, FoundOut, Settled, Withdrawn
from credcheck.book.proofs import make_proof
from credcheck.model import Confirmation, DocumentState, PersonName, Proof
from credcheck.reports.packet.attachments import Attachment, describe_attachment

Load = Callable[[EntryDocument], tuple[DocumentState, bytes]]
"""Returns a document's state and, where it is kept, its bytes."""


@dataclass(frozen=True, kw_only=True)
class PacketBook:
    """The book with a way to its documents."""

    book: Book
    load: Load


@dataclass(frozen=True, kw_only=True)
class ShownDocument:
    """A document of an entry: its number in the packet, its state, and how its pages are shown."""

    number: int
    entry: int
    document: EntryDocument
    state: DocumentState
    attachment: Attachment


@dataclass(frozen=True, kw_only=True)
class ShownEntry:
    """An entry with what has become of it. ``stands`` says if it counts, and why not.

    ``seconds`` are the confirmations of it by another person.
    """

    held: DigestedEntry
    stands: str
    counts: bool
    seconds: tuple[Confirmation, ...]
    documents: tuple[ShownDocument, ...]


def list_entries(
    book: PacketBook, npi: str, names: Sequence[PersonName], started: dt.datetime
) -> tuple[ShownEntry, ...]:
    """Return the entries about a physician of some names. ``started`` is when the results were made."""
    numbers: dict[str, ShownDocument] = {}
    return tuple(_show(book, held, names, started, numbers) for held in book.book.about(npi))


def _show(
    book: PacketBook,
    held: DigestedEntry,
    names: Sequence[PersonName],
    started: dt.datetime,
    numbers: dict[str, ShownDocument],
) -> ShownEntry:
    body = held.body
    documents: list[ShownDocument] = []
    for document in body.documents if isinstance(body, FoundOut) else ():
        if document.sha256 not in numbers:
            numbers[document.sha256] = _load(book, document, len(numbers) + 1, held.entry.number)
        documents.append(numbers[document.sha256])
    states = {each.document.sha256: each.state for each in documents}
    proof = make_proof(book.book, held, lambda document: states[document.sha256], names)
    stands, counts = _explain(book.book, held, proof, started)
    return ShownEntry(
        held=held,
        stands=stands,
        counts=counts,
        seconds=proof.seconds if proof is not None else (),
        documents=tuple(documents),
    )


def _load(book: PacketBook, document: EntryDocument, number: int, entry: int) -> ShownDocument:
    state, data = book.load(document)
    return ShownDocument(
        number=number,
        entry=entry,
        document=document,
        state=state,
        attachment=describe_attachment(document.suffix, data),
    )


def _explain(
    book: Book, held: DigestedEntry, proof: Proof | None, started: dt.datetime
) -> tuple[str, bool]:
    """Return whether an entry counts, in words."""
    replaced = book.replaced_by(held.digest)
    if replaced is not None:
        word = "withdrawn" if isinstance(replaced.body, Withdrawn) else "replaced"
        late = ", after this check" if replaced.entry.recorded > started else ""
        return f"No: {word} by entry {replaced.entry.number}{late}", False
    if held.entry.recorded > started:
        return "No: recorded after this check", False
    lacks = proof.lacks if proof is not None else None
    return (f"No: {lacks}", False) if lacks else ("Yes", True)


def list_settled(entries: tuple[ShownEntry, ...]) -> tuple[tuple[ShownEntry, Settled], ...]:
    """Return the entries that say whose a row is."""
    return tuple((each, each.held.body) for each in entries if isinstance(each.held.body, Settled))
