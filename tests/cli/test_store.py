"""``sources import``, ``list`` and ``prune``, and a search in what was imported."""

from pathlib import Path

import pytest

from tests.support.cli import Ran, credcheck
from tests.support.dissemination import individual, write

pytestmark = pytest.mark.slow

ALMA, BORIS = "2000001075", "2000001083"


@pytest.fixture
def run(tmp_path: Path) -> "Run":
    return Run(tmp_path)


class Run:
    """Runs commands with a store of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "credcheck.toml").write_text('[sources.registry]\nadapter = "nppes-file"\n')

    def __call__(self, *words: str) -> Ran:
        return credcheck(
            *words, cwd=self.folder, env={"CREDCHECK_STORE": str(self.folder / "store")}
        )

    def month(self, day: str, *people: str) -> Path:
        rows = [individual(npi, "ABERNATHY", "ALMA") for npi in people]
        return write(self.folder, rows, f"npidata_pfile_20050523-{day}.csv")


def test_an_import_says_what_is_in_use_and_the_list_shows_it(run: Run) -> None:
    done = run("sources", "import", "nppes", str(run.month("20261108", ALMA)))
    assert done.status == 0
    assert "nppes as of 2026-11-08: 1 individuals" in done.out
    listed = run("sources", "list")
    assert "2026-11-08" in listed.out
    assert "in use" in listed.out


def test_old_snapshots_are_removed_on_request_only(run: Run) -> None:
    for day, people in (("20260913", [ALMA]), ("20261011", [BORIS]), ("20261108", [ALMA, BORIS])):
        assert run("sources", "import", "nppes", str(run.month(day, *people)), "-q").status == 0
    assert len(list((run.folder / "store" / "nppes").glob("*/manifest.json"))) == 3
    pruned = run("sources", "prune", "nppes", "--keep", "2")
    assert "dated 2026-09-13" in pruned.out
    assert "1 snapshot of nppes removed" in pruned.out
    assert run("sources", "list").out.count("nppes  ") == 2


def test_a_snapshot_that_the_configuration_names_is_not_pruned(run: Run) -> None:
    for day, people in (("20260913", [ALMA]), ("20261011", [BORIS]), ("20261108", [ALMA, BORIS])):
        assert run("sources", "import", "nppes", str(run.month(day, *people)), "-q").status == 0
    stored = [each.parent for each in (run.folder / "store" / "nppes").glob("*/manifest.json")]
    (oldest,) = [each for each in stored if "20260913" in (each / "manifest.json").read_text()]
    with (run.folder / "credcheck.toml").open("a") as config:
        config.write(f'snapshot = "{oldest.name[:8]}"\n')
    assert "1 snapshot of nppes removed" in run("sources", "prune", "nppes").out
    assert oldest.exists()


def test_what_is_imported_is_listed_before_any_source_asks_it(run: Run) -> None:
    (run.folder / "credcheck.toml").unlink()
    done = run("sources", "import", "nppes", str(run.month("20261108", ALMA)))
    assert "credcheck sources add registry --adapter nppes-file" in done.out
    listed = run("sources", "list")
    assert (listed.status, "2026-11-08" in listed.out) == (0, True)
    assert "no source is configured yet" in listed.err
    added = run("sources", "add", "registry", "--adapter", "nppes-file")
    assert added.status == 0
    assert run("verify", ALMA, "--as-of", "2026-11-09").json["physician"]["npi"] == ALMA


def test_who_is_found_by_a_former_name_is_told_so(run: Run) -> None:
    row = individual(ALMA, "ABERNATHY", "ALMA", other_last="MARSDEN", other_kind="1")
    month = write(run.folder, [row], "npidata_pfile_20050523-20261108.csv")
    assert run("sources", "import", "nppes", str(month), "-q").status == 0
    shown = run("verify", "Alma Marsden", "--format", "table", "--as-of", "2026-11-09").out
    assert "you asked for Alma Marsden, a name that the registry lists as former" in shown


def test_a_state_that_leaves_nobody_is_named(run: Run) -> None:
    assert run("sources", "import", "nppes", str(run.month("20261108", ALMA)), "-q").status == 0
    ran = run("verify", "Alma Abernathy", "--state", "TX", "--as-of", "2026-11-09")
    (reason,) = ran.json["resolution"]["reasons"]
    assert reason["message"] == "registry lists no one by this name with the state TX"
    assert "Loosen the search" in ran.json["resolution"]["next_step"]


@pytest.mark.parametrize("dataset", ["npes", "../..", ""])
def test_only_what_was_imported_is_pruned(dataset: str, run: Run) -> None:
    assert run("sources", "import", "nppes", str(run.month("20261108", ALMA)), "-q").status == 0
    ran = run("sources", "prune", dataset)
    assert ran.status == 2
    assert "the store holds: nppes" in ran.err


def test_what_cannot_be_imported_is_a_usage_error(run: Run) -> None:
    ran = run("sources", "import", "npes", "x.zip")
    assert ran.status == 2
    assert "did you mean 'nppes'" in ran.err
    ran = run("sources", "import", "nppes", "nowhere.zip")
    assert ran.status == 5
    assert "nowhere.zip: No such file" in ran.err


def test_near_names_are_listed_where_nobody_bears_the_name(run: Run) -> None:
    assert run("sources", "import", "nppes", str(run.month("20261108", ALMA)), "-q").status == 0
    found = run("search", "Amla Abernaty", "--state", "OH", "--format", "json")
    assert found.status == 3
    assert "similar names are listed" in found.err
    assert [person["npi"] for person in found.json["candidates"]] == [ALMA]
    verdict = run("verify", "Amla Abernaty", "--state", "OH", "--as-of", "2026-11-20")
    assert verdict.status == 3
    assert verdict.json["physician"] is None
    assert [each["npi"] for each in verdict.json["resolution"]["candidates"]] == [ALMA]


class TestListings:
    """A listing that is configured so is imported by its source's name, and asked from the store."""

    ROW = "2000001075,Abernathy,Alma,ABA,Pain Medicine,Certified\n"

    @pytest.fixture
    def boards(self, run: Run) -> Path:
        with (run.folder / "credcheck.toml").open("a") as config:
            config.write('[sources.boards]\nadapter = "board-certificates"\nsnapshot = "current"\n')
        path = run.folder / "diplomates.csv"
        path.write_text("npi,last_name,first_name,board,certificate,status\n" + self.ROW)
        return path

    def test_it_is_imported_listed_checked_and_pruned(self, run: Run, boards: Path) -> None:
        done = run("sources", "import", "boards", str(boards), "--as-of", "2026-10-01")
        assert (done.status, done.err) == (0, "")
        assert "boards as of 2026-10-01: 1 certificate records" in done.out
        boards.write_text(boards.read_text() + self.ROW.replace("1075", "1083"))
        again = run("sources", "import", "boards", str(boards), "--as-of", "2026-11-01", "-q")
        assert (again.status, again.out) == (0, "")
        listed = run("sources", "list").out
        assert listed.count("boards  ") == 3  # the source, and its two snapshots
        checked = run("sources", "check", "--only", "boards", "--as-of", "2026-11-20")
        assert checked.status == 0
        assert "2026-11-01" in checked.out
        assert "1 snapshot of boards removed" in run("sources", "prune", "boards").out

    def test_a_name_that_is_none_tells_what_can_be_imported(self, run: Run, boards: Path) -> None:
        ran = run("sources", "import", "bords", str(boards))
        assert ran.status == 2
        assert (
            "(did you mean 'boards'?); a listing is imported by the name of its source" in ran.err
        )

    def test_an_unusable_file_leaves_what_was_in_use(self, run: Run, boards: Path) -> None:
        assert run("sources", "import", "boards", str(boards), "-q").status == 0
        boards.write_text("npi,last_name\n")
        ran = run("sources", "import", "boards", str(boards))
        assert ran.status == 5
        missing = "first_name, board, certificate, status"
        assert f"diplomates.csv: the columns {missing} are missing" in ran.err
        assert run("sources", "check", "--only", "boards").status == 0

    def test_a_source_with_a_path_is_not_imported(self, run: Run, boards: Path) -> None:
        config = run.folder / "credcheck.toml"
        text = config.read_text().replace('snapshot = "current"', f'path = "{boards.name}"')
        config.write_text(text)
        ran = run("sources", "import", "boards", str(boards))
        assert ran.status == 2
        assert "replace path and as_of" in ran.err

    def test_without_any_configuration_only_the_registry_is_known(
        self, run: Run, boards: Path
    ) -> None:
        (run.folder / "credcheck.toml").unlink()
        ran = run("sources", "import", "boards", str(boards))
        assert ran.status == 2
        assert "(known are: nppes); a listing" in ran.err
