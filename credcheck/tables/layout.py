"""Where the headers of a table stand, and which rows are no data: titles above, totals below.

Rows are scored by how many of their cells are headers of the reviewed table, or are named in the
configuration. One row must stand out. Where two do, or none does, the file is refused and the rows are
named: a data row that is taken for headers, or the other way round, would be read without anybody
noticing.
"""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from credcheck.model.npi import is_valid
from credcheck.reference.headers import all_header_keys, header_key
from credcheck.tables.base import Remedy, UnusableTable
from credcheck.tables.formats.base import GridRow
from credcheck.tables.header import column_key
from credcheck.tables.limits import quote
from credcheck.tables.options import ReadOptions

_NUMBER = re.compile(r"[\s'#(]*[-+$]?[0-9][0-9.,/:\-\s)%]*")
_LONG = re.compile(r"[0-9]{6}|[0-9][/.\-][0-9]")
_COUNT = re.compile(r"[0-9][0-9,]*")
_TOTAL = re.compile(
    r"(grand |sub[- ]?|report )?totals?\b"
    r"(of|number|count|records?|rows?|providers?|physicians?|entries|exclusions?|[0-9]|\W)*"
    r"|(total )?(number|count) of \w+\W*[0-9,]*"
    r"|\w+ (count|total)s?\W*[0-9][0-9,]*|(records?|rows?|count)\W*[0-9,]*"
    r"|[0-9][0-9,]* (records?|rows?|providers?|physicians?|entries|results|names)\b.*",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"end of (report|file|list|data|table)\b.*|eof|page [0-9]+.*"
    r"|((report|list|data|file)\W+)?(generated|printed|run|created|exported|updated|as of|last updated"
    r"|source|prepared|downloaded|copyright|confidential|disclaimer|notes?)\b.*[:0-9*].*|[©*†‡].*",
    re.IGNORECASE,
)
_MAY_BE_TOTAL = re.compile(r"[gsrtncepladuf©*†‡0-9]", re.IGNORECASE)
_TEN_DIGITS = re.compile(r"(?<![0-9])[0-9]{10}(?![0-9])")
_FEWEST = 2
"""Headers that a row must have to be taken for the headers by them."""


class HeaderPlace(NamedTuple):
    """Which of the first rows holds the headers. ``place`` is None for a bare list, without any."""

    place: int | None
    why: str


class _Score(NamedTuple):
    known: int
    filled: int
    place: int


def find_header(
    file: str, rows: Sequence[GridRow], options: ReadOptions, wanted: Collection[str] = ()
) -> HeaderPlace:
    """Find the row of the headers among the first rows. Raises UnusableTable where none stands out.

    ``wanted`` are headers that the configuration names.
    """
    if options.header_row is not None:
        return _take_declared(file, rows, options)
    scores = [_score(place, row, wanted) for place, row in enumerate(rows)]
    likely = [each for each in scores if _is_header_like(rows[each.place])]
    best = max(likely, key=lambda each: (each.known, -each.place), default=None)
    if best is not None and _stands_out(best):
        _check_only_one(file, rows, options, best, likely)
        _check_titles(file, rows[: best.place], options)
        return HeaderPlace(best.place, f"{best.known} of its {best.filled} cells are known headers")
    return _find_by_shape(file, rows, options)


def is_total(cells: Sequence[str]) -> bool:
    """Tell whether a row at the end of a table is no data: "Total: 11 records", "Page 2 of 2".

    A row with a ten-digit number in it never is.
    """
    bare = map(str.strip, cells)
    first = next(filter(None, bare), "")
    if not _MAY_BE_TOTAL.match(first) or first.isdigit():
        return False
    is_count = _TOTAL.fullmatch(first) is not None
    if not is_count and _FOOTER.fullmatch(first) is None:
        return False
    rest = list(filter(None, bare))
    if any(map(_TEN_DIGITS.search, (first, *rest))):
        return False
    return not rest or (is_count and all(map(_COUNT.fullmatch, rest)))


