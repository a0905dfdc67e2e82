"""Tables read strictly: each row is whole and in place, or it is rejected with its reason."""

from credcheck.tables.base import (
    DELIMITERS,
    ENCODINGS,
    ReadOptions,
    RejectedRow,
    Row,
    Table,
    UnusableTable,
)
from credcheck.tables.columns import Column, ColumnsError, Schema, guess_columns
from credcheck.tables.csv import CsvTable
from credcheck.tables.open import open_table

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "Column",
    "ColumnsError",
    "CsvTable",
    "ReadOptions",
    "RejectedRow",
    "Row",
    "Schema",
    "Table",
    "UnusableTable",
    "guess_columns",
    "open_table",
]
