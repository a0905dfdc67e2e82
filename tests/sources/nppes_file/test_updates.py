"""Weekly files and deactivations: the same rows as the next monthly file."""

import datetime as dt
import multiprocessing
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credcheck.npi import Npi, check_digit
from credcheck.source import Subject
from credcheck.store import Info, Store
from credcheck.tables import TableUnusable
from credcheck_sources.nppes_file.adapter import NppesFile
from credcheck_sources.nppes_file.database import FILE
from tests.sources.nppes_file.imported import bearers, brought_in, record, registry
from tests.support.dissemination import Cells, gone, individual, write

NUMBERS = [f"{nine}{check_digit(str(nine))}" for nine in range(200_000_500, 200_000_512)]
OCTOBER, WEEK, NOVEMBER = (
    "npidata_pfile_20050523-20261011.csv",
    "npidata_pfile_20261102-20261108.csv",
    "npidata_pfile_20050523-20261108.csv",
)


def rows_of(store: Path, info: Info, table: str) -> list[tuple[object, ...]]:
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
        assert rows_of(tmp_path / "a", updated, table) == rows_of(tmp_path / "b", monthly, table)
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
        assert rows_of(folder / "a", updated, table) == rows_of(folder / "b", monthly, table)


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
    with pytest.raises(TableUnusable, match="monthly file first"):
        brought_in(tmp_path / "store", week, update=True)
    later = "npidata_pfile_20050523-20261213.csv"
    brought_in(tmp_path / "store", write(tmp_path, [individual(alma, "ADAMS", "ALMA")], later))
    with pytest.raises(TableUnusable, match="older"):
        brought_in(tmp_path / "store", week, update=True)


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
