"""Weekly files and deactivations: the same rows as the next monthly file."""

import datetime as dt
import multiprocessing
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credcheck.model.npi import Npi, check_digit
from credcheck.source import Subject
from credcheck.storage.snapshots import Info, Store
from credcheck.tables import UnusableTable
from credcheck_sources.nppes_file.adapter import NppesFile
from credcheck_sources.nppes_file.database import FILE
from tests.sources.nppes_file.imported import bearers, brought_in, record, registry
from tests.support.dissemination import Cells, gone, individual, write

NUMBERS = [f"{nine}{check_digit(str(nine))}" for nine in range(200_000_500, 200_000_512)]
OCTOBER, WEEK, NOVEMBER = (
    "npidata_pfile_20050523-20261011.csv",
    "npidata_pfile_20261012-20261108.csv",
    "npidata_pfile_20050523-20261108.csv",
)


def open_rows(store: Path, info: Info, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(Store(store).path(info) / FILE)) as db:
        if table == "name":
            return db.execute(
                "SELECT l.text, f.text, state, npi, kind FROM name JOIN word l ON l.id = last"
                " JOIN word f ON f.id = first ORDER BY 1, 2, 3, 4"
            ).fetchall()
        return db.execute("SELECT * FROM record ORDER BY npi").fetchall()


def test_an_import_does_not_divide_a_run_that_is_at_work(tmp_path: Path) -> None:
    """A process that is forked later asks the snapshot that the first one chose."""
    alma, boris, *_ = NUMBERS
    store = tmp_path / "store"
    one = brought_in(store, write(tmp_path, [individual(alma, "ABERNATHY", "ALMA")], OCTOBER))
    source = registry(store)
    assert record(source, alma) is not None
    brought_in(store, write(tmp_path, [individual(boris, "BELL", "BORIS")], NOVEMBER), force=True)
    process = multiprocessing.get_context("fork").Process(target=_asks, args=(source, alma, one.id))
    process.start()
    process.join()
    assert process.exitcode == 0


def _asks(source: NppesFile, npi: str, snapshot: str) -> None:
    (answer,) = source.collect([Subject(npi=Npi(npi))])
    assert answer.snapshot is not None
    assert (answer.snapshot.id, len(answer.claims)) == (snapshot, 1)


def test_an_update_gives_the_same_rows_as_the_next_monthly_file(tmp_path: Path) -> None:
    alma, boris, carla, dara, edith, *_ = NUMBERS
    october = [
        individual(alma, "ABERNATHY", "ALMA"),
        individual(boris, "BOWMAN", "BORIS"),
        individual(carla, "CRUZ", "CARLA"),
        gone(dara, "02/02/2020"),
    ]
    week = [
        individual(alma, "ADAMS", "ALMA", other_last="ABERNATHY", updated="11/04/2026"),
        gone(boris, "11/05/2026"),
        individual(dara, "DIAZ", "DARA", reactivated="11/03/2026", updated="11/03/2026"),
        individual(edith, "EDER", "EDITH", updated="11/06/2026"),
    ]
    november = [week[0], week[1], october[2], week[2], week[3]]
    brought_in(tmp_path / "a", write(tmp_path, october, OCTOBER))
    updated = brought_in(tmp_path / "a", write(tmp_path, week, WEEK), update=True)
    monthly = brought_in(tmp_path / "b", write(tmp_path, november, NOVEMBER))
    for table in ("record", "name"):
        assert open_rows(tmp_path / "a", updated, table) == open_rows(
            tmp_path / "b", monthly, table
        )
    assert updated.id == monthly.id
    assert updated.kept == monthly.kept
    source = registry(tmp_path / "a")
    assert bearers(source, "Bowman", "Boris") == []
    assert bearers(source, "Abernathy", "Alma") == [alma]


