"""The workbook as a spreadsheet's reader gets it."""

import datetime as dt
import io
import re
import zipfile
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from credcheck.audit.expirables import BookDecision, Decisions, list_expirables
from credcheck.model import Finding, Verdict
from credcheck.reports.expirables import WRITERS
from credcheck.reports.formats import formats
from credcheck.reports.formats.base import ReportContext
from credcheck.reports.workbook import sheet as sheets
from credcheck.runs.results import Results
from tests.support.runs import fails, meets, results, unverified

RUN = results(
    meets(1, id="A-1", other={"Unit": "Spine"}), fails(2, other={"Unit": "=1+1"}), unverified(3)
)
NAMES = ["Summary", "People", "Findings", "Evidence", "Expiring", "Sources", "Next steps"]


def written(run: Results = RUN, extra: ReportContext | None = None) -> bytes:
    out = io.BytesIO()
    formats()["xlsx"].write(run, out, extra or ReportContext(log_head="3:abc"))
    return out.getvalue()


@pytest.fixture(scope="module")
def book() -> Any:
    return load_workbook(io.BytesIO(written()))


def column(book: Any, sheet: str, title: str) -> list[Any]:
    header = [cell.value for cell in book[sheet][1]]
    return [row[header.index(title)] for row in book[sheet].iter_rows(min_row=2)]


def test_the_sheets_and_what_each_counts(book: Any) -> None:
    assert book.sheetnames[: len(NAMES)] == NAMES
    assert book["People"].max_row == 1 + 3
    assert book["Findings"].max_row == 1 + 3 * 7
    assert book["Evidence"].max_row == 1 + sum(len(verdict.evidence) for verdict in RUN)
    assert any(row[1].value == "3:abc" for row in book["Summary"].iter_rows())


@pytest.mark.parametrize("name", NAMES)
def test_each_sheet_is_frozen_filtered_wrapped_and_prints_across(book: Any, name: str) -> None:
    sheet = book[name]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert all(
        x.alignment.wrap_text for row in sheet.iter_rows() for x in row if x.value is not None
    )


def test_outcomes_have_a_color_and_a_word_beside(book: Any) -> None:
    cells = column(book, "People", "Verdict")
    assert [cell.value for cell in cells] == ["Meets", "Does not meet", "Unverified"]
    assert [cell.fill.fgColor.rgb for cell in cells] == ["00C6EFCE", "00FFC7CE", "00FFEB9C"]
    assert column(book, "People", "Board certificate")[1].value == "Not met"


def test_days_are_days_and_numbers_of_people_are_texts(book: Any) -> None:
    (ends, *_) = column(book, "Expiring", "Expires")
    assert isinstance(ends.value, dt.datetime)
    assert ends.number_format == "yyyy-mm-dd"
    assert isinstance(column(book, "Evidence", "Source date")[0].value, dt.datetime | None)
    assert {type(cell.value) for cell in column(book, "People", "NPI")} == {str}
    assert [cell.value for cell in column(book, "People", "Row")] == [2, 3, 4]


def test_nothing_is_a_formula(book: Any) -> None:
    assert column(book, "People", "Unit")[1].value == "=1+1"
    assert column(book, "People", "Unit")[1].data_type == "s"
    with zipfile.ZipFile(io.BytesIO(written())) as packed:
        parts = [packed.read(name) for name in packed.namelist() if "sheets" in name]
    assert not [part for part in parts if re.search(rb"<f[ />]", part)]


def test_links_lead_to_the_row_they_name(book: Any) -> None:
    for sheet, title in (("Findings", "Name"), ("Evidence", "Name"), ("Next steps", "Name")):
        for cell in column(book, sheet, title):
            target, row = re.fullmatch(r"'(.+)'!A(\d+)", cell.hyperlink.location).groups()  # type: ignore[union-attr]
            assert book[target].cell(int(row), 4).value == cell.value
    for place, cell in enumerate(column(book, "People", "Details"), 2):
        row = int(cell.hyperlink.location.split("!A")[1])
        assert book["Findings"].cell(row, 1).value == book["People"].cell(place, 1).value
    for cell in column(book, "Findings", "Records"):
        if cell.hyperlink:
            row = int(cell.hyperlink.location.split("!A")[1])
            assert book["Evidence"].cell(row, 4).value in cell.value.split(", ")


