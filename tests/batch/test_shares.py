"""The shares of a roster, merged, are the bytes of one run, or are refused with the reason."""

import json
import shutil
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest

from credcheck._util.errors import InputError, UsageError
from credcheck.demo import demo_folder
from credcheck.model import Query
from credcheck.model.npi import parse
from credcheck.model.person import PersonName
from credcheck.runs.journal import Journal
from credcheck.runs.shards import Shard, find_share, parse_shard
from tests.support.shares import HEADER, draw_roster, judge_shares, refused, run

DEMO = demo_folder() / "roster.csv"
slow = pytest.mark.slow


@pytest.fixture(autouse=True)
def _same_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")


def judge_whole(roster: Path, output: Path) -> bytes:
    assert run("batch", roster, "-o", output, "--demo", "-q") == 0
    return output.read_bytes()


@pytest.mark.parametrize("of", [1, 2, 3, 8])
@pytest.mark.slow(every_case=True)
def test_the_demo_in_shares_is_the_same_file(tmp_path: Path, of: int) -> None:
    whole = judge_whole(DEMO, tmp_path / "whole.ndjson")
    journals = judge_shares(DEMO, of, tmp_path / "out.ndjson", "--demo")
    assert not (tmp_path / "out.ndjson").exists()
    assert run("merge", *journals, "-o", tmp_path / "out.ndjson", "-q") == 0
    assert (tmp_path / "out.ndjson").read_bytes() == whole
    assert all(journal.exists() for journal in journals)


@slow
@pytest.mark.parametrize(("of", "seed"), [(2, 1), (3, 2), (8, 3), (5, 4)])
def test_a_wild_roster_in_shares_is_the_same_file(tmp_path: Path, of: int, seed: int) -> None:
    roster = draw_roster(tmp_path / "roster.csv", seed)
    whole = judge_whole(roster, tmp_path / "whole.ndjson")
    for wanted in (b"identity_conflict", b"record_unreadable", b"npi_invalid", b'"blank":'):
        assert wanted in whole
    journals = judge_shares(roster, of, tmp_path / "out.ndjson", "--demo")
    assert run("merge", *reversed(journals), "-o", tmp_path / "out.ndjson", "-q") == 0
    assert (tmp_path / "out.ndjson").read_bytes() == whole


@slow
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "sarif", "html"])
def test_other_formats_come_out_the_same_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    """A format may show the head of the log, so both runs begin a log of their own."""
    shutil.copy(DEMO, tmp_path / "roster.csv")
    monkeypatch.chdir(tmp_path)
    log = ("--log", "a.log")
    assert run("batch", "roster.csv", "-o", f"a.{suffix}", "--demo", "-q", *log) == 0
    journals = judge_shares(Path("roster.csv"), 2, Path(f"b.{suffix}"), "--demo")
    assert run("merge", *journals, "-o", f"b.{suffix}", "-q", "--log", "b.log") == 0
    heads = [
        json.loads(Path(name).read_text("utf-8").splitlines()[-1]) for name in ("a.log", "b.log")
    ]
    assert heads[0]["run"] == heads[1]["run"]
    assert heads[1]["command"] == "merge"
    if suffix == "csv":
        assert Path("a.csv").read_bytes() == Path("b.csv").read_bytes()


