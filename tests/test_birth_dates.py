"""Birth dates that the user gives: compared with the exclusions, and found nowhere afterwards."""

import datetime as dt
import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from credcheck.cli import run_roster as runner
from credcheck.cli.options import Request
from credcheck.cli.run_roster import RosterJob, run_roster
from credcheck.model import Query
from credcheck.model.birth_date import parse_birth_date
from credcheck.model.npi import parse
from credcheck.runs.birth_dates import DatedKeys
from credcheck.runs.engine import plan
from credcheck.runs.journal import Journal, query_key
from credcheck.runs.roster import open_roster
from credcheck.tables import ReadOptions, TableOptions
from tests.support.cli import credcheck

DEMO = Path(__file__).parent.parent / "fixtures" / "demo"
ALMA = "2000001075"
EXCLUDED_BORN = "19690507"
EXCLUDED = (
    f"ABERNATHY,ALMA,,,,,,0000000000,{EXCLUDED_BORN},1 EXAMPLE ST,COLUMBUS,OH,43004,1128a1,"
    "20190320,00000000,00000000,\n"
)
AS_OF = "2026-11-01"
OTHER, SAME, TURNED, ONE_OFF, UNREADABLE = (
    "1981-02-23",
    "1969-05-07",
    "1969-07-05",
    "1969-05-01",
    "Feb 23rd",
)
CASES = [
    (OTHER, "meets"),
    (SAME, "unverified"),
    (TURNED, "unverified"),
    (ONE_OFF, "unverified"),
    ("", "unverified"),
    ("1900-01-01", "unverified"),
    ("2020-02-02", "unverified"),
    (UNREADABLE, "unverified"),
]
WRITINGS = ("1981-02-23", "19810223", "02/23/1981", "2/23/1981", "1969-05-07", "19690507")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return the demo's world, with an excluded namesake of its first physician."""
    folder = tmp_path / "world"
    shutil.copytree(DEMO, folder)
    with (folder / "leie.csv").open("a", encoding="utf-8") as file:
        file.write(EXCLUDED)
    return folder / "credcheck.toml"


def verify(config: Path, *more: str) -> Any:
    words = ("verify", ALMA, "--config", str(config), "--as-of", AS_OF, "--format", "json")
    return credcheck(*words, *more)


def write_roster(folder: Path, header: str = "Birth Date") -> Path:
    path = folder / "roster.csv"
    rows = [f"{ALMA},{born}" for born, _ in CASES] + [f"{ALMA},{OTHER}"]
    path.write_text("\n".join([f"NPI,{header}", *rows]) + "\n", encoding="utf-8")
    return path


def assert_absent(folder: Path, *texts: str) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in {"roster.csv", "leie.csv"}:
            content = path.read_bytes()
            assert not any(text.encode() in content for text in (*WRITINGS, *texts)), path


class TestOnePhysician:
    @pytest.mark.slow
    def test_another_date_clears_a_namesakes_row_with_a_remark(self, config: Path) -> None:
        assert verify(config).json["outcome"] == "unverified"
        ran = verify(config, "--birth-date", OTHER)
        assert (ran.status, ran.json["outcome"]) == (0, "meets")
        (match,) = [item["match"] for item in ran.json["evidence"] if item["kind"] == "exclusion"]
        assert match["reasons"] == ["birth_date_differs"]
        assert not any(text in ran.out + ran.err for text in WRITINGS)

    @pytest.mark.parametrize("born", [SAME, TURNED, ONE_OFF])
    @pytest.mark.slow(every_case=True)
    def test_the_same_date_or_one_slip_is_a_doubt(self, config: Path, born: str) -> None:
        ran = verify(config, "--birth-date", born, "-vv")
        assert (ran.status, ran.json["outcome"]) == (3, "unverified")
        assert born not in ran.out + ran.err
        assert EXCLUDED_BORN not in ran.out + ran.err

    @pytest.mark.parametrize("typed", ["02/23/1981", "1900-01-01", "2020-01-01", "1981-02-30", ""])
    @pytest.mark.slow(every_case=True)
    def test_what_is_no_such_day_is_wrong_usage_and_not_repeated(
        self, config: Path, typed: str
    ) -> None:
        ran = verify(config, "--birth-date", typed)
        assert ran.status == 2
        assert not typed or typed not in ran.out + ran.err


