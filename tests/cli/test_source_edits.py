"""``sources add``, ``set`` and ``remove``: valid or not written, shown, comments kept."""

import tomllib
from pathlib import Path

import pytest

from tests.support.cli import Ran, credcheck

pytestmark = pytest.mark.slow

HEADER = "NPI #,Last,First,Board,Certificate,Cert Status,Expires\n"
ROW = "2000001075,Doe,Jane,American Board of Anesthesiology,Pain Medicine,Certified,12/31/2027\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "boards.csv").write_text(HEADER + ROW)
    return tmp_path


def add(folder: Path, *args: str) -> Ran:
    return credcheck(
        *("sources", "add", "boards", "--adapter", "board-certificates", "--path", "boards.csv"),
        *args,
        cwd=folder,
    )


def read(folder: Path) -> dict[str, object]:
    made = tomllib.loads((folder / "credcheck.toml").read_text())["sources"]["boards"]
    assert isinstance(made, dict)
    return made


def test_add_shows_how_the_file_is_read(folder: Path) -> None:
    ran = add(folder)
    assert ran.status == 0, ran.err
    assert "NPI #" in ran.out
    assert "1 MM/DD/YYYY" in ran.out


def test_a_file_that_is_not_there_is_said(folder: Path) -> None:
    (folder / "boards.csv").unlink()
    ran = add(folder)
    assert ran.status == 0
    assert "'boards.csv' does not exist yet" in " ".join(ran.err.split())


def test_adding_twice_offers_set(folder: Path) -> None:
    add(folder)
    before = (folder / "credcheck.toml").read_text()
    ran = add(folder, "--set", "coverage=complete")
    assert ran.status == 2
    assert "to change it: credcheck sources set boards --set coverage=complete" in ran.err
    assert (folder / "credcheck.toml").read_text() == before


def test_complete_is_doubted_where_a_list_is_tiny(folder: Path) -> None:
    ran = add(folder, "--set", "coverage=complete")
    assert ran.status == 0
    assert "boards.csv has 1 row:" in ran.err


