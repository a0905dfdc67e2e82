"""A filled work list is read strictly: nothing is guessed, and one bad row stops all of it."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from credcheck.book.book import Book
from credcheck.book.entries import AnyBody, CertificateVerified, EntryDocument, Settled
from credcheck.demo import demo_folder
from credcheck.worklist.answers import AnswersError, make_entry, read_answers, read_kept
from credcheck.worklist.contacts import ContactDirectory
from credcheck.worklist.items import Item, Plan, list_items
from credcheck.worklist.sheet import write_sheet
from tests.support.build import STANDARD
from tests.support.sheets import fill_in, read_sheet
from tests.support.world import judge

CERTIFICATE, EXCLUDED = "2100000480", "2100000415"  # a doubtful certificate, a name on the LEIE
ANSWER: dict[str, Any] = {
    "answer": "found",
    "organization": "American Board of Anesthesiology",
    "subject": "Pain Medicine",
    "status": "Certified",
    "to": dt.date(2027, 12, 31),
    "how": "telephone",
    "asked": "issuer",
    "contact": "Ms. Registrar",
    "verified_by": "J. Roe",
    "verified_on": dt.date(2026, 10, 20),
}
SETTLED: dict[str, Any] = {
    "answer": "is not this person",
    "how": "web",
    "verified_by": "J. Roe",
    "verified_on": dt.date(2026, 10, 20),
    "document": "print.pdf",
}


def items(*npis: str, plan: Plan | None = None) -> list[Item]:
    return list_items(judge(demo_folder(), *npis), STANDARD, plan or Plan())


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "work.xlsx"
    with path.open("wb") as out:
        write_sheet(out, items(CERTIFICATE, EXCLUDED), ContactDirectory(), {})
    (tmp_path / "print.pdf").write_bytes(b"%PDF")
    return path


def take_in(path: Path) -> list[AnyBody]:
    def keep(document: Path) -> EntryDocument:
        return EntryDocument(sha256="d" * 64, name=document.name, suffix=document.suffix)

    answers = read_answers(path, path.parent)
    return [make_entry(each, keep, lambda x: Book().find(x).digest) for each in answers]


def test_answers_become_entries(sheet: Path) -> None:
    fill_in(sheet, {"certificate": ANSWER, "disposition": SETTLED})
    found = {type(body): body for body in take_in(sheet)}
    certificate, settled = found[CertificateVerified], found[Settled]
    assert isinstance(certificate, CertificateVerified)
    assert str(certificate.record.expires) == "2027-12-31"
    assert (certificate.npi, certificate.how, certificate.asked) == (
        CERTIFICATE,
        "telephone",
        "issuer",
    )
    assert isinstance(settled, Settled)
    assert (settled.npi, settled.is_person) == (EXCLUDED, False)
    assert settled.documents[0].name == "print.pdf"
    (row,) = (item.record for item in items(EXCLUDED) if item.record)
    assert settled.row == row


def test_a_row_without_an_answer_is_left_out(sheet: Path) -> None:
    fill_in(sheet, {"certificate": {"assigned_to": "M. Second", "note": "called"}})
    assert take_in(sheet) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"answer": "fuond"}, "answer 'fuond'"),
        ({"how": "pigeon"}, "how 'pigeon'"),
        ({"asked": "the issuer, I think"}, "asked"),
        ({"verified_by": None}, "verified_by is missing"),
        ({"verified_on": None}, "verified_on is missing"),
        ({"verified_on": "soon"}, "verified_on"),
        ({"verified_on": "2026"}, "is not a full date"),
        ({"to": "31/31/2027"}, "to cannot be read"),
        ({"status": None}, "status is missing"),
        ({"accreditor": "ACGME"}, "accreditor does not apply"),
        ({"answer": "is this person"}, "does not fit the row"),
        ({"answer": None}, "the answer is empty"),
        ({"document": "../print.pdf"}, "is outside"),
        ({"document": "/etc/passwd"}, "is outside"),
        ({"document": "gone.pdf"}, "has no document"),
        ({"npi": EXCLUDED}, "do not belong together"),
        ({"npi": "2100000481"}, "2100000481"),
        ({"kind": "fellowship"}, "do not belong together"),
        ({"requirement": "fellowship"}, "do not belong together"),
        ({"item": "0123456789ab"}, "do not belong together"),
        ({"item": None}, "not a row of a work list"),
    ],
)
@pytest.mark.slow(every_case=True)
def test_one_bad_row_stops_all(sheet: Path, changes: dict[str, Any], told: str) -> None:
    fill_in(sheet, {"certificate": ANSWER | changes, "disposition": SETTLED})
    with pytest.raises(AnswersError, match="nothing was recorded") as raised:
        take_in(sheet)
    assert told in str(raised.value)
    assert "row " in str(raised.value)


def test_a_document_behind_a_link_lies_outside(sheet: Path, tmp_path: Path) -> None:
    secret = tmp_path.parent / "secret.pdf"
    secret.write_bytes(b"secret")
    (tmp_path / "linked.pdf").symlink_to(secret)
    fill_in(sheet, {"disposition": SETTLED | {"document": "linked.pdf"}})
    with pytest.raises(AnswersError, match="is outside"):
        take_in(sheet)


def test_a_sheet_that_was_sorted_in_part_is_refused(sheet: Path) -> None:
    """Only some columns were marked when the rows were sorted: answers stand beside other items."""
    fill_in(sheet, {"certificate": ANSWER, "disposition": SETTLED})
    book = load_workbook(sheet)
    work = book["Work"]
    header = [cell.value for cell in work[1]]
    for name in ("item", "row", "check"):
        place = header.index(name) + 1
        cells = [work.cell(row, place) for row in range(2, work.max_row + 1)]
        values = [cell.value for cell in cells]
        for cell, value in zip(cells, values[::-1], strict=True):
            cell.value = value
    book.save(sheet)
    with pytest.raises(AnswersError, match="do not belong together"):
        take_in(sheet)


def test_a_disposition_of_another_row_is_refused(sheet: Path) -> None:
    fill_in(sheet, {"disposition": SETTLED | {"row": "f" * 64}})
    with pytest.raises(AnswersError, match="do not belong together"):
        take_in(sheet)


def test_a_sheet_saved_as_csv_is_read_the_same(sheet: Path, tmp_path: Path) -> None:
    import csv

    fill_in(sheet, {"certificate": ANSWER, "disposition": SETTLED})
    rows = read_sheet(sheet)
    with (tmp_path / "work.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert take_in(tmp_path / "work.csv") == take_in(sheet)


def test_no_cell_of_a_list_acts(tmp_path: Path) -> None:
    (first, *_) = items(CERTIFICATE)
    from msgspec.structs import replace

    bad = replace(first, name='=HYPERLINK("http://x","y")', open="+1\x1b[2J")
    path = tmp_path / "work.xlsx"
    with path.open("wb") as out:
        write_sheet(out, [bad], ContactDirectory(), {})
    cells = [cell for row in load_workbook(path)["Work"].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert not any("\x1b" in str(cell.value) for cell in cells)


def test_items_are_the_same_in_every_list_and_stand_by_whom_to_ask() -> None:
    again = [item.id for item in items(EXCLUDED, CERTIFICATE)]
    assert sorted(again) == sorted(item.id for item in items(CERTIFICATE, EXCLUDED))
    kinds = [item.ask.kind for item in items(CERTIFICATE, EXCLUDED)]
    assert kinds == sorted(kinds, key=list(type(kinds[0])).index)


def test_what_is_too_old_by_the_day_of_the_decision_is_an_item() -> None:
    day = dt.date(2027, 3, 15)
    (npi,) = ("2000001075",)
    assert items(npi) == []
    found = items(npi, plan=Plan(decide_by=day))
    assert {(item.requirement, item.due) for item in found} == {("board_certification", day)}
    assert "too old" in found[0].open


def test_what_was_written_is_kept_by_item(sheet: Path) -> None:
    fill_in(sheet, {"certificate": ANSWER | {"note": "called"}})
    (kept,) = read_kept(sheet).values()
    assert (kept["note"], kept["answer"]) == ("called", "found")
    recorded = {(kept["item"], "J. Roe", "2026-10-20")}
    (kept,) = read_kept(sheet, recorded).values()
    assert (kept["note"], kept["answer"], kept["status"]) == ("called", "", "")
