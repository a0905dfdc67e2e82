"""What ends or has to be verified again, as a table, CSV or a workbook."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Sequence
from typing import BinaryIO

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from credcheck._util.text import pluralize
from credcheck.audit.expirables import Bucket, Due, Expirable, find_bucket
from credcheck.reference.labels import label
from credcheck.reports.terminal.styles import safe_text
from credcheck.reports.workbook.expiring import write_expiring
from credcheck.tables.csv_safe import escape_cell

COLUMNS = (
    *("bucket", "days_left", "due", "why", "row", "id", "name", "npi", "item", "number", "status"),
    *("issued", "expires", "verified_on", "next_check", "source", "owner"),
    "requirements",
)
Write = Callable[[Sequence[Expirable], dt.date, BinaryIO], None]
_STYLES = {Bucket.EXPIRED: "bold red", Bucket.DAYS_30: "red", Bucket.DAYS_60: "yellow"}


def write_table(found: Sequence[Expirable], day: dt.date, out: BinaryIO, width: int = 120) -> None:
    """Write a table for people."""
    text = io.StringIO()
    console = Console(file=text, width=width, markup=False, emoji=False, highlight=False)
    console.print(expirables_page(found, day))
    lines = (line.rstrip() for line in text.getvalue().splitlines())
    out.write("".join(f"{line}\n" for line in lines).encode())


def expirables_page(found: Sequence[Expirable], day: dt.date) -> Group:
    """Return the page: a bucket after the other, each with its count."""
    parts: list[RenderableType] = [Text(f"As of {day}", style="dim")]
    for bucket in Bucket:
        mine = [each for each in found if find_bucket(each, day) is bucket]
        if mine:
            parts += [Text(f"\n{_title(bucket, len(mine))}", _STYLES.get(bucket, "bold"))]
            parts.append(_table(mine))
    if not found:
        parts.append(Text("Nothing expires and nothing needs to be verified again in that time."))
    return Group(*parts)


def write_csv(found: Sequence[Expirable], day: dt.date, out: BinaryIO) -> None:
    """Write CSV that is safe to open in a spreadsheet."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in found:
        cells = zip(COLUMNS, _cells(each, day), strict=True)
        # A count of days is ours: a minus there is no formula.
        writer.writerow([x if name == "days_left" else escape_cell(x) for name, x in cells])
    text.detach()


def _cells(each: Expirable, day: dt.date) -> list[str]:
    known: dict[str, object] = {
        "bucket": find_bucket(each, day),
        "days_left": (each.due - day).days,
    }
    cells = (known.get(name, getattr(each, name, None)) for name in COLUMNS)
    return [_text(cell) for cell in cells]


def _text(cell: object) -> str:
    if isinstance(cell, tuple):
        return " ".join(map(str, cell))
    return "" if cell is None else str(cell)


def _title(bucket: Bucket, count: int) -> str:
    return f"{label('bucket', bucket)}: {pluralize(count, 'item')}"


def _table(found: Sequence[Expirable]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), expand=True, header_style="bold")
    for name in ("Due", "Who", "What", "Why", "Owner"):
        table.add_column(name, overflow="fold", ratio=None if name == "Due" else 2)
    table.columns[0].no_wrap = True
    for each in found:
        who = Text("\n").join(safe_text(text) for text in (each.name, each.npi) if text)
        what = " ".join(filter(None, (each.item, each.number)))
        why, owner = safe_text(_why(each)), safe_text(each.owner)
        table.add_row(str(each.due), who, safe_text(what), why, owner)
    return table


def _why(each: Expirable) -> str:
    if each.why is Due.ENDS:
        return f"ends on {each.expires} ({each.source})"
    seen = f"last verified on {each.verified_on}" if each.verified_on else "never verified"
    ends = f"; ends on {each.expires}" if each.expires else "; no expiry date"
    return f"verify again: {seen}{ends} ({each.source})"


WRITERS: dict[str, Write] = {"table": write_table, "csv": write_csv, "xlsx": write_expiring}
"""How it can be written, by name."""
