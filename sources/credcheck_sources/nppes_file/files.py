"""The files of an import: CSV as it lies, or in CMS's zip; what each is, its header tells."""

import codecs
import csv
import io
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from credcheck.tables import UnusableTable
from credcheck_sources.nppes_file.columns import column_key
from credcheck_sources.nppes_file.fast_csv import Rows

_MAIN, _NAMES, _PLACES, _REPORT = "main", "othername", "locations", "deactivations"
_SIGNS = (
    (_MAIN, "Entity Type Code"),
    (_PLACES, "Provider Secondary Practice Location Address - City Name"),
    (_NAMES, "Provider Other Organization Name"),
    (_REPORT, "NPPES Deactivation Date"),
)
_HEADER_FILE = re.compile(r"fileheader", re.IGNORECASE)
_BY_NAME = re.compile(r"npidata|othername|pl_pfile|deactivated", re.IGNORECASE)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)

Progress = Callable[[int], None]


class Part(NamedTuple):
    """One file, perhaps within a zip. ``size`` is its length in bytes when unpacked."""

    path: Path
    member: str | None
    size: int

    @property
    def name(self) -> str:
        """The name to tell it by."""
        return self.member.rsplit("/", 1)[-1] if self.member else self.path.name

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open it for reading. Damage comes as UnusableTable, wherever it shows."""
        try:
            if self.member is None:
                with self.path.open("rb") as file:
                    yield file
            else:
                with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as file:
                    yield file
        except OSError as error:
            raise UnusableTable(f"{self.path.name}: {error.strerror or error}") from error
        except _DAMAGE as error:
            raise UnusableTable(f"{self.path.name}: damaged or cut short: {error}") from error

    @contextmanager
    def extract(self) -> Iterator[Path]:
        """Return it as a file of its own, unpacked for as long as it is needed."""
        if self.member is None:
            yield self.path
            return
        with tempfile.TemporaryDirectory(prefix="credcheck-") as folder, self.open() as packed:
            path = Path(folder) / self.name
            with path.open("wb") as file:
                shutil.copyfileobj(packed, file)
            yield path


class Inputs(NamedTuple):
    """What was given, by what it is."""

    main: Part | None
    othername: Part | None
    locations: Part | None
    report: Part | None

    @property
    def parts(self) -> tuple[Part, ...]:
        """All of them."""
        return tuple(part for part in self if part is not None)


def sort_inputs(paths: list[Path]) -> Inputs:
    """Look at the files. Raises UnusableTable for one that is none of NPPES's, or twice the same."""
    found: dict[str, Part] = {}
    for path in paths:
        for part in _parts(path):
            kind = _kind(part)
            if kind in found:
                raise UnusableTable(f"{part.name} and {found[kind].name} are both {kind} files")
            found[kind] = part
    return Inputs(found.get(_MAIN), found.get(_NAMES), found.get(_PLACES), found.get(_REPORT))


@contextmanager
def open_rows(part: Part, progress: Progress) -> Iterator[Rows]:
    """Open a CSV part and hand out its rows, the header first; bytes read are told as they pass.

    What is not UTF-8 becomes U+FFFD. Raises UnusableTable where the file is damaged. A stray quote is a
    row's failure, not the file's: its cells do not add up then.
    """
    with part.open() as raw:
        counted = io.BufferedReader(_Counted(raw, progress), 1 << 20)
        if counted.peek(3).startswith(codecs.BOM_UTF8):
            counted.read(3)
        text = io.TextIOWrapper(counted, encoding="utf-8", errors="replace", newline="")
        try:
            yield Rows(text)
        except csv.Error as error:
            raise UnusableTable(f"{part.name}: {error}; the file may be incomplete") from error


class _Counted(io.RawIOBase):
    """A stream that tells how many bytes were read from it."""

    def __init__(self, raw: IO[bytes], progress: Progress) -> None:
        self._raw = raw
        self._progress = progress

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        piece = self._raw.read(len(buffer))
        buffer[: len(piece)] = piece
        self._progress(len(piece))
        return len(piece)


def _parts(path: Path) -> list[Part]:
    """Return what a path holds: itself, or the members of a zip that are NPPES's."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnusableTable(f"{path.name}: is not a regular file")
        if path.suffix.lower() != ".zip":
            return [Part(path, None, size)]
        with zipfile.ZipFile(path) as archive:
            members = [x for x in archive.infolist() if _is_data(x.filename)]
    except OSError as error:
        raise UnusableTable(f"{path.name}: {error.strerror or error}") from error
    except _DAMAGE as error:
        raise UnusableTable(
            f"{path.name}: not a zip file, or an incomplete one: {error}"
        ) from error
    if not members:
        raise UnusableTable(f"{path.name}: holds no NPPES file")
    return [Part(path, member.filename, member.file_size) for member in members]


def _is_data(member: str) -> bool:
    name = member.rsplit("/", 1)[-1]
    wanted = name.lower().endswith((".csv", ".xlsx")) and _BY_NAME.search(name)
    return bool(wanted) and not _HEADER_FILE.search(name)


def _kind(part: Part) -> str:
    if part.name.lower().endswith(".xlsx"):
        return _REPORT
    with open_rows(part, lambda _: None) as rows:
        columns = {column_key(cell) for cell in next(rows, [])}
    for kind, sign in _SIGNS:
        if column_key(sign) in columns:
            return kind
    raise UnusableTable(
        f"{part.name}: its header is not an NPPES header: no column 'Entity Type Code'"
    )
