"""What a file is that is no table: named, with what to do about it."""

import re
import zipfile
from pathlib import Path
from typing import IO

SAVE_AS = "save it as .xlsx or .csv"
"""What to do with a file that a spreadsheet program can open."""

_CHUNK = 1 << 20
_LOOK = 1024
_SHOWN = 3
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BY_NAME = {
    ".xlsb": "a binary Excel file",
    ".ods": "an OpenDocument file",
    ".numbers": "a Numbers file",
    ".pdf": "a PDF",
    ".doc": "a Word file",
    ".docx": "a Word file",
}
_BY_BYTES = (
    (b"%PDF", f"a PDF; open it in a program that can export its table, and {SAVE_AS}"),
    (b"{\\rtf", f"a rich text document; copy its table into a spreadsheet, and {SAVE_AS}"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"SQLite format 3", "a database; export the table as .csv"),
    (b"\x89PNG", "an image; ask for the table itself"),
    (b"\xff\xd8\xff", "an image; ask for the table itself"),
)
_HTML = re.compile(
    rb"\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body|table|meta|div|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_SHEET = re.compile(
    rb"\s*<\?xml.{0,400}(urn:schemas-microsoft-com:office:spreadsheet|<Workbook)", re.DOTALL
)
_XML = re.compile(rb"\s*<\?xml")
_PARTS = (
    ("word/", "a Word document; copy its table into a spreadsheet, and " + SAVE_AS),
    ("ppt/", "a PowerPoint presentation; copy its table into a spreadsheet, and " + SAVE_AS),
    ("xl/workbook.bin", f"a binary Excel file (.xlsb); {SAVE_AS}"),
    ("Index/Document.iwa", f"a Numbers file; {SAVE_AS}"),
    ("Index.zip", f"a Numbers file; {SAVE_AS}"),
    ("META-INF/manifest.xml", f"an OpenDocument file; {SAVE_AS}"),
)


def describe_other(first: bytes, path: Path) -> str | None:
    """Return what a file is and what to do, where its first bytes or name show that it is no table."""
    suffix = path.suffix.lower()
    bare = first.removeprefix(b"\xef\xbb\xbf")
    for mark, what in _BY_BYTES:
        if first.startswith(mark):
            return what
    if _HTML.match(bare):
        named = f" named {suffix}" if suffix in {".xls", ".xlsx", ".csv"} else ""
        return (
            f"a web page (HTML){named}; if it is the export itself, open it in a spreadsheet program"
            f" and {SAVE_AS}; if it is a log-in page, download the file again"
        )
    if _XML_SHEET.match(bare):
        return f"a spreadsheet in XML (Excel 2003); open it in a spreadsheet program and {SAVE_AS}"
    if _XML.match(bare):
        return f"an XML document; open it in a spreadsheet program and {SAVE_AS}"
    if suffix in _BY_NAME:
        return f"{_BY_NAME[suffix]}; {SAVE_AS}"
    return None


def describe_text(first: bytes) -> str:
    """Return what to do with a file that bears a workbook's name and is something else."""
    if b"\0" not in first and not any(byte < 9 for byte in first):
        return "it is plain text; if it is a CSV table, name it .csv"
    return f"{SAVE_AS} again"


def describe_compound(raw: IO[bytes]) -> str:
    """Return what a compound file is (Excel before 2007, or an encrypted workbook)."""
    start = raw.read(_CHUNK)
    if _ENCRYPTED in start:
        return "the workbook is encrypted; save a copy without a password"
    return f"an old Excel file (.xls); {SAVE_AS}"


def describe_archive(archive: zipfile.ZipFile) -> str | None:
    """Return what a zip is if it is no workbook, and what to do."""
    names = [each.filename for each in archive.infolist()]
    if "xl/workbook.xml" in names or any(
        name.startswith("xl/worksheets/") and name.endswith(".xml") for name in names
    ):
        return None
    for part, what in _PARTS:
        if any(name.startswith(part) for name in names):
            return f"not an XLSX file but {what}"
    inside = [name for name in names if not name.endswith("/")]
    shown = ", ".join(map(repr, inside[:_SHOWN])) + (" and more" if len(inside) > _SHOWN else "")
    return (
        f"not an XLSX file but a zip archive of {shown or 'nothing'}; name it .zip if it holds one"
        " table, or unpack it"
    )
