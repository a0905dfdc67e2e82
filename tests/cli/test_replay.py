"""Replay as its users run it: what stands in a file is vouched for, or the difference is named."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Ran, credcheck

pytestmark = pytest.mark.slow

MEETS, EXPIRED, AMBIGUOUS = "2000001075", "2100000142", "2100000381"
Edit = Callable[[list[Any]], object]

OWN = """
schema_version = 1
id = "ours"
version = "1"
name = "Ours"
extends = "interventional-pain"
[requirements.fellowship]
level = "advisory"
"""


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    (tmp_path / "r.csv").write_text(f"id,npi\nA,{MEETS}\nB,{EXPIRED}\nC,{AMBIGUOUS}\n")
    ran = credcheck("batch", "r.csv", "--demo", "-o", "o.ndjson", cwd=tmp_path)
    assert ran.status == 0
    return tmp_path / "o.ndjson"


def edit(path: Path, change: Edit) -> Ran:
    """Edit a file as somebody would who knows JSON, and replay it."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    change(lines)
    dumped = [json.dumps(x, separators=(",", ":"), ensure_ascii=False) + "\n" for x in lines]
    path.write_text("".join(dumped), encoding="utf-8")
    return credcheck("replay", path.name, cwd=path.parent)


EDITS: dict[str, tuple[Edit, str]] = {
    "nothing": (lambda x: None, ""),
    "the day of the header": (
        lambda x: x[0].update(as_of="2025-06-01"),
        "line 2 (row 1): as_of: 2026-11-01 in the line, 2025-06-01 in the header",
    ),
    "how many rows there are": (
        lambda x: x[0].update(rows=9),
        "line 1 (header): rows: 9 in the file, 3 when checked again",
    ),
    "that rows are counted": (
        lambda x: x[0].update(rows=None),
        "line 1 (header): rows: None in the file, 3 when checked again",
    ),
    "how many meet": (
        lambda x: x[0]["outcomes"].update(meets=3),
        "line 1 (header): outcomes.meets: 3 in the file, 1 when checked again",
    ),
    "the standard's digest in the header": (
        lambda x: x[0]["standard"].update(sha256="0" * 64),
        "line 1 (header): standard.sha256: 0000",
    ),
    "the standard in the header, to another": (
        lambda x: x[0]["standard"].update(id="interventional-pain-abms"),
        "line 1 (header): standard.sha256",
    ),
    "the standard in the header, to none": (
        lambda x: x[0]["standard"].update(id="no-such-standard"),
        "line 1 (header): standard.id: no-such-standard in the file, interventional-pain",
    ),
    "that it was a projection": (
        lambda x: x[0].update(projected=True),
        "line 1 (header): seal: it does not match",
    ),
    "the version": (
        lambda x: x[0].update(version="9.9.9"),
        "line 1 (header): seal: it does not match",
    ),
    "the seal": (
        lambda x: x[0].update(seal="0" * 64),
        "line 1 (header): seal: it does not match",
    ),
    "the number that was asked for": (
        lambda x: x[1]["query"].update(npi=EXPIRED),
        f"line 2 (row 1): evidence[1].record.npi: {MEETS}, but the verdict is about {EXPIRED}",
    ),
    "the user's own key": (
        lambda x: x[1]["query"].update(id="B"),
        "line 1 (header): seal: it does not match",
    ),
    "a row": (
        lambda x: x[3]["query"].update(row=7),
        "line 4 (row 7): query.row: 7 in the file, but this is verdict 3",
    ),
    "a verdict taken out": (
        lambda x: x.pop(2),
        "line 1 (header): rows: 3 in the file, 2 when checked again",
    ),
    "a verdict twice": (
        lambda x: x.append(x[2]),
        "line 5 (row 2): query.row: 2 in the file, but this is verdict 4",
    ),
    "a record that decides nothing": (
        lambda x: x[1]["evidence"][2]["record"].update(issued="2001-01-01"),
        "line 1 (header): seal: it does not match",
    ),
}


@pytest.mark.parametrize("what", EDITS)
def test_what_is_edited_is_named(saved: Path, what: str) -> None:
    change, said = EDITS[what]
    ran = edit(saved, change)
    assert ran.status == (4 if said else 0), ran.err
    assert said in ran.err
    assert ("judged again: identical" in ran.err) is not bool(said)


