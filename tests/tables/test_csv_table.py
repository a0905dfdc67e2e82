"""CSV, read strictly: each row is whole and in place, or rejected by name."""

import csv
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcheck.tables import (
    Column,
    ColumnsError,
    ReadOptions,
    RejectedRow,
    Row,
    TableOptions,
    TableSchema,
    UnusableTable,
    open_table,
)
from credcheck.tables.read import ReadTable, read_table
from tests.support.examples import examples


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(path: Path, options: ReadOptions | None = None) -> list[Row | RejectedRow]:
    return list(open_table(path, options).rows())


def test_rows_and_lines_are_counted_from_one(tmp_path: Path) -> None:
    read = rows(write(tmp_path, 'a,b\r\n1,"two\r\nlines"\r\n3,4\r\n'))
    assert [(row.number, row.line, row.cells) for row in read] == [
        (1, 2, ("1", "two\r\nlines")),
        (2, 4, ("3", "4")),
    ]


def test_blank_rows_are_passed_over_and_counted(tmp_path: Path) -> None:
    table = open_table(write(tmp_path, "a,b\n1,2\n\n,\n , \n3,4\n"))
    assert [row.number for row in table.rows()] == [1, 2]
    assert table.blank == 3


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    content = b"a,b\n1,2\n"
    table = open_table(write(tmp_path, content))
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
        (b"a;b\n1;2\n", "use --delimiter ';'"),
        (b"a\tb\n1\t2\n", r"use --delimiter '\t'"),
        (b'a,b\n1,2\n3,"4\n5,6\n', "begins on line 3"),
        (b'a,b\n1,"2"x\n', "begins on line 2"),
        (b"a,b\n1,M\xd1\n", "line 2, byte 4"),
        (b"\xff\xfe" + b"a,b\n1,2\n3", "UTF-16"),
        (b"a,b\n1," + b"x" * (1 << 22) + b"\n", "line 2"),
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
    (row,) = rows(
        write(tmp_path, b"a;b\n1;MU\xd1OZ\n"), ReadOptions(encoding="cp1252", delimiter=";")
    )
    assert row.cells == ("1", "MUÑOZ")


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_byte_order_mark_does_not_matter(tmp_path: Path, mark: bytes) -> None:
    assert open_table(write(tmp_path, mark + b"npi,b\n1,2\n")).header == ("npi", "b")


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "missing.csv", tmp_path / "pipe"):
        with pytest.raises(UnusableTable):
            open_table(path)


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@examples(100)
@given(table=st.lists(st.tuples(CELLS, CELLS), max_size=8))
def test_what_a_csv_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, table: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("a", "b"), *table])
    expected = [cells for cells in table if any(cell.strip() for cell in cells)]
    assert [row.cells for row in rows(path)] == expected


@examples(200)
@given(content=st.binary(min_size=1, max_size=200))
def test_any_bytes_are_rows_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = write(tmp_path_factory.mktemp("csv"), content)
    try:
        table = open_table(path)
        for row in table.rows():
            assert isinstance(row, RejectedRow) or len(row.cells) == len(table.header)
    except UnusableTable:
        pass


SCHEMA = TableSchema(
    kind="test",
    columns=(Column(name="npi", required=True), Column(name="last_name"), Column(name="extra")),
    groups=("person",),
)


def read(folder: Path, content: str, options: TableOptions | None = None) -> ReadTable:
    return read_table(write(folder, content), SCHEMA, options or TableOptions(), ReadOptions())


class TestWhichColumnIsWhich:
    """By our own names, by the reviewed table of headers, or as declared."""

    def test_case_and_spaces_of_headers_do_not_matter(self, tmp_path: Path) -> None:
        table = read(tmp_path, "NPI , Last Name\n 1 ,x\n")
        (row,) = table.rows()
        assert isinstance(row, Row)
        assert [table.read_cell(row, name) for name in ("npi", "last_name", "extra")] == [
            "1",
            "x",
            "",
        ]

    def test_mapped_headers_are_found_under_their_own_name(self, tmp_path: Path) -> None:
        table = read(tmp_path, "Number,note\n1,n\n", TableOptions(columns={"npi": "number"}))
        assert table.binding.places == {"npi": 0}
        assert [each.header for each in table.reading.unused] == ["note"]

    def test_a_missing_required_column_is_named_with_what_was_found(self, tmp_path: Path) -> None:
        with pytest.raises(ColumnsError, match="the column npi is missing; found: provider id"):
            read(tmp_path, "provider id,last name\n1,x\n")

    def test_a_mapped_header_that_is_missing_names_the_nearest(self, tmp_path: Path) -> None:
        with pytest.raises(ColumnsError, match=r"did you mean 'NPI Number'"):
            read(tmp_path, "NPI Number\n1\n", TableOptions(columns={"npi": "NPI Numbr"}))

    @pytest.mark.parametrize("length", [1_001, 32_768, 70_000])
    def test_a_cell_over_its_bound_rejects_its_row_alone(self, tmp_path: Path, length: int) -> None:
        table = read(tmp_path, f"npi,last_name\n1,{'A' * length}\n2,B\n")
        bad, good = table.rows()
        assert isinstance(bad, RejectedRow)
        assert f"{length:,} characters in column 'last_name'" in bad.problem
        assert isinstance(good, Row)
        assert (table.reading.rows, table.reading.rejected) == (2, 1)

    def test_a_long_note_in_a_column_that_is_not_read_rejects_nothing(self, tmp_path: Path) -> None:
        table = read(tmp_path, f"npi,last_name,notes\n1,B,{'A' * 5_000}\n")
        assert table.reading.rejected == 0
