"""Messages over a pipe: a number and the length in eight bytes each, then the message.

The number is the question's, so that an answer that comes twice is never taken for the next one's.
"""

import struct
from typing import Protocol

BIGGEST = 64 << 20
"""Bytes of a message: more is not read."""

_HEAD = struct.Struct(">QQ")
_AT_ONCE = 1 << 20


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes | None: ...


class _Writable(Protocol):
    def write(self, data: bytes | memoryview, /) -> int | None: ...


class FrameError(Exception):
    """What came over the pipe is no message."""


class PipeClosed(FrameError):
    """Whoever wrote is gone."""


def write_frame(pipe: _Writable, number: int, message: bytes) -> None:
    """Write a message to an unbuffered pipe. Raises OSError."""
    rest = memoryview(_HEAD.pack(number, len(message)) + message)
    while rest:
        rest = rest[pipe.write(rest) or 0 :]


def read_frame(pipe: _Readable) -> tuple[int, bytes]:
    """Read a message and its number. Raises FrameError, or OSError."""
    number, length = _HEAD.unpack(_read(pipe, _HEAD.size))
    if length > BIGGEST:
        raise FrameError(f"it has {length:,} bytes; the limit is {BIGGEST:,}")
    return number, _read(pipe, length)


def _read(pipe: _Readable, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        chunk = pipe.read(min(length - len(data), _AT_ONCE))
        if not chunk:
            raise PipeClosed
        data += chunk
    return bytes(data)
