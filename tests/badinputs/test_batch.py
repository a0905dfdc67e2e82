"""Runs that are stopped, torn, edited, locked, or that have nobody to ask."""

import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.badinputs.rosters import run
from tests.badinputs.world import AS_OF, FILES, world
from tests.support.cli import Ran, command, credcheck
from tests.support.many import ROWS, many_people, roster_of
from tests.support.registry import Registry, by_number, serving

pytestmark = pytest.mark.slow

HEADERS = {"SOURCE_DATE_EPOCH": "1795000000"}


@contextmanager
def live_world(folder: Path, people: int, delay: float = 0.0) -> Iterator[Registry]:
    """Run a registry of many invented people, and write a world that asks it."""
    with serving(by_number(many_people(people), delay=delay)) as running:
        nppes = f'base_url = "{running.base_url}"\ntimeout = 10.0\nattempts = 2\nconcurrency = 10'
        world(folder, nppes=nppes)
        roster_of(folder / "roster.csv", people)
        yield running


def args(folder: Path, *more: str) -> list[str]:
    config = ["--config", str(folder / "credcheck.toml"), "--as-of", AS_OF.isoformat()]
    return ["batch", str(folder / "roster.csv"), "-o", str(folder / "out.ndjson"), *config, *more]


@contextmanager
def started(folder: Path, *more: str) -> Iterator["subprocess.Popen[str]"]:
    """Start a run in a process of its own."""
    env = {**os.environ, **HEADERS, "CREDCHECK_CACHE": str(folder / "cache")}
    process = subprocess.Popen(
        command(*args(folder, *more)), stderr=subprocess.PIPE, text=True, env=env
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(folder: Path, rows: int) -> None:
    """Wait until so many rows are in the journal."""
    import sqlite3

    journal = folder / ".out.ndjson.journal"
    for _ in range(2_000):
        time.sleep(0.01)
        if not journal.exists():
            continue
        with closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as db:
            try:
                (count,) = db.execute("SELECT count(*) FROM verdict").fetchone()
            except sqlite3.Error:
                continue
            if count >= rows:
                return
    raise AssertionError("the run does not get on")


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_bi_222_bi_223_a_run_that_is_stopped(
    tmp_path: Path, sent: signal.Signals, status: int
) -> None:
    with live_world(tmp_path, 200, delay=0.05), started(tmp_path) as process:
        wait_for(tmp_path, 20)
        process.send_signal(sent)
        _, said = process.communicate(timeout=20)
        assert process.returncode == status, said
        assert "Traceback" not in said
        assert "of 200 rows checked" in said
        assert "--resume" in said
        assert not (tmp_path / "out.ndjson").exists()
        again = credcheck(*args(tmp_path, "--resume"))
    assert again.status == 0
    assert len((tmp_path / "out.ndjson").read_text().splitlines()) == 201
    assert not list(tmp_path.glob(".out*"))


def test_bi_224_killed_twenty_times_and_resumed_each_time(tmp_path: Path) -> None:
    chance = random.Random(224)  # noqa: S311 - moments, not secrets
    with live_world(tmp_path, ROWS, delay=0.002):
        for _ in range(20):
            with started(tmp_path, "--resume") as process:
                try:
                    process.wait(timeout=chance.uniform(0.2, 1.6))
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    process.wait()
        env = {**HEADERS, "CREDCHECK_CACHE": str(tmp_path / "cache")}
        if not (tmp_path / "out.ndjson").exists():
            assert credcheck(*args(tmp_path, "--resume"), env=env).status == 0
        resumed = (tmp_path / "out.ndjson").read_bytes()
        undisturbed = credcheck(*args(tmp_path, "--force"), env=env)
    assert undisturbed.status == 0
    assert resumed == (tmp_path / "out.ndjson").read_bytes()
    assert len(resumed.splitlines()) == ROWS + 1


def stopped(folder: Path) -> None:
    """Leave an unfinished run behind."""
    with live_world(folder, 400, delay=0.05), started(folder) as process:
        wait_for(folder, 20)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


def test_bi_225_resuming_with_an_edited_roster(tmp_path: Path) -> None:
    stopped(tmp_path)
    with (tmp_path / "roster.csv").open("a") as roster:
        roster.write("2999990015,GARCIA,ELENA,NC\n")
    ran = credcheck(*args(tmp_path, "--resume"))
    assert ran.status == 2
    assert "the roster (was" in ran.err


def test_resuming_names_whatever_else_differs(tmp_path: Path) -> None:
    stopped(tmp_path)
    with (tmp_path / "boards.csv").open("a") as boards:
        boards.write("\n")
    text = (
        (tmp_path / "credcheck.toml")
        .read_text()
        .replace('path = "leie.csv"', 'path = "leie.csv"\nmax_age = "40d"')
    )
    (tmp_path / "credcheck.toml").write_text(text)
    ran = credcheck(*args(tmp_path, "--resume", "--standard", "interventional-pain-abms"))
    assert ran.status == 2
    for what in ("the standard", "the file of source boards", "configuration of source exclusions"):
        assert what in ran.err


def test_a_resumed_run_keeps_its_day_unless_it_may_begin_anew(tmp_path: Path) -> None:
    """A scheduler says --resume --force: it must not report a day long past as today."""
    stopped(tmp_path)
    shutil.copytree(tmp_path, copy := tmp_path.parent / f"{tmp_path.name}-copy")
    config = ("--config", str(copy / "credcheck.toml"))
    words = ("batch", str(copy / "roster.csv"), "-o", str(copy / "out.ndjson"), *config, "--resume")
    scheduled = credcheck(*words, "--force")
    assert scheduled.status == 3  # nobody answers any more
    header = json.loads((copy / "out.ndjson").read_text().splitlines()[0])
    assert header["as_of"] != AS_OF.isoformat()
    assert header["rows"] == 400
    without_day = [
        word for word in args(tmp_path, "--resume") if word not in {"--as-of", AS_OF.isoformat()}
    ]
    ran = credcheck(*without_day)
    assert f"continuing the run as of {AS_OF}" in ran.err
    header = json.loads((tmp_path / "out.ndjson").read_text().splitlines()[0])
    assert header["as_of"] == AS_OF.isoformat()


def test_an_unfinished_run_is_not_thrown_away_by_mistake(tmp_path: Path) -> None:
    stopped(tmp_path)
    ran = credcheck(*args(tmp_path))
    assert ran.status == 2
    assert "use --resume to continue it, or --force to start over" in ran.err


def test_bi_226_a_journal_whose_end_is_torn(tmp_path: Path) -> None:
    """SQLite's write-ahead log stands for the torn line: what is half written is asked for again."""
    with live_world(tmp_path, 100, delay=0.01):
        env = {**HEADERS, "CREDCHECK_CACHE": str(tmp_path / "cache")}
        with started(tmp_path) as process:
            wait_for(tmp_path, 40)
            process.kill()
            process.wait()
        wal = tmp_path / ".out.ndjson.journal-wal"
        wal.write_bytes(wal.read_bytes()[:-1777])
        ran = credcheck(*args(tmp_path, "--resume"), env=env)
        assert ran.status == 0
        torn = (tmp_path / "out.ndjson").read_bytes()
        assert credcheck(*args(tmp_path, "--force"), env=env).status == 0
    assert torn == (tmp_path / "out.ndjson").read_bytes()


def test_a_journal_that_is_none(tmp_path: Path) -> None:
    world(tmp_path)
    shutil.copy(FILES / "good_roster.csv", tmp_path / "roster.csv")
    shutil.copy(FILES / "journal_torn.ndjson", tmp_path / ".out.ndjson.journal")
    ran = credcheck(*args(tmp_path, "--resume"))
    assert ran.status == 5
    assert "start over with --force" in ran.err


def test_a_journal_of_another_version_is_begun_anew_on_request(tmp_path: Path) -> None:
    """What a scheduler says every month: --resume --force."""
    world(tmp_path)
    shutil.copy(FILES / "good_roster.csv", tmp_path / "roster.csv")
    (tmp_path / ".out.ndjson.journal").write_bytes(b"of a version to come")
    assert credcheck(*args(tmp_path, "--resume", "--force")).status == 0
    assert (tmp_path / "out.ndjson").exists()


def test_bi_229_two_runs_on_one_journal(tmp_path: Path) -> None:
    with live_world(tmp_path, 200, delay=0.05), started(tmp_path) as process:
        wait_for(tmp_path, 20)
        second = credcheck(*args(tmp_path, "--resume"))
        assert second.status == 2
        assert f"locked by pid {process.pid}" in second.err
        process.kill()
        process.wait()
        assert credcheck(*args(tmp_path, "--resume")).status == 0


def test_bi_232_deadlines_do_not_hang_on_the_wall_clock() -> None:
    """No deadline reads the wall clock: only the start of a run does, and today's date."""
    import re

    import credcheck as package
    import credcheck_sources

    for folder in (Path(package.__file__).parent, Path(credcheck_sources.__file__).parent):
        for path in folder.rglob("*.py"):
            clocks = len(re.findall(r"\btime\.time\(", path.read_text("utf-8")))
            assert clocks == (path.parts[-2:] == ("_util", "__init__.py")), path


def audit(folder: Path, roster: Path, *more: str) -> Ran:
    return run(folder, "audit", roster, "--format", "json", *more)


def mixed(folder: Path) -> Path:
    """Return a roster of one who meets, one who does not, and one who cannot be told."""
    world(folder)
    boards = (folder / "boards.csv").read_text().splitlines(keepends=True)
    (folder / "boards.csv").write_text("".join(x for x in boards if "OKAFOR" not in x))
    roster = folder / "mixed.csv"
    roster.write_text(
        "npi,last_name,first_name\n2999990015,GARCIA,ELENA\n2999990023,OKAFOR,DANIEL\n"
        "2999990031,SOMEBODY,ELSE\n"
    )
    return roster


def test_bi_233_some_unverified_some_not_meeting(tmp_path: Path) -> None:
    roster = mixed(tmp_path)
    both = audit(tmp_path, roster)
    assert both.status == 3
    assert both.json["outcomes"] == {"does_not_meet": 1, "meets": 1, "unverified": 1}
    assert both.json["complete"] is False
    only = run(tmp_path, "audit", roster, "--fail-on", "does_not_meet", "--format", "table")
    assert only.status == 4
    assert "INCOMPLETE: 1 of 3 rows unverified" in only.out


def test_bi_234_nobody_answers(tmp_path: Path) -> None:
    world(tmp_path, nppes='base_url = "http://127.0.0.1:9/"\ntimeout = 1.0\nattempts = 1')
    shutil.copy(FILES / "good_roster.csv", tmp_path / "roster.csv")
    ran = audit(tmp_path, tmp_path / "roster.csv", "--junit", str(tmp_path / "j.xml"))
    assert ran.status == 3
    assert "a source did not answer for 3 of 3 rows" in ran.err.splitlines()[0] + ran.err
    from junitparser import JUnitXml

    report = JUnitXml.fromfile(str(tmp_path / "j.xml"))
    assert report.errors == 15
    assert report.skipped == 0
    first = credcheck(*args(tmp_path)).err.splitlines()[0]
    assert first.startswith("credcheck: INCOMPLETE: a source did not answer for 3 of 3 rows")
    assert (
        json.loads((tmp_path / "out.ndjson").read_text().splitlines()[1])["outcome"] == "unverified"
    )


def test_a_registry_that_comes_back_is_asked_again(tmp_path: Path) -> None:
    from tests.badinputs.world import GOOD_REGISTRY, PEOPLE

    del GOOD_REGISTRY
    with serving(by_number(PEOPLE)) as running:
        nppes = f'base_url = "{running.base_url}"\ntimeout = 1.0\nattempts = 1'
        world(tmp_path, nppes=nppes)
        shutil.copy(FILES / "good_roster.csv", tmp_path / "roster.csv")
        running.down = True
        assert credcheck(*args(tmp_path)).status == 3
        assert (tmp_path / ".out.ndjson.journal").exists()
        running.down = False
        again = credcheck(*args(tmp_path, "--resume"))
    assert again.status == 0
    lines: list[dict[str, Any]] = [
        json.loads(line) for line in (tmp_path / "out.ndjson").read_text().splitlines()
    ]
    assert [line["outcome"] for line in lines[1:]] == ["meets"] * 3
