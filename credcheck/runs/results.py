"""Results: a run's header and its verdicts in the order of the roster, as often as they are read."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeVar

import msgspec

from credcheck._util.compression import open_compressed
from credcheck._util.errors import InputError
from credcheck._util.files import check_regular
from credcheck.model import (
    RunHeader,
    Verdict,
    canonical_json,
    header_from_json,
    to_json,
    verdict_from_json,
)

_BETWEEN_TELLING = 100  # rows
_LONGEST_LINE = 64 << 20  # bytes

Item = TypeVar("Item")


class ResultsError(InputError):
    """A file of results cannot be trusted. The message says where and why."""


@dataclass(frozen=True)
class Results:
    """The results of a run. ``verdicts`` begins to read the verdicts, from the first.

    ``as_lines`` does the same where they are kept as the lines that they are written as.
    """

    header: RunHeader
    verdicts: Callable[[], Iterator[Verdict]]
    as_lines: Callable[[], Iterator[bytes]] | None = None

    def __iter__(self) -> Iterator[Verdict]:
        """Read the verdicts."""
        return self.verdicts()

    def with_progress(self, show: Callable[[int], None]) -> "Results":
        """Return the same results; how many have been read is told, now and then."""
        verdicts, as_lines = self.verdicts, self.as_lines
        lines = as_lines and (lambda: _count_progress(as_lines(), show))
        return replace(self, verdicts=lambda: _count_progress(verdicts(), show), as_lines=lines)

    def ndjson(self) -> Iterator[bytes]:
        """Yield the lines of NDJSON, the header's first."""
        yield to_json(self.header) + b"\n"
        if self.as_lines is not None:
            yield from self.as_lines()
        else:
            yield from (to_json(verdict) + b"\n" for verdict in self)


def _count_progress(items: Iterator[Item], show: Callable[[int], None]) -> Iterator[Item]:
    for count, item in enumerate(items, 1):
        if count % _BETWEEN_TELLING == 0:
            show(count)
        yield item


class Line(NamedTuple):
    """One verdict of a file as it stands there, without its line end."""

    number: int
    text: bytes
    verdict: Verdict


class ResultsSeal:
    """Takes the digest of results: see ``RunHeader``."""

    def __init__(self, header: bytes) -> None:
        """Begin with the header's line, as it is or will be written."""
        sealed = msgspec.json.decode(header)
        for name in ("seal", "started_at"):
            sealed.pop(name, None)
        self._digest = hashlib.sha256(canonical_json(sealed) + b"\n")

    def add(self, line: bytes) -> None:
        """Take in a verdict's line, with its end."""
        self._digest.update(line)

    @property
    def text(self) -> str:
        """The digest of all that was taken in."""
        return self._digest.hexdigest()


def seal_header(header: RunHeader, lines: Iterable[bytes]) -> RunHeader:
    """Return the header with the seal of the lines that will follow it."""
    seal = ResultsSeal(to_json(header))
    for line in lines:
        seal.add(line)
    return msgspec.structs.replace(header, seal=seal.text)


def open_results(path: Path, *, sealed: bool = False) -> Results:
    """Open saved NDJSON. Raises ResultsError, at once or where a verdict cannot be read.

    ``sealed`` refuses results that were changed since they were written.
    """
    header = read_header(path)
    if sealed and header.seal is None:
        raise ResultsError(f"{path}: it has no seal; check the roster again with credcheck batch")

    def verdicts() -> Iterator[Verdict]:
        for line in lines(path, sealed=sealed):
            yield line.verdict

    return Results(header, verdicts)


def read_header(path: Path) -> RunHeader:
    """Return a file's header. Raises ResultsError if there is none."""
    return header_from_line(path, read_header_line(path))


def read_header_line(path: Path) -> bytes:
    """Return a file's first line. Raises ResultsError, or NotRegular for what is no file."""
    check_regular(path, f"the results {path}")
    try:
        with open_compressed(path) as file:
            return _read_line(path, file)
    except OSError as error:
        raise ResultsError(f"{path}: {error.strerror}") from error


def header_from_line(path: Path, line: bytes) -> RunHeader:
    """Read a header. Raises ResultsError if the line is none."""
    try:
        msgspec.json.decode(line)  # all of it, so that what is not known in it is JSON too
        return header_from_json(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ResultsError(
            f"{path}: not credcheck results in NDJSON: the first line is not a run header ({error})"
        ) from error


def lines(path: Path, *, sealed: bool = False) -> Iterator[Line]:
    """Yield the verdicts of a file with the lines that hold them.

    Raises ResultsError for a line that is no verdict, or that is cut off, where there are fewer
    verdicts than the header says and, if it is to be ``sealed``, where something was changed.
    """
    first, count = read_header_line(path), 0
    header = header_from_line(path, first)
    seal = ResultsSeal(first)
    for line in read_lines(path):
        count += 1
        if sealed:
            seal.add(line.text + b"\n")
        yield line
    if header.rows is not None and count != header.rows:
        raise ResultsError(f"{path}: has {count:,} verdicts where its header says {header.rows:,}")
    if sealed and seal.text != header.seal:
        raise ResultsError(f"{path}: it was changed after it was written; see credcheck replay")


def read_lines(path: Path) -> Iterator[Line]:
    """Yield the same, whatever the header says. Raises ResultsError for a line that is no verdict."""
    check_regular(path, f"the results {path}")
    try:
        with open_compressed(path) as file:
            _read_line(path, file)
            number = 1
            while text := _read_line(path, file):
                number += 1
                yield _parse_line(path, number, text)
    except OSError as error:
        raise ResultsError(f"{path}: {error.strerror}") from error


def _read_line(path: Path, file: BinaryIO) -> bytes:
    line = file.readline(_LONGEST_LINE + 1)
    if len(line) > _LONGEST_LINE:
        raise ResultsError(
            f"{path}: a line is too long to be a verdict; this is not a results file"
        )
    return line


def _parse_line(path: Path, number: int, text: bytes) -> Line:
    if not text.endswith(b"\n"):
        raise ResultsError(f"{path}: line {number} is cut off; the file is incomplete")
    try:
        return Line(number, text[:-1], verdict_from_json(text))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise ResultsError(f"{path}: line {number} is not a verdict: {error}") from error
