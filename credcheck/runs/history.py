"""The log of runs: a chain in which every entry holds the digest of the one before.

An entry that is changed or taken out in the middle breaks the chain. An end that is cut off does
not: for that, keep the head, which is told at the end of each run, elsewhere.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from credcheck._util.compression import open_compressed
from credcheck._util.files import check_regular, fsync_path, make_private_folder
from credcheck._util.locks import LockHeld, hold_lock
from credcheck.model import RunHeader, canonical_json
from credcheck.runs.log_end import append_line, find_end, list_log_files, open_log, set_aside
from credcheck.runs.log_entry import (
    BEGINNING,
    LONGEST_ENTRY,
    LogEntry,
    LogError,
    LogHead,
    LogUnwritable,
    digest_of,
)

__all__ = [
    "BEGINNING",
    "LogEntry",
    "LogError",
    "LogHead",
    "LogUnwritable",
    "append",
    "check_log",
    "digest_of",
    "find_results",
    "list_log_files",
    "read_entries",
    "verify_log",
]
_PART = 1 << 20  # bytes
_PATIENCE = 30.0  # seconds: another run is appending


def append(path: Path, command: str, run: RunHeader, results_sha256: str, status: int) -> LogHead:
    """Append an entry, durably. Raises LogUnwritable or LogError, with nothing appended."""
    check_regular(path, f"the log {path}")
    try:
        make_private_folder(path.parent)
        lock = list_log_files(path)[1]
        with hold_lock(lock, _PATIENCE), open_log(path) as file:
            end = find_end(path, file)
            entry = LogEntry(
                number=end.head.entries + 1,
                previous=end.head.digest,
                command=command,
                run=run,
                results_sha256=results_sha256,
                status=status,
            )
            set_aside(path, end.torn)
            append_line(file, end, canonical_json(entry) + b"\n")
            if end.size == 0:
                fsync_path(path.parent)  # the log is new
    except LockHeld as error:
        raise LogUnwritable(f"the log {path} is locked by another run") from error
    except OSError as error:
        reason = error.strerror or error
        raise LogUnwritable(f"the log {path} cannot be written: {reason}") from error
    return LogHead(entry.number, digest_of(entry))


def check_log(path: Path) -> None:
    """Check that an entry can be appended to a log, before a run begins. Raises LogError.

    The chain is not checked here: see ``verify_log``.
    """
    check_regular(path, f"the log {path}")
    try:
        with path.open("rb") as file:
            find_end(path, file)
    except FileNotFoundError:
        return
    except OSError as error:
        raise LogError(f"the log {path} cannot be read: {error.strerror}") from error


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
            " entries were removed, or the log was rewritten"
        )
    return last


def find_results(path: Path, results: Path) -> int:
    """Return the number of the last entry whose run wrote a file of results. Raises LogError.

    The chain is not checked here: see ``verify_log``.
    """
    check_regular(results, f"the results {results}")
    try:
        digest = _digest_content(results)
    except OSError as error:
        raise LogError(f"{results}: {error.strerror}") from error
    found = [entry.number for entry in read_entries(path) if entry.results_sha256 == digest]
    if not found:
        raise LogError(
            f"{results}: no run in this log wrote this file (SHA-256 {digest}); it was changed or"
            " rewritten, or belongs to another log"
        )
    return found[-1]


def _digest_content(results: Path) -> str:
    """Return the digest of the results themselves, whether the file is compressed or not."""
    digest = hashlib.sha256()
    with open_compressed(results) as file:
        while part := file.read(_PART):
            digest.update(part)
    return digest.hexdigest()


def read_entries(path: Path) -> Iterator[LogEntry]:
    """Yield the entries; the chain is not checked. Raises LogError for a line that is no entry."""
    for number, line in enumerate(_read_lines(path), 1):
        yield _decode_entry(path, number, line)


def _check_entry(path: Path, number: int, line: bytes, last: LogHead) -> LogHead:
    where = f"{path}: entry {number}"
    entry = _decode_entry(path, number, line)
    if canonical_json(entry) != line.removesuffix(b"\n"):
        raise LogError(f"{where} was changed: credcheck does not write entries this way")
    if entry.previous != last.digest:
        raise LogError(
            f"entry {number - 1} of {path} was changed, or an entry after it was removed"
        )
    if entry.number != number:
        raise LogError(f"{where} calls itself number {entry.number}")
    return LogHead(number, digest_of(entry))


def _decode_entry(path: Path, number: int, line: bytes) -> LogEntry:
    try:
        return msgspec.json.decode(line, type=LogEntry)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        cut = "" if line.endswith(b"\n") else "is cut off, or "
        raise LogError(f"{path}: entry {number} {cut}is not a log entry: {error}") from error


def _read_lines(path: Path) -> Iterator[bytes]:
    check_regular(path, f"the log {path}")
    try:
        with path.open("rb") as file:
            while line := file.readline(LONGEST_ENTRY + 1):
                if len(line) > LONGEST_ENTRY:
                    raise LogError(f"{path}: a line is too long to be a log entry")
                yield line
    except OSError as error:
        raise LogError(f"the log {path} cannot be read: {error.strerror}") from error
