"""Headers: column names compared, and checked to be names of one column each."""

from credcheck.tables.base import TableUnusable


def column_key(name: str) -> str:
    """Return a column's name for comparison: case and spaces do not matter."""
    return "_".join(name.strip().casefold().replace("_", " ").split())


def checked_header(file: str, cells: list[str]) -> tuple[str, ...]:
    """Return the header's names. Raises TableUnusable if there are none, or one of them twice."""
    names = tuple(cell.strip() for cell in cells)
    if not any(names):
        raise TableUnusable(f"{file}: the first line holds no column names")
    first: dict[str, int] = {}
    for place, name in enumerate(names, 1):
        plain = column_key(name)
        if plain and plain in first:
            raise TableUnusable(
                f"{file}: column {name!r} appears twice ({first[plain]} and {place});"
                " remove or rename one"
            )
        first[plain] = place
    return names
