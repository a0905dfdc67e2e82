"""Whether a listing is whole: where it breaks off, and which of its rows name nobody (truth rule 10).

Neither is decided by a word of the file's owner: declared coverage never heals a tear.
"""

import re
from collections.abc import Collection

from credcheck.tables import RejectedRow, Row

_FOOTER = re.compile(
    r"[0-9]|[:©*]|\b(total|records?|rows?|count|end|eof|report|page|generated|notes?|source|confidential)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"\W+|(grand )?totals?:?|(total )?(records|rows)( count)?:?|count:?|eof", re.IGNORECASE
)
_COUNT = re.compile(r"[0-9][0-9,]*")
_LOST = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_ENTRIES = r"(rows?|records?|results?|entries|names|lines|providers|physicians)"
_CUT = re.compile(
    r"\btruncated\b|\bcut off\b|\b(continued|continues) on\b|\bto be continued\b"
    rf"|\bfirst [0-9,]+ (of|{_ENTRIES})\b|\bmore {_ENTRIES}\b|\bnot all {_ENTRIES}\b"
    rf"|\b(limited to|limit of|maximum of|maximum number of) ([0-9,]+ )?{_ENTRIES}\b|\brow limit\b"
    r"|\bincomplete (list|file|export|report|data)\b"
    r"|\b(list|file|export|report|data) (is|are) (incomplete|not complete)\b",
    re.IGNORECASE,
)
_OF = re.compile(
    rf"\b(?:page (?P<page>[0-9]+) of (?P<pages>[0-9]+)"
    rf"|(?P<rows>[0-9,]+) of (?P<all>[0-9,]+) {_ENTRIES})\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    rf"\b(?:totals?|count|(?:number|count|total) of {_ENTRIES})\b\W*(?:{_ENTRIES}\b\W*)?"
    r"(?P<total>[0-9][0-9,]*)"
    rf"|\b(?P<rows>[0-9][0-9,]*) {_ENTRIES}\b",
    re.IGNORECASE,
)
_FEWEST_WORDS = 2  # a name has a first and a last


def find_tear(
    last: Row | RejectedRow,
    width: int,
    required: Collection[int],
    *,
    is_terminated: bool,
    totals: Collection[str] = (),
) -> str | None:
    """Return where a table breaks off, or None: told by its last row, and the ``totals`` below it.

    It does if the last row lacks a cell of a required column, or if it is short and the file does
    not end with a line end. Cells that a spreadsheet drops at the end of a row are no tear, nor is
    a footer, unless it says itself that the table goes on.
    """
    cells = last.cells
    filled = [cell.strip() for cell in cells if cell.strip()]
    notes = (*totals, *(filled if len(filled) == 1 else ()))
    if (cut := find_cut_note(notes, last.number)) is not None:
        return cut
    if totals or len(cells) >= width or is_footer(cells, width):
        return None
    lacks = [place for place in required if place >= len(cells)]
    if not lacks and is_terminated:
        return None
    return f"row {last.number} (line {last.line}) breaks off after {len(cells)} of {width} cells"


def find_cut_note(texts: Collection[str], rows: int) -> str | None:
    """Return a note at the end of a table of so many rows that says that more belong to it, or None.

    "Truncated at 1,000 rows" and "Page 1 of 3" do, and so do "100 of 250 records" and a total of more
    rows than there are.
    """
    for text in texts:
        counts, total = _OF.search(text), _TOTAL.search(text)
        is_part = counts is not None and _is_fewer(counts)
        is_short = total is not None and _read_count(total["total"] or total["rows"]) > rows
        if is_part or is_short or _CUT.search(text):
            return f"it says so itself: {text}"
    return None


def _read_count(text: str) -> int:
    return int(text.replace(",", "") or 0)


def _is_fewer(counts: re.Match[str]) -> bool:
    here = counts["page"] or counts["rows"]
    there = counts["pages"] or counts["all"]
    return _read_count(here) < _read_count(there)


def is_footer(cells: Collection[str], width: int) -> bool:
    """Tell whether a row is about nobody: "Total: 11 records", or "Total" and a number."""
    first, *rest = [cell.strip() for cell in cells if cell.strip()] or [""]
    if _LOST.search(first):  # what a damaged disk or a lost write leaves is no word of anybody's
        return False
    if rest:
        return _ALONE.fullmatch(first) is not None and all(map(_COUNT.fullmatch, rest))
    if len(cells) >= width or _ALONE.fullmatch(first):
        return True
    return " " in first and _FOOTER.search(first) is not None


def names_nobody(words: Collection[str], numbers: Collection[str]) -> bool:
    """Tell whether a row that cannot be read mentions too little to be told to anybody."""
    return not numbers and len(words) < _FEWEST_WORDS