def test_what_is_waived_says_so() -> None:
    def remark(verdict: Verdict, finding: Finding) -> str | None:
        del verdict
        return "waived: by somebody" if finding.requirement == "board_certification" else None

    book = load_workbook(io.BytesIO(written(extra=ReportContext(remark=remark))))
    assert column(book, "People", "Waived or accepted")[1].value == "waived: by somebody"


def test_a_sheet_that_is_full_says_how_much_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 5)
    book = load_workbook(io.BytesIO(written()))
    assert book["Findings"].max_row == 6
    said = {row[0].value: row[1].value for row in book["Summary"].iter_rows(min_row=2)}
    assert len(said) == 5  # the summary is cut too


def test_more_links_than_a_spreadsheet_takes_are_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_MOST_LINKS", 2)
    book = load_workbook(io.BytesIO(written()))
    cells = [cell for row in book["Findings"].iter_rows(min_row=2) for cell in row]
    assert sum(bool(cell.hyperlink) for cell in cells) == 2
    assert all(cell.value for cell in column(book, "Findings", "Name"))


def test_texts_that_are_too_long_or_hide_are_cut_or_written_out() -> None:
    person = meets(other={"Unit": "x" * 40_000 + "\u202e"})
    evil = replace(person, query=replace(person.query, id="\u202e\x07"))
    book = load_workbook(io.BytesIO(written(results(evil))))
    assert len(column(book, "People", "Unit")[0].value) <= 32_767
    assert column(book, "People", "Your key")[0].value == "\\u202e\\x07"


def test_a_run_without_rows_has_a_workbook_too() -> None:
    assert load_workbook(io.BytesIO(written(results()))).sheetnames == NAMES


def test_what_expires_has_a_workbook_of_its_own_with_labels_and_days() -> None:
    verdict = meets(id="A-1", expires="2026-12-31")
    found = list_expirables(verdict)
    out = io.BytesIO()
    WRITERS["xlsx"](found, verdict.as_of, out)
    book: Any = load_workbook(io.BytesIO(out.getvalue()))
    assert book.sheetnames == ["Expiring"]
    assert [cell.value for cell in book["Expiring"][1] if "_" in cell.value] == []
    days = [cell.value for cell in column(book, "Expiring", "Expires")]
    assert dt.datetime(2026, 12, 31) in days  # noqa: DTZ001 - a cell has no zone
    assert {cell.value for cell in column(book, "Expiring", "Your key")} == {"A-1"}
    assert book["Expiring"].print_title_rows == "$1:$1"
    assert book["Expiring"].sheet_properties.pageSetUpPr.fitToPage


def test_with_a_book_people_have_the_last_decision_and_when_the_next_is_due() -> None:
    day, due = dt.date(2026, 10, 20), dt.date(2029, 10, 20)
    npi = str(RUN.header.rows and next(iter(RUN)).npi)
    approved = Decisions("approve", day, BookDecision(day, due))
    deferred = Decisions("defer", dt.date(2026, 10, 25), BookDecision(day, due))
    for made, said, next_due in (
        ({npi: approved}, "Approve, 2026-10-20", dt.datetime(2029, 10, 20)),  # noqa: DTZ001
        ({npi: deferred}, "Defer, 2026-10-25", None),
        ({}, None, None),
    ):
        found = load_workbook(io.BytesIO(written(extra=ReportContext(decisions=made))))
        assert column(found, "People", "Decision")[0].value == said
        assert column(found, "People", "Next decision due")[0].value == next_due
    assert "Decision" not in [
        cell.value for cell in load_workbook(io.BytesIO(written()))["People"][1]
    ]