@slow
def test_more_shares_than_people_are_no_fault(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("npi\n2000001075\n2100000019\n", encoding="utf-8")
    whole = judge_whole(roster, tmp_path / "whole.ndjson")
    journals = judge_shares(roster, 8, tmp_path / "out.ndjson", "--demo")
    assert run("merge", *journals, "-o", tmp_path / "out.ndjson", "-q") == 0
    assert (tmp_path / "out.ndjson").read_bytes() == whole


def test_a_roster_without_rows_is_unusable_in_shares_too(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("npi\n", encoding="utf-8")
    words = ("batch", roster, "-o", tmp_path / "o.csv", "--demo", "--shard", "1/2")
    assert refused(*words)[0] is InputError


@slow
def test_rows_of_one_number_are_in_one_share(tmp_path: Path) -> None:
    """Or the contradiction between them would be seen by nobody: a false pass."""
    roster = draw_roster(tmp_path / "roster.csv", 5, 200)
    shares: dict[str, set[int]] = defaultdict(set)
    for number, path in enumerate(judge_shares(roster, 8, tmp_path / "o.csv", "--demo")):
        with closing(Journal.reopen(path, write=False)) as journal:
            for query in journal.queries():
                shares[query.npi or f"row {query.row}"].add(number)
    assert all(len(found) == 1 for found in shares.values())
    assert len(set.union(*shares.values())) == 8


def test_a_share_hangs_on_number_or_name_alone() -> None:
    npi = parse("2000001075")
    named = PersonName(last="Ashdown", first="Alma")
    for of in (2, 3, 8, 200):
        assert find_share(Query(npi=npi), of) == find_share(Query(npi=npi, person=named, row=9), of)
        upper = PersonName(last="ASHDOWN", first="ALMA", middle="Q")
        assert find_share(Query(person=named, row=1), of) == find_share(Query(person=upper), of)
        assert all(1 <= find_share(Query(row=row), of) <= of for row in range(1, 50))


def test_which_share_a_number_is_in_never_changes() -> None:
    """Machines with other versions of Python have to agree."""
    numbers = ("2000001075", "2100000019", "2100000027", "2100000035")
    found = [find_share(Query(npi=parse(number)), 8) for number in numbers]
    assert found == [4, 7, 1, 2]


@pytest.mark.parametrize(
    "text", ["", "1", "0/2", "3/2", "1/0", "-1/2", "1/201", "a/b", "1/2/3", "1 /2", "1/2\n", "٣/٨"]
)
def test_a_share_is_written_as_one_of_many(text: str) -> None:
    with pytest.raises(UsageError, match="--shard"):
        parse_shard(text)


def test_a_share_is_read() -> None:
    assert parse_shard("3/8") == Shard(3, 8)
    assert parse_shard("08/10") == Shard(8, 10)


@pytest.mark.slow(every_case=True)
def test_a_missing_share_is_refused_and_named(tmp_path: Path) -> None:
    journals = judge_shares(DEMO, 3, tmp_path / "o.csv", "--demo")
    kind, told = refused("merge", journals[0], journals[2], "-o", tmp_path / "out.csv")
    assert kind is UsageError
    assert "2/3" in told
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.slow
def test_a_share_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    journals = judge_shares(DEMO, 2, tmp_path / "o.csv", "--demo")
    copy = Path(shutil.copy(journals[0], tmp_path / "copy.journal"))
    link = tmp_path / "link.journal"
    link.symlink_to(journals[0])
    for twice in (copy, link, journals[0]):
        kind, told = refused("merge", *journals, twice, "-o", tmp_path / "out.csv")
        assert kind is UsageError
        assert "twice" in told


@slow
@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--as-of", "2026-10-31"), "as-of"),
        (("--standard", "interventional-pain-strict"), "standard"),
        (("--without", "permits"), "source permits"),
    ],
)
def test_a_share_of_another_run_is_refused(
    tmp_path: Path, words: tuple[str, ...], named: str
) -> None:
    ours = judge_shares(DEMO, 2, tmp_path / "a.csv", "--demo")
    theirs = judge_shares(DEMO, 2, tmp_path / "b.csv", "--demo", *words)
    kind, told = refused("merge", ours[0], theirs[1], "-o", tmp_path / "out.csv")
    assert kind is UsageError
    assert named in told


@slow
def test_a_share_of_another_roster_or_another_number_of_shares_is_refused(tmp_path: Path) -> None:
    roster = draw_roster(tmp_path / "roster.csv", 1, 40)
    ours = judge_shares(DEMO, 2, tmp_path / "a.csv", "--demo")
    theirs = judge_shares(roster, 2, tmp_path / "b.csv", "--demo")
    assert "the roster" in refused("merge", ours[0], theirs[1], "-o", tmp_path / "out.csv")[1]
    more = judge_shares(DEMO, 3, tmp_path / "c.csv", "--demo")
    told = refused("merge", ours[0], *more[1:], "-o", tmp_path / "out.csv")[1]
    assert "number of shares" in told


