"""The chain of entries: each holds the digest of the one before. Pure.

An entry that is changed, taken out or put in breaks the chain; the last one holds its own digest, so
that an edit of it shows, too. An end that is cut off does not show: for that, keep the head elsewhere.
Every verdict that used the book names it, as the source's snapshot.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from credcheck._util.errors import InputError
from credcheck.book.entries import AnyBody, BookEntry
from credcheck.model import canonical_json, from_json

BEGINNING = "0" * 64


class BookError(InputError):
    """The book cannot be trusted. The message names the entry."""


class ChainHead(NamedTuple):
    """The last entry: its number, and its digest."""

    number: int = 0
    digest: str = BEGINNING

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


def digest_of(entry: BookEntry) -> str:
    """Return the SHA-256 of an entry's canonical JSON, without the digest that it holds itself."""
    return hashlib.sha256(canonical_json(replace(entry, digest=""))).hexdigest()


def link(head: ChainHead, bodies: Iterable[AnyBody], recorded: dt.datetime) -> Iterator[BookEntry]:
    """Yield entries that go on from a head."""
    for body in bodies:
        number, previous = head.number + 1, head.digest
        entry = BookEntry(number=number, previous=previous, recorded=recorded, body=body)
        head = ChainHead(number, digest_of(entry))
        yield replace(entry, digest=head.digest)


def to_lines(entries: Sequence[BookEntry]) -> bytes:
    """Return entries as they stand in a file."""
    return b"".join(canonical_json(entry) + b"\n" for entry in entries)


def read_entries(data: bytes, head: ChainHead, where: str) -> Iterator[tuple[ChainHead, BookEntry]]:
    """Yield the entries of a file that go on from a head, each with the head that it makes.

    Raises BookError with the entry that breaks the chain.
    """
    if not data.endswith(b"\n"):
        raise BookError(f"{where} is cut off")
    for line in data.splitlines(keepends=True):
        entry = _read_entry(line, head, where)
        head = ChainHead(entry.number, entry.digest)
        yield head, entry


def _read_entry(line: bytes, head: ChainHead, where: str) -> BookEntry:
    named = f"{where}: entry {head.number + 1}"
    try:
        entry = from_json(line, BookEntry)
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError) as error:
        message = f"{named} is not an entry that this version of credcheck can read: {error}"
        raise BookError(message) from error
    if canonical_json(entry) + b"\n" != line:
        raise BookError(f"{named} was changed: credcheck does not write entries this way")
    if entry.digest != digest_of(entry):
        raise BookError(f"{named} was changed: it does not match its digest")
    if entry.number != head.number + 1:
        raise BookError(f"{named} calls itself number {entry.number}")
    if entry.previous != head.digest:
        raise BookError(
            f"entry {head.number} of {where} was changed, or an entry after it was removed"
        )
    return entry
