"""CSV, read strictly: each row is whole and in place, or rejected by name."""

import csv
import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credcheck.tables import Column, CsvTable, ReadOptions, RejectedRow, Row, Schema, UnusableTable


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(path: Path, **options: str) -> list[Row | RejectedRow]:
    return list(CsvTable(path, ReadOptions(**options)).rows())


def test_rows_and_lines_are_counted_from_one(tmp_path: Path) -> None:
    read = rows(write(tmp_path, 'a,b\r\n1,"two\r\nlines"\r\n3,4\r\n'))
    assert [(row.number, row.line, row.cells) for row in read] == [
        (1, 2, ("1", "two\r\nlines")),
        (2, 4, ("3", "4")),
    ]


def test_blank_rows_are_passed_over_and_counted(tmp_path: Path) -> None:
    table = CsvTable(write(tmp_path, "a,b\n1,2\n\n,\n , \n3,4\n"))
    assert [row.number for row in table.rows()] == [1, 2]
    assert table.blank == 3


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    content = b"a,b\n1,2\n"
    table = CsvTable(write(tmp_path, content))
    list(table.rows())
    assert table.sha256 == hashlib.sha256(content).hexdigest()


def test_rows_with_shifted_columns_are_rejected_whole(tmp_path: Path) -> None:
    read = rows(write(tmp_path, "a,b\n1,2,3\n4\n5,6\n"))
    assert [type(row) for row in read] == [RejectedRow, RejectedRow, Row]


def test_a_nul_rejects_the_row(tmp_path: Path) -> None:
    (row,) = rows(write(tmp_path, b"a,b\n1,\x002\n"))
    assert isinstance(row, RejectedRow)
    assert "NUL" in row.problem


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n", "no column names"),
        (b"a,b,A \n1,2,3\n", "appears twice (1 and 3)"),
        (b"a;b\n1;2\n", "declare delimiter ';'"),
        (b"a\tb\n1\t2\n", "declare delimiter"),
        (b'a,b\n1,2\n3,"4\n5,6\n', "begins on line 3"),
        (b'a,b\n1,"2"x\n', "begins on line 2"),
        (b"a,b\n1,M\xd1\n", "line 2, byte 4"),
        ("a,b\n1,2\n".encode("utf-16"), "UTF-16"),
        (b"a,b\n1," + b"x" * (1 << 18) + b"\n", "line 2"),
    ],
)
def test_a_table_that_cannot_be_trusted_is_refused(
    tmp_path: Path, content: bytes, said: str
) -> None:
    with pytest.raises(UnusableTable) as caught:
        rows(write(tmp_path, content))
    assert said in str(caught.value)
    assert str(tmp_path) not in str(caught.value), "messages must not hang on where the file lies"


def test_declared_encodings_and_delimiters_are_read(tmp_path: Path) -> None:
    (row,) = rows(write(tmp_path, b"a;b\n1;MU\xd1OZ\n"), encoding="cp1252", delimiter=";")
    assert row.cells == ("1", "MUÑOZ")


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_byte_order_mark_does_not_matter(tmp_path: Path, mark: bytes) -> None:
    assert CsvTable(write(tmp_path, mark + b"npi,b\n1,2\n")).header == ("npi", "b")


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "missing.csv", tmp_path / "pipe"):
        with pytest.raises(UnusableTable):
            CsvTable(path)


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@settings(max_examples=100, deadline=None)
@given(table=st.lists(st.tuples(CELLS, CELLS), max_size=8))
def test_what_a_csv_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, table: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("a", "b"), *table])
    expected = [cells for cells in table if any(cell.strip() for cell in cells)]
    assert [row.cells for row in rows(path)] == expected


@settings(max_examples=200, deadline=None)
@given(content=st.binary(min_size=1, max_size=200))
def test_any_bytes_are_rows_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = write(tmp_path_factory.mktemp("csv"), content)
    try:
        table = CsvTable(path)
        for row in table.rows():
            assert isinstance(row, RejectedRow) or len(row.cells) == len(table.header)
    except UnusableTable:
        pass


COLUMNS = [Column(name="npi", required=True), Column(name="last_name"), Column(name="extra")]


class TestSchema:
    """Which column is which."""

    def test_case_and_spaces_of_headers_do_not_matter(self) -> None:
        schema = Schema(COLUMNS, ["NPI ", " Last Name"], {}, "t.csv")
        assert schema.cells([" 1 ", "x"]) == {"npi": "1", "last_name": "x"}

    def test_mapped_headers_are_found_under_their_own_name(self) -> None:
        schema = Schema(COLUMNS, ["Number", "note"], {"npi": "number"}, "t.csv")
        assert schema.cells(["1", "n"]) == {"npi": "1"}
        assert schema.others == {"note": 1}

    def test_a_missing_required_column_is_named_with_what_was_found(self) -> None:
        with pytest.raises(UnusableTable, match="the column npi is missing; found are provider id"):
            Schema(COLUMNS, ["provider id"], {}, "t.csv")

    def test_a_mapped_header_that_is_missing_names_the_nearest(self) -> None:
        with pytest.raises(UnusableTable, match=r"did you mean 'NPI Number'"):
            Schema(COLUMNS, ["NPI Number"], {"npi": "NPI Numbr"}, "t.csv")
