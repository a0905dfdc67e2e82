"""JSON that holds one list of objects, and NDJSON (JSON Lines): an object a row.

The columns are all names that the objects have, in the order in which they are met. A number stays as
it is written, the values of a list stand in one cell. A name twice in one object refuses the file; an
object in the place of a value is text that no column of ours can mean.
"""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from credcheck.tables.base import UnusableTable
from credcheck.tables.formats.base import Grid, GridRow, TableFormat
from credcheck.tables.limits import COLUMNS, DOCUMENT
from credcheck.tables.lines import TextLines
from credcheck.tables.options import ReadOptions

_LINES = {".ndjson", ".jsonl"}
_SUFFIXES = {".json", *_LINES}

Record = dict[str, Any]


class JsonGrid:
    """The objects of a document, or of the lines of a file."""

    has_header = True

    def __init__(self, path: Path, options: ReadOptions) -> None:
        """Read the objects. Raises UnusableTable if they are no table."""
        self._path = path
        self._lines = TextLines(path, options)
        is_lines = path.suffix.lower() in _LINES or self._looks_like_lines()
        self.facts = {"encoding": self._lines.encoding}
        self.notes: list[str] = []
        self._records = list(self._read_lines() if is_lines else self._read_document())
        self._names = tuple(dict.fromkeys(name for _, each in self._records for name in each))
        if not self._names:
            raise UnusableTable(f"{path.name}: the objects have no keys, so there are no columns")
        if len(self._names) > COLUMNS.value:
            raise UnusableTable(
                f"{path.name}: its objects have {len(self._names):,} names, and at most"
                f" {COLUMNS.value:,} columns are read"
            )

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes."""
        return self._lines.sha256

    @property
    def is_terminated(self) -> bool:
        """True: what is cut off is no JSON."""
        return True

    def rows(self) -> Iterator[GridRow]:
        """Yield the names, then a row for every object."""
        yield GridRow(0, 0, self._names)
        for number, (line, record) in enumerate(self._records, 1):
            cells = tuple([_text(record.get(name)) for name in self._names])
            yield GridRow(number, line, cells)

    def _looks_like_lines(self) -> bool:
        """Tell whether the first line is an object by itself, and another follows."""
        with closing(self._lines.read()) as lines:
            first, second = next(lines, ""), next(lines, "")
        return first.strip().startswith("{") and second.strip().startswith("{")

    def _read_lines(self) -> Iterator[tuple[int, Record]]:
        for number, line in enumerate(self._lines.read(), 1):
            if line.strip():
                record = self._parse(line, f"line {number}")
                if not isinstance(record, dict):
                    raise UnusableTable(f"{self._path.name}: line {number} is not a JSON object")
                yield number, record

    def _read_document(self) -> Iterator[tuple[int, Record]]:
        if self._path.stat().st_size > DOCUMENT.value:
            raise UnusableTable(
                f"{self._path.name}: the JSON document is too large; save it as NDJSON or CSV"
            )
        document = self._parse("".join(self._lines.read()), "it")
        for record in _find_records(self._path.name, document):
            yield 1, record

    def _parse(self, text: str, where: str) -> Any:
        try:
            return json.loads(
                text, object_pairs_hook=_unique, parse_int=str, parse_float=str, parse_constant=str
            )
        except (ValueError, RecursionError) as error:
            reason = "is nested too deeply" if isinstance(error, RecursionError) else f"({error})"
            raise UnusableTable(f"{self._path.name}: {where} is not JSON {reason}") from error


def _find_records(file: str, document: Any) -> list[Record]:
    """Return the one list of objects that a document is, or that stands in it under one name."""
    lists = [document] if isinstance(document, list) else []
    if isinstance(document, dict):
        lists = [each for each in document.values() if isinstance(each, list) and each]
    found = [each for each in lists if all(isinstance(item, dict) for item in each)]
    if len(found) != 1 or not found[0]:
        many = f"{len(found)} lists of objects" if found else "no list of objects"
        raise UnusableTable(
            f"{file}: holds {many}, and a table is exactly one; save the right one as .csv"
        )
    return found[0]


def _unique(pairs: list[tuple[str, Any]]) -> Record:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise ValueError("a key appears twice in one object")
    return record


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list) and not any(isinstance(each, list | dict) for each in value):
        return "; ".join(map(_text, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _fits(first: bytes, path: Path) -> bool:
    bare = first.removeprefix(b"\xef\xbb\xbf").lstrip()
    if path.suffix.lower() in _SUFFIXES:
        return True
    return bare.startswith((b'[{"', b'{"', b"[{\n", b"[\n", b"[ {"))


def _open(path: Path, options: ReadOptions) -> Grid:
    return JsonGrid(path, options)


FORMAT = TableFormat("json", _fits, _open)
