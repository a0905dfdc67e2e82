"""The book as it stands: which entries hold, who has confirmed them, what was taken out. Pure."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from credcheck._util.errors import UsageError
from credcheck.book.chain import ChainHead
from credcheck.book.checks import check_body
from credcheck.book.entries import (
    AboutPerson,
    AnyBody,
    BookEntry,
    Confirmed,
    Decided,
    EntryDocument,
    FoundOut,
    Redacted,
    Withdrawn,
)
from credcheck.model import Confirmation, canonical_json

BodyT = TypeVar("BodyT", bound=AboutPerson)


class DigestedEntry(NamedTuple):
    """An entry with its digest."""

    digest: str
    entry: BookEntry

    @property
    def body(self) -> AnyBody:
        """What it says."""
        return self.entry.body


class Book:
    """All entries, in order, and what they come to. It grows by ``add`` and forgets nothing."""

    def __init__(self) -> None:
        self.head = ChainHead()
        self.entries: list[DigestedEntry] = []
        self.redacted: dict[str, BookEntry] = {}
        """The digests of documents that were taken out, with the entries that say so."""
        self._by_digest: dict[str, DigestedEntry] = {}
        self._by_npi: dict[str, list[DigestedEntry]] = {}
        self._confirmations: dict[str, list[Confirmation]] = {}
        self._replaced: dict[str, DigestedEntry] = {}
        self._documents: dict[str, EntryDocument] = {}
        self._contents: dict[str, DigestedEntry] = {}

    def add(self, head: ChainHead, entry: BookEntry) -> None:
        """Take in the next entry. Raises BookError for one that cannot be."""
        check_body(self, entry)
        body, held = entry.body, DigestedEntry(head.digest, entry)
        self.head = head
        self.entries.append(held)
        self._by_digest[head.digest] = held
        self._contents[content_key(body)] = held
        for document in list_documents(body):
            self._documents.setdefault(document.sha256, document)
        if isinstance(body, AboutPerson):
            self._by_npi.setdefault(body.npi, []).append(held)
            if body.corrects is not None:
                self._replaced[body.corrects] = held
        if isinstance(body, Withdrawn):
            self._replaced[body.entry] = held
        elif isinstance(body, Confirmed):
            confirmation = Confirmation(by=body.by, on=body.on)
            self._confirmations.setdefault(body.entry, []).append(confirmation)
        elif isinstance(body, Redacted):
            self.redacted[body.document] = entry

    @property
    def opened(self) -> BookEntry | None:
        """The first entry, if there is one."""
        return self.entries[0].entry if self.entries else None

    def of(self, npi: str, kind: type[BodyT]) -> list[tuple[DigestedEntry, BodyT]]:
        """Return the entries of one kind about a person that hold: not corrected, not withdrawn."""
        return [x for x in self.of_all(npi, kind) if x[0].digest not in self._replaced]

    def of_all(self, npi: str, kind: type[BodyT]) -> list[tuple[DigestedEntry, BodyT]]:
        """Return all entries of one kind about a person, those that were replaced too."""
        mine = self._by_npi.get(npi, ())
        return [(held, held.body) for held in mine if isinstance(held.body, kind)]

    def about(self, npi: str) -> tuple[DigestedEntry, ...]:
        """Return all entries about a person, those that were corrected or withdrawn too."""
        return tuple(self._by_npi.get(npi, ()))

    def people(self) -> tuple[str, ...]:
        """Return the NPIs of everybody whom the book is about."""
        return tuple(self._by_npi)

    def get(self, digest: str) -> DigestedEntry | None:
        """Return an entry by its digest."""
        return self._by_digest.get(digest)

    def replaced_by(self, digest: str) -> DigestedEntry | None:
        """Return the entry that corrects or withdraws another, if one does."""
        return self._replaced.get(digest)

    def confirmations(self, digest: str) -> tuple[Confirmation, ...]:
        """Return who has confirmed an entry."""
        return tuple(self._confirmations.get(digest, ()))

    def document(self, sha256: str) -> EntryDocument | None:
        """Return a document by its digest, as the entry that brought it names it."""
        return self._documents.get(sha256)

    def documents(self) -> tuple[EntryDocument, ...]:
        """Return all documents, those that were taken out too."""
        return tuple(self._documents.values())

    def same_as(self, body: AnyBody) -> DigestedEntry | None:
        """Return the entry that says the very same and still holds, if there is one."""
        held = self.said_before(body)
        return held if held is not None and held.digest not in self._replaced else None

    def said_before(self, body: AnyBody) -> DigestedEntry | None:
        """Return the last entry that says the very same, whether it holds or not."""
        return self._contents.get(content_key(body))

    def find(self, named: str) -> DigestedEntry:
        """Return an entry by its number, or the beginning of its digest. Raises UsageError."""
        if named.isascii() and named.isdigit() and 0 < int(named) <= len(self.entries):
            return self.entries[int(named) - 1]
        found = [x for x in self.entries if len(named) >= _SHORTEST and x.digest.startswith(named)]
        if len(found) != 1:
            message = f"the book has no entry {named!r}: give a number from 1 to"
            raise UsageError(f"{message} {len(self.entries)}, or the first digits of its digest")
        return found[0]


_SHORTEST = 8


def content_key(body: AnyBody) -> str:
    """Return the digest of what an entry says, wherever it stands in the chain."""
    return hashlib.sha256(canonical_json(body)).hexdigest()


def list_documents(body: AnyBody) -> Iterable[EntryDocument]:
    """Return the documents that an entry names."""
    if isinstance(body, FoundOut):
        return body.documents
    return (body.verdict,) if isinstance(body, Decided) else ()
