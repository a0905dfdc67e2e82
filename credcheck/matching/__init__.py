"""Whole listings matched to people: each row's decision, its number and its reasons."""

from credcheck.matching.listing import ListedRow, read_listing
from credcheck.matching.people import read_people
from credcheck.matching.registries import FileRegistry, LiveRegistry, PeopleRegistry
from credcheck.matching.result import HEADER, MatchedRow, match_rows, output_header, output_row
from credcheck.tables.columns import ColumnsError, bind_people_columns

__all__ = [
    "HEADER",
    "ColumnsError",
    "FileRegistry",
    "ListedRow",
    "LiveRegistry",
    "MatchedRow",
    "PeopleRegistry",
    "bind_people_columns",
    "match_rows",
    "output_header",
    "output_row",
    "read_listing",
    "read_people",
]
