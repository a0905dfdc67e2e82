"""Before a workbook is opened: is it one, can it blow up, and what does its sheet hide?

A workbook is a zip of XML. Sizes, ratio and number of its members are looked at before anything is
unpacked, and counted again while reading, since a zip may lie about them.
"""

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO, NamedTuple

from credcheck.tables.base import UnusableTable

_MAX_MEMBERS = 2_000
_MAX_BYTES = 1 << 30
_MAX_RATIO = 250
_DAMAGE = (EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error)
_SMALL = 50 << 20  # below this no ratio can hurt
_CHUNK = 1 << 20
_LONGEST_TAG = 4096
_COMPOUND = b"\xd0\xcf\x11\xe0"  # the container of .xls and of encrypted workbooks
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^<>]{0,400}\bhidden="(?:1|true)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)


class SheetScan(NamedTuple):
    """What a look over a sheet's XML shows."""

    hidden_rows: int
    has_formulas: bool


def check_workbook(path: Path) -> None:
    """Check that the file is a workbook that is safe to unpack. Raises UnusableTable if not."""
    with path.open("rb") as raw:
        first = raw.read(4)
        if first == _COMPOUND:
            raise UnusableTable(f"{path.name}: {_explain_compound(raw)}")
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(path, archive.infolist())
            _check_prologs(path, archive)
    except (zipfile.BadZipFile, OSError, *_DAMAGE) as error:
        raise UnusableTable(
            f"{path.name}: not an XLSX file, or not a whole one; save it as .xlsx or .csv again"
        ) from error


def scan_sheet(path: Path, member: str) -> SheetScan:
    """Look over a sheet's XML once, in pieces. Raises UnusableTable where it unpacks to too much."""
    hidden, formulas, total, kept = 0, False, 0, b""
    with zipfile.ZipFile(path) as archive, archive.open(member) as xml:
        while piece := xml.read(_CHUNK):
            total += len(piece)
            if total > _MAX_BYTES:
                raise UnusableTable(f"{path.name}: {member} unpacks to more than it says")
            text = kept + piece
            last = text.rfind(b"<")
            done, kept = text[:last], text[last:][-_LONGEST_TAG:]
            hidden += len(_HIDDEN_ROW.findall(done))
            formulas = formulas or bool(_FORMULA.search(done))
    return SheetScan(hidden, formulas)


def _check_prologs(path: Path, archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        with archive.open(name) as member:
            if _DOCTYPE.search(member.read(_LONGEST_TAG)):
                raise UnusableTable(
                    f"{path.name}: {name} declares entities, which no workbook does"
                )


def _explain_compound(raw: IO[bytes]) -> str:
    if _ENCRYPTED in raw.read(_CHUNK):
        return "the workbook is encrypted; save a copy without a password"
    return "an old Excel file (.xls); save it as .xlsx or .csv"


def _check_members(path: Path, members: list[zipfile.ZipInfo]) -> None:
    names = {member.filename for member in members}
    if "[Content_Types].xml" not in names and "xl/workbook.xml" not in names:
        raise UnusableTable(f"{path.name}: not an XLSX file; save it as .xlsx or .csv")
    total = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if len(members) > _MAX_MEMBERS or total > _MAX_BYTES:
        raise UnusableTable(f"{path.name}: unpacks to {total:,} bytes; save it as CSV")
    if total > _SMALL and total / packed > _MAX_RATIO:
        raise UnusableTable(
            f"{path.name}: unpacks to {total // packed} times its size; save it as CSV"
        )
