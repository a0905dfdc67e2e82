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
    assert "there is no file 'boards.csv' yet" in " ".join(ran.err.split())


def test_adding_twice_offers_set(folder: Path) -> None:
    add(folder)
    before = (folder / "credcheck.toml").read_text()
    ran = add(folder, "--set", "coverage=complete")
    assert ran.status == 2
    assert "to change it: credcheck sources set boards --set 'coverage=complete'" in ran.err
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
        ("authority=prime", "it may be primary, secondary, self_reported"),
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
