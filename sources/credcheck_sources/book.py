"""Adapter ``book``: what people verified and settled, as evidence like any other.

It covers what it says and nothing else, so it is partial. The book as a whole has no age; each
verification has its own, from its day. The issuer's own answer is primary, where how it was asked is
said. Entries without proof are handed over too: they decide nothing (credcheck/evidence/verifications).
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from credcheck.book.book import Book, DigestedEntry
from credcheck.book.chain import BookError
from credcheck.book.documents import state_of
from credcheck.book.entries import EntryDocument, ProgramVerified, Settled, Verified
from credcheck.book.proofs import (
    kind_of,
    list_speaking,
    make_disposition,
    make_verification,
    record_of,
)
from credcheck.book.storage import DEFAULT_FOLDER, BookFolder
from credcheck.identity.parse_name import NameParseError, parse_name
from credcheck.model import (
    Authority,
    Coverage,
    Disposition,
    DocumentState,
    EvidenceKind,
    PersonName,
    Provenance,
)
from credcheck.model.npi import Npi
from credcheck.source import (
    Answer,
    Claim,
    PersonRecord,
    Snapshot,
    SourceFacts,
    SourceFailed,
    Subject,
)
from credcheck.source.adapter import DEFAULT_MAX_AGE, Adapter, Context, Days, parse_days

NAME = "book"
KINDS = (
    EvidenceKind.CERTIFICATE,
    EvidenceKind.FELLOWSHIP,
    EvidenceKind.PROGRAM,
    EvidenceKind.COMPETENCY,
    EvidenceKind.LICENSE,
)
_AGEING = frozenset({EvidenceKind.CERTIFICATE, EvidenceKind.COMPETENCY, EvidenceKind.LICENSE})
"""What has to be verified again. Training and a program's past are what they are."""

_NO_AGE = 36_525  # days: a hundred years


class BookOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of the book.

    ``path`` is its folder, which ``credcheck book init`` creates. ``max_age`` is how long a
    verification of a certificate, license or permit counts: 120 days by NCQA's accreditation rules, 90
    for a CVO. A verification of training does not age.
    """

    path: str = DEFAULT_FOLDER
    max_age: Days = DEFAULT_MAX_AGE

    def __post_init__(self) -> None:
        parse_days(self.max_age)


class BookSource:
    """The book as a source. It is read once, when first asked."""

    def __init__(self, name: str, options: BookOptions, context: Context) -> None:
        self._max_age = parse_days(options.max_age)
        self._folder = BookFolder(context.folder / Path(options.path).expanduser())
        self._context = context
        self._book: Book | None = None
        self._states: dict[str, DocumentState] = {}
        self.facts = SourceFacts(
            name=name,
            adapter=NAME,
            kinds=KINDS,
            authority=Authority.SECONDARY,
            coverage=Coverage.PARTIAL,
            max_age_days=_NO_AGE,
            fork_safe=True,
            settles=True,
        )

    def collect(self, subjects: Sequence[Subject]) -> list[Answer]:
        """Answer for every subject. Raises SourceFailed if the book cannot be trusted."""
        if not subjects:
            return []
        book = self._open()
        snapshot = _describe(book)
        nothing, known = Answer(snapshot=snapshot), set(book.people())
        return [
            self._answer(book, subject, snapshot) if subject.npi in known else nothing
            for subject in subjects
        ]

    def _open(self) -> Book:
        if self._book is None:
            try:
                book = self._folder.read()
            except BookError as error:
                raise SourceFailed(str(error)) from error
            self._context.check_day(book.entries[-1].entry.recorded_on)
            self._book = book
        return self._book

    def _answer(self, book: Book, subject: Subject, snapshot: Snapshot) -> Answer:
        names = subject.physician.names if subject.physician is not None else ()
        claims = [
            self._make_claim(book, held, body, snapshot, names)
            for held, body in list_speaking(book, subject.npi, Verified, self._state_of, names)
        ]
        said: dict[str, tuple[Disposition, ...]] = {}
        for held, body in list_speaking(book, subject.npi, Settled, self._state_of, names):
            each = make_disposition(book, held, body, self._state_of, names)
            said[body.row] = (*said.get(body.row, ()), each)
        return Answer(claims=tuple(claims), dispositions=said, snapshot=snapshot)

    def _make_claim(
        self,
        book: Book,
        held: DigestedEntry,
        body: Verified,
        snapshot: Snapshot,
        own: Sequence[PersonName],
    ) -> Claim:
        kind = kind_of(body)
        max_age = self._max_age if kind in _AGEING else None
        is_program = isinstance(body, ProgramVerified)
        names, problem = _read_name(body.name)
        return Claim(
            kind=kind,
            about=PersonRecord() if is_program else PersonRecord(npi=Npi(body.npi), names=names),
            problem=problem,
            program="program_code" if is_program else None,
            record=record_of(body),
            verification=make_verification(book, held, body, self._state_of, max_age, own),
            provenance=Provenance(
                snapshot=snapshot.id,
                row=held.entry.number,
                as_of=snapshot.as_of,
                sha256=held.digest,
            ),
        )

    def _state_of(self, document: EntryDocument) -> DocumentState:
        """Return whether a document is kept as it was: each is digested once a run."""
        known = self._states.get(document.file)
        if known is None:
            assert self._book is not None  # noqa: S101 - it was read to find the document
            known = state_of(self._folder.folder, self._book, document)
            self._states[document.file] = known
        return known


def _describe(book: Book) -> Snapshot:
    """Return what the answers were read from: the head of the chain, and the day of the last entry."""
    last = book.entries[-1].entry
    return Snapshot(id=book.head.digest, as_of=last.recorded_on, rows=len(book.entries))


def _read_name(text: str) -> tuple[tuple[PersonName, ...], str | None]:
    """Return the name that an entry gives: another person's beside this number is a conflict.

    One that cannot be read is a problem: nobody can say whether it is this person's.
    """
    if not text.strip():
        return (), None
    try:
        return (parse_name(text),), None
    except NameParseError as error:
        return (), str(error)


def open_source(name: str, options: BookOptions, context: Context) -> BookSource:
    """Open the book of a configuration."""
    return BookSource(name, options, context)


ADAPTER = Adapter(
    name=NAME,
    summary="the book: what people verified, settled and decided, with proof",
    kinds=KINDS,
    options=BookOptions,
    open=open_source,
)