@pytest.mark.parametrize(
    ("before", "after", "status", "said"),
    [
        ('"schema":"credcheck.run/1"', '"schema":"credcheck.run/2"', 5, "not a run header"),
        ('"outcome":"meets"', '"outcome":"maybe"', 5, "line 2 is not a verdict"),
        ("\n", "\n\n", 5, "line 2 is not a verdict"),
        ('"issued":"2016-09-10"', '"issued":5', 5, "line 2 is not a verdict"),
        ('"id":"interventional-pain"', '"id":"ours"', 2, "use --standard"),
    ],
)
def test_what_cannot_be_read_is_refused(
    saved: Path, before: str, after: str, status: int, said: str
) -> None:
    text = saved.read_text("utf-8")
    assert before in text
    saved.write_text(text.replace(before, after), encoding="utf-8")
    ran = credcheck("replay", str(saved))
    assert ran.status == status
    assert said in ran.err


def test_a_file_that_is_cut_off_is_refused(saved: Path) -> None:
    saved.write_bytes(saved.read_bytes()[:-9])
    ran = credcheck("replay", str(saved))
    assert ran.status == 5
    assert "line 4 is cut off" in ran.err


def test_one_verdict_as_ndjson_is_vouched_for_too(tmp_path: Path) -> None:
    one = credcheck("verify", MEETS, "--demo", "--format", "ndjson")
    path = tmp_path / "one.ndjson"
    path.write_text(one.out, encoding="utf-8")
    assert credcheck("replay", str(path)).status == 0
    assert edit(path, lambda x: x[1]["evidence"][1]["provenance"].update(row=9)).status == 4


def test_a_name_that_was_asked_for_is_vouched_for(tmp_path: Path) -> None:
    one = credcheck("verify", "Alma Abernathy", "--state", "OH", "--demo", "--format", "ndjson")
    path = tmp_path / "one.ndjson"
    path.write_text(one.out, encoding="utf-8")
    assert credcheck("replay", str(path)).status == 0
    for name, value in (("state", "TX"), ("city", "Akron"), ("license_number", "1")):
        path.write_text(one.out, encoding="utf-8")
        ran = edit(path, lambda x: x[1]["query"].update({name: value}))  # noqa: B023 - run at once
        assert ran.status == 4
        assert "resolution.decision: match in the file, no_match when checked again" in ran.err


def test_what_is_written_again_is_vouched_for(saved: Path) -> None:
    whole = saved.read_bytes()
    edit(saved, lambda x: (x[1].update(outcome="does_not_meet"), x[0].update(rows=4)))
    ran = credcheck("replay", saved.name, "-o", "again.ndjson", cwd=saved.parent)
    assert ran.status == 4
    assert (saved.parent / "again.ndjson").read_bytes() == whole
    assert credcheck("replay", str(saved.parent / "again.ndjson")).status == 0


def test_ones_own_standard_is_said(saved: Path) -> None:
    (saved.parent / "ours.toml").write_text(OWN)
    made = ("batch", "r.csv", "--demo", "-o", "own.ndjson", "--standard", "ours.toml")
    assert credcheck(*made, cwd=saved.parent).status == 0
    assert credcheck("replay", "own.ndjson", cwd=saved.parent).status == 2
    said = ("--standard", "ours.toml")
    assert credcheck("replay", "own.ndjson", *said, cwd=saved.parent).status == 0
    assert credcheck("replay", "o.ndjson", *said, cwd=saved.parent).status == 4


def test_a_file_that_was_rewritten_with_its_seal_is_told_by_the_log(saved: Path) -> None:
    """What the certificate says and what follows from it, all written anew, and sealed."""
    from tests.support.saved import dump, reseal

    head = credcheck("log", "verify").out.split("head ")[1].strip()
    checked = ("log", "verify", "--head", head, "--results", str(saved))
    ran = credcheck(*checked)
    assert ran.status == 0
    assert "written by entry" in ran.out
    lines = [json.loads(line) for line in saved.read_text("utf-8").splitlines()]
    lines[1]["evidence"][2]["record"]["issued"] = "2001-01-01"
    verdicts = [dump(line) for line in lines[1:]]
    saved.write_bytes(b"".join([reseal(lines[0], verdicts), *verdicts]))
    assert credcheck("replay", str(saved)).status == 0
    ran = credcheck(*checked)
    assert ran.status == 5
    assert "no run in this log wrote" in ran.err