def test_set_changes_options_and_keeps_comments(folder: Path) -> None:
    (folder / "credcheck.toml").write_text(
        '# ours\nstandard = "interventional-pain"\n\n[sources.boards]  # from the board\n'
        'adapter = "board-certificates"\npath = "boards.csv"  # monthly\n'
        'columns = { npi = "NPI #" }\n\n# the others\n[sources.nppes]\nadapter = "nppes-api"\n'
    )
    ran = credcheck(
        *("sources", "set", "boards", "--set", "authority=primary"),
        *("--set", "columns.status=Cert Status", "--set", "max_age=90d"),
        cwd=folder,
    )
    assert ran.status == 0, ran.err
    text = (folder / "credcheck.toml").read_text()
    for comment in ("# ours", "# from the board", "# monthly", "# the others\n[sources.nppes]"):
        assert comment in text
    made = read(folder)
    assert made["columns"] == {"npi": "NPI #", "status": "Cert Status"}
    assert (made["authority"], made["max_age"]) == ("primary", "90d")
    assert credcheck("sources", "set", "boards", "--unset", "max_age", cwd=folder).status == 0
    assert "max_age" not in read(folder)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("authority=prime", "use one of: primary, secondary, self_reported"),
        ("header_row=four", "give a whole number"),
        ("as_of=11/01/2026", "give a date such as 2026-11-01"),
        ("columns.npii=X", "did you mean 'npi'?"),
        ("colums.npi=X", "did you mean 'columns'?"),
        ("value_map.status={ 'x' = 'Certifyed' }", "is not recognized"),
        ("coverage", "write it as OPTION=VALUE"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_not_written(
    folder: Path, setting: str, said: str
) -> None:
    add(folder)
    before = (folder / "credcheck.toml").read_text()
    ran = credcheck("sources", "set", "boards", "--set", setting, cwd=folder)
    assert ran.status == 2
    assert said in ran.err
    assert (folder / "credcheck.toml").read_text() == before


def test_the_new_columns_of_a_file_are_accepted(folder: Path) -> None:
    add(folder, "--set", "header=['NPI #', 'Last']")
    assert credcheck("sources", "check", cwd=folder).status == 3
    ran = credcheck("sources", "set", "boards", "--accept", cwd=folder)
    assert ran.status == 0, ran.err
    assert read(folder)["header"] == HEADER.strip().split(",")
    assert credcheck("sources", "check", cwd=folder).status == 0


def test_remove(folder: Path) -> None:
    add(folder)
    assert credcheck("sources", "remove", "board", cwd=folder).status == 2
    assert credcheck("sources", "remove", "boards", cwd=folder).status == 0
    assert "boards" not in (folder / "credcheck.toml").read_text()


def test_the_help_names_adapters_and_options() -> None:
    shown = credcheck("sources", "add", "--help").out
    for word in ("board-certificates", "oig-leie", "coverage", "date_formats", "value_map"):
        assert word in shown


def test_check_as_json_has_the_whole_reading(folder: Path) -> None:
    add(folder)
    (found,) = credcheck("sources", "check", "--format", "json", cwd=folder).json
    assert found["source"]["name"] == "boards"
    assert found["reading"]["schema"] == "credcheck.reading/1"
    assert {x["header"]: x.get("ours") for x in found["reading"]["columns"]}["NPI #"] == "npi"


class TestSavedRosters:
    """A saved roster is set, accepted and removed as a source is."""

    @pytest.fixture
    def saved(self, tmp_path: Path) -> Path:
        (tmp_path / "roster-2026-10.csv").write_text("NPI,Last,First\n2000001075,Doe,Jane\n")
        (tmp_path / "roster-2026-11.csv").write_text("NPI,Last,First,Dept\n2000001075,Doe,Jane,A\n")
        (tmp_path / "credcheck.toml").write_text(
            "# ours\n[rosters.staff]\n"
            'path = "roster-*.csv"\ncolumns = { npi = "NPI" }\nheader = ["NPI", "Last", "First"]\n'
        )
        return tmp_path

    def test_the_refusal_names_the_option_as_it_is_typed(self, saved: Path) -> None:
        ran = credcheck("batch", "roster-2026-11.csv", "-o", "r.csv", cwd=saved)
        assert ran.status == 2
        assert "credcheck sources set staff --accept" in ran.err
        words = ran.err[ran.err.index("sources set") :].split()
        accepted = credcheck(*words, cwd=saved)
        assert accepted.status == 0, accepted.err
        assert "roster-2026-11.csv: 1 row" in accepted.out
        made = tomllib.loads((saved / "credcheck.toml").read_text())["rosters"]["staff"]
        assert made["header"] == ["NPI", "Last", "First", "Dept"]
        assert (saved / "credcheck.toml").read_text().startswith("# ours\n")

    def test_a_renamed_column_is_set_and_accepted_at_once(self, saved: Path) -> None:
        file = saved / "roster-2026-11.csv"
        file.write_text(file.read_text().replace("NPI", "Dr. Number"))
        refused = credcheck("sources", "set", "staff", "--accept", cwd=saved)
        assert refused.status == 2
        assert "no column 'NPI', although" in refused.err
        ran = credcheck(
            *("sources", "set", "staff", "--set", "columns.npi=Dr. Number", "--accept"), cwd=saved
        )
        assert ran.status == 0, ran.err
        assert "Dr. Number" in ran.out

    def test_it_is_removed(self, saved: Path) -> None:
        assert credcheck("sources", "remove", "staff", cwd=saved).status == 0
        assert "rosters" not in tomllib.loads((saved / "credcheck.toml").read_text())
        ran = credcheck("sources", "remove", "staff", cwd=saved)
        assert ran.status == 2
        assert "no source and no roster is called 'staff'" in ran.err
