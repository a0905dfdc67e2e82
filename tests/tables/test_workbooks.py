"""Workbooks that are odd or damaged: the right rows, or a refusal that says what the file is."""

import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from credcheck.tables import ReadOptions, Row, UnusableTable, open_table

SHEET = "xl/worksheets/sheet1.xml"


def make_book(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def edit_sheet(path: Path, change: Callable[[str], str]) -> Path:
    """Change the sheet's XML in a workbook."""
    with zipfile.ZipFile(path) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    members[SHEET] = change(members[SHEET].decode()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def roster(tmp_path: Path) -> Path:
    return make_book(
        tmp_path / "r.xlsx", [["npi", "name"], ["2000001075", "Doe, Jane"], ["2100000019", "Roe"]]
    )


def cells(path: Path) -> list[tuple[str, ...]]:
    return [row.cells for row in open_table(path).rows() if isinstance(row, Row)]


def refused(path: Path, options: ReadOptions | None = None) -> str:
    with pytest.raises(UnusableTable) as caught:
        list(open_table(path, options).rows())
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('<row r="3"', '<row r="2"', "row 2 appears twice"),
        ('<row r="3"', '<row r="1"', "row 1 appears after row 2"),
        ('<row r="2"', '<row r="2000000"', "not a valid row number"),
        ('<row r="3"', '<row r="-4"', "not a valid row number"),
        ('<row r="3"', '<row r="9999999999999999999999"', "not a valid row number"),
        ('<row r="3"', '<row r="3x"', "not a valid row number"),
        ('r="B3"', 'r="A3"', "is out of place"),
        ('r="B3"', 'r="B9"', "is out of place"),
        ('r="B3"', 'r="ZZZ3"', "is out of place"),
    ],
)
def test_rows_and_cells_out_of_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    def change(xml: str) -> str:
        assert old in xml
        return xml.replace(old, new, 1)

    assert said in refused(edit_sheet(roster(tmp_path), change))


def test_rows_without_numbers_are_read_in_their_order(tmp_path: Path) -> None:
    import re

    path = edit_sheet(roster(tmp_path), lambda xml: re.sub(r' r="[A-Z]*[0-9]+"', "", xml))
    assert cells(path) == [("2000001075", "Doe, Jane"), ("2100000019", "Roe")]


@pytest.mark.slow
def test_a_row_far_down_costs_nothing(tmp_path: Path) -> None:
    path = edit_sheet(
        roster(tmp_path),
        lambda xml: xml.replace('<row r="3"', '<row r="1048576"').replace('3"', '1048576"'),
    )
    table = open_table(path)
    assert [row.line for row in table.rows()] == [2, 1_048_576]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("r.xls", b"<html><body><table><tr><td>npi</td></tr></table></body></html>", "web page (HTML)"),
        ("r.xlsx", b"<!DOCTYPE html><html><body>Log in</body></html>", "web page (HTML)"),
        ("r.csv", b"\xef\xbb\xbf<html><table><tr><td>npi</td></tr></table>", "web page (HTML)"),
        ("r.xls", b"<?xml version='1.0'?><Workbook xmlns='urn:...'>", "Excel 2003"),
        ("r.csv", b"%PDF-1.7 ...", "a PDF"),
        ("r.csv", b"\x1f\x8b\x08\x00rest", "gzip"),
        ("r.xlsx", b"npi,name\n2000001075,Doe\n", (
            "it is plain text; if it is a CSV table, name it"
            " .csv"
        )),
        ("r.xlsx", b"", "the file is empty"),
        ("r.ods", b"anything", "an OpenDocument file; save it as .xlsx or .csv"),
        ("r.csv", b"{\\rtf1 npi}", "rich text"),
    ],
)  # fmt: skip
def test_a_file_of_something_else_says_what_it_is(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert said in refused(tmp_path / name)


@pytest.mark.parametrize(
    ("members", "said"),
    [
        (["word/document.xml"], "a Word document"),
        (["ppt/presentation.xml"], "a PowerPoint presentation"),
        (["xl/workbook.bin"], "a binary Excel file (.xlsb)"),
        (["content.xml", "META-INF/manifest.xml"], "an OpenDocument file"),
        (["Index/Document.iwa"], "a Numbers file"),
        (["roster.csv", "notes.txt"], "a zip archive of 'roster.csv', 'notes.txt'; name it .zip"),
        ([], "a zip archive of nothing"),
    ],
)
def test_a_zip_that_is_named_xlsx_says_what_it_is(
    tmp_path: Path, members: list[str], said: str
) -> None:
    path = tmp_path / "r.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name in members:
            archive.writestr(name, "x")
    assert said in refused(path)


def test_a_zip_of_one_table_is_that_table(tmp_path: Path) -> None:
    path = tmp_path / "r.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.pdf", b"%PDF")
        archive.writestr("data/roster.csv", "npi,name\n2000001075,Doe\n")
    assert cells(path) == [("2000001075", "Doe")]
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("two.csv", "npi\n")
    assert "holds 2 tables ('data/roster.csv', 'two.csv'); unpack the one" in refused(path)


