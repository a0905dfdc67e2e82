"""Entries as the proofs that evidence carries. Pure: the state of each document is handed in."""

from collections.abc import Callable

from msgspec.structs import replace

from credcheck.book.book import Book, Held
from credcheck.book.entries import (
    CertificateVerified,
    CompetencyVerified,
    Document,
    FellowshipVerified,
    FoundOut,
    LicenseVerified,
    ProgramVerified,
    Settled,
    Verified,
)
from credcheck.model import (
    Disposition,
    DocumentState,
    EvidenceKind,
    ProofDocument,
    Record,
    Verification,
)
from credcheck.model.dates import PartialDate

StateOf = Callable[[Document], DocumentState]


def make_verification(
    book: Book, held: Held, body: Verified, state_of: StateOf, max_age_days: int | None
) -> Verification:
    """Return how a person found out what an entry says."""
    return Verification(
        entry=held.digest,
        by=body.by,
        on=body.on,
        recorded=held.entry.recorded_on,
        how=body.how,
        contact=body.contact,
        documents=list_proof(body, state_of),
        confirmed=book.confirmations(held.digest),
        asked=body.asked,
        max_age_days=max_age_days,
    )


def make_disposition(book: Book, held: Held, body: Settled, state_of: StateOf) -> Disposition:
    """Return a person's decision whose a row is."""
    return Disposition(
        entry=held.digest,
        by=body.by,
        on=body.on,
        recorded=held.entry.recorded_on,
        how=body.how,
        contact=body.contact,
        documents=list_proof(body, state_of),
        confirmed=book.confirmations(held.digest),
        is_person=body.is_person,
    )


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


def find_lack(book: Book, held: Held, state_of: StateOf) -> str | None:
    """Return why an entry counts for nothing, or None: it counts, or is nothing that could."""
    body = held.body
    if isinstance(body, Verified):
        return make_verification(book, held, body, state_of, None).lacks
    if isinstance(body, Settled):
        return make_disposition(book, held, body, state_of).lacks
    return None
