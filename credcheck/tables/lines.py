"""Lines of a text file, with a digest of its bytes, in bounded memory.

A gigabyte without a line end must not become a gigabyte of memory, and a directory or a pipe must
not hang the run, so both are refused before anything is parsed.
"""

import hashlib
import io
import stat
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from credcheck._util.progress import report_bytes
from credcheck.tables.base import Remedy, UnusableTable
from credcheck.tables.limits import LINE
from credcheck.tables.options import ReadOptions

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"


class _DigestingFile(io.FileIO):
    """A file that digests every byte that is read from it."""

    def __init__(self, path: Path, digest: "hashlib._Hash") -> None:
        super().__init__(path, "rb")
        self._digest = digest
        self._size = path.stat().st_size

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        count = super().readinto(buffer)
        if count:
            self._digest.update(memoryview(buffer)[:count])
            report_bytes(self.tell(), self._size)
        return count


class TextLines:
    """The lines of one file, read once. All is right when all lines have been read.

    ``is_terminated`` tells whether the last line has its end.
    """

    def __init__(self, path: Path, options: ReadOptions) -> None:
        """Check that the file can be read at all. Raises UnusableTable if not.

        A byte order mark says the encoding; what else it is, is never guessed.
        """
        self._path = path
        self._options = options
        check_regular(path)
        self.encoding = _choose_encoding(path, options)
        self._digest = hashlib.sha256()
        self.is_terminated = True

    @property
    def sha256(self) -> str:
        """The digest of the bytes read so far."""
        return self._digest.hexdigest()

    def read(self) -> Generator[str, None, None]:
        """Yield the lines. The file is open until all are read, or the generator is closed."""
        self._digest = hashlib.sha256()
        try:
            raw = _DigestingFile(self._path, self._digest)
            buffered = io.BufferedReader(raw, 1 << 16)
            with io.TextIOWrapper(buffered, encoding=self.encoding, newline="") as text:
                yield from self._bound_lines(text)
        except UnicodeError as error:
            remedy = Remedy("encoding", ("cp1252",)) if self.encoding != "utf-16" else None
            raise UnusableTable(self._explain_undecodable(), remedy) from error
        except OSError as error:
            raise UnusableTable(f"{self._path.name}: {error.strerror}") from error

    def _bound_lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        number = 0
        while line := text.readline(LINE.value):
            number += 1
            if len(line) >= LINE.value:
                raise UnusableTable(
                    f"{self._path.name}: line {number} is longer than {LINE.value:,} characters;"
                    " this is not a CSV table, or a quote was never closed"
                )
            self.is_terminated = line.endswith(("\n", "\r"))
            yield line

    def _explain_undecodable(self) -> str:
        name, encoding = self._path.name, self.encoding.removesuffix("-sig")
        if encoding == "utf-16":
            return f"{name}: its byte order mark says UTF-16, but it is not; save it as CSV UTF-8"
        with self._path.open("rb") as raw:
            for number, line in enumerate(iter(lambda: raw.readline(LINE.value), b""), 1):
                try:
                    line.decode(encoding)
                except UnicodeDecodeError as error:
                    return (
                        f"{name}: line {number}, byte {error.start + 1} is not {encoding} text; if the"
                        " file comes from Excel on Windows, use"
                        f" {self._options.spell('encoding', 'cp1252')}, or save it as CSV UTF-8"
                    )
        return f"{name}: not {encoding} text"


def _choose_encoding(path: Path, options: ReadOptions) -> str:
    first = first_bytes(path, 3)
    if first[:2] in _UTF16_MARKS:
        return "utf-16"
    if first == _UTF8_MARK and options.encoding != "utf-8":
        raise UnusableTable(
            f"{path.name}: it begins with a UTF-8 byte order mark; leave out"
            f" {options.spell('encoding', options.encoding)}"
        )
    return "utf-8-sig" if options.encoding == "utf-8" else options.encoding


def check_regular(path: Path) -> None:
    """Check that there is a file with something in it. Raises UnusableTable if not."""
    try:
        status = path.stat()
    except OSError as error:
        raise UnusableTable(f"{path.name}: {error.strerror}") from error
    if stat.S_ISDIR(status.st_mode):
        raise UnusableTable(f"{path.name}: is a directory, not a file")
    if not stat.S_ISREG(status.st_mode):
        raise UnusableTable(f"{path.name}: is not a regular file")
    if status.st_size == 0:
        raise UnusableTable(f"{path.name}: the file is empty")


def first_bytes(path: Path, count: int) -> bytes:
    """Return how a file begins. Raises UnusableTable if it cannot be read."""
    try:
        with path.open("rb") as raw:
            return raw.read(count)
    except OSError as error:
        raise UnusableTable(f"{path.name}: {error.strerror}") from error