LIFE = st.lists(
    st.tuples(
        st.sampled_from(NUMBERS[:4]),
        st.sampled_from(["ADAMS", "BELL", "CRUZ-DIAZ"]),
        st.sampled_from(["written", "gone"]),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(before=LIFE, week=LIFE)
@pytest.mark.slow
def test_whatever_happens_in_a_week_updating_is_importing_the_month(
    before: list[tuple[str, str, str]],
    week: list[tuple[str, str, str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("week")
    first = {npi: _row(npi, last, what, 10) for npi, last, what in before}
    then = {npi: _row(npi, last, what, 11) for npi, last, what in week}
    month = first | then
    brought_in(folder / "a", write(folder, first.values(), OCTOBER), force=True)
    updated = brought_in(folder / "a", write(folder, then.values(), WEEK), update=True)
    monthly = brought_in(folder / "b", write(folder, month.values(), NOVEMBER))
    assert updated.id == monthly.id
    for table in ("record", "name"):
        assert open_rows(folder / "a", updated, table) == open_rows(folder / "b", monthly, table)


def _row(npi: str, last: str, what: str, month: int) -> Cells:
    if what == "gone":
        return gone(npi, f"{month}/05/2026")
    return individual(npi, last, "JO", reactivated=f"{month}/05/2026", updated=f"{month}/05/2026")


def test_an_older_row_does_not_replace_a_newer_one(tmp_path: Path) -> None:
    (alma, *_) = NUMBERS
    newer = individual(alma, "ADAMS", "ALMA", updated="10/10/2026")
    older = individual(alma, "ABERNATHY", "ALMA", updated="10/09/2026")
    store = tmp_path / "store"
    brought_in(store, write(tmp_path, [newer], OCTOBER))
    info = brought_in(store, write(tmp_path, [older], WEEK), update=True)
    found = record(registry(store), alma)
    assert found is not None
    assert found.names[0].last == "ADAMS"
    assert any("nothing newer" in note for note in info.notes)


@pytest.mark.parametrize("order", [1, -1])
def test_a_number_that_stands_twice_is_read_by_its_last_update(order: int, tmp_path: Path) -> None:
    (alma, *_) = NUMBERS
    rows = [
        individual(alma, "ABERNATHY", "ALMA", updated="10/09/2026"),
        individual(alma, "ADAMS", "ALMA", updated="10/10/2026"),
    ]
    store = tmp_path / "store"
    brought_in(store, write(tmp_path, rows[::order]))
    assert bearers(registry(store), "Adams", "Alma") == [alma]
    assert bearers(registry(store), "Abernathy", "Alma") == []


def test_an_update_needs_a_snapshot_and_must_not_be_older(tmp_path: Path) -> None:
    (alma, *_) = NUMBERS
    week = write(tmp_path, [individual(alma, "ADAMS", "ALMA")], WEEK)
    with pytest.raises(UnusableTable, match="monthly file first"):
        brought_in(tmp_path / "store", week, update=True)
    later = "npidata_pfile_20050523-20261213.csv"
    brought_in(tmp_path / "store", write(tmp_path, [individual(alma, "ADAMS", "ALMA")], later))
    with pytest.raises(UnusableTable, match="older"):
        brought_in(tmp_path / "store", week, update=True)


def report(folder: Path, npi: str, day: str, name: str) -> Path:
    path = folder / name
    path.write_text(f"NPI,NPPES Deactivation Date\n{npi},{day}\n", encoding="utf-8")
    return path


def test_a_report_of_before_the_snapshot_is_applied_and_makes_it_no_older(tmp_path: Path) -> None:
    """CMS's report comes once a month, weekly files come after it."""
    alma, boris, *_ = NUMBERS
    people = [
        individual(alma, "ADAMS", "ALMA"),
        individual(boris, "BELL", "BORIS", deactivated="11/05/2026", reactivated="11/06/2026"),
    ]
    before = brought_in(tmp_path / "store", write(tmp_path, people, NOVEMBER))
    for npi in (alma, boris):
        told = report(tmp_path, npi, "11/05/2026", "NPPES Deactivated NPI Report 20261105.csv")
        assert brought_in(tmp_path / "store", told, update=True).as_of == before.as_of
    found = [record(registry(tmp_path / "store"), npi) for npi in (alma, boris)]
    assert [each.status for each in found if each] == ["deactivated", "active"]


def test_missing_weeks_are_not_passed_over(tmp_path: Path) -> None:
    (alma, *_) = NUMBERS
    people, store = [individual(alma, "ADAMS", "ALMA")], tmp_path / "store"
    brought_in(store, write(tmp_path, people, OCTOBER))
    week = write(tmp_path, people, "npidata_pfile_20261019-20261025.csv")
    with pytest.raises(UnusableTable, match="import the weeks between first"):
        brought_in(store, week, update=True)
    for name in ("npidata_pfile_20261012-20261018.csv", week.name):
        brought_in(store, write(tmp_path, people, name), update=True)


def test_a_weekly_file_is_not_taken_for_the_registry(tmp_path: Path) -> None:
    (alma, *_) = NUMBERS
    week = write(tmp_path, [individual(alma, "ADAMS", "ALMA")], WEEK)
    with pytest.raises(UnusableTable, match="weekly file"):
        brought_in(tmp_path / "store", week)
    assert brought_in(tmp_path / "store", week, force=True).as_of == dt.date(2026, 11, 8)


@pytest.mark.parametrize(("today", "is_taken"), [(7, True), (6, False)])
def test_a_day_to_come_is_not_believed(tmp_path: Path, today: int, is_taken: bool) -> None:
    (alma, *_) = NUMBERS
    month = write(tmp_path, [individual(alma, "ADAMS", "ALMA")], NOVEMBER)
    day = dt.date(2026, 11, today)
    if is_taken:
        assert brought_in(tmp_path / "store", month, today=day).as_of == dt.date(2026, 11, 8)
    else:
        with pytest.raises(UnusableTable, match="in the future"):
            brought_in(tmp_path / "store", month, today=day)


def test_a_file_whose_name_says_no_day_is_remarked_upon(tmp_path: Path) -> None:
    (alma, *_) = NUMBERS
    file = write(tmp_path, [individual(alma, "ADAMS", "ALMA")], "nppes.csv")
    (note,) = brought_in(tmp_path / "store", file).notes
    assert "--as-of" in note
    assert not brought_in(tmp_path / "store", file, as_of=dt.date(2026, 11, 8), force=True).notes


def test_after_an_update_the_snapshot_tells_all_that_it_holds(tmp_path: Path) -> None:
    alma, boris, *_ = NUMBERS
    store = tmp_path / "store"
    brought_in(store, write(tmp_path, [individual(alma, "ADAMS", "ALMA")], OCTOBER))
    brought_in(store, write(tmp_path, [individual(boris, "BELL", "BORIS")], WEEK), update=True)
    (answer,) = registry(store).collect([Subject(npi=Npi(alma))])
    assert answer.snapshot is not None
    assert answer.snapshot.rows == 2


def test_the_old_snapshot_stays_and_can_be_asked_until_it_is_pruned(tmp_path: Path) -> None:
    (alma, *_) = NUMBERS
    store = tmp_path / "store"
    first = brought_in(store, write(tmp_path, [individual(alma, "ABERNATHY", "ALMA")], OCTOBER))
    renamed = individual(alma, "ADAMS", "ALMA", updated="11/04/2026")
    second = brought_in(store, write(tmp_path, [renamed], WEEK), update=True)
    assert [info.id for info in Store(store).snapshots("nppes")] == [second.id, first.id]
    frozen = record(registry(store, snapshot=first.id[:8]), alma)
    assert frozen is not None
    assert frozen.names[0].last == "ABERNATHY"
    assert Store(store).prune("nppes", 1) == (first,)
    assert [info.as_of for info in Store(store).snapshots("nppes")] == [dt.date(2026, 11, 8)]
