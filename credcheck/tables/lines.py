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

from credcheck.tables.base import UnusableTable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LONGEST_LINE = 1 << 20
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class _DigestingFile(io.FileIO):
    """A file that digests every byte that is read from it."""

    def __init__(self, path: Path, digest: "hashlib._Hash") -> None:
        super().__init__(path, "rb")
        self._digest = digest

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        count = super().readinto(buffer)
        if count:
            self._digest.update(memoryview(buffer)[:count])
        return count


class TextLines:
    """The lines of one file, read once. All is right when all lines have been read.

    ``is_terminated`` tells whether the last line has its end.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        """Check that the file can be read at all. Raises UnusableTable if not."""
        self._path = path
        self._encoding = "utf-8-sig" if encoding in {"utf-8", "utf8"} else encoding
        self._digest = hashlib.sha256()
        self.is_terminated = True
        check_regular(path)

    @property
    def sha256(self) -> str:
        """The digest of the bytes read so far."""
        return self._digest.hexdigest()

    def read(self) -> Generator[str, None, None]:
        """Yield the lines. The file is open until all are read, or the generator is closed."""
        try:
            raw = _DigestingFile(self._path, self._digest)
            buffered = io.BufferedReader(raw, 1 << 16)
            with io.TextIOWrapper(buffered, encoding=self._encoding, newline="") as text:
                yield from self._bound_lines(text)
        except UnicodeDecodeError as error:
            raise UnusableTable(self._explain_undecodable()) from error
        except OSError as error:
            raise UnusableTable(f"{self._path.name}: {error.strerror}") from error

    def _bound_lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        number = 0
        while line := text.readline(LONGEST_LINE):
            number += 1
            if len(line) >= LONGEST_LINE:
                raise UnusableTable(
                    f"{self._path.name}: line {number} is longer than {LONGEST_LINE:,} characters;"
                    " this is not a CSV table, or a quote was never closed"
                )
            self.is_terminated = line.endswith(("\n", "\r"))
            yield line

    def _explain_undecodable(self) -> str:
        with self._path.open("rb") as raw:
            for number, line in enumerate(iter(lambda: raw.readline(LONGEST_LINE), b""), 1):
                try:
                    line.decode(self._encoding)
                except UnicodeDecodeError as error:
                    return (
                        f"{self._path.name}: line {number}, byte {error.start + 1} is not"
                        f" {self._encoding.removesuffix('-sig')} text; if the file comes from Excel"
                        ' on Windows, declare encoding "cp1252", or save it as CSV UTF-8'
                    )
        return f"{self._path.name}: not {self._encoding} text"


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
    if first_bytes(path, 2) in _UTF16_MARKS:
        raise UnusableTable(f'{path.name}: is UTF-16 ("Unicode text"); save it as CSV UTF-8')


def first_bytes(path: Path, count: int) -> bytes:
    """Return how a file begins. Raises UnusableTable if it cannot be read."""
    try:
        with path.open("rb") as raw:
            return raw.read(count)
    except OSError as error:
        raise UnusableTable(f"{path.name}: {error.strerror}") from error


def file_sha256(path: Path) -> str:
    """Return the digest of a file's bytes."""
    with path.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()
