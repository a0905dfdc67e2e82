"""Tables read strictly: each row is whole and in place, or it is rejected with its reason."""

from credcheck.tables.base import BadRow, Row, Table, TableUnusable
from credcheck.tables.columns import ColumnsError, guess_columns
from credcheck.tables.csv import CsvTable
from credcheck.tables.csv_options import DELIMITERS, ENCODINGS, ReadOptions
from credcheck.tables.open import open_table
from credcheck.tables.schema import Column, Schema

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "BadRow",
    "Column",
    "ColumnsError",
    "CsvTable",
    "ReadOptions",
    "Row",
    "Schema",
    "Table",
    "TableUnusable",
    "guess_columns",
    "open_table",
]
