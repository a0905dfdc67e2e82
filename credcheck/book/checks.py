"""What an entry must be, whoever wrote it. Asked before one is written, and of each that is read.

What is merely not proven is not refused: it is written down, and decides nothing (model/verification).
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from credcheck.book.chain import BookError
from credcheck.book.entries import (
    AboutPerson,
    Body,
    BookEntry,
    BookOpened,
    Confirmed,
    Decided,
    EntryDocument,
    FoundOut,
    Redacted,
    Settled,
    Verified,
    Withdrawn,
)
from credcheck.model import VerdictOutcome, is_same_person
from credcheck.model.npi import is_valid

if TYPE_CHECKING:
    from credcheck.book.book import Book, DigestedEntry

_DIGEST = re.compile(r"[0-9a-f]{64}")
_SUFFIX = re.compile(r"(\.[a-z0-9]{1,8})?")
_CLOCKS_DIFFER = dt.timedelta(days=1)
_EARLIEST = dt.date(1950, 1, 1)


def check_body(book: "Book", entry: BookEntry) -> None:
    """Check an entry against itself and the book so far. Raises BookError with what is wrong."""
    body = entry.body
    where = f"entry {entry.number}"
    if isinstance(body, BookOpened) is not (entry.number == 1):
        raise BookError(f"{where}: a book has exactly one opening entry, and it comes first")
    if book.entries and entry.recorded + _CLOCKS_DIFFER < book.entries[-1].entry.recorded:
        raise BookError(f"{where}: it is dated before the entry that it follows")
    _check_signature(body, entry.recorded_on, where)
    for kind, check in _CHECKS.items():
        if isinstance(body, kind):
            check(book, body, where)


def _check_signature(body: Body, recorded: dt.date, where: str) -> None:
    if not is_signature(body.by):
        raise BookError(f"{where}: it does not say who made it")
    if body.on > recorded + _CLOCKS_DIFFER:
        raise BookError(f"{where}: {body.on} is after the day it was written ({recorded})")
    if body.on < _EARLIEST:
        raise BookError(f"{where}: {body.on} is too far in the past")


def is_signature(name: str) -> bool:
    """Tell whether a text names somebody: it has a letter."""
    return any(c.isalpha() for c in name)


def _check_person(book: "Book", body: AboutPerson, where: str) -> None:
    if not is_valid(body.npi):
        raise BookError(f"{where}: {body.npi!r} is not an NPI")
    if body.corrects is None:
        return
    old = _find_holding(book, body.corrects, where, "corrects")
    if type(old.body) is not type(body) or not isinstance(old.body, AboutPerson):
        raise BookError(
            f"{where}: it corrects entry {old.entry.number}, which is a different kind of entry"
        )
    if old.body.npi != body.npi:
        raise BookError(f"{where}: it corrects entry {old.entry.number}, about another person")


def _find_holding(book: "Book", digest: str, where: str, verb: str) -> "DigestedEntry":
    """Return an earlier entry that still holds."""
    old = book.get(digest)
    if old is None:
        raise BookError(f"{where}: it {verb} an entry that the book does not have ({digest[:12]})")
    by = book.replaced_by(digest)
    if by is not None:
        message = f"it {verb} entry {old.entry.number}, which entry {by.entry.number} has replaced"
        raise BookError(f"{where}: {message}")
    return old


def _check_documents(book: "Book", body: FoundOut, where: str) -> None:
    for document in body.documents:
        _check_document(document, where)
        if document.sha256 in book.redacted:
            number = book.redacted[document.sha256].number
            raise BookError(f"{where}: it relies on a document that entry {number} removed")


def _check_row(book: "Book", body: Settled, where: str) -> None:  # noqa: ARG001 - as the others
    if not _DIGEST.fullmatch(body.row):
        raise BookError(f"{where}: {body.row!r} is not the digest of a row")


def _check_document(document: EntryDocument, where: str) -> None:
    if not _DIGEST.fullmatch(document.sha256) or not _SUFFIX.fullmatch(document.suffix):
        raise BookError(f"{where}: {document.file!r} cannot name a document")


def _check_decision(book: "Book", body: Decided, where: str) -> None:  # noqa: ARG001 - as the others
    _check_document(body.verdict, where)
    is_open = body.outcome is not VerdictOutcome.MEETS
    if body.decision == "approve" and is_open and not body.override.strip():
        raise BookError(f"{where}: approved with open findings and no reason given")


def _check_confirmation(book: "Book", body: Confirmed, where: str) -> None:
    old = _find_holding(book, body.entry, where, "confirms")
    if not isinstance(old.body, Verified | Settled):
        raise BookError(f"{where}: entry {old.entry.number} cannot be confirmed")
    if is_same_person(old.body.by, body.by):
        raise BookError(
            f"{where}: {body.by} made entry {old.entry.number}; another person must confirm it"
        )
    if body.on < old.body.on:
        raise BookError(
            f"{where}: confirmed on {body.on}, before the entry was made on {old.body.on}"
        )


def _check_withdrawal(book: "Book", body: Withdrawn, where: str) -> None:
    old = _find_holding(book, body.entry, where, "withdraws")
    if not isinstance(old.body, AboutPerson):
        raise BookError(f"{where}: entry {old.entry.number} cannot be withdrawn")
    if not body.reason.strip():
        raise BookError(f"{where}: a withdrawal needs a reason")


def _check_redaction(book: "Book", body: Redacted, where: str) -> None:
    if book.document(body.document) is None:
        raise BookError(f"{where}: the book has no document {body.document[:12]}")
    if body.document in book.redacted:
        number = book.redacted[body.document].number
        raise BookError(f"{where}: entry {number} already removed that document")
    if not body.reason.strip():
        raise BookError(f"{where}: a redaction needs a reason")


_CHECKS: dict[type[Body], Callable[["Book", Any, str], None]] = {
    AboutPerson: _check_person,
    FoundOut: _check_documents,
    Settled: _check_row,
    Decided: _check_decision,
    Confirmed: _check_confirmation,
    Withdrawn: _check_withdrawal,
    Redacted: _check_redaction,
}
"""What else must hold of each kind of entry."""
