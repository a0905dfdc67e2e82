"""Verdicts packed together: most of what one says, the next says again.

A block holds each piece of JSON once, and for each verdict the places of its pieces. It is small enough
to be read for one verdict of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec
import zstandard

from credcheck.model import ReasonCode, SourceState, Verdict, VerdictWriter

BEGINNING = b'{"schema":"credcheck.verdict/1","query":'
"""How a verdict's JSON begins: what follows is its query, then its body."""

_AT_MOST = 32  # verdicts in a block
_DECODER = msgspec.msgpack.Decoder(tuple[list[bytes], list[list[int]]])


class VerdictStub(NamedTuple):
    """What can be asked of a verdict without unpacking it.

    ``again`` says that a source did not answer, so that asking again may tell more.
    """

    row: int
    outcome: str
    again: bool


class VerdictBlock(NamedTuple):
    """Verdicts without their queries, which each row has its own of."""

    kept: tuple[VerdictStub, ...]
    packed: bytes


_STUBS = msgspec.msgpack.Decoder(tuple[VerdictStub, ...])


def encode_stubs(stubs: Sequence[VerdictStub]) -> bytes:
    """Return the stubs of a block as bytes."""
    return msgspec.msgpack.encode(stubs)


def decode_stubs(encoded: bytes) -> tuple[VerdictStub, ...]:
    """Return the stubs of some bytes. Raises ValueError if they are none."""
    try:
        return _STUBS.decode(encoded)
    except msgspec.MsgspecError as error:
        raise ValueError(f"a block of verdicts is damaged: {error}") from error


class Packer:
    """Packs verdicts. What they share is written once for all blocks."""

    def __init__(self) -> None:
        self._written = VerdictWriter().after_query

    def __call__(self, rows: Iterable[int], verdicts: Iterable[Verdict]) -> Iterator[VerdictBlock]:
        """Pack verdicts, each with the first row that asks for it."""
        pack = zstandard.ZstdCompressor(level=1, write_checksum=True).compress
        pairs = zip(rows, verdicts, strict=True)
        while part := list(islice(pairs, _AT_MOST)):
            kept = tuple(
                [
                    VerdictStub(row, v.outcome.value, find_unanswered(v) is not None)
                    for row, v in part
                ]
            )
            yield VerdictBlock(kept, pack(self._pieces([verdict for _, verdict in part])))

    def _pieces(self, verdicts: Sequence[Verdict]) -> bytes:
        places: dict[bytes, int] = {}
        bodies = [
            [places.setdefault(piece, len(places)) for piece in self._written(verdict)]
            for verdict in verdicts
        ]
        return msgspec.msgpack.encode((list(places), bodies))


def unpack_block(packed: bytes) -> Sequence[bytes]:
    """Return the bodies of a block. Raises ValueError if it is damaged."""
    try:
        pieces, bodies = _DECODER.decode(zstandard.ZstdDecompressor().decompress(packed))
        return [b"".join([pieces[place] for place in body]) for body in bodies]
    except (zstandard.ZstdError, msgspec.DecodeError, IndexError) as error:
        raise ValueError(f"a block of verdicts is damaged: {error}") from error


def find_unanswered(verdict: Verdict) -> str | None:
    """Say which source did not answer: about the person, who bears the name, or who else does."""
    for source in verdict.sources:
        if source.state is SourceState.FAILED:
            return f"{source.name}: {source.detail}"
    for reason in verdict.resolution.reasons:
        if reason.code is ReasonCode.SOURCE_FAILED:
            return reason.message
    for item in verdict.evidence:
        if item.match.unanswered:
            return item.match.why
    return None
