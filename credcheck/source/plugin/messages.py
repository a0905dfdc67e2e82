"""What is said to a plugin's process, and what it may say: typed, and decoded strictly."""

import datetime as dt
import re
from typing import Annotated, Any, Literal

import msgspec

from credcheck.model import RECORD_TYPES, EvidenceKind, Model, Provenance, Record
from credcheck.model.json import decode_date, encode_date
from credcheck.source.interface import (
    AdapterFault,
    Answer,
    Candidates,
    Claim,
    NameQuestion,
    PersonRecord,
    Snapshot,
    SourceFacts,
    Subject,
)
from credcheck.storage.snapshots import Info

LONGEST_CLAIM = 16 << 10
"""Bytes of one row: more is not read. Comparing names takes time that grows with their square."""

MOST_CLAIMS = 10_000
"""Rows about one physician: more are not read."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


class _Message(Model, kw_only=True, tag=True, forbid_unknown_fields=True):
    """A message. Its tag is the name of its type."""


class Load(_Message, kw_only=True):
    """Import what an entry point names: an adapter, or an importer."""

    entry_point: str
    importer: bool = False


class Open(_Message, kw_only=True):
    """Open the source. What the surroundings give: see Context."""

    name: str
    options: dict[str, Any]
    folder: str
    today: dt.date
    cache: str | None
    offline: bool
    refresh: bool
    store: str | None


class Collect(_Message, kw_only=True):
    """Answer for every subject."""

    subjects: tuple[Subject, ...]


class Search(_Message, kw_only=True):
    """Answer every question about a name."""

    questions: tuple[NameQuestion, ...]


class Import(_Message, kw_only=True):
    """Import files into the store: see ImportJob."""

    files: tuple[str, ...]
    store: str
    update: bool
    as_of: dt.date | None
    force: bool
    today: dt.date | None


Request = Load | Open | Collect | Search | Import


class Reply(_Message, kw_only=True):
    """An answer. ``said`` is what was written to standard error meanwhile."""

    said: str = ""


class Loaded(Reply, kw_only=True):
    """The adapter is loaded: what it declares. ``options`` are the names of its options."""

    summary: str = ""
    kinds: tuple[EvidenceKind, ...] = ()
    options: tuple[str, ...] = ()


class Opened(Reply, kw_only=True):
    """The source is open."""

    facts: SourceFacts
    searchable: bool
    importable: bool


class WireAnswer(Model, kw_only=True, forbid_unknown_fields=True):
    """An Answer, or Candidates, whose claims are not decoded yet."""

    claims: Annotated[tuple[msgspec.Raw, ...], msgspec.Meta(max_length=MOST_CLAIMS)] = ()
    snapshot: Snapshot | None = None
    failure: str | None = None
    complete: bool = True
    permanent: bool = False


class Answered(Reply, kw_only=True):
    """The answers."""

    answers: tuple[WireAnswer, ...]


class Imported(Reply, kw_only=True):
    """The files are imported."""

    info: Info


class Failed(Reply, kw_only=True):
    """It went wrong.

    ``source``: the source says that it is unusable. ``options``: it refuses its options. ``input``,
    ``usage`` and ``output`` are the families of errors of an import. ``fault``: the adapter broke.
    """

    family: Literal["source", "options", "input", "usage", "output", "fault"]
    message: str
    traceback: str = ""


AnyReply = Loaded | Opened | Answered | Imported | Failed


class _WireClaim(Model, kw_only=True, forbid_unknown_fields=True):
    kind: EvidenceKind
    about: PersonRecord
    program: Literal["program_code", "program_name"] | None
    record: msgspec.Raw
    problem: str | None
    provenance: Provenance


_ENCODER = msgspec.msgpack.Encoder(enc_hook=encode_date)
_REQUESTS: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request, dec_hook=decode_date)
_REPLIES: msgspec.msgpack.Decoder[AnyReply] = msgspec.msgpack.Decoder(
    AnyReply, dec_hook=decode_date
)
_CLAIMS = msgspec.msgpack.Decoder(_WireClaim, dec_hook=decode_date)
_RECORDS: dict[EvidenceKind, msgspec.msgpack.Decoder[Record | None]] = {
    kind: msgspec.msgpack.Decoder(wanted | None, dec_hook=decode_date)
    for kind, wanted in RECORD_TYPES.items()
}


def encode(message: Request | AnyReply) -> bytes:
    """Return a message as bytes. Raises what msgspec raises for values that it has no form for."""
    return _ENCODER.encode(message)


def decode_request(data: bytes) -> Request:
    """Read a request."""
    return _REQUESTS.decode(data)


def decode_reply(data: bytes) -> AnyReply:
    """Read a reply. Raises msgspec.DecodeError for what is none."""
    return _REPLIES.decode(data)


def pack_answer(answer: Answer | Candidates) -> WireAnswer:
    """Return an answer as it goes over the pipe. Raises AdapterFault for more rows than are read."""
    if len(answer.claims) > MOST_CLAIMS:
        raise AdapterFault(
            f"the adapter returned {len(answer.claims):,} rows for one question;"
            f" the limit is {MOST_CLAIMS:,}"
        )
    return WireAnswer(
        claims=tuple(msgspec.Raw(_pack_claim(claim)) for claim in answer.claims),
        snapshot=answer.snapshot,
        failure=answer.failure,
        complete=getattr(answer, "complete", True),
        permanent=getattr(answer, "permanent", False),
    )


def unpack_claims(packed: WireAnswer) -> tuple[Claim, ...]:
    """Return the claims of an answer. Raises AdapterFault for one that is too long or is none."""
    return tuple(map(_unpack_claim, packed.claims))


def _pack_claim(claim: Claim) -> bytes:
    if claim.verification is not None:
        raise AdapterFault("the adapter returned a person's verification; only the book may")
    record = msgspec.Raw(_ENCODER.encode(claim.record))
    fields = {name: getattr(claim, name) for name in _WireClaim.__struct_fields__}
    return _ENCODER.encode(_WireClaim(**fields | {"record": record}))


def _unpack_claim(packed: msgspec.Raw) -> Claim:
    size = len(memoryview(packed))
    if size > LONGEST_CLAIM:
        raise AdapterFault(
            f"the adapter returned a row of {size:,} bytes; the limit is {LONGEST_CLAIM:,}"
        )
    try:
        wire = _CLAIMS.decode(packed)
        record = _RECORDS[wire.kind].decode(wire.record)
    except msgspec.DecodeError as error:
        raise AdapterFault(f"the adapter returned an invalid row: {error}") from error
    if not _SHA256.fullmatch(wire.provenance.sha256):
        raise AdapterFault(
            "the adapter returned a row without the SHA-256 digest of its raw record"
        )
    return Claim(
        kind=wire.kind,
        about=wire.about,
        program=wire.program,
        record=record,
        problem=wire.problem,
        provenance=wire.provenance,
    )
