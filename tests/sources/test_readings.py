"""How listings are read: one reading, made of all rows, before any of them counts."""

from pathlib import Path

import pytest

from credcheck.model import EvidenceKind, PersonName, Physician
from credcheck.model.npi import Npi
from credcheck.source import Subject
from credcheck.tables import UnusableTable
from credcheck_sources.listings.generic import FORMATS
from credcheck_sources.listings.loader import LoadedListing, load
from credcheck_sources.listings.lookup import find_person_rows
from credcheck_sources.listings.options import ListingOptions

DOE, ROE = Npi("2000001075"), Npi("2100000019")
BOARDS = "NPI,Last,First,Board,Certificate,Status,Issued,Expires\n"
BOARD = "American Board of Anesthesiology,Pain Medicine"


def read(folder: Path, kind: str, text: str, **options: object) -> LoadedListing:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8")
    return load(path, ListingOptions(path="t.csv", **options), FORMATS[kind])  # type: ignore[arg-type]


def refuse(folder: Path, kind: str, text: str, **options: object) -> str:
    with pytest.raises(UnusableTable) as caught:
        read(folder, kind, text, **options)
    return str(caught.value)


def numbers_of(loaded: LoadedListing, npi: Npi) -> list[int]:
    return [found.entry.row.number for found in find_person_rows(loaded, Subject(npi=npi))]


@pytest.mark.parametrize(
    "cell",
    [
        f"{DOE}; {ROE}",
        f"{DOE},{ROE}",
        f"{DOE} / {ROE}",
        f"{DOE} & {ROE}",
        f"{DOE} and {ROE}",
        f"{DOE}\n{ROE}",
        f"{DOE} {ROE}",
        f"NPI: {DOE}; N/A; {ROE}",
    ],
)
def test_several_npis_in_one_cell_are_several_claims(tmp_path: Path, cell: str) -> None:
    text = f'First,Last,NPI,Date of Exclusion\n,Example Clinic LLC,"{cell}",2024-03-01\n'
    loaded = read(tmp_path, "exclusion", text)
    for npi in (DOE, ROE):
        (found,) = find_person_rows(loaded, Subject(npi=npi))
        assert found.about.npi == npi
        assert found.entry.record is not None
    assert loaded.reading is not None
    column = loaded.reading.find("npi")
    assert column is not None
    assert column.several == 1


def test_a_row_with_a_number_that_is_none_beside_one_that_is(tmp_path: Path) -> None:
    """The right one still leads to its physician, and the row is not whole."""
    text = f'First,Last,NPI,Date of Exclusion\nJ,Doe,"{DOE}; 2100000018",2024-03-01\n'
    loaded = read(tmp_path, "exclusion", text)
    (found,) = find_person_rows(loaded, Subject(npi=DOE))
    assert found.entry.problem is not None


@pytest.mark.parametrize(
    ("name", "last", "first"),
    [
        ("HOLLOWAY HAL T", "Holloway", "Hal"),
        ("GREENLEAF, GUS", "Greenleaf", "Gus"),
        ("Gus Greenleaf, MD", "Greenleaf", "Gus"),
        ("Ironwood-Jessup, Ivy A.", "Ironwood-Jessup", "Ivy"),
        ("Smith, Gus aka Greenleaf, Gus", "Greenleaf", "Gus"),
    ],
)
def test_whole_names_of_exclusions_are_read_in_any_order(
    tmp_path: Path, name: str, last: str, first: str
) -> None:
    text = f'Provider Name,NPI Num,Exclusion Effective Date\n"{name}",,03/31/2024\n'
    loaded = read(tmp_path, "exclusion", text)
    person = Physician(npi=DOE, name=f"{first} {last}", names=(PersonName(last=last, first=first),))
    assert len(find_person_rows(loaded, Subject(npi=DOE, physician=person))) == 1


def test_whole_names_in_the_column_of_last_names_are_refused(tmp_path: Path) -> None:
    text = 'Last Name,First Name,Date of Exclusion\n"HOLLOWAY, HAL",,2024-03-01\n"ROE, J",,2024-03-01\n'
    assert "column 'Last Name' holds whole names" in refuse(tmp_path, "exclusion", text)


class TestDates:
    """Declared, or one form that fits all rows. 03/04/2026 is not read as if there were no doubt."""

    def test_a_date_that_may_be_either_is_not_read(self, tmp_path: Path) -> None:
        loaded = read(tmp_path, "certificate", f"{BOARDS}{DOE},D,J,{BOARD},Certified,,03/04/2026\n")
        assert "may be month/day or day/month" in str(loaded.entry(1).problem)

    def test_another_row_shows_it(self, tmp_path: Path) -> None:
        rows = f"{DOE},D,J,{BOARD},Certified,,03/04/2026\n{ROE},R,R,{BOARD},Certified,,12/31/2026\n"
        loaded = read(tmp_path, "certificate", BOARDS + rows)
        assert "2026-03-04" in str(loaded.entry(1).record)

    def test_a_day_first_is_not_read_as_a_month(self, tmp_path: Path) -> None:
        rows = f"{DOE},D,J,{BOARD},Certified,,03/04/2026\n{ROE},R,R,{BOARD},Certified,,31/12/2026\n"
        loaded = read(tmp_path, "certificate", BOARDS + rows)
        assert all(loaded.entry(number).problem for number in (1, 2))
        loaded = read(tmp_path, "certificate", BOARDS + rows, date_formats=("DD/MM/YYYY",))
        assert "2026-04-03" in str(loaded.entry(1).record)

    @pytest.mark.parametrize(
        ("form", "text"),
        [
            ("MM/DD/YYYY HH:MM:SS AM", "3/1/2024 12:00:00 AM"),
            ("MM/DD/YYYY HH:MM:SS", "03/01/2024 00:00:00"),
            ("DD-MON-YYYY", "01-MAR-2024"),
            ("MM/DD/YY", "3/1/24"),
            ("MM.DD.YY", "03.01.24"),
            ("%m/%d/%Y %I:%M:%S %p", "3/1/2024 12:00:00 AM"),
        ],
    )
    def test_forms_of_published_lists(self, tmp_path: Path, form: str, text: str) -> None:
        rows = f"First,Last,NPI,Effective Date\nJane,Doe,{DOE},{text}\n"
        loaded = read(tmp_path, "exclusion", rows, date_formats=(form,))
        assert "2024-03-01" in str(loaded.entry(1).record)

    def test_the_older_name_of_the_option(self, tmp_path: Path) -> None:
        rows = f"First,Last,NPI,Effective Date\nJane,Doe,{DOE},01-MAR-2024\n"
        assert read(tmp_path, "exclusion", rows, dates=("DD-MON-YYYY",)).entry(1).problem is None
        with pytest.raises(ValueError, match="older name"):
            ListingOptions(path="t", dates=("YYYY",), date_formats=("YYYY-MM-DD",))


