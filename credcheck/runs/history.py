"""The log of runs: a chain in which every entry holds the digest of the one before.

An entry that is changed or taken out in the middle breaks the chain. An end that is cut off does
not: for that, keep the head, which is told at the end of each run, elsewhere.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec
from filelock import FileLock, Timeout

from credcheck.model import Model, RunHeader, canonical_json

LOG_SCHEMA: Final = "credcheck.log/1"
BEGINNING = "0" * 64
_PATIENCE = 30.0  # seconds: another run is appending


class LogError(Exception):
    """The log cannot be trusted, or not be written. The message names the entry."""


class Entry(Model, kw_only=True):
    """One run: its header, the digest of its results, and the digest of the entry before."""

    schema: Literal["credcheck.log/1"] = LOG_SCHEMA
    number: int
    previous: str
    command: str
    run: RunHeader
    results_sha256: str
    status: int


class Head(NamedTuple):
    """The last entry: how many there are, and its digest."""

    entries: int
    digest: str

    def __str__(self) -> str:
        return f"{self.entries}:{self.digest}"


def digest_of(entry: Entry) -> str:
    """Return the SHA-256 of an entry's canonical JSON."""
    return hashlib.sha256(canonical_json(entry)).hexdigest()


def append(path: Path, command: str, run: RunHeader, results_sha256: str, status: int) -> Head:
    """Append an entry, durably. Raises LogError, with nothing appended.

    A last line that was cut off by a power failure was never acknowledged, and is dropped.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(f"{path}.lock", timeout=_PATIENCE):
            head = _whole_end(path)
            entry = Entry(
                number=head.entries + 1,
                previous=head.digest,
                command=command,
                run=run,
                results_sha256=results_sha256,
                status=status,
            )
            _write(path, canonical_json(entry) + b"\n")
    except Timeout as error:
        raise LogError(f"the log {path} is held by another run") from error
    except OSError as error:
        raise LogError(f"the log {path} cannot be written: {error.strerror}") from error
    return Head(entry.number, digest_of(entry))


def verify_log(path: Path, head: str | None = None) -> Head:
    """Check the whole chain and return its head. Raises LogError with the entry that breaks it.

    ``head`` is one that was told before, now or by an earlier run: its entry must still be there.
    """
    last, heads = Head(0, BEGINNING), {str(Head(0, BEGINNING))}
    for number, line in enumerate(_lines(path), 1):
        last = _checked(path, number, line, last)
        heads.add(str(last))
    if head is not None and head not in heads:
        raise LogError(
            f"{path}: head {head} is not in this log, which has {last.entries} entries;"
            " entries were cut off, or the log was written anew"
        )
    return last


def entries(path: Path) -> Iterator[Entry]:
    """Yield the entries, unchecked."""
    for line in _lines(path):
        yield msgspec.json.decode(line, type=Entry)


def _checked(path: Path, number: int, line: bytes, last: Head) -> Head:
    where = f"{path}: entry {number}"
    if not line.endswith(b"\n"):
        raise LogError(f"{where} is cut off")
    try:
        entry = msgspec.json.decode(line, type=Entry)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise LogError(f"{where} is no entry of a log: {error}") from error
    if canonical_json(entry) + b"\n" != line:
        raise LogError(f"{where} was changed: it is not as credcheck writes it")
    if entry.previous != last.digest:
        raise LogError(f"entry {number - 1} of {path} was changed, or one after it taken out")
    if entry.number != number:
        raise LogError(f"{where} says that it is number {entry.number}")
    return Head(number, digest_of(entry))


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from file
    except OSError as error:
        raise LogError(f"the log {path} cannot be read: {error.strerror}") from error


def _whole_end(path: Path) -> Head:
    """Return the head to append to, after dropping a torn last line."""
    if not path.exists():
        return Head(0, BEGINNING)
    with path.open("rb+") as file:
        data = file.read()
        whole = data.rfind(b"\n") + 1
        if whole < len(data):
            file.truncate(whole)
    if not whole:
        return Head(0, BEGINNING)
    last = data[:whole].splitlines()[-1]
    try:
        entry = msgspec.json.decode(last, type=Entry)
    except msgspec.MsgspecError as error:
        raise LogError(
            f"{path}: the last entry is no entry of a log; see credcheck log verify"
        ) from error
    return Head(entry.number, digest_of(entry))


def _write(path: Path, line: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.write(handle, line) != len(line):
            raise OSError(0, "only a part was written")
        os.fsync(handle)
    finally:
        os.close(handle)
