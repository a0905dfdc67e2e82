"""What a file is: the sheet that holds the table, published files, and what may be two things."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from credcheck.setup.guess import guess_kind
from credcheck.setup.propose import propose
from credcheck.source.presets import load_preset
from credcheck.tables import ReadOptions, TableOptions

ROSTER = [["NPI", "Last Name", "First Name"], ["2000001075", "Abernathy", "Alma"]]
NOTES = [["How to fill this in"], ["One row a provider"]]


def make_book(path: Path, **sheets: list[list[str]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_the_one_sheet_with_a_table_is_taken(tmp_path: Path) -> None:
    guess = guess_kind(make_book(tmp_path / "r.xlsx", Notes=NOTES, Staff=ROSTER), ReadOptions())
    assert guess.remedy is not None
    assert (guess.remedy.choices, guess.remedy.is_certain) == (("Staff",), True)


@pytest.mark.parametrize("other", [ROSTER, [["Terminated"], ["2100000019"]]])
def test_a_sheet_with_numbers_in_it_is_not_passed_over(
    tmp_path: Path, other: list[list[str]]
) -> None:
    guess = guess_kind(make_book(tmp_path / "r.xlsx", Old=other, Staff=ROSTER), ReadOptions())
    assert guess.remedy is not None
    assert not guess.remedy.is_certain
    assert len(guess.remedy.choices) == 2


def test_a_published_file_is_read_by_its_preset(tmp_path: Path) -> None:
    header = load_preset("pa-medicaid-exclusions").header
    row = dict.fromkeys(header, "") | {
        "NAM_LAST_PROVR": "Nobody",
        "NAM_FIRST_PROVR": "Norbert",
        "IDN_NPI": "2100000928",
        "BeginDate": "03/01/2024 00:00:00",
    }
    file = tmp_path / "Medcheck.csv"
    file.write_text(",".join(header) + "\n" + ",".join(row.values()) + "\n")
    guess = guess_kind(file, ReadOptions())
    assert guess.kinds == ("preset pa-medicaid-exclusions",)
    proposal = propose(file, guess.kinds[0], TableOptions())
    assert not proposal.problem
    assert proposal.reading is not None
    assert proposal.reading.rejected == 0
    assert guess_kind(file.with_name("gone.csv"), ReadOptions()).problem


def test_names_alone_in_a_file_of_fellows_may_be_two_things(tmp_path: Path) -> None:
    text = "Fellow,NPI,Where,When\nAbernathy Alma,2000001075,Columbus,2015\n"
    file, roster = tmp_path / "fellows.csv", tmp_path / "staff.csv"
    file.write_text(text)
    roster.write_text(text)
    assert set(guess_kind(file, ReadOptions()).kinds) == {"roster", "fellowships"}
    assert guess_kind(roster, ReadOptions()).kinds == ("roster",)


def test_a_comma_in_a_name_does_not_part_a_file_of_semicolons(tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    file.write_text(
        "Medical staff\nName;NPI;State\nAbernathy, Alma;2000001075;OH\n"
        "Bellweather, Boris, MD;2100000019;OH\n"
    )
    guess = guess_kind(file, ReadOptions())
    assert guess.remedy is not None
    assert guess.remedy == ("delimiter", (";",), "", False, True)


def test_a_file_of_commas_stays_one_whatever_its_cells_hold(tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    file.write_text(
        'Name,NPI,Codes\n"Abernathy, Alma",2000001075,a;b\nBoris,2100000019,a;b\nCarla,2100000027,c;d\n'
    )
    assert guess_kind(file, ReadOptions()).header == ("Name", "NPI", "Codes")
