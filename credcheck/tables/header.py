"""The names of a table's columns: compared without case and spaces, each of them once."""

from collections.abc import Sequence

from credcheck.tables.base import UnusableTable


def column_key(name: str) -> str:
    """Return a column's name for comparison: case and spaces do not matter."""
    return "_".join(name.strip().casefold().replace("_", " ").split())


def check_header(file: str, cells: Sequence[str]) -> tuple[str, ...]:
    """Return the header's names. Raises UnusableTable if there are none, or one of them twice."""
    names = tuple(" ".join(cell.split()) for cell in cells)
    if not any(names):
        raise UnusableTable(f"{file}: the first line has no column names")
    first: dict[str, int] = {}
    for place, name in enumerate(names, 1):
        plain = column_key(name)
        if plain and plain in first:
            raise UnusableTable(
                f"{file}: column {name!r} appears twice ({first[plain]} and {place});"
                " remove or rename one"
            )
        first[plain] = place
    return names
