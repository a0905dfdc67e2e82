"""Results: a run's header and its verdicts in the order of the roster, as often as they are read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from credcheck._util.errors import InputError
from credcheck.model import RunHeader, Verdict, header_from_json, to_json, verdict_from_json

_BETWEEN_TELLING = 100  # rows

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


def open_results(path: Path) -> Results:
    """Open saved NDJSON. Raises ResultsError, at once or where a verdict cannot be read."""
    header = read_header(path)

    def verdicts() -> Iterator[Verdict]:
        for line in lines(path):
            yield line.verdict

    return Results(header, verdicts)


def read_header(path: Path) -> RunHeader:
    """Return a file's header. Raises ResultsError if there is none."""
    try:
        with path.open("rb") as file:
            return header_from_json(file.readline())
    except OSError as error:
        raise ResultsError(f"{path}: {error.strerror}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ResultsError(
            f"{path}: not results of credcheck in NDJSON: the first line is no run header ({error})"
        ) from error


def lines(path: Path) -> Iterator[Line]:
    """Yield the verdicts of a file with the lines that hold them.

    Raises ResultsError for a line that is no verdict, or that is cut off, and where there are fewer
    verdicts than the header says.
    """
    expected, count = read_header(path).rows, 0
    with path.open("rb") as file:
        file.readline()
        for count, text in enumerate(file, 1):
            yield _parse_line(path, count + 1, text)
    if expected is not None and count != expected:
        raise ResultsError(f"{path}: has {count:,} verdicts where its header says {expected:,}")


def _parse_line(path: Path, number: int, text: bytes) -> Line:
    if not text.endswith(b"\n"):
        raise ResultsError(f"{path}: line {number} is cut off; the file is not whole")
    try:
        return Line(number, text[:-1], verdict_from_json(text))
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError) as error:
        raise ResultsError(f"{path}: line {number} is no verdict: {error}") from error
