"""The sheet of what ends or has to be verified again: in a run's workbook, or alone."""

import datetime as dt
from collections.abc import Sequence
from typing import BinaryIO

from credcheck.audit.expirables import Due, Expirable, find_bucket
from credcheck.model.dates import PartialDate
from credcheck.reference.labels import label
from credcheck.reports.workbook.columns import EXPIRING
from credcheck.reports.workbook.sheet import CellValue, Link, Sheet, Toned

TITLE = "Expiring"
_WHY = {Due.ENDS: "Expires", Due.VERIFY: "Verify again"}


def make_expiring_row(each: Expirable, as_of: dt.date, who: str | Link) -> list[CellValue]:
    """Return the row of one item; ``who`` is the name, which may lead to the person's own row."""
    soon = find_bucket(each, as_of)
    return [
        Toned(label("bucket", soon), soon),
        *((each.due - as_of).days, each.due, _WHY[each.why]),
        *(who, each.npi, each.item, each.number),
        *(_read_date(each.issued), _read_date(each.expires), each.verified_on, each.next_check),
        *(each.source, each.owner),
        ", ".join(label("requirement", name) for name in each.requirements),
        *(each.status, each.row, each.id),
    ]


def write_expiring(found: Sequence[Expirable], day: dt.date, out: BinaryIO) -> None:
    """Write a workbook of this sheet alone."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = Sheet(book, TITLE, EXPIRING)
    for each in found:
        sheet.add(make_expiring_row(each, day, each.name))
    sheet.close()
    book.properties.creator = "credcheck"
    book.save(out)


def _read_date(text: str) -> PartialDate | None:
    return PartialDate.from_iso(text) if text else None
