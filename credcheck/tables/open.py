"""Opening a table by what the file is: the first bytes decide, then the name."""

from pathlib import Path

from credcheck.tables.base import ReadOptions, Table, UnusableTable
from credcheck.tables.csv import CsvTable
from credcheck.tables.lines import check_regular, first_bytes

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_PARQUET = b"PAR1"
_OTHERS = {
    ".xls": "an old Excel file",
    ".xlsb": "a binary Excel file",
    ".ods": "an OpenDocument file",
    ".numbers": "a Numbers file",
    ".pdf": "a PDF",
}


def open_table(path: Path, options: ReadOptions | None = None) -> Table:
    """Open a CSV, TSV, XLSX or Parquet file. Raises UnusableTable if it cannot be trusted.

    The heavier readers are imported only where they are needed.
    """
    check_regular(path)
    suffix = path.suffix.lower()
    first = first_bytes(path, 4)
    if suffix in _OTHERS:
        raise UnusableTable(f"{path.name}: {_OTHERS[suffix]}; save it as .xlsx or .csv")
    if first == _PARQUET or suffix == ".parquet":
        from credcheck.tables.parquet import ParquetTable

        return ParquetTable(path, options)
    if first in _WORKBOOKS or suffix in {".xlsx", ".xlsm"}:
        from credcheck.tables.xlsx import XlsxTable

        return XlsxTable(path, options)
    if options is not None and options.sheet is not None:
        raise UnusableTable(f"{path.name}: a sheet is named, but this is not a workbook")
    return CsvTable(path, options)
