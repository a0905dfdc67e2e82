"""Entries as the proofs that evidence carries. Pure: the state of each document is handed in."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TypeVar

from msgspec.structs import replace

from credcheck.book.book import Book, DigestedEntry
from credcheck.book.entries import (
    CertificateVerified,
    CompetencyVerified,
    EntryDocument,
    FellowshipVerified,
    FoundOut,
    LicenseVerified,
    ProgramVerified,
    Settled,
    Verified,
)
from credcheck.book.own_word import is_own_name
from credcheck.model import (
    Confirmation,
    Disposition,
    DocumentState,
    EvidenceKind,
    PersonName,
    Proof,
    ProofDocument,
    Record,
    Verification,
)
from credcheck.model.dates import PartialDate

StateOf = Callable[[EntryDocument], DocumentState]
FoundT = TypeVar("FoundT", bound=FoundOut)


def make_verification(
    book: Book,
    held: DigestedEntry,
    body: Verified,
    state_of: StateOf,
    max_age_days: int | None,
    names: Sequence[PersonName] = (),
) -> Verification:
    """Return how a person found out what an entry says. ``names`` are those of the physician."""
    return Verification(
        entry=held.digest,
        by=body.by,
        on=body.on,
        recorded=held.entry.recorded_on,
        how=body.how,
        contact=body.contact,
        documents=list_proof(body, state_of),
        confirmed=_list_others(book, held, names),
        of_subject=_find_own(body, names),
        replaced=book.replaced_by(held.digest) is not None,
        asked=body.asked,
        max_age_days=max_age_days,
    )


def make_disposition(
    book: Book,
    held: DigestedEntry,
    body: Settled,
    state_of: StateOf,
    names: Sequence[PersonName] = (),
) -> Disposition:
    """Return a person's decision whose a row is."""
    return Disposition(
        entry=held.digest,
        by=body.by,
        on=body.on,
        recorded=held.entry.recorded_on,
        how=body.how,
        contact=body.contact,
        documents=list_proof(body, state_of),
        confirmed=_list_others(book, held, names),
        of_subject=_find_own(body, names),
        replaced=book.replaced_by(held.digest) is not None,
        is_person=body.is_person,
    )


def _list_others(
    book: Book, held: DigestedEntry, names: Sequence[PersonName]
) -> tuple[Confirmation, ...]:
    """Return who has confirmed an entry, without the physician."""
    found = book.confirmations(held.digest)
    return tuple(each for each in found if not is_own_name(each.by, names))


def _find_own(body: FoundOut, names: Sequence[PersonName]) -> Literal["", "by", "contact"]:
    if is_own_name(body.by, names):
        return "by"
    return "contact" if is_own_name(body.contact or "", names) else ""


def list_speaking(
    book: Book, npi: str, kind: type[FoundT], state_of: StateOf, names: Sequence[PersonName]
) -> Iterator[tuple[DigestedEntry, FoundT]]:
    """Yield what was found out about a person and speaks: what holds, and what still raises doubt.

    An entry is silenced by a withdrawal, or by a correction that counts. One that does not count itself
    cannot take away what was proven.
    """
    for held, body in book.of_all(npi, kind):
        if not _is_silenced(book, held, state_of, names):
            yield held, body


def _is_silenced(
    book: Book, held: DigestedEntry, state_of: StateOf, names: Sequence[PersonName]
) -> bool:
    later = book.replaced_by(held.digest)
    while later is not None:
        is_withdrawal = not isinstance(later.body, FoundOut)
        if is_withdrawal or find_lack(book, later, state_of, names) is None:
            return True
        later = book.replaced_by(later.digest)
    return False


def list_proof(body: FoundOut, state_of: StateOf) -> tuple[ProofDocument, ...]:
    """Return an entry's documents, each with whether it is kept as it was."""
    return tuple(ProofDocument(sha256=x.sha256, state=state_of(x)) for x in body.documents)


def kind_of(body: Verified) -> EvidenceKind:
    """Return which kind of evidence a verification is."""
    return EvidenceKind(str(body.__struct_config__.tag))


def record_of(body: Verified) -> Record:
    """Return what was found out, with who verified it and when."""
    by, on = f"{body.by} ({body.source})" if body.source else body.by, PartialDate.of(body.on)
    if isinstance(body, CertificateVerified):
        return replace(body.record, verified_by=by, verified_on=on)
    if isinstance(body, FellowshipVerified):
        return replace(body.record, verified_by=by, verified_on=on)
    if isinstance(body, ProgramVerified | CompetencyVerified | LicenseVerified):
        return body.record
    raise TypeError(f"a {type(body).__name__} has no record")


def find_lack(
    book: Book, held: DigestedEntry, state_of: StateOf, names: Sequence[PersonName] = ()
) -> str | None:
    """Return why an entry counts for nothing, or None: it counts, or is nothing that could."""
    proof = make_proof(book, held, state_of, names)
    return proof.lacks if proof is not None else None


def make_proof(
    book: Book, held: DigestedEntry, state_of: StateOf, names: Sequence[PersonName] = ()
) -> Proof | None:
    """Return what proves an entry, or None for one that proves nothing. Its age is left out."""
    body = held.body
    if isinstance(body, Verified):
        return make_verification(book, held, body, state_of, None, names)
    if isinstance(body, Settled):
        return make_disposition(book, held, body, state_of, names)
    return None
