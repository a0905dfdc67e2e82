"""Which columns a table must and may have, and where they stand in a given file."""

from collections.abc import Mapping, Sequence

from credcheck._util.suggest import nearest
from credcheck.model import Model
from credcheck.tables.base import TableUnusable
from credcheck.tables.header import column_key


class Column(Model, kw_only=True):
    """One column by our name. ``required`` columns must be in the file, though cells may be empty."""

    name: str
    required: bool = False


class Schema:
    """The columns of one kind of table, bound to one file's header.

    ``mapping`` says which of their columns is which of ours (our name -> their header). Raises
    TableUnusable if a required column or a mapped header is missing.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        header: Sequence[str],
        mapping: Mapping[str, str],
        file: str,
    ) -> None:
        """Find each of our columns in the header."""
        places = {column_key(name): place for place, name in enumerate(header)}
        self._places: dict[str, int] = {}
        for column in columns:
            theirs = mapping.get(column.name, column.name)
            place = places.get(column_key(theirs))
            if place is not None:
                self._places[column.name] = place
            elif column.name in mapping:
                raise TableUnusable(
                    f"{file}: there is no column {theirs!r}, which columns names for"
                    f" {column.name}{nearest(theirs, header)}"
                )
            elif column.required:
                raise TableUnusable(_missing(file, column.name, columns, header))
        used = set(self._places.values())
        self.others = {name: place for place, name in enumerate(header) if place not in used}

    def cells(self, cells: Sequence[str]) -> dict[str, str]:
        """Return a row's cells by our column names, without spaces around them."""
        return {name: cells[place].strip() for name, place in self._places.items()}


def _missing(file: str, name: str, columns: Sequence[Column], header: Sequence[str]) -> str:
    required = ", ".join(column.name for column in columns if column.required)
    return (
        f"{file}: the column {name} is missing; found are {', '.join(header)}; needed are"
        f" {required}; if it has another name, map it with columns"
    )
