"""Files that a command writes: whole or not there at all."""

import hashlib
import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from credcheck._util.compression import compress, compression_of
from credcheck._util.errors import OutputError, UsageError
from credcheck._util.files import atomic_write
from credcheck._util.suggest import did_you_mean
from credcheck.cli.streams import read_binary
from credcheck.reports.formats import formats
from credcheck.reports.formats.base import Format

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_BUFFER = 1 << 20


@contextmanager
def open_output(target: str) -> Iterator[BinaryIO]:
    """Open an output; ``-`` is standard output, and a file appears only when it is whole.

    It is compressed where its name ends in .zst or .gz.

    Raises OutputError where it cannot be written; what was there before stays then.
    """
    if target == "-":
        with io.BufferedWriter(_Stdout(), _BUFFER) as out:
            yield out
        return
    try:
        with (
            atomic_write(Path(target)) as file,
            compress(file, compression_of(target)) as packed,
        ):
            yield packed
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"{target} could not be written: {reason}; the partial file was removed"
        raise OutputError(message) from error


@contextmanager
def open_hashing(out: BinaryIO) -> "Iterator[tuple[BinaryIO, hashlib._Hash]]":
    """Pass on what is written to a file, and take its SHA-256, which is whole at the end."""
    digest = hashlib.sha256()
    with io.BufferedWriter(_HashingFile(out, digest), _BUFFER) as through:
        yield through, digest


class _HashingFile(io.RawIOBase):
    """Writes on to another file what it has digested."""

    def __init__(self, out: BinaryIO, digest: "hashlib._Hash") -> None:
        self._out = out
        self._digest = digest

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        self._digest.update(data)
        return self._out.write(data)


class _Stdout(io.RawIOBase):
    """Standard output as a raw file, with our own errors."""

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        from credcheck.cli.console import write

        raw = bytes(data)  # type: ignore[call-overload]
        write(raw)
        return len(raw)


def choose_format(said: str | None, output: str, *, otherwise: str = "ndjson") -> Format:
    """Return the format. Raises UsageError for one that is unknown, or a name that tells none."""
    form = _find_format(said, output, otherwise)
    if compression_of(output) and not form.is_compressible:
        names = ", ".join(name for name, each in formats().items() if each.is_compressible)
        raise UsageError(f"-o {output}: {form.name} cannot be compressed; {names} can")
    if form.needs is not None and find_spec(form.needs) is None:
        raise UsageError(
            f"the format {form.name} needs {form.needs}: pip install 'credcheck[{form.name}]'"
        )
    return form


def _find_format(said: str | None, output: str, otherwise: str) -> Format:
    known = formats()
    if said is not None:
        if said in known:
            return known[said]
        names = ", ".join(known)
        raise UsageError(f"unknown format {said!r}{did_you_mean(said, known)}; known are {names}")
    if output == "-":
        return known[otherwise]
    name = output.removesuffix(Path(output).suffix) if compression_of(output) else output
    suffix = Path(name).suffix.lower()
    by_suffix = {each.suffix: each for each in known.values()}
    if suffix in by_suffix:
        return by_suffix[suffix]
    endings = ", ".join(sorted(by_suffix))
    raise UsageError(
        f"-o {output}: cannot tell the format from the file name; use --format or one of these"
        f" endings: {endings}"
    )


@contextmanager
def open_input(name: str) -> Iterator[Path]:
    """Return an input's file; standard input is kept in one for as long as it is needed."""
    if name != "-":
        yield Path(name)
        return
    with tempfile.TemporaryDirectory(prefix="credcheck-") as folder:
        path = Path(folder) / "standard input"
        with path.open("wb") as file:
            shutil.copyfileobj(read_binary(), file)
        yield path
