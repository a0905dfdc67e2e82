"""Parquet, by pyarrow (the extra ``parquet``), in batches. Every value becomes its text."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from credcheck._util.files import file_sha256
from credcheck.tables.base import UnusableTable, as_unusable, cell_text
from credcheck.tables.formats.base import Grid, GridRow, TableFormat
from credcheck.tables.limits import COLUMNS
from credcheck.tables.options import ReadOptions

_BATCH = 4_096
_MAGIC = b"PAR1"


class ParquetGrid:
    """A Parquet file: its columns' names first, then its rows as they are read."""

    has_header = True
    is_terminated = True

    def __init__(self, path: Path) -> None:
        """Read the schema. Raises UnusableTable if it is unreadable."""
        self._path = path
        self.facts: dict[str, str] = {}
        self.notes: list[str] = []
        self._digest = file_sha256(path)
        with _open_file(path) as file:
            names = [str(name) for name in file.schema_arrow.names]
        if len(names) > COLUMNS.value:
            raise UnusableTable(
                f"{path.name}: has {len(names):,} columns; the limit is {COLUMNS.value:,}"
            )
        self._names = tuple(names)

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes."""
        return self._digest

    def rows(self) -> Iterator[GridRow]:
        """Yield the columns' names, then every row. Raises UnusableTable for what is damaged."""
        yield GridRow(0, 0, self._names)
        with as_unusable(self._path, "Parquet file"), _open_file(self._path) as file:
            number = 0
            for batch in file.iter_batches(_BATCH):
                for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    number += 1
                    yield GridRow(number, number, tuple(map(cell_text, values)))


def _open_file(path: Path) -> Any:
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        message = "reading Parquet needs pyarrow: pip install 'credcheck[parquet]'"
        raise UnusableTable(f"{path.name}: {message}") from error
    with as_unusable(path, "Parquet file"):
        return ParquetFile(path)


def _fits(first: bytes, path: Path) -> bool:
    return first[:4] == _MAGIC or path.suffix.lower() == ".parquet"


def _open(path: Path, options: ReadOptions) -> Grid:
    del options
    return ParquetGrid(path)


FORMAT = TableFormat("parquet", _fits, _open)
