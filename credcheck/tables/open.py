"""Opening a table by what the file is: the first bytes decide, then the name."""

from collections.abc import Collection
from pathlib import Path

from credcheck.tables.base import Table, UnusableTable
from credcheck.tables.formats import table_formats
from credcheck.tables.formats.base import Grid
from credcheck.tables.lines import check_regular, first_bytes
from credcheck.tables.options import ReadOptions
from credcheck.tables.sheet import SheetTable
from credcheck.tables.sniff import describe_other

_LOOK = 1024
_HAVE_SHEETS = {"xlsx", "zip"}


def open_table(
    path: Path, options: ReadOptions | None = None, *, wanted: Collection[str] = ()
) -> Table:
    """Open a table in any format, with its headers found. Raises UnusableTable if it cannot be trusted.

    ``wanted`` are headers that the configuration names.
    """
    options = options or ReadOptions()
    return SheetTable(path.name, open_grid(path, options), options, wanted)


def open_grid(path: Path, options: ReadOptions) -> Grid:
    """Open the rows of a file as they stand. Raises UnusableTable if it is no table.

    The heavier readers are imported only where they are needed.
    """
    check_regular(path)
    first = first_bytes(path, _LOOK)
    form = next(each for each in table_formats() if each.fits(first, path))
    if form.name in {"csv", "json"} and (other := describe_other(first, path)) is not None:
        raise UnusableTable(f"{path.name}: {other}")
    if options.sheet is not None and form.name not in _HAVE_SHEETS:
        raise UnusableTable(f"{path.name}: a sheet is set, but this is not a workbook")
    return form.open(path, options)