class TestARoster:
    @pytest.mark.parametrize("header", ["Birth Date", "DOB", "date_of_birth"])
    @pytest.mark.slow(every_case=True)
    def test_rows_that_differ_in_it_alone_have_each_their_verdict(
        self, tmp_path: Path, config: Path, header: str
    ) -> None:
        out = tmp_path / "out.ndjson"
        words = ("batch", str(write_roster(tmp_path, header)), "-o", str(out), "--as-of", AS_OF)
        ran = credcheck(
            *words, "--config", str(config), "-vv", env={"CREDCHECK_LOG": str(tmp_path / "log")}
        )
        assert ran.status == 0, ran.err
        found = [json.loads(line)["outcome"] for line in out.read_bytes().splitlines()[1:]]
        assert found == [*(outcome for _, outcome in CASES), "meets"]
        assert not any(text in ran.out + ran.err for text in (*WRITINGS, UNREADABLE))
        assert_absent(tmp_path, UNREADABLE)
        assert credcheck("replay", str(out)).status == 0
        for form in ("csv", "json", "html", "fhir", "table", "parquet"):
            report = tmp_path / f"report.{form}"
            words = ("report", str(out), "-o", str(report), "--format", form)
            assert credcheck(*words).status == 0
        assert_absent(tmp_path, UNREADABLE)

    def test_a_run_that_is_gone_on_with_reads_them_again(
        self, tmp_path: Path, config: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CREDCHECK_CACHE", str(tmp_path / "cache"))
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

        def stop(*_: object) -> list[Any]:
            raise KeyboardInterrupt

        job = RosterJob(
            roster=str(write_roster(tmp_path)),
            table=TableOptions(),
            request=Request(config=config, as_of=AS_OF),
            journal=tmp_path / "journal",
            resume=True,
            force=False,
            quiet=True,
        )
        with monkeypatch.context() as stopped:
            stopped.setattr(runner, "judge", stop)
            with pytest.raises(KeyboardInterrupt), run_roster(job):
                pass
        assert (tmp_path / "journal").exists()
        assert_absent(tmp_path, UNREADABLE)
        with run_roster(job) as run:
            assert [str(v.outcome) for v in run.results][:2] == ["meets", "unverified"]
        assert_absent(tmp_path, UNREADABLE)


def test_the_journal_holds_a_number_in_the_place_of_each_date(tmp_path: Path) -> None:
    roster = open_roster(write_roster(tmp_path), ReadOptions(), {})
    with closing(Journal.create(tmp_path / "journal")) as journal:
        assert plan(roster, journal) == len(CASES) + 1
        keys = [key for (key,) in journal._db.select("SELECT key FROM plan ORDER BY row")]
    assert len(set(keys)) == 6  # four dates, one to come, and none
    assert keys[0] == keys[-1]
    assert roster.others == {}


def test_keys_tell_different_dates_of_one_question_apart_and_nothing_of_them() -> None:
    alma, boris = Query(npi=parse(ALMA)), Query(npi=parse("2100000019"))
    days = [dt.date(1970, 1, day) for day in range(1, 29)]
    asked = [(row, query) for row in range(60) for query in (alma, boris)]
    dates = {row: days[row % 28] for row in range(56)}
    keys, later = (
        DatedKeys(dates),
        DatedKeys({row: day.replace(1980) for row, day in dates.items()}),
    )
    found = [keys(replace(query, row=row)) for row, query in asked]
    assert len(set(found)) == 2 * 28 + 2
    assert found == [later(replace(query, row=row)) for row, query in asked]
    assert found[-1] == query_key(boris)


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("1969-05-07", dt.date(1969, 5, 7)),
        ("05/07/1969", dt.date(1969, 5, 7)),
        ("19690507", dt.date(1969, 5, 7)),
        ("19690507.0", dt.date(1969, 5, 7)),
        ("1969-05-07 00:00:00", dt.date(1969, 5, 7)),
        *((text, None) for text in ("", "00000000", "1969", "1969-05", "19000101", "1910-01-01")),
        *((text, None) for text in ("31/12/1969", "1969-02-30", "9999-12-31", "25330")),
    ],
)
def test_only_a_whole_and_likely_day_is_a_birth_date(text: str, born: dt.date | None) -> None:
    assert parse_birth_date(text) == born
