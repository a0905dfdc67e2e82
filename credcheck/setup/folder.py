"""Which files of a folder may be tables."""

from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

TABLES = frozenset(
    {
        *(".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".parquet", ".zip"),
        *(".json", ".ndjson", ".jsonl"),
    }
)
"""The ends of names that tables have."""


def list_tables(folder: Path) -> list[Path]:
    """Return the files of a folder that may be tables, by name; hidden ones are passed over."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and path.suffix.lower() in TABLES and not _is_hidden(path.name)
    )


def remove_known(paths: Iterable[Path], known: Iterable[Path]) -> list[Path]:
    """Return the files that no configuration names yet."""
    patterns = [str(path.resolve()).replace("[", "[[]") for path in known]  # may hold * and ?
    return [path for path in paths if not any(fnmatch(str(path.resolve()), x) for x in patterns)]


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))  # Excel keeps its locks as "~$roster.xlsx"
