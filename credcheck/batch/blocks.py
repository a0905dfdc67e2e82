"""Verdicts packed together: most of what one says, the next says again.

A block is small enough to be read for one verdict of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec
import zstandard

from credcheck.model import State, Verdict, VerdictWriter

BEGINNING = b'{"schema":"credcheck.verdict/1","query":'
"""How a verdict's JSON begins: what follows is its query, then its body."""

_AT_MOST = 32  # verdicts in a block
_DECODER = msgspec.msgpack.Decoder(list[bytes])


class Kept(NamedTuple):
    """What can be asked of a verdict without unpacking it.

    ``again`` says that it rests on a source that failed, so that asking again may tell more.
    """

    row: int
    outcome: str
    again: bool


class Block(NamedTuple):
    """Verdicts without their queries, which each row has its own of."""

    kept: tuple[Kept, ...]
    packed: bytes


class Packer:
    """Packs verdicts. What they share is written once for all blocks."""

    def __init__(self) -> None:
        """Begin with nothing written."""
        self._body = VerdictWriter().after_query

    def __call__(self, rows: Iterable[int], verdicts: Iterable[Verdict]) -> Iterator[Block]:
        """Pack verdicts, each with the first row that asks for it."""
        pack = zstandard.ZstdCompressor(level=1, write_checksum=True).compress
        pairs = zip(rows, verdicts, strict=True)
        while part := list(islice(pairs, _AT_MOST)):
            kept = tuple([Kept(row, v.outcome.value, is_unanswered(v)) for row, v in part])
            bodies = [self._body(verdict) for _, verdict in part]
            yield Block(kept, pack(msgspec.msgpack.encode(bodies)))


def unpacked(packed: bytes) -> Sequence[bytes]:
    """Return the bodies of a block. Raises ValueError if it is damaged."""
    try:
        return _DECODER.decode(zstandard.ZstdDecompressor().decompress(packed))
    except (zstandard.ZstdError, msgspec.DecodeError) as error:
        raise ValueError(f"a block of verdicts is damaged: {error}") from error


def is_unanswered(verdict: Verdict) -> bool:
    """Tell whether a source failed: asking again may tell more."""
    return any(source.state is State.FAILED for source in verdict.sources)
