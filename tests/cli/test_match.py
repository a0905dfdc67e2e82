"""``credcheck match``: each row's decision, in a file of its own."""

import csv
from pathlib import Path

import pytest

from credcheck.model.npi import check_digit
from tests.support.cli import Ran, credcheck

pytestmark = pytest.mark.slow


def invented(count: int) -> list[str]:
    nines = [f"22{number:07}" for number in range(count)]
    return [nine + check_digit(nine) for nine in nines]


HEADER = "npi,last,first,middle,suffix,credential,other_last,city,state,taxonomy,license_state"
PEOPLE = f"""{HEADER},license_number,status,replacement_npi
2000001075,ABERNATHY,ALMA,,,MD,,COLUMBUS,OH,207LP2900X,OH,35-1,A,
2000001141,BLOOMQUIST,BORIS,,,MD,,TOLEDO,OH,2081P2900X,,,A,
2000001216,ABERNATHY,ARTHUR,,,MD,,DAYTON,OH,208000000X,,,A,
2000001281,CARAWAY,CLARA,,,DO,CORDELL,RENO,NV,207L00000X,,,D,2000001356
2000001356,CARAWAY,CLARA,,,DO,CORDELL,BOISE,ID,207LP2900X,,,A,
"""
PEOPLE += "".join(
    f"{number},LAST{number},FIRST{place % 40},,,MD,,DAYTON,OH,207R00000X,,,A,\n"
    for place, number in enumerate(invented(400))
)
LISTING = """No,Last Name,First Name,City,State,NPI,Board,Certificate
a,Abernathy,Alma,Columbus,OH,,American Board of Anesthesiology,Pain Medicine
b,Bloomquist,Boris,,,,,
c,Nobody,Nora,Columbus,OH,,American Board of Anesthesiology,Pain Medicine
d,Abernathy,Arthur,,,2000001075,American Board of Anesthesiology,Pain Medicine
e,Cordell,Clara,,,2000001281,American Board of Anesthesiology,Pain Medicine
f,=HYPERLINK(1),Alma,,,,American Board of Anesthesiology,Pain Medicine
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "listing.csv").write_text(LISTING, encoding="utf-8")
    return tmp_path


def match(folder: Path, *args: str, listing: str = "listing.csv", out: str = "out.csv") -> Ran:
    return credcheck("match", listing, "--registry", "people.csv", "-o", out, *args, cwd=folder)


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class TestDecisions:
    def test_every_row_gets_one_in_order(self, files: Path) -> None:
        ran = match(files)
        assert (ran.status, ran.out) == (0, "")
        found = rows(files)
        assert [row["row"] for row in found] == ["1", "2", "3", "4", "5", "6"]
        assert [row["decision"] for row in found] == [
            "match",
            "ambiguous",
            "no_match",
            "ambiguous",
            "match",
            "no_match",
        ]
        assert [row["npi"] for row in found] == ["2000001075", "", "", "", "2000001356", ""]

    def test_the_reasons_say_by_what_and_why(self, files: Path) -> None:
        match(files)
        reasons = [row["reasons"] for row in rows(files)]
        assert reasons[0].startswith("name: the name and place")
        assert reasons[1] == (
            "identity_ambiguous: only the name agrees, and a name alone is not proof"
        )
        assert reasons[2] == "name_not_found: another person's name"
        assert reasons[3].startswith("identity_conflict: the row's NPI belongs to someone")
        assert reasons[4] == (
            "npi: an NPI that this physician's NPI replaced, according to the registry;"
            " NPI 2000001281 was replaced"
        )

    def test_the_output_begins_with_ours_and_keeps_the_listings_columns(self, files: Path) -> None:
        match(files)
        header = (files / "out.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        assert header[:4] == ["row", "decision", "npi", "reasons"]
        assert header[4:12] == [
            *("No", "Last Name", "First Name", "City", "State", "listing_NPI", "Board"),
            "Certificate",
        ]
        assert header[12:] == ["matched_by", "registry_name", "parts", "rivals"]

    def test_what_the_decision_rests_on_is_told(self, files: Path) -> None:
        match(files)
        first, _, _, conflict, *_ = rows(files)
        assert first["registry_name"] == "ALMA ABERNATHY"
        assert "family name same" in first["parts"]
        assert "place same city" in first["parts"]
        assert "family name same, former name" in rows(files)[4]["parts"]
        assert "2000001075 ALMA ABERNATHY (COLUMBUS, OH)" in conflict["rivals"]
        assert "2000001216 ARTHUR ABERNATHY (DAYTON, OH)" in conflict["rivals"]

    def test_a_summary_by_decision_goes_to_stderr(self, files: Path) -> None:
        assert match(files).err == (
            "credcheck: 6 rows: match 2, ambiguous 2, no_match 2; written to out.csv\n"
        )
        assert match(files, "-q").err == ""

    def test_no_cell_of_the_output_acts_in_a_spreadsheet(self, files: Path) -> None:
        match(files)
        assert rows(files)[5]["Last Name"] == "'=HYPERLINK(1)"

    def test_it_is_the_same_at_every_run(self, files: Path) -> None:
        match(files)
        first = (files / "out.csv").read_bytes()
        match(files)
        assert (files / "out.csv").read_bytes() == first

    def test_stdout_takes_the_result_too(self, files: Path) -> None:
        ran = match(files, out="-")
        assert ran.out.startswith("row,decision,npi,reasons,")
        assert len(ran.out.splitlines()) == 7

    def test_a_row_that_cannot_be_read_is_still_a_row(self, files: Path) -> None:
        text = LISTING + "g,Too,Many,,,,,,x,y\n"
        (files / "listing.csv").write_text(text, encoding="utf-8")
        match(files)
        assert rows(files)[6]["decision"] == "ambiguous"
        assert set(rows(files)[6]) == set(rows(files)[0])
        assert rows(files)[6]["reasons"].startswith("record_unreadable: has 10 fields")


class TestTheConfiguredRegistry:
    """Without --registry, names are asked for."""

    def test_rows_are_matched_by_name_and_place(self, tmp_path: Path) -> None:
        listing = (
            (
                "last_name,first_name,city,state,board,certificate\n"
                "Larkspur,Linnea,Columbus,OH,ABA,Pain Medicine\n"
                "Merryweather,Maya,,OH,ABA,Pain Medicine\n"
                "Nobody,Nora,Columbus,OH,ABA,Pain Medicine\n"
            )
            .replace("\n", ",\n")
            .replace("certificate,", "certificate,npi")
        )
        listing += "Merryweather,Maya,,OH,ABA,Pain Medicine,2100000118\n"
        (tmp_path / "listing.csv").write_text(listing, encoding="utf-8")
        ran = credcheck("match", "listing.csv", "-o", "out.csv", "--demo", cwd=tmp_path)
        assert ran.status == 0
        found = rows(tmp_path)
        assert [row["npi"] for row in found] == ["2100000118", "", "", ""]
        assert "2 people fit" in found[1]["reasons"]
        assert found[2]["decision"] == "no_match"
        assert found[3]["reasons"].startswith("identity_conflict")

    def test_a_registry_that_does_not_answer_is_told_and_decides_nothing(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "listing.csv").write_text(LISTING, encoding="utf-8")
        config = '[sources.nppes]\nadapter = "nppes-api"\nbase_url = "http://127.0.0.1:1/"\n'
        (tmp_path / "credcheck.toml").write_text(config, encoding="utf-8")
        ran = credcheck("match", "listing.csv", "-o", "out.csv", "--offline", cwd=tmp_path)
        assert ran.status == 3
        assert "did not answer for 6 of the ambiguous rows" in ran.err
        assert {row["decision"] for row in rows(tmp_path)} == {"ambiguous"}
        assert all(row["reasons"].startswith("source_failed: ") for row in rows(tmp_path))


class TestWrongUse:
    @pytest.mark.parametrize(
        ("args", "status", "told"),
        [
            (("--columns", "last_name"), 2, "OURS=THEIRS"),
            (("--columns", "last_name=Surname"), 2, "no column 'Surname'"),
            (("--registry", "listing.csv"), 5, "listing.csv: row 1"),
            (("--registry", "gone.csv"), 5, "No such file"),
        ],
    )
    def test_it_is_told_and_nothing_is_written(
        self, files: Path, args: tuple[str, ...], status: int, told: str
    ) -> None:
        ran = match(files, *args)
        assert ran.status == status
        assert told in ran.err
        assert sorted(path.name for path in files.glob("*.csv*")) == ["listing.csv", "people.csv"]

    @pytest.mark.parametrize(
        ("out", "told"),
        [
            (".", "is a folder"),
            ("gone/out.csv", "is in a folder that does not exist"),
            ("listing.csv", "is also an input"),
        ],
    )
    def test_an_output_that_cannot_be(self, files: Path, out: str, told: str) -> None:
        ran = match(files, out=out)
        assert ran.status == 2
        assert told in ran.err
        assert (files / "listing.csv").read_text(encoding="utf-8") == LISTING

    def test_a_listing_that_is_cut_leaves_the_old_output_alone(self, files: Path) -> None:
        match(files)
        before = (files / "out.csv").read_bytes()
        (files / "listing.csv").write_text(LISTING + '"open', encoding="utf-8")
        ran = match(files)
        assert ran.status == 5
        assert (files / "out.csv").read_bytes() == before
        assert not list(files.glob(".*.part"))
