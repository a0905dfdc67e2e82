"""What is typed has a length: more of it is wrong usage, told in few words."""

from pathlib import Path

import pytest

from tests.support.cli import credcheck
from tests.support.registry import records, serving
from tests.support.world import record

pytestmark = pytest.mark.slow

LONG = "A" * 70_000


@pytest.mark.parametrize(
    "words",
    [
        ["verify", f"Jane {LONG}"],
        ["verify", "2" * 70_000],
        ["search", f"{LONG}, Jane"],
        ["verify", "Alma Abernathy", "--city", LONG],
        ["verify", "Alma Abernathy", "--specialty", LONG],
        ["verify", "Alma Abernathy", "--license", LONG],
        ["verify", "Alma Abernathy", "--state", LONG],
    ],
)
def test_a_query_that_is_too_long(words: list[str]) -> None:
    ran = credcheck(*words, "--demo")
    assert (ran.status, ran.out) == (2, "")
    assert len(ran.err) < 300


@pytest.mark.parametrize("name", ["Jane " + "Ab" * 80, "\u4e2d \u6587"])
def test_a_search_that_cannot_be_asked_found_nobody(tmp_path: Path, name: str) -> None:
    config = tmp_path / "credcheck.toml"
    with serving(records([record("2000001075", "ABERNATHY", "ALMA")])) as running:
        config.write_text(
            f'[sources.nppes]\nadapter = "nppes-api"\nbase_url = "{running.base_url}"\n'
        )
        ran = credcheck("search", name, "--config", str(config))
        assert not running.requests
    assert ran.status == 3
    assert ran.json["candidates"] == []
    assert "NPPES cannot be searched" in ran.err


def test_each_row_of_a_roster_stays_one_row(tmp_path: Path) -> None:
    many = " ".join(["Ann"] * 20_000)
    rows = [
        "2000001075,,,",
        f",{LONG} Jane,,",
        f',"{many}",,',
        f"{LONG},,,",
        f",Jane Doe,{LONG},",
        f",Jane Doe,OH,{LONG}",
        f"2000001075,Jane {LONG},OH,x",
    ]
    (tmp_path / "roster.csv").write_text("npi,name,state,city\n" + "\n".join(rows) + "\n")
    with serving(records([record("2000001075", "ABERNATHY", "ALMA")])) as running:
        (tmp_path / "credcheck.toml").write_text(
            f'[sources.nppes]\nadapter = "nppes-api"\nbase_url = "{running.base_url}"\n'
        )
        ran = credcheck("batch", "roster.csv", "-o", "out.ndjson", "-q", cwd=tmp_path)
    assert ran.status == 0, ran.err
    lines = (tmp_path / "out.ndjson").read_text(encoding="utf-8").splitlines()[1:]
    assert len(lines) == len(rows)
    assert not [line for line in lines if '"outcome":"meets"' in line]
