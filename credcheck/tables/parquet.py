"""Parquet, by pyarrow (the extra ``parquet``), in batches. Every value becomes its text."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from credcheck.tables.base import (
    ReadOptions,
    RejectedRow,
    Row,
    UnusableTable,
    as_unusable,
    cell_text,
    check_row,
)
from credcheck.tables.columns import check_header
from credcheck.tables.lines import file_sha256

_BATCH = 4_096


class ParquetTable:
    """A Parquet file, which open_table has checked: its columns' names, its rows as they are read."""

    def __init__(self, path: Path, options: ReadOptions | None = None) -> None:
        """Read the schema; ``options`` say nothing here. Raises UnusableTable if it is unreadable."""
        del options
        self._path = path
        self.blank = 0
        self.notes: list[str] = []
        self._digest = file_sha256(path)
        self._file = _open_file(path)
        self.header = check_header(path.name, list(self._file.schema_arrow.names))

    is_terminated = True

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes."""
        return self._digest

    def rows(self) -> Iterator[Row | RejectedRow]:
        """Yield every data row in order. Raises UnusableTable where the rest cannot be trusted."""
        number, line, width = 0, 0, len(self.header)
        for values in self._values():
            line += 1
            cells = tuple(map(cell_text, values))
            if not any(cell.strip() for cell in cells):
                self.blank += 1
                continue
            number += 1
            yield check_row(number, line, cells, width)

    def _values(self) -> Iterator[tuple[Any, ...]]:
        try:
            with as_unusable(self._path, "Parquet file"):
                for batch in self._file.iter_batches(_BATCH):
                    yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
        finally:
            self._file.close()


def _open_file(path: Path) -> Any:
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        message = "reading Parquet needs pyarrow: pip install 'credcheck[parquet]'"
        raise UnusableTable(f"{path.name}: {message}") from error
    with as_unusable(path, "Parquet file"):
        return ParquetFile(path)
