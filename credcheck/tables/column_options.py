"""Which columns of a listing or a registry of people is which: those for the names must be there."""

from collections.abc import Mapping, Sequence

from credcheck.tables import ColumnsError, guess_columns
from credcheck.tables.columns import COLUMNS, without_names

__all__ = ["ColumnsError", "columns_of_people"]

_OF_PEOPLE = tuple(name for name in COLUMNS if name != "id")


def columns_of_people(header: Sequence[str], said: Mapping[str, str]) -> dict[str, int]:
    """Return where each of our columns stands. Raises ColumnsError; without names there is none."""
    found = guess_columns(header, said, _OF_PEOPLE)
    if "name" not in found and not {"last_name", "first_name"} <= found.keys():
        raise without_names(header)
    return found
