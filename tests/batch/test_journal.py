"""The journal: nothing acknowledged is lost, nothing is asked twice."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from credcheck.model import Query, RosterRef, SourceState, Verdict
from credcheck.model.npi import parse
from credcheck.runs.fingerprint import RunKey, SourceKey, list_differences
from credcheck.runs.journal import (
    Journal,
    JournalDamaged,
    JournalError,
    JournalUnwritable,
    NotAJournal,
    query_key,
)
from credcheck.runs.journal_file import is_journal
from credcheck.runs.packing import Packer
from tests.support.build import AS_OF, STANDARD
from tests.support.runs import fails, meets

ALMA, BORIS = parse("2000001075"), parse("2100000019")
REF = RosterRef(file="r.csv", sha256="ab" * 32, columns={"npi": "npi"})


def key(**changes: Any) -> RunKey:
    usual = RunKey(
        version="0.1.0",
        as_of=AS_OF,
        standard=STANDARD.ref,
        roster="ab" * 32,
        columns={"npi": "npi"},
        sources=(SourceKey(name="boards", settings="s", snapshot="f" * 64),),
    )
    return replace(usual, **changes)


def planned(path: Path) -> Journal:
    journal = Journal.create(path)
    queries = [
        Query(npi=ALMA, row=1, id="A"),
        Query(npi=BORIS, row=2),
        Query(npi=ALMA, row=3, id="C"),
    ]
    assert journal.plan(queries) == 3
    journal.close_plan(key(), REF, "2026-11-01T00:00:00+00:00")
    return journal


def import_file(journal: Journal, rows: list[int], verdict: Verdict) -> None:
    journal.record(Packer()(rows, [verdict] * len(rows)))


def test_what_asks_the_same_is_judged_once_and_given_to_each_row(tmp_path: Path) -> None:
    journal = planned(tmp_path / "j")
    pending = journal.pending(0, 10)
    assert [(each.row, each.copies) for each in pending] == [(1, 2), (2, 1)]
    import_file(journal, [pending[0].row], meets())
    assert journal.counts().outcomes == {"meets": 2}
    assert [each.row for each in journal.pending(0, 10)] == [2]
    import_file(journal, [pending[1].row], fails())
    found = [(v.query.row, v.query.id, v.outcome) for v in journal.verdicts()]
    assert found == [(1, "A", "meets"), (2, None, "does_not_meet"), (3, "C", "meets")]
    journal.close()


def test_results_that_are_not_whole_are_none(tmp_path: Path) -> None:
    journal = planned(tmp_path / "j")
    import_file(journal, [1], meets())
    with pytest.raises(JournalError, match="row 2 has no verdict"):
        list(journal.lines())
    journal.close()


def test_it_is_there_after_it_was_closed(tmp_path: Path) -> None:
    journal = planned(tmp_path / "j")
    import_file(journal, [each.row for each in journal.pending(0, 10)], fails())
    journal.close()
    again = Journal.reopen(tmp_path / "j")
    assert again.key == key()
    assert again.roster == REF
    assert again.counts().outcomes == {"does_not_meet": 3}
    again.remove()
    assert not list(tmp_path.iterdir())


def test_what_rests_on_a_source_that_failed_is_asked_again(tmp_path: Path) -> None:
    journal = planned(tmp_path / "j")
    verdict = meets()
    down = replace(verdict, sources=(replace(verdict.sources[0], state=SourceState.FAILED),))
    import_file(journal, [each.row for each in journal.pending(0, 10)], down)
    assert journal.counts().unanswered == 3
    assert journal.counts(settled=True).outcomes == {}
    assert len(journal.pending(0, 10)) == 2
    assert journal.pending_rows == 0
    journal.close()


def test_a_key_is_of_what_is_asked_and_not_of_the_row(tmp_path: Path) -> None:
    one = Query(npi=ALMA, row=1, line=2, id="A", other={"x": "1"})
    assert query_key(one) == query_key(Query(npi=ALMA, row=9))
    assert query_key(one) != query_key(Query(npi=ALMA, state="OH"))


def test_a_plan_that_was_not_finished_is_none(tmp_path: Path) -> None:
    journal = Journal.create(tmp_path / "j")
    journal.plan([Query(npi=ALMA)])
    journal.close()
    again = Journal.reopen(tmp_path / "j")
    assert again.key is None
    again.close()


def test_a_plan_counts_only_when_it_is_closed(tmp_path: Path) -> None:
    """Rows without what they rest on: somebody took that out."""
    journal = planned(tmp_path / "j")
    journal.close()
    with closing(sqlite3.connect(tmp_path / "j", isolation_level=None)) as db:
        db.execute("DELETE FROM meta WHERE name <> 'schema'")
    with pytest.raises(JournalDamaged, match="part of its plan is missing"):
        Journal.reopen(tmp_path / "j")


def test_a_file_that_is_blank_was_only_begun(tmp_path: Path) -> None:
    (tmp_path / "j").write_bytes(b"")
    Journal.reopen(tmp_path / "j").close()


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 100, bytes(5000), b"SQLite format 3\0"]
)
def test_files_that_are_no_journal_stay(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "j").write_bytes(content)
    with pytest.raises(NotAJournal, match="is not a credcheck journal"):
        Journal.reopen(tmp_path / "j")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("j", content)]


def test_a_database_of_somebody_stays(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "j", isolation_level=None)) as db:
        db.execute("CREATE TABLE meta (name, value)")
    before = (tmp_path / "j").read_bytes()
    with pytest.raises(NotAJournal):
        Journal.reopen(tmp_path / "j")
    assert (tmp_path / "j").read_bytes() == before


def test_an_earlier_version_is_known_and_not_used(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "j", isolation_level=None)) as db:
        db.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID")
        db.execute("INSERT INTO meta VALUES ('schema', 'credcheck.journal/5')")
    assert is_journal(tmp_path / "j")
    with pytest.raises(JournalDamaged, match="this version of credcheck"):
        Journal.reopen(tmp_path / "j")


@pytest.mark.slow
def test_what_another_program_holds_is_not_called_damaged(tmp_path: Path) -> None:
    planned(tmp_path / "j").close()
    with closing(sqlite3.connect(tmp_path / "j", isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError, match="it was left as it is") as caught:
            Journal.reopen(tmp_path / "j")
    assert not isinstance(caught.value, JournalDamaged)


@pytest.mark.parametrize("fault", range(1, 6))
def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, fault: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The n-th statement of a transaction fails, as on a full disk: all of it is taken back."""
    journal = planned(tmp_path / "j")
    part = journal.pending(0, 10)
    import_file(journal, [part[0].row], meets())
    real, calls = journal._db.connection, 0

    class Failing:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def execute(self, *args: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == fault:
                raise sqlite3.OperationalError("database or disk is full")
            return real.execute(*args)

        def executemany(self, *args: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == fault:
                raise sqlite3.OperationalError("database or disk is full")
            return real.executemany(*args)

    monkeypatch.setattr(journal._db, "connection", Failing())
    if fault <= 4:
        with pytest.raises(JournalUnwritable, match="disk is full"):
            import_file(journal, [part[1].row], fails())
        monkeypatch.setattr(journal._db, "connection", real)
        assert journal.counts().outcomes == {"meets": 2}
    else:
        import_file(journal, [part[1].row], fails())
        monkeypatch.setattr(journal._db, "connection", real)
        assert journal.counts().outcomes == {"does_not_meet": 1, "meets": 2}
    real.close()


def test_whatever_differs_is_named() -> None:
    other = key(
        version="0.2.0",
        as_of=AS_OF.replace(day=2),
        roster="cd" * 32,
        columns={"npi": "NPI"},
        standard=replace(STANDARD.ref, sha256="0" * 64),
        sources=(SourceKey(name="boards", settings="t", snapshot="e" * 64),),
    )
    told = "; ".join(list_differences(key(), other))
    for word in (
        "roster",
        "column",
        "standard",
        "as-of",
        "version",
        "configuration of source boards",
        "file of source",
    ):
        assert word in told
    assert list_differences(key(), key()) == []


def test_sources_that_came_or_went_are_named() -> None:
    told = list_differences(key(), key(sources=()))
    assert told == ["source boards (it was used before and is not now)"]
    assert list_differences(key(sources=()), key()) == [
        "source boards (it is used now and was not before)"
    ]


def test_a_source_that_could_not_be_read_before_may_be_read_now() -> None:
    unread = key(sources=(SourceKey(name="boards", settings="s", snapshot=None),))
    assert list_differences(unread, key()) == list_differences(key(), unread) == []
