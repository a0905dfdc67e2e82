"""The rows of CMS's CSV files: as the csv module reads them, in two thirds of the time.

CMS puts every cell in quotes, hardly any cell has a quote or a line end in it, and of 330 cells a
third is read. Where the quotes of a line are just those around its cells, they tell the cells, and the
rest of the line need not be taken apart. Every other line is left to the csv module.
"""

import csv
from collections.abc import Iterator
from itertools import chain

_BETWEEN = '","'


class Rows(Iterator[list[str]]):
    """The rows of a file, the header first."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._reader = csv.reader(lines)

    def __next__(self) -> list[str]:
        """Return the next row. Raises csv.Error where it cannot be told."""
        return next(self._reader)

    def read_width(self, width: int, used: int) -> Iterator[list[str]]:
        """Yield the rows that are left. Of those with so many cells the first ``used`` are told.

        The other cells of such a row read as empty. Raises csv.Error as the csv module does.
        """
        unused = [""] * (width - used)
        for line in self._lines:
            bare = line.rstrip("\r\n")
            inner = bare[1:-1]
            if (
                bare.count('"') == 2 * width
                and inner.count(_BETWEEN) == width - 1
                and bare[0] == bare[-1] == '"'
            ):
                cells = inner.split(_BETWEEN, used)
                cells[used:] = unused
                yield cells
            else:
                yield next(csv.reader(chain((line,), self._lines)))
