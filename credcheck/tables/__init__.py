"""Tables read strictly: each row is whole and in place, or it is rejected with its reason."""

from credcheck.tables.csv_table import DELIMITERS, ENCODINGS, CsvTable, ReadOptions
from credcheck.tables.rows import BadRow, Row, TableUnusable
from credcheck.tables.schema import Column, Schema

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "BadRow",
    "Column",
    "CsvTable",
    "ReadOptions",
    "Row",
    "Schema",
    "TableUnusable",
]
