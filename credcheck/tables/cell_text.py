"""A typed cell of a workbook or a Parquet file as the text that a person sees."""

import datetime as dt
from typing import Any


def cell_text(value: Any) -> str:
    """Return the text: a number without ``.0``, a day in ISO form, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    return value.isoformat() if isinstance(value, dt.date) else str(value)
