"""Documents of the book: copied under their digest, so that what was read is what is kept.

A document that is gone, or is not what its digest says, proves nothing. One that should never have been
there (another patient's scan) is taken out; its digest stays in the entry that named it.
"""

import hashlib
import io
import os
import re
import stat
import tempfile
from collections.abc import Container
from contextlib import suppress
from pathlib import Path
from typing import IO

from credcheck._util.errors import InputError, OutputError
from credcheck._util.files import file_sha256
from credcheck.book.book import Book
from credcheck.book.entries import EntryDocument
from credcheck.model import DocumentState

FOLDER = "documents"
_LARGEST = 100 << 20  # bytes
_CHUNK = 1 << 20
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


class DocumentError(InputError):
    """A document cannot be taken in. The message names it."""


def keep_document(folder: Path, path: Path, redacted: Container[str] = ()) -> EntryDocument:
    """Copy a document into the book's folder, and return what an entry says of it.

    Raises DocumentError for one that is no ordinary file, is empty or too large, or was taken out
    before, and OutputError where it cannot be copied.
    """
    _check_ordinary(path)
    try:
        with path.open("rb") as file:
            return _keep(folder, file, path.name, redacted)
    except OSError as error:
        raise OutputError(f"{path}: could not be copied: {error.strerror}") from error


def keep_bytes(folder: Path, data: bytes, name: str) -> EntryDocument:
    """Keep what was made here, such as a verdict, in the same way. Raises OutputError."""
    try:
        return _keep(folder, io.BytesIO(data), name, ())
    except OSError as error:
        raise OutputError(f"{name}: could not be saved: {error.strerror}") from error


def _keep(folder: Path, file: IO[bytes], name: str, redacted: Container[str]) -> EntryDocument:
    target = folder / FOLDER
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".new-", dir=target)
    part = Path(temporary)
    try:
        with os.fdopen(handle, "wb") as out:
            digest, size = _copy(file, out)
            out.flush()
            os.fsync(out.fileno())
        if digest in redacted:
            raise DocumentError(f"{name} was removed from the book earlier and is not added again")
        document = EntryDocument(sha256=digest, suffix=_suffix_of(name), name=name, size=size)
        with suppress(OSError):  # the rights on a network share are not always ours to set
            target.chmod(folder.stat().st_mode & 0o2770)
            part.chmod(folder.stat().st_mode & 0o660)
        part.replace(target / document.file)
    finally:
        part.unlink(missing_ok=True)
    return document


def document_path(folder: Path, document: EntryDocument) -> Path:
    """Return where a document lies."""
    return folder / FOLDER / document.file


def state_of(folder: Path, book: Book, document: EntryDocument) -> DocumentState:
    """Return whether a document is kept as it was, was taken out, is gone, or was changed."""
    if document.sha256 in book.redacted:
        return "redacted"
    path = document_path(folder, document)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return "missing"
        return "kept" if file_sha256(path) == document.sha256 else "changed"
    except OSError:
        return "missing"


def load_document(folder: Path, book: Book, document: EntryDocument) -> tuple[DocumentState, bytes]:
    """Return a document's state and, if it is kept as it was, its bytes; else none."""
    if document.sha256 in book.redacted:
        return "redacted", b""
    path = document_path(folder, document)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return "missing", b""
        data = path.read_bytes()
    except OSError:
        return "missing", b""
    is_same = hashlib.sha256(data).hexdigest() == document.sha256
    return ("kept", data) if is_same else ("changed", b"")


def remove_document(folder: Path, document: EntryDocument) -> None:
    """Take a document out. Raises OutputError where that fails."""
    try:
        for path in (folder / FOLDER).glob(f"{document.sha256}*"):
            path.unlink()
    except OSError as error:
        raise OutputError(f"{document.file} could not be removed: {error.strerror}") from error


def _check_ordinary(path: Path) -> None:
    try:
        status = path.stat()
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror}") from error
    if not stat.S_ISREG(status.st_mode):
        raise DocumentError(f"{path} is not a regular file")
    if not status.st_size:
        raise DocumentError(f"{path} is empty")
    if status.st_size > _LARGEST:
        raise DocumentError(f"{path} is larger than {_LARGEST >> 20} MB")


def _copy(file: IO[bytes], out: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        size += out.write(chunk)
    return digest.hexdigest(), size


def _suffix_of(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""