@slow
def test_a_share_whose_roster_was_read_otherwise_is_refused(tmp_path: Path) -> None:
    """The same file and the same columns, but not the same rows: another sheet."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for name, npi in (("One", "2000001075"), ("Two", "2100000142")):
        sheet = book.create_sheet(name)
        sheet.append(HEADER[:2])
        sheet.append(["S1", npi])
    del book["Sheet"]
    roster = tmp_path / "roster.xlsx"
    book.save(roster)
    ours = judge_shares(roster, 2, tmp_path / "a.csv", "--demo", "--sheet", "One")
    theirs = judge_shares(roster, 2, tmp_path / "b.csv", "--demo", "--sheet", "Two")
    for mixed in ((ours[0], theirs[1]), (theirs[0], ours[1])):
        kind, told = refused("merge", *mixed, "-o", tmp_path / "out.csv")
        assert kind is UsageError
        assert "read" in told


@slow
def test_what_is_no_share_is_refused(tmp_path: Path) -> None:
    journals = judge_shares(DEMO, 2, tmp_path / "o.csv", "--demo")
    out = ("-o", tmp_path / "out.csv")
    assert refused("merge", tmp_path / "none.journal", journals[1], *out)[0] is InputError
    shutil.copy(DEMO, tmp_path / "mine.journal")
    assert refused("merge", tmp_path / "mine.journal", journals[1], *out)[0] is InputError
    whole = Journal.create(tmp_path / "blank.journal")
    whole.close()
    assert refused("merge", tmp_path / "blank.journal", journals[1], *out)[0] is InputError
    with closing(sqlite3.connect(journals[0])) as db, db:
        db.execute("UPDATE verdict SET outcome = 'meets' WHERE outcome <> 'meets'")
    kind, told = refused("merge", *journals, *out)
    assert kind is InputError
    assert "was changed" in told


@slow
def test_an_unfinished_share_is_refused(tmp_path: Path) -> None:
    journals = judge_shares(DEMO, 2, tmp_path / "o.csv", "--demo")
    with closing(sqlite3.connect(journals[0])) as db, db:
        db.execute("DELETE FROM verdict WHERE row > (SELECT min(row) FROM verdict)")
    kind, told = refused("merge", *journals, "-o", tmp_path / "out.csv")
    assert kind is InputError
    assert "share 1/2 is not finished" in told
    shard = ("--shard", "1/2", "--demo", "-q")
    assert run("batch", DEMO, "-o", tmp_path / "o.csv", "--resume", *shard) == 0
    assert run("merge", *journals, "-o", tmp_path / "out.csv", "-q") == 0


@slow
def test_no_output_takes_the_place_of_a_journal(tmp_path: Path) -> None:
    journals = judge_shares(DEMO, 2, tmp_path / "o.csv", "--demo")
    words = ("merge", *journals, "--format", "ndjson", "--force", "-o")
    assert refused(*words, journals[0])[0] is UsageError
    assert refused(*words, f"{journals[1]}-wal")[0] is UsageError


@slow
def test_a_judged_share_is_not_lost_by_the_same_command_again(tmp_path: Path) -> None:
    (journal, _) = judge_shares(DEMO, 2, tmp_path / "o.csv", "--demo")
    before = journal.read_bytes()
    words = ("batch", DEMO, "-o", tmp_path / "o.csv", "--demo", "-q", "--shard")
    kind, told = refused(*words, "1/2")
    assert kind is UsageError
    assert "--resume" in told
    assert run(*words, "1/2", "--resume") == 0
    assert journal.read_bytes() == before
    other = refused(*words, "2/2", "--resume", "--journal", journal)
    assert "the share of the roster (was 1/2, now 2/2)" in other[1]
    whole = ("batch", DEMO, "-o", tmp_path / "o.csv", "--demo", "-q", "--journal", journal)
    assert "share 1/2" in refused(*whole)[1]
    assert "share" in refused(*whole, "--resume")[1]
    assert run(*words, "1/2", "--force") == 0


@slow
def test_a_live_registry_is_not_asked_in_shares(tmp_path: Path) -> None:
    config = tmp_path / "credcheck.toml"
    config.write_text(
        '[sources.nppes]\nadapter = "nppes-api"\nbase_url = "http://127.0.0.1:9/api/"\n',
        encoding="utf-8",
    )
    words = ("batch", DEMO, "-o", tmp_path / "o.csv", "--config", config, "--shard", "1/2", "-q")
    kind, told = refused(*words)
    assert kind is UsageError
    assert "nppes is queried over the network" in told
    assert not (tmp_path / "o.csv.1-of-2.journal").exists()
    assert run(*words, "--offline") == 3  # nothing is asked; what that leaves open is said


@slow
def test_what_nobody_answered_is_told_by_the_merge_too(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "credcheck.toml"
    config.write_text('[sources.nppes]\nadapter = "nppes-api"\n', encoding="utf-8")
    words = ("--config", config, "--offline", "-q")
    whole, out = tmp_path / "whole.ndjson", tmp_path / "out.ndjson"
    assert run("batch", DEMO, "-o", whole, *words) == 3
    for shard in ("1/2", "2/2"):
        assert run("batch", DEMO, "-o", out, *words, "--shard", shard) == 3
    journals = [tmp_path / f"out.ndjson.{number}-of-2.journal" for number in (1, 2)]
    assert run("merge", *journals, "-o", out) == 3
    told = capfd.readouterr().err
    assert "INCOMPLETE: a source did not answer for 49 of 49 rows" in told
    assert "run the incomplete shares again with --resume" in told
    assert out.read_bytes() == whole.read_bytes()
