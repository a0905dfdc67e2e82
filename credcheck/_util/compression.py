"""Files that are compressed by the end of their name, and read by what they hold."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import BinaryIO, cast

SUFFIXES = (".zst", ".gz")
_MAGIC = {b"\x28\xb5\x2f\xfd": ".zst", b"\x1f\x8b": ".gz"}
_LEVEL = {".zst": 3, ".gz": 6}
_BUFFER = 1 << 18  # bytes


def compression_of(name: str) -> str:
    """Return the compression that a file's name asks for, or nothing."""
    suffix = PurePath(name).suffix.lower()
    return suffix if suffix in SUFFIXES else ""


@contextmanager
def compress(out: BinaryIO, how: str) -> Iterator[BinaryIO]:
    """Pass on, compressed, what is written. The same content gives the same bytes.

    What was written is whole when the block ends; ``out`` stays open.
    """
    if not how:
        yield out
    elif how == ".gz":  # without a name and a time of day
        with gzip.GzipFile("", "wb", _LEVEL[how], out, mtime=0) as file:
            yield cast("BinaryIO", file)
    else:
        import zstandard

        packer = zstandard.ZstdCompressor(level=_LEVEL[how], write_checksum=True)
        with packer.stream_writer(out, closefd=False) as packed:
            yield packed


@contextmanager
def open_compressed(path: Path) -> Iterator[BinaryIO]:
    """Open a file to read what is in it, compressed or not.

    Raises OSError, also for a file that is cut off or damaged within.
    """
    with path.open("rb") as file:
        magic = file.read(4)
        file.seek(0)
        how = next((how for sign, how in _MAGIC.items() if magic.startswith(sign)), "")
        if not how:
            yield file
            return
        try:
            with _open_packed(file, how) as content:
                yield content
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise OSError(0, f"the compressed content is damaged or cut off ({error})") from error
        except Exception as error:
            if type(error).__name__ != "ZstdError":  # it is imported only where it is needed
                raise
            raise OSError(0, f"the compressed content is damaged ({error})") from error


def _open_packed(file: BinaryIO, how: str) -> BinaryIO:
    if how == ".gz":
        return cast("BinaryIO", gzip.GzipFile(fileobj=file, mode="rb"))
    import zstandard

    unpacked = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
    return cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", unpacked), _BUFFER))
