"""How much of a table is read: each length is bounded here, once, before anything works with it.

What is over a bound of a cell is that row's rejection, with its reason. What is over a bound of a file
refuses the file. ``docs/make.py`` makes the table of docs/reference/limits.md of this.
"""

from typing import NamedTuple


class Limit(NamedTuple):
    """A bound, what it bounds, and what becomes of what is over it."""

    value: int
    what: str
    beyond: str


CELL = Limit(32_767, "characters of a cell (Excel's own limit)", "the row is rejected")
USED_CELL = Limit(
    1_000,
    "characters of a cell that credcheck reads (a name, a status, a date)",
    "the row is rejected",
)
LINE = Limit(1 << 22, "characters of a line of text", "the file is refused")
COLUMNS = Limit(1_000, "columns", "the file is refused")
TITLE_ROWS = Limit(100, "rows in which the headers are looked for", "the file is refused")
SHEET_ROWS = Limit(1_048_576, "rows of a sheet (Excel's own limit)", "the file is refused")
SHEET_COLUMNS = Limit(16_384, "columns of a sheet (Excel's own limit)", "the file is refused")
MEMBERS = Limit(2_000, "files in a workbook or an archive", "the file is refused")
UNPACKED = Limit(1 << 30, "bytes that a workbook or an archive unpacks to", "the file is refused")
RATIO = Limit(250, "times its own size when unpacked (checked from 50 MiB)", "the file is refused")
DOCUMENT = Limit(
    1 << 28, "bytes of a JSON document (NDJSON has no such limit)", "the file is refused"
)
QUOTED = Limit(60, "characters of a cell that are quoted in a message", "the rest is cut")

ALL = (
    *(
        CELL,
        USED_CELL,
        LINE,
        COLUMNS,
        TITLE_ROWS,
        SHEET_ROWS,
        SHEET_COLUMNS,
        MEMBERS,
        UNPACKED,
        RATIO,
    ),
    *(DOCUMENT, QUOTED),
)
"""Every bound, in the order of the page."""


def quote(text: str) -> str:
    """Return a text as it is quoted in a message: shortened, in quotes."""
    flat = " ".join(text.split())
    return repr(flat if len(flat) <= QUOTED.value else f"{flat[: QUOTED.value]}...")
