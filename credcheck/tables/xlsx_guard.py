"""Before a workbook is opened: is it one, can it blow up, and what does its sheet hide?

A workbook is a zip of XML. Sizes, ratio and number of its members are looked at before anything is
unpacked, and counted again while reading, since a zip may lie about them.
"""

import re
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple

from credcheck.tables.base import UnusableTable
from credcheck.tables.limits import MEMBERS, RATIO, SHEET_COLUMNS, SHEET_ROWS, UNPACKED
from credcheck.tables.sniff import (
    SAVE_AS,
    describe_archive,
    describe_compound,
    describe_other,
    describe_text,
)

DAMAGE = (EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error)
"""What the standard library raises for a zip that is damaged."""

_SMALL = 50 << 20  # below this no ratio can hurt
_CHUNK = 1 << 20
_LONGEST_TAG = 4096
_COMPOUND = b"\xd0\xcf\x11\xe0"  # the container of .xls and of encrypted workbooks
_ZIP = b"PK"
_HIDDEN_ROW = re.compile(rb'<(?:[^\s<>/:]+:)?row\b[^<>]{0,400}\bhidden="(?:1|true)"')
_ROW_OR_CELL = re.compile(rb"<(?:[^\s<>/:!?]+:)?(row|c)(?=[\s/>])")
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_OTHER_ENCODING = re.compile(
    rb"""<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8["']|us-ascii["'])""", re.IGNORECASE
)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


class SheetScan(NamedTuple):
    """What a look over a sheet's XML shows."""

    hidden_rows: int


def check_workbook(path: Path) -> None:
    """Check that the file is a workbook that is safe to unpack. Raises UnusableTable if not."""
    with path.open("rb") as raw:
        first = raw.read(_LONGEST_TAG)
        if first.startswith(_COMPOUND):
            raw.seek(0)
            raise UnusableTable(f"{path.name}: {describe_compound(raw)}")
    if not first.startswith(_ZIP):
        what = describe_other(first, path) or describe_text(first)
        raise UnusableTable(f"{path.name}: not an XLSX file; {what}")
    try:
        with zipfile.ZipFile(path) as archive:
            _check_kind(path, archive)
            check_members(path, archive.infolist())
            _check_prologs(path, archive)
    except (zipfile.BadZipFile, OSError, *DAMAGE) as error:
        raise UnusableTable(
            f"{path.name}: not an XLSX file, or an incomplete one; {SAVE_AS} again"
        ) from error


def scan_sheet(path: Path, member: str) -> SheetScan:
    """Look over a sheet's XML once, in pieces. Raises UnusableTable where it is too much."""
    hidden, rows, cells, total, kept = 0, 0, 0, 0, b""
    with zipfile.ZipFile(path) as archive, archive.open(member) as xml:
        while piece := xml.read(_CHUNK):
            total += len(piece)
            if total > UNPACKED.value:
                raise UnusableTable(f"{path.name}: {member} unpacks to more than it declares")
            text = kept + piece
            last = text.rfind(b"<")
            done, kept = text[:last], text[last:][-_LONGEST_TAG:]
            hidden += len(_HIDDEN_ROW.findall(done))
            for tag in _ROW_OR_CELL.findall(done):
                rows, cells = (rows + 1, 0) if tag == b"row" else (rows, cells + 1)
                if cells > SHEET_COLUMNS.value or rows > SHEET_ROWS.value:
                    raise UnusableTable(
                        f"{path.name}: {member} has more rows or cells than a sheet may have; save it"
                        " again from Excel, or as .csv"
                    )
    return SheetScan(hidden)


def check_members(path: Path, members: list[zipfile.ZipInfo]) -> None:
    """Raise UnusableTable for an archive that unpacks to too much."""
    total = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if len(members) > MEMBERS.value or total > UNPACKED.value:
        raise UnusableTable(f"{path.name}: unpacks to {total:,} bytes; save it as CSV")
    if total > _SMALL and total / packed > RATIO.value:
        raise UnusableTable(
            f"{path.name}: unpacks to {total // packed} times its size; save it as CSV"
        )


def _check_kind(path: Path, archive: zipfile.ZipFile) -> None:
    found = describe_archive(archive)
    if found is not None:
        raise UnusableTable(f"{path.name}: {found}")


def _check_prologs(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse XML that declares entities, or is written so that they could not be seen."""
    for name in archive.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        with archive.open(name) as member:
            first = member.read(_LONGEST_TAG)
        if _DOCTYPE.search(first):
            raise UnusableTable(
                f"{path.name}: {name} declares XML entities, which no real workbook does"
            )
        if first.startswith(_WIDE_MARKS) or _OTHER_ENCODING.match(first):
            raise UnusableTable(
                f"{path.name}: {name} is not UTF-8, as Excel writes it; save it again from Excel"
            )
