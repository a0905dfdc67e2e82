"""A zip that holds one table: the table in it is read, the digest is that of the zip."""

import shutil
import tempfile
import weakref
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from credcheck._util.files import file_sha256
from credcheck.tables.base import UnusableTable
from credcheck.tables.formats.base import Grid, GridRow, TableFormat
from credcheck.tables.limits import UNPACKED
from credcheck.tables.options import ReadOptions
from credcheck.tables.xlsx_guard import DAMAGE, check_members

_MAGIC = b"PK\x03\x04"
_TABLES = {
    ".csv",
    ".tsv",
    ".tab",
    ".txt",
    ".xlsx",
    ".xlsm",
    ".parquet",
    ".json",
    ".ndjson",
    ".jsonl",
}
_SHOWN = 5


class ZipGrid:
    """The one table of an archive. It lies unpacked in a folder of its own while this is in use."""

    def __init__(self, path: Path, options: ReadOptions) -> None:
        """Unpack the table. Raises UnusableTable if there is none, or more than one."""
        from credcheck.tables.open import open_grid

        self._digest = file_sha256(path)
        folder = Path(tempfile.mkdtemp(prefix="credcheck-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        try:
            with zipfile.ZipFile(path) as archive:
                check_members(path, archive.infolist())
                member = _find_table(path, archive)
                inside = folder / PurePosixPath(member.filename).name
                _unpack(path, archive, member, inside)
        except (zipfile.BadZipFile, OSError, *DAMAGE) as error:
            raise UnusableTable(
                f"{path.name}: the archive is damaged or encrypted; unpack it first"
            ) from error
        self._grid = open_grid(inside, options)
        self.has_header = self._grid.has_header
        self.facts = {"file in the archive": member.filename} | self._grid.facts
        self.notes = self._grid.notes

    @property
    def sha256(self) -> str:
        """The digest of the archive's bytes."""
        return self._digest

    @property
    def is_terminated(self) -> bool:
        """Whether the last line of the table has its end."""
        return self._grid.is_terminated

    def rows(self) -> Iterator[GridRow]:
        """Yield the table's rows."""
        return self._grid.rows()


def _find_table(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    files = [
        each
        for each in archive.infolist()
        if not each.is_dir() and not each.filename.startswith("__MACOSX/")
    ]
    tables = [each for each in files if PurePosixPath(each.filename).suffix.lower() in _TABLES]
    if len(tables) == 1:
        return tables[0]
    names = [each.filename for each in (tables or files)]
    shown = ", ".join(map(repr, names[:_SHOWN])) + (" and more" if len(names) > _SHOWN else "")
    count = f"{len(tables)} tables" if tables else "no table"
    raise UnusableTable(
        f"{path.name}: holds {count} ({shown or 'nothing'}); unpack the one to read"
    )


def _unpack(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, inside: Path) -> None:
    """Unpack a member, and no more of it than is allowed: a zip may lie about sizes."""
    with archive.open(member) as source, inside.open("wb") as target:
        shutil.copyfileobj(_Bounded(source, path.name), target, 1 << 20)


class _Bounded:
    """A file that refuses to give more than an archive may hold."""

    def __init__(self, source: IO[bytes], name: str) -> None:
        self._source = source
        self._name = name
        self._left = UNPACKED.value

    def read(self, count: int = -1) -> bytes:
        """Read on. Raises UnusableTable beyond the bound."""
        piece = self._source.read(count)
        self._left -= len(piece)
        if self._left < 0:
            raise UnusableTable(f"{self._name}: unpacks to more than it declares")
        return piece


def _fits(first: bytes, path: Path) -> bool:
    return first[:4] == _MAGIC and path.suffix.lower() == ".zip"


def _open(path: Path, options: ReadOptions) -> Grid:
    return ZipGrid(path, options)


FORMAT = TableFormat("zip", _fits, _open)