def _take_declared(file: str, rows: Sequence[GridRow], options: ReadOptions) -> HeaderPlace:
    declared = options.header_row
    for place, row in enumerate(rows):
        if row.number == declared and any(map(str.strip, row.cells)):
            return HeaderPlace(place, "declared")
    said = options.spell("header_row", declared or 0)
    raise UnusableTable(f"{file}: {said} is set, but that row is empty")


def _score(place: int, row: GridRow, wanted: Collection[str]) -> _Score:
    filled = [cell for cell in row.cells if cell.strip()]
    known = all_header_keys()
    hits = sum(header_key(cell) in known or column_key(cell) in wanted for cell in filled)
    return _Score(hits, len(filled), place)


def _is_header_like(row: GridRow) -> bool:
    """Tell whether a row may hold headers: no long number or date in it, and few numbers."""
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    numbers = [cell for cell in filled if _NUMBER.fullmatch(cell)]
    return bool(filled) and len(numbers) * 3 < len(filled) and not any(map(_LONG.search, numbers))


def _stands_out(best: _Score) -> bool:
    return best.known >= _FEWEST or best.known == best.filled == 1


def _check_only_one(
    file: str, rows: Sequence[GridRow], options: ReadOptions, best: _Score, likely: Sequence[_Score]
) -> None:
    """Raise UnusableTable where another row is as much like headers, and is not the same again."""
    for other in likely:
        if other.place == best.place or other.known < _FEWEST:
            continue
        if _plain(rows[other.place]) == _plain(rows[best.place]):
            continue
        if other.known * 2 > best.known and other.known * 3 >= other.filled * 2:
            one, two = sorted((rows[best.place], rows[other.place]))
            raise UnusableTable(
                f"{file}: the headers may be in row {one.number} ({_show(one)}) or in row {two.number}"
                f" ({_show(two)}); choose one: {options.spell('header_row', rows[best.place].number)}",
                Remedy("header_row", (one.number, two.number)),
            )


def _check_titles(file: str, above: Sequence[GridRow], options: ReadOptions) -> None:
    """Raise UnusableTable where a row above the headers holds an NPI: it may be data."""
    for row in above:
        if any(is_valid(cell.strip()) for cell in row.cells):
            raise UnusableTable(
                f"{file}: row {row.number}, above the headers, holds an NPI ({_show(row)}); if it is a"
                f" title, use {options.spell('header_row', row.number + 1)} with the row of the headers"
            )


def _find_by_shape(file: str, rows: Sequence[GridRow], options: ReadOptions) -> HeaderPlace:
    """Take the first row that is as wide as most and holds no number; else there are no headers."""
    filled = [[cell.strip() for cell in row.cells if cell.strip()] for row in rows]
    widths = sorted(map(len, filter(None, filled)))
    if not widths:
        raise UnusableTable(f"{file}: the first line has no column names")
    if widths[-1] == 1 and _are_npis([each[0] for each in filled if each]):
        return HeaderPlace(None, "a plain list of NPIs")
    usual = widths[len(widths) // 2]
    wide = (x for x, each in enumerate(filled) if each and len(each) * 5 >= usual * 4)
    first = next(x for x, each in enumerate(filled) if each)
    for place in (*wide, first):
        if _is_header_like(rows[place]):
            _check_titles(file, rows[:place], options)
            return HeaderPlace(place, "the first row as wide as the table, without numbers")
    raise UnusableTable(
        f"{file}: no row has column names; row {rows[first].number} ({_show(rows[first])}) is data."
        f" Add a row with the headers above it, or give their row:"
        f" {options.spell('header_row', rows[first].number + 1)}"
    )


def _are_npis(texts: Sequence[str]) -> bool:
    """Tell whether texts are ten-digit numbers, and some of them NPIs."""
    bare = [re.sub(r"[\s'#\-]", "", text).removesuffix(".0") for text in texts]
    return all(re.fullmatch(r"[0-9]{10}", each) for each in bare) and any(map(is_valid, bare))


def _plain(row: GridRow) -> list[str]:
    cells = [column_key(cell) for cell in row.cells]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _show(row: GridRow) -> str:
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    shown = ", ".join(quote(cell) for cell in filled[:3])
    return f"{shown}, ..." if len(filled) > 3 else shown
