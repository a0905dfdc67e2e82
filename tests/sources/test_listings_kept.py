"""Listings that were imported: asked from the store, as they were on a day."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from credcheck.demo import demo_people
from credcheck.model import Verdict
from credcheck.source.importer import Importable, ImporterError, ImportJob
from credcheck.storage.snapshots import Info, Store
from credcheck.tables import UnusableTable
from tests.support.world import copy_demo, findings, judge, open_world

PASSING = "2000001075"
DAY = dt.date(2026, 11, 1)
LISTINGS = {"programs": DAY, "fellowships": DAY, "boards": DAY, "exclusions": dt.date(2026, 10, 10)}
LATER = dt.date(2026, 11, 15)


class World:
    """The demo world; ``kept`` listings ask what is imported, not a file."""

    def __init__(self, folder: Path, *kept: str) -> None:
        self.folder = copy_demo(folder)
        self.store = folder / "store"
        config = self.folder / "credcheck.toml"
        tables = re.split(r"\n(?=\[)", config.read_text())
        config.write_text("\n".join(_asking_the_store(x, kept) for x in tables))

    def take(self, name: str, file: str, **job: Any) -> Info:
        (source,) = (x for x in self.source_set.sources if x.facts.name == name)
        assert isinstance(source, Importable)
        store = Store(self.store)
        return source.import_file(ImportJob(files=(self.folder / file,), store=store, **job))

    @property
    def source_set(self) -> Any:
        return open_world(self.folder, store=self.store)

    def verdicts(self, *npis: str) -> list[Verdict]:
        return judge(self.folder, *npis, store=self.store)

    def cut(self, file: str, rows: int) -> None:
        path = self.folder / file
        path.write_text("".join(path.read_text().splitlines(keepends=True)[: rows + 1]))


def _asking_the_store(table: str, kept: tuple[str, ...]) -> str:
    if not any(table.startswith(f"[sources.{name}]") for name in kept):
        return table
    table = re.sub(r"(?m)^as_of = .*\n?", "", table)
    return re.sub(r"(?m)^path = .*$", 'snapshot = "current"', table)


@pytest.mark.slow
def test_everybody_gets_the_verdict_that_the_files_themselves_give(tmp_path: Path) -> None:
    people = [person.npi for person in demo_people()]
    (tmp_path / "plain").mkdir()
    plain = World(tmp_path / "plain").verdicts(*people)
    world = World(tmp_path, *LISTINGS)
    for name, day in LISTINGS.items():
        world.take(name, "leie.csv" if name == "exclusions" else f"{name}.csv", as_of=day)
    kept = world.verdicts(*people)
    assert [(x.outcome, findings(x)) for x in kept] == [(x.outcome, findings(x)) for x in plain]
    assert {str(x.outcome) for x in kept} == {"meets", "does_not_meet", "unverified"}


def test_a_verdict_names_the_snapshot_that_the_store_shows(tmp_path: Path) -> None:
    world = World(tmp_path, "boards")
    info = world.take("boards", "boards.csv", as_of=DAY)
    (verdict,) = world.verdicts(PASSING)
    (report,) = (x for x in verdict.sources if x.name == "boards")
    assert (report.snapshot, report.as_of) == (info.id, DAY)
    assert info.rows == report.rows
    assert info.kept == {"certificate records": info.rows - info.rejected}


def test_the_file_may_change_and_go_once_it_is_imported(tmp_path: Path) -> None:
    world = World(tmp_path, "boards")
    world.take("boards", "boards.csv", as_of=DAY)
    (world.folder / "boards.csv").unlink()
    assert [str(x.outcome) for x in world.verdicts(PASSING)] == ["meets"]


def test_without_anything_imported_the_source_says_what_to_do(tmp_path: Path) -> None:
    (verdict,) = World(tmp_path, "boards").verdicts(PASSING)
    assert verdict.outcome == "unverified"
    (report,) = (x for x in verdict.sources if x.name == "boards")
    assert "credcheck sources import boards FILE" in (report.detail or "")


class TestOlderSnapshots:
    """A new import takes over; the old one stays, and a configuration may name it."""

    def test_the_newer_is_asked_and_the_older_may_be_named(self, tmp_path: Path) -> None:
        world = World(tmp_path, "boards")
        old = world.take("boards", "boards.csv", as_of=DAY)
        boards = world.folder / "boards.csv"
        boards.write_text(boards.read_text().replace("Certified", "Expired"))
        world.take("boards", "boards.csv", as_of=LATER)
        assert [str(x.outcome) for x in world.verdicts(PASSING)] == ["does_not_meet"]
        config = world.folder / "credcheck.toml"
        config.write_text(config.read_text().replace('"current"', f'"{old.folder}"'))
        assert [str(x.outcome) for x in world.verdicts(PASSING)] == ["meets"]

    def test_an_older_file_needs_force(self, tmp_path: Path) -> None:
        world = World(tmp_path, "boards")
        newer = world.take("boards", "boards.csv", as_of=LATER)
        with pytest.raises(UnusableTable, match="use --force to go back"):
            world.take("boards", "boards.csv", as_of=DAY)
        assert Store(world.store).current("boards") == newer
        world.take("boards", "boards.csv", as_of=DAY, force=True)

    def test_a_listing_that_lost_a_tenth_may_be_cut_off_and_needs_force(
        self, tmp_path: Path
    ) -> None:
        """A list of exclusions that ends in its middle would clear whoever stands further down."""
        world = World(tmp_path, "exclusions")
        file = world.folder / "leie.csv"
        header, row, *_ = file.read_text().splitlines()
        file.write_text("\n".join([header, *[row] * 200]) + "\n")
        whole = world.take("exclusions", "leie.csv", as_of=DAY)
        world.cut("leie.csv", 179)
        with pytest.raises(UnusableTable, match="holds 179 rows, and the snapshot in use 200"):
            world.take("exclusions", "leie.csv", as_of=LATER)
        assert Store(world.store).current("exclusions") == whole
        world.take("exclusions", "leie.csv", as_of=LATER, force=True)

    def test_a_short_list_may_lose_a_few(self, tmp_path: Path) -> None:
        world = World(tmp_path, "boards")
        rows = world.take("boards", "boards.csv", as_of=DAY).rows
        world.cut("boards.csv", rows - 9)
        world.take("boards", "boards.csv", as_of=LATER)
        world.cut("boards.csv", rows - 19)
        with pytest.raises(UnusableTable, match="it may be cut off"):
            world.take("boards", "boards.csv", as_of=LATER)

    def test_the_same_file_under_another_name_is_the_same_snapshot(self, tmp_path: Path) -> None:
        world = World(tmp_path, "boards")
        one = world.take("boards", "boards.csv", as_of=DAY)
        (world.folder / "boards.csv").rename(world.folder / "again.csv")
        assert world.take("boards", "again.csv", as_of=DAY).id == one.id
        assert [str(x.outcome) for x in world.verdicts(PASSING)] == ["meets"]


class TestWhatIsRefused:
    """Nothing that could not be asked is kept, and what was in use stays."""

    @pytest.mark.parametrize(
        ("file", "why"),
        [
            ("nowhere.csv", "No such file"),
            ("", "is a directory"),
            ("programs.csv", "the column board is missing"),
            ("empty.csv", "the file is empty"),
            ("header.csv", "no rows"),
            ("manifest.json", "rename it"),
        ],
    )
    def test_a_file_that_cannot_be_read(self, file: str, why: str, tmp_path: Path) -> None:
        world = World(tmp_path, "boards")
        before = world.take("boards", "boards.csv", as_of=DAY)
        (world.folder / "empty.csv").touch()
        lines = (world.folder / "boards.csv").read_text().splitlines(keepends=True)
        (world.folder / "header.csv").write_text(lines[0])
        (world.folder / "manifest.json").write_text("".join(lines))
        with pytest.raises(UnusableTable, match=why):
            world.take("boards", file, as_of=LATER)
        assert Store(world.store).current("boards") == before
        assert not list((world.store / "boards").glob(".building-*"))

    def test_an_update_or_two_files(self, tmp_path: Path) -> None:
        world = World(tmp_path, "boards")
        with pytest.raises(UnusableTable, match="imported as a whole"):
            world.take("boards", "boards.csv", update=True)
        store = Store(world.store)
        (source,) = (x for x in world.source_set.sources if x.facts.name == "boards")
        with pytest.raises(UnusableTable, match="import one file"):
            source.import_file(ImportJob(files=(world.folder / "boards.csv",) * 2, store=store))

    def test_a_source_that_reads_its_path_would_never_ask_the_import(self, tmp_path: Path) -> None:
        with pytest.raises(ImporterError, match="replace path and as_of"):
            World(tmp_path).take("boards", "boards.csv")


@pytest.mark.parametrize("damage", ["gone", "folder", "cut"])
@pytest.mark.slow(every_case=True)
def test_a_damaged_snapshot_is_a_failed_source_and_never_meets(damage: str, tmp_path: Path) -> None:
    world = World(tmp_path, "boards")
    info = world.take("boards", "boards.csv", as_of=DAY)
    folder = Store(world.store).path(info)
    (file,) = (x for x in folder.iterdir() if x.name != "manifest.json")
    if damage == "cut":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    else:
        file.unlink()
    if damage == "folder":
        (folder / "manifest.json").unlink()
    (verdict,) = world.verdicts(PASSING)
    (report,) = (x for x in verdict.sources if x.name == "boards")
    assert (str(verdict.outcome), str(report.state)) == ("unverified", "failed")
    assert "again" in (report.detail or "")
    world.take("boards", "boards.csv", as_of=DAY, force=True)
    assert [str(x.outcome) for x in world.verdicts(PASSING)] == ["meets"]