class TestWords:
    """Their words are ours where that is declared; what is not recognized is counted."""

    def test_what_is_not_understood_is_counted(self, tmp_path: Path) -> None:
        rows = f"{DOE},D,J,{BOARD},Splendid,,2027-01-01\n{ROE},R,R,{BOARD},Certified,,2027-01-01\n"
        reading = read(tmp_path, "certificate", BOARDS + rows).reading
        assert reading is not None
        status = reading.find("status")
        assert status is not None
        assert status.not_understood == {"Splendid": 1}

    def test_a_value_map(self, tmp_path: Path) -> None:
        rows = f"{DOE},D,J,{BOARD},Splendid,,2027-01-01\n"
        words = {"status": {"splendid": "Certified"}}
        loaded = read(tmp_path, "certificate", BOARDS + rows, value_map=words)
        assert "Certified" in str(loaded.entry(1).record)
        assert loaded.reading is not None
        status = loaded.reading.find("status")
        assert status is not None
        assert (status.not_understood, status.replaced) == ({}, {"Splendid": 1})

    def test_null_values(self, tmp_path: Path) -> None:
        rows = f"PENDING,Doe,Jane,{BOARD},Certified,,2027-01-01\n"
        assert read(tmp_path, "certificate", BOARDS + rows).entry(1).problem is not None
        loaded = read(tmp_path, "certificate", BOARDS + rows, null_values=("pending",))
        assert loaded.entry(1).problem is None

    def test_the_acgmes_own_numbers_and_words_say_whose_they_are(self, tmp_path: Path) -> None:
        rows = (
            "Program Number,Specialty,Accreditation Status,Accredited Since\n"
            "5303812001,Pain Medicine,{},1995-07-01\n"
        )
        loaded = read(tmp_path, "program", rows.format("Continued Accreditation"))
        assert loaded.reading is not None
        found = loaded.reading.find("accreditor")
        assert found is not None
        assert (found.use, found.value, loaded.reading.missing) == ("understood", "ACGME", ())
        loaded = read(tmp_path, "program", rows.format("Accredited"))
        assert loaded.reading is not None
        assert [each.ours for each in loaded.reading.missing] == ["accreditor"]


class TestColumns:
    """No column is guessed where two may be meant, and none with NPIs is passed over."""

    def test_two_candidates_are_both_shown(self, tmp_path: Path) -> None:
        text = f"NPI,Provider NPI,Last,First,Date of Exclusion\n{DOE},{ROE},D,J,2024-03-01\n"
        said = refuse(tmp_path, "exclusion", text)
        assert "'NPI' and 'Provider NPI' could each be npi" in said
        assert 'columns = { npi = "NPI" }' in said

    @pytest.mark.parametrize("header", ["Code", "Reference", "Zip", "X"])
    def test_npis_under_any_header_are_used_or_ignored(self, tmp_path: Path, header: str) -> None:
        text = (
            f"{header},Last,First,Date of Exclusion\n{DOE},D,J,2024-03-01\n{ROE},R,J,2024-03-01\n"
        )
        said = refuse(tmp_path, "exclusion", text)
        assert f"column '{header}' holds NPIs" in said
        assert f'ignore_columns = ["{header}"]' in said
        assert read(tmp_path, "exclusion", text, ignore_columns=(header,)).reading is not None
        loaded = read(tmp_path, "exclusion", text, columns={"npi": header})
        assert numbers_of(loaded, DOE) == [1]

    def test_one_header_is_not_two_columns(self) -> None:
        with pytest.raises(ValueError, match="choose one"):
            ListingOptions(path="t", columns={"npi": "Number", "license_number": "number"})

    def test_what_a_list_cannot_show_is_said(self, tmp_path: Path) -> None:
        text = f"NPI,Last,First,Board,Certificate,Status\n{DOE},D,J,{BOARD},Certified\n"
        reading = read(tmp_path, "certificate", text).reading
        assert reading is not None
        assert [each.ours for each in reading.missing] == ["expires"]


def test_the_quote_of_our_own_csv_is_undone(tmp_path: Path) -> None:
    text = f"NPI,Last,First,Date of Exclusion,Sanction Type\n{DOE},D,J,2024-03-01,'-S-1\n"
    assert "exclusion_type='-S-1'" in str(read(tmp_path, "exclusion", text).entry(1).record)


def test_every_kind_has_a_schema() -> None:
    assert {form.kind for form in FORMATS.values()} <= set(EvidenceKind)
