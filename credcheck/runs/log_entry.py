"""One entry of the log of runs, and the digest that the next one holds of it."""

import hashlib
from typing import Final, Literal, NamedTuple

import msgspec

from credcheck._util.errors import InputError, OutputError
from credcheck.model import Model, RunHeader, canonical_json

LOG_SCHEMA: Final = "credcheck.log/1"
BEGINNING = "0" * 64
LONGEST_ENTRY = 8 << 20  # bytes: a roster's header is in it, escaped


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


def decode_head(line: bytes) -> LogHead | None:
    """Return the head of an entry as credcheck writes it, or None."""
    try:
        entry = msgspec.json.decode(line, type=LogEntry)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return LogHead(entry.number, digest_of(entry)) if canonical_json(entry) == line else None
