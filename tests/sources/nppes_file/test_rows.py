"""Rows are those that the csv module reads, however a file is quoted."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcheck_sources.nppes_file.fast_csv import Rows

CELLS = st.text(alphabet='ab",\n\r \x00é', max_size=4)
TEXTS = st.text(alphabet='a",\n\r', max_size=24)


def lines(text: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8", newline="")


def read(text: str, width: int, used: int) -> list[list[str]]:
    return list(Rows(lines(text)).read_width(width, used))


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3)), st.sampled_from(["\n", "\r\n"]))
def test_what_was_written_is_read(rows: list[list[str]], end: str) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=end).writerows(rows)
    assert read(out.getvalue(), 3, 3) == rows


@given(TEXTS, st.integers(1, 4))
def test_any_text_is_read_as_the_csv_module_reads_it(text: str, width: int) -> None:
    try:
        expected = list(csv.reader(lines(text)))
    except csv.Error:
        with pytest.raises(csv.Error):
            read(text, width, width)
    else:
        assert read(text, width, width) == expected


def test_cells_that_are_not_used_are_not_told() -> None:
    told = read('"a","b","c"\n"d","e"\na,b,c\n"x","y""","z"\n', 3, 1)
    assert told == [["a", "", ""], ["d", "e"], ["a", "b", "c"], ["x", 'y"', "z"]]


def test_the_header_is_read_first() -> None:
    rows = Rows(lines('"one","two"\n"1","2"\n'))
    assert next(rows) == ["one", "two"]
    assert list(rows.read_width(2, 2)) == [["1", "2"]]