def test_what_openpyxl_warns_of_is_not_passed_on(tmp_path: Path) -> None:
    """Drop-downs and rules that it does not keep are about looks, not about data."""
    path = roster(tmp_path)

    def change(xml: str) -> str:
        extension = (
            '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"'
            ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
            '<x14:dataValidations count="0"/></ext></extLst>'
        )
        return xml.replace("</worksheet>", extension + "</worksheet>")

    edit_sheet(path, change)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(cells(path)) == 2


def test_a_workbook_with_drop_downs_is_read(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["npi", "status"])
    sheet.append(["2000001075", "Certified"])
    sheet.add_data_validation(DataValidation(type="list", formula1='"Certified,Expired"'))
    book.save(tmp_path / "r.xlsx")
    assert cells(tmp_path / "r.xlsx") == [("2000001075", "Certified")]


class TestRefusalsNameTheOption:
    """As the user types it: on the command line, or in credcheck.toml."""

    def test_a_delimiter(self, tmp_path: Path) -> None:
        path = tmp_path / "r.csv"
        path.write_text("npi;name\n2000001075;Doe\n")
        assert "use --delimiter ';'" in refused(path)
        assert 'use delimiter = ";"' in refused(path, ReadOptions(place="file"))

    def test_tabs(self, tmp_path: Path) -> None:
        path = tmp_path / "r.csv"
        path.write_text("npi\tname\n2000001075\tDoe\n")
        assert r"use --delimiter '\t'" in refused(path)
        assert r'use delimiter = "\t"' in refused(path, ReadOptions(place="file"))

    def test_an_encoding(self, tmp_path: Path) -> None:
        path = tmp_path / "r.csv"
        path.write_bytes("npi,name\n2000001075,Muñoz\n".encode("cp1252"))
        assert "use --encoding 'cp1252'" in refused(path)
        assert 'use encoding = "cp1252"' in refused(path, ReadOptions(place="file"))

    def test_a_sheet(self, tmp_path: Path) -> None:
        book = Workbook()
        for name in ("May", "June"):
            book.create_sheet(name).append(["npi"])
        book.save(tmp_path / "r.xlsx")
        assert "2 sheets: 'May', 'June'; choose one, such as --sheet 'June'" in refused(
            tmp_path / "r.xlsx"
        )

    def test_a_header_row(self, tmp_path: Path) -> None:
        path = tmp_path / "r.csv"
        path.write_text("npi,last name,first name\nNPI,Last Name,City\n2000001075,Doe,Akron\n")
        assert "choose one: --header-row 1" in refused(path)
        assert "choose one: header_row = 1" in refused(path, ReadOptions(place="file"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_line_that_excel_takes_its_delimiter_from(
    tmp_path: Path, delimiter: str, mark: str
) -> None:
    path = tmp_path / "r.csv"
    path.write_text(
        f"{mark}sep={delimiter}\r\nnpi{delimiter}name\r\n2000001075{delimiter}Doe\r\n", "utf-8"
    )
    table = open_table(path)
    (row,) = table.rows()
    assert (table.header, table.header_row, row.line) == (("npi", "name"), 1, 3)


def test_a_line_sep_against_what_is_declared(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("sep=;\nnpi;name\n1;2\n")
    said = refused(path, ReadOptions(delimiter=","))
    assert said == "r.csv: its first line says 'sep=;', but --delimiter ',' is set"
    path.write_text("sep=#\nnpi#name\n1#2\n")
    assert "a delimiter that cannot be used" in refused(path)
