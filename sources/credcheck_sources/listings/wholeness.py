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
_FEWEST_WORDS = 2  # a name has a first and a last


def find_tear(
    last: Row | RejectedRow, width: int, required: Collection[int], *, is_terminated: bool
) -> str | None:
    """Return where a table breaks off, or None: told by its last row.

    It does if the last row lacks a cell of a required column, or if it is short and the file does
    not end with a line end. Cells that a spreadsheet drops at the end of a row are no tear, nor is
    a footer.
    """
    cells = last.cells
    if len(cells) >= width or is_footer(cells, width):
        return None
    lacks = [place for place in required if place >= len(cells)]
    if not lacks and is_terminated:
        return None
    return f"row {last.number} (line {last.line}) breaks off after {len(cells)} of {width} cells"


def is_footer(cells: Collection[str], width: int) -> bool:
    """Tell whether a row is about nobody: "Total: 11 records", or "Total" and a number."""
    first, *rest = [cell.strip() for cell in cells if cell.strip()] or [""]
    if rest:
        return _ALONE.fullmatch(first) is not None and all(map(_COUNT.fullmatch, rest))
    if len(cells) >= width or _ALONE.fullmatch(first):
        return True
    return " " in first and _FOOTER.search(first) is not None


def names_nobody(words: Collection[str], numbers: Collection[str]) -> bool:
    """Tell whether a row that cannot be read mentions too little to be told to anybody."""
    return not numbers and len(words) < _FEWEST_WORDS
