"""``credcheck search`` without a name: a roster of a place, in the order of names."""

import csv
import json
from pathlib import Path

import pytest

from tests.support.cli import credcheck

pytestmark = pytest.mark.slow

OHIO = ("search", "--demo", "--state", "OH")


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_a_roster_is_written_in_the_order_of_names_and_batch_reads_it(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    ran = credcheck(*OHIO, "--city", "Columbus", "-o", str(roster))
    assert ran.status == 0
    assert "no one has been checked yet" in ran.err
    names = [(each["last_name"], each["first_name"]) for each in rows(roster)]
    assert len(names) > 5
    assert names == sorted(names)
    done = credcheck("batch", str(roster), "--demo", "-o", str(tmp_path / "results.ndjson"))
    assert done.status == 0
    lines = (tmp_path / "results.ndjson").read_text(encoding="utf-8").splitlines()[1:]
    assert [json.loads(x)["query"]["npi"] for x in lines] == [each["npi"] for each in rows(roster)]
    outcomes = [json.loads(x)["outcome"] for x in lines]
    assert outcomes != sorted(outcomes)  # who meets does not come first


def test_a_specialty_narrows_by_its_taxonomies(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    for words in ("pain_medicine", "pain medicine", "Pain Management"):
        credcheck(*OHIO, "--specialty", words, "-o", str(roster), "--force")
        found = rows(roster)
        assert found
        assert all("Pain Medicine" in each["registered_taxonomies"] for each in found)


def test_without_an_output_they_are_listed_and_the_rest_is_counted() -> None:
    ran = credcheck(*OHIO, "--limit", "3", "--format", "json")
    assert len(ran.json["candidates"]) == 3
    assert "the first 3 by name; write all of them with -o roster.csv" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("search", "--demo"), "--state"),
        (("search", "--demo", "--state", "XX"), "two-letter state code"),
        (("search", "--demo", "--city", "Columbus"), "--state"),
        ((*OHIO, "--city", " "), "is not the name of a city"),
        ((*OHIO, "--zip", "4321"), "give five digits, such as 43215, or the first three"),
        (("search", "Doe, Jane", "--demo", "--zip", "43215"), "only in a search without a name"),
        ((*OHIO, "--specialty", "astrology"), "unknown specialty"),
        ((*OHIO, "--specialty", "pain_medicin"), "did you mean 'pain_medicine'?"),
        ((*OHIO, "-o", "roster.xlsx"), "a roster is written as CSV"),
        (("search", "Doe, Jane", "--demo", "-o", "r.csv"), "without a name"),
    ],
)
def test_what_cannot_be_asked_exits_2(words: tuple[str, ...], said: str) -> None:
    ran = credcheck(*words)
    assert ran.status == 2
    assert said in ran.err


def test_nobody_there_exits_3_and_writes_nothing(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    ran = credcheck("search", "--demo", "--state", "VT", "-o", str(roster))
    assert ran.status == 3
    assert not roster.exists()


def test_a_roster_that_is_there_is_not_replaced(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("mine", encoding="utf-8")
    assert credcheck(*OHIO, "-o", str(roster)).status == 2
    assert roster.read_text(encoding="utf-8") == "mine"
    assert credcheck(*OHIO, "-o", str(roster), "--force").status == 0


def test_the_live_registry_is_not_asked_for_a_place(tmp_path: Path) -> None:
    config = tmp_path / "credcheck.toml"
    config.write_text('[sources.nppes]\nadapter = "nppes-api"\n', encoding="utf-8")
    ran = credcheck("search", "--state", "OH", "--config", str(config))
    assert ran.status == 3
    assert "credcheck sources import nppes" in ran.err
