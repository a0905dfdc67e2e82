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

from credcheck._util.errors import InputError, OutputError
from credcheck.model import Model, RunHeader, canonical_json
from credcheck.tables.lines import file_sha256

LOG_SCHEMA: Final = "credcheck.log/1"
BEGINNING = "0" * 64
_PATIENCE = 30.0  # seconds: another run is appending


class LogError(InputError):
    """The log cannot be trusted. The message names the entry."""


class LogUnwritable(OutputError):
    """The log cannot be written: it is held by another run, or the disk is full."""


class LogEntry(Model, kw_only=True):
    """One run: its header, the digest of its results, and the digest of the entry before."""

    schema: Literal["credcheck.log/1"] = LOG_SCHEMA
    number: int
    previous: str
    command: str
    run: RunHeader
    results_sha256: str
    status: int


class LogHead(NamedTuple):
    """The last entry: how many there are, and its digest."""

    entries: int
    digest: str

    def __str__(self) -> str:
        return f"{self.entries}:{self.digest}"


def digest_of(entry: LogEntry) -> str:
    """Return the SHA-256 of an entry's canonical JSON."""
    return hashlib.sha256(canonical_json(entry)).hexdigest()


def append(path: Path, command: str, run: RunHeader, results_sha256: str, status: int) -> LogHead:
    """Append an entry, durably. Raises LogUnwritable or LogError, with nothing appended.

    A last line that was cut off by a power failure was never acknowledged, and is dropped.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(f"{path}.lock", timeout=_PATIENCE):
            head = _drop_torn_end(path)
            entry = LogEntry(
                number=head.entries + 1,
                previous=head.digest,
                command=command,
                run=run,
                results_sha256=results_sha256,
                status=status,
            )
            _append_line(path, canonical_json(entry) + b"\n")
    except Timeout as error:
        raise LogUnwritable(f"the log {path} is held by another run") from error
    except OSError as error:
        raise LogUnwritable(f"the log {path} cannot be written: {error.strerror}") from error
    return LogHead(entry.number, digest_of(entry))


def verify_log(path: Path, head: str | None = None) -> LogHead:
    """Check the whole chain and return its head. Raises LogError with the entry that breaks it.

    ``head`` is one that was told before, now or by an earlier run: its entry must still be there.
    """
    last, heads = LogHead(0, BEGINNING), {str(LogHead(0, BEGINNING))}
    for number, line in enumerate(_read_lines(path), 1):
        last = _check_entry(path, number, line, last)
        heads.add(str(last))
    if head is not None and head not in heads:
        raise LogError(
            f"{path}: head {head} is not in this log, which has {last.entries} entries;"
            " entries were cut off, or the log was written again"
        )
    return last


def find_results(path: Path, results: Path) -> int:
    """Return the number of the last entry whose run wrote a file of results. Raises LogError.

    The chain is not checked here: see ``verify_log``.
    """
    try:
        digest = file_sha256(results)
    except OSError as error:
        raise LogError(f"{results}: {error.strerror}") from error
    found = [entry.number for entry in read_entries(path) if entry.results_sha256 == digest]
    if not found:
        raise LogError(
            f"{results}: no run of this log wrote them (sha256 {digest}); the file was changed or"
            " written anew, or it is of another log"
        )
    return found[-1]


def read_entries(path: Path) -> Iterator[LogEntry]:
    """Yield the entries, unchecked."""
    for line in _read_lines(path):
        yield msgspec.json.decode(line, type=LogEntry)


def _check_entry(path: Path, number: int, line: bytes, last: LogHead) -> LogHead:
    where = f"{path}: entry {number}"
    if not line.endswith(b"\n"):
        raise LogError(f"{where} is cut off")
    try:
        entry = msgspec.json.decode(line, type=LogEntry)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise LogError(f"{where} is no entry of a log: {error}") from error
    if canonical_json(entry) + b"\n" != line:
        raise LogError(f"{where} was changed: it is not as credcheck writes it")
    if entry.previous != last.digest:
        raise LogError(f"entry {number - 1} of {path} was changed, or one after it taken out")
    if entry.number != number:
        raise LogError(f"{where} says that it is number {entry.number}")
    return LogHead(number, digest_of(entry))


def _read_lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from file
    except OSError as error:
        raise LogError(f"the log {path} cannot be read: {error.strerror}") from error


def _drop_torn_end(path: Path) -> LogHead:
    """Return the head to append to, after dropping a torn last line."""
    if not path.exists():
        return LogHead(0, BEGINNING)
    with path.open("rb+") as file:
        data = file.read()
        whole = data.rfind(b"\n") + 1
        if whole < len(data):
            file.truncate(whole)
    if not whole:
        return LogHead(0, BEGINNING)
    last = data[:whole].splitlines()[-1]
    try:
        entry = msgspec.json.decode(last, type=LogEntry)
    except msgspec.MsgspecError as error:
        raise LogError(
            f"{path}: the last entry is no entry of a log; see credcheck log verify"
        ) from error
    return LogHead(entry.number, digest_of(entry))


def _append_line(path: Path, line: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.write(handle, line) != len(line):
            raise OSError(0, "only a part was written")
        os.fsync(handle)
    finally:
        os.close(handle)
