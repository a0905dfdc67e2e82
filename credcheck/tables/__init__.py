"""Tables read strictly: each row is whole and in place, or it is rejected with its reason."""

from credcheck.tables.base import RejectedRow, Row, Table, UnusableTable
from credcheck.tables.columns import Column, ColumnsError, TableSchema, guess_columns
from credcheck.tables.open import open_table
from credcheck.tables.options import (
    DELIMITERS,
    ENCODINGS,
    ReadOptions,
    RosterFileOptions,
    TableOptions,
)

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "Column",
    "ColumnsError",
    "ReadOptions",
    "RejectedRow",
    "RosterFileOptions",
    "Row",
    "Table",
    "TableOptions",
    "TableSchema",
    "UnusableTable",
    "guess_columns",
    "open_table",
]
