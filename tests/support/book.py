"""Books for tests: entries of one invented person, and worlds that have a book."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from credcheck.book.book import Book
from credcheck.book.documents import keep_document
from credcheck.book.entries import (
    AnyBody,
    CertificateVerified,
    CompetencyVerified,
    Confirmed,
    FellowshipVerified,
    LicenseVerified,
    ProgramVerified,
    Settled,
)
from credcheck.book.storage import BookFolder
from credcheck.model import Competency, Licensure
from tests.support.build import NPI, certificate, day, fellowship, program

VERIFIED_ON = dt.date(2026, 10, 20)
RECORDED = dt.datetime(2026, 10, 21, 9, 30, tzinfo=dt.UTC)

_PROVEN: dict[str, Any] = {
    "npi": NPI,
    "name": "Abernathy, Alma",
    "by": "J. Roe",
    "on": VERIFIED_ON,
    "how": "telephone",
    "asked": "issuer",
    "contact": "Ms. A. Registrar",
}


def certified(**changes: Any) -> CertificateVerified:
    """A verified certificate in Pain Medicine: what is changed of the record, and of the entry."""
    record = certificate(**{k: changes.pop(k) for k in _of_record(changes, certificate())})
    return CertificateVerified(**{**_PROVEN, "record": record, **changes})


def trained(**changes: Any) -> FellowshipVerified:
    record = fellowship(**{k: changes.pop(k) for k in _of_record(changes, fellowship())})
    return FellowshipVerified(**{**_PROVEN, "record": record, **changes})


def accredited(**changes: Any) -> ProgramVerified:
    record = program(**{k: changes.pop(k) for k in _of_record(changes, program())})
    return ProgramVerified(**{**_PROVEN, "record": record, **changes})


def permitted(**changes: Any) -> CompetencyVerified:
    record = Competency(topic="radiation_safety", title="Permit", expires=day("2028-01-01"))
    return CompetencyVerified(**{**_PROVEN, "record": record, **changes})


def licensed(**changes: Any) -> LicenseVerified:
    record = Licensure(number="35.000107", state="OH", status="Active", expires=day("2027-10-01"))
    record = replace(record, **{k: changes.pop(k) for k in _of_record(changes, record)})
    return LicenseVerified(**{**_PROVEN, "record": record, **changes})


def settled(row: str = "0" * 64, *, is_person: bool = False, **changes: Any) -> Settled:
    proof = {k: v for k, v in _PROVEN.items() if k != "asked"}
    return Settled(**{**proof, "row": row, "is_person": is_person, **changes})


def confirmed(entry: str, **changes: Any) -> Confirmed:
    return Confirmed(**{"by": "M. Second", "on": VERIFIED_ON, "entry": entry, **changes})


def new_book(folder: Path, *bodies: AnyBody) -> BookFolder:
    """Begin a book in a folder, with some entries."""
    book = BookFolder(folder)
    book.begin("J. Roe", VERIFIED_ON, RECORDED)
    if bodies:
        add(book, *bodies)
    return book


def add(book: BookFolder, *bodies: AnyBody, recorded: dt.datetime = RECORDED) -> Book:
    return book.append(lambda _: bodies, recorded).book


def with_document(
    book: BookFolder, body: Any, content: bytes = b"scan", name: str = "s.pdf"
) -> Any:
    """Return an entry without a contact that rests on a document, which is kept in the book."""
    path = book.folder.parent / name
    path.write_bytes(content)
    return replace(body, contact=None, documents=(keep_document(book.folder, path),))


def digests(book: Book) -> Sequence[str]:
    return [held.digest for held in book.entries]


def page(book: BookFolder, number: int) -> Path:
    """Return the file of the entries that begin with a number."""
    return book.folder / "entries" / f"{number:06d}" / "entries.ndjson"


def _of_record(changes: dict[str, Any], record: Any) -> list[str]:
    return [name for name in changes if name in record.__struct_fields__]
