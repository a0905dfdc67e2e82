"""Whole listings matched to people: each row's decision, its number and its reasons."""

from credcheck.matching.listing import ListedRow, read_listing
from credcheck.matching.people import people_of_file
from credcheck.matching.registries import FileRegistry, LiveRegistry, PeopleRegistry
from credcheck.matching.result import HEADER, Matched, match_rows, output_header, output_row
from credcheck.tables.columns import ColumnsError, columns_of_people

__all__ = [
    "HEADER",
    "ColumnsError",
    "FileRegistry",
    "ListedRow",
    "LiveRegistry",
    "Matched",
    "PeopleRegistry",
    "columns_of_people",
    "match_rows",
    "output_header",
    "output_row",
    "people_of_file",
    "read_listing",
]
