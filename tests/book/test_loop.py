"""The loop: a physician who is unverified, the work list, letters, answers with proof, a decision.

And what ends it again: the time that a verification counts, and a row that is not the row any more.
"""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Ran, credcheck
from tests.support.sheets import fill_in, read_sheet
from tests.support.world import copy_demo

pytestmark = pytest.mark.slow

NPI = "2000001075"
VERIFIED = dt.date(2026, 7, 15)
DAY = "2026-11-01"  # 109 days later
NAMESAKE = 'ABERNATHY,ALMA,,,"PHYSICIAN (MD, DO)",,,0000000000,,9 OTHER ST,DAYTON,OH,45402,1128a1,'


def make_world(tmp_path: Path) -> Path:
    """Nobody lists her training or her certificate, and the LEIE has a namesake in her state."""
    world = copy_demo(tmp_path)
    for name in ("boards.csv", "fellowships.csv"):
        text = (world / name).read_text("utf-8")
        kept = [x for x in text.splitlines(keepends=True) if not x.startswith(NPI)]
        (world / name).write_text("".join(kept), "utf-8")
    with (world / "leie.csv").open("a", encoding="utf-8") as file:
        file.write(f"{NAMESAKE}20190320,00000000,00000000,\n")
    config = (world / "credcheck.toml").read_text("utf-8")
    boards = '[sources.boards]\nadapter = "board-certificates"\npath = "boards.csv"\n'
    boards += 'authority = "primary"\ncoverage = '
    config = config.replace(f'{boards}"complete"', f'{boards}"partial"')
    (world / "credcheck.toml").write_text(f'{config}\n[sources.book]\nadapter = "book"\n', "utf-8")
    (world / "people.csv").unlink()
    (world / "roster.csv").write_text(f"npi,last_credentialed\n{NPI},2023-12-01\n", "utf-8")
    return world


class Office:
    """Somebody at work in a folder."""

    def __init__(self, world: Path) -> None:
        self.world = world

    def run(self, *args: str, status: int = 0) -> Ran:
        ran = credcheck(*args, cwd=self.world, env={"CREDCHECK_STATE": str(self.world / "state")})
        assert ran.status == status, (args, ran.out, ran.err)
        return ran

    def verify(self, outcome: str, day: str = DAY) -> dict[str, Any]:
        status = {"meets": 0, "does_not_meet": 4, "unverified": 3}[outcome]
        found = self.run("verify", NPI, "--as-of", day, status=status).json
        assert found["outcome"] == outcome
        return {each["requirement"]: each for each in found["findings"]}

    def judge(self, name: str, day: str = DAY) -> str:
        self.run("batch", "roster.csv", "-o", name, "--as-of", day, "--force", "-q")
        return name


PROOF: dict[str, Any] = {
    "verified_by": "J. Roe",
    "verified_on": VERIFIED,
    "asked": "issuer",
}
ANSWERS: dict[str, dict[str, Any]] = {
    "certificate": {
        **PROOF,
        "answer": "found",
        "organization": "American Board of Anesthesiology",
        "subject": "Pain Medicine",
        "status": "Certified",
        "from": dt.date(2016, 9, 10),
        "to": dt.date(2027, 12, 31),
        "term": "time_limited",
        "how": "telephone",
        "contact": "Ms. A. Registrar",
    },
    "fellowship": {
        **PROOF,
        "answer": "found",
        "number": "5303812001",
        "organization": "Columbus Pain Medicine Program",
        "subject": "Pain Medicine",
        "status": "Completed",
        "from": dt.date(2014, 7, 1),
        "to": dt.date(2015, 6, 30),
        "how": "letter",
        "document": "vgmet.pdf",
    },
    "disposition": {
        "verified_by": "J. Roe",
        "verified_on": VERIFIED,
        "answer": "is not this person",
        "how": "web",
        "document": "oig-print.pdf",
    },
}


def test_from_unverified_to_decided_and_what_ends_it(tmp_path: Path) -> None:
    office = Office(make_world(tmp_path))
    world = office.world
    office.run("book", "init", "--by", "J. Roe")

    found = office.verify("unverified")
    undecided = {name for name, each in found.items() if each["outcome"] == "unverified"}
    assert undecided == {"fellowship", "board_certification", "not_excluded"}

    # The work list: an item a row, whom to ask, until when.
    results = office.judge("november.ndjson")
    office.run("worklist", results, "-o", "work.xlsx", "--decide-by", "2026-11-10")
    rows = {row["kind"]: row for row in read_sheet(world / "work.xlsx")}
    assert set(rows) == {"certificate", "fellowship", "disposition"}
    assert rows["certificate"]["ask"] == "American Board of Anesthesiology"
    assert "OIG" in rows["disposition"]["ask"]
    assert {row["due"] for row in rows.values()} == {"2026-11-10"}

    # Letters: they ask, and tell nothing of what was found.
    office.run("letters", results, "-o", "letters", "--signer", "J. Roe", "--on", DAY)
    board = next((world / "letters").glob("*-board.txt")).read_text("utf-8")
    assert rows["certificate"]["letter"] in board
    for told in ("unverified", "exclu", "not found"):
        assert told not in board

    # Answers and a disposition, with documents.
    (world / "vgmet.pdf").write_bytes(b"%PDF-1.7 the program's form")
    (world / "oig-print.pdf").write_bytes(b"%PDF-1.7 the print of the search")
    fill_in(world / "work.xlsx", ANSWERS)
    taken = office.run("book", "import", "work.xlsx").out
    assert taken.count("entry ") == 3
    again = office.run("book", "import", "work.xlsx")
    assert "entry " not in again.out
    assert "3 answers already in the book" in again.err

    met = office.verify("meets")
    said = met["board_certification"]["reasons"][0]["message"]
    assert "by J. Roe, telephone, 2026-07-15" in said
    codes = {reason["code"] for reason in met["not_excluded"]["reasons"]}
    assert codes == {"not_excluded", "row_settled"}

    # Decided; the next decision is due after 36 months.
    ran = office.run(
        *("book", "decide", NPI, "--decision", "approve", "--by", "Committee", "--on", "2026-11-02")
    )
    assert "next due 2029-11-02" in ran.out
    office.run("book", "check")

    # 122 days after it was verified, the certificate has to be verified again; training has not.
    found = office.verify("unverified", "2026-11-14")
    undecided = {name for name, each in found.items() if each["outcome"] == "unverified"}
    assert undecided == {"board_certification"}
    refused = office.run(
        *(
            "book",
            "decide",
            NPI,
            "--decision",
            "approve",
            "--by",
            "Committee",
            "--on",
            "2026-11-14",
        ),
        status=3,
    )
    assert "board_certification" in refused.err

    # The row of the LEIE has changed: whose it is, is open again.
    text = (world / "leie.csv").read_text("utf-8")
    (world / "leie.csv").write_text(text.replace("9 OTHER ST", "1 EXAMPLE ST"), "utf-8")
    found = office.verify("unverified")
    assert found["not_excluded"]["outcome"] == "unverified"
    assert found["board_certification"]["outcome"] == "met"


def test_what_was_written_into_a_list_is_in_the_next(tmp_path: Path) -> None:
    office = Office(make_world(tmp_path))
    office.run("book", "init", "--by", "J. Roe")
    results = office.judge("november.ndjson")
    office.run("worklist", results, "-o", "work.xlsx")
    notes = {"assigned_to": "M. Second", "note": "called twice"}
    unfinished: dict[str, dict[str, Any]] = {"fellowship": {**notes, "status": "Completed"}}
    fill_in(
        office.world / "work.xlsx", {"certificate": ANSWERS["certificate"] | notes} | unfinished
    )
    office.run("book", "import", "work.xlsx")
    office.run("worklist", results, "-o", "work.xlsx", "--keep", "work.xlsx")  # not judged again
    rows = {row["kind"]: row for row in read_sheet(office.world / "work.xlsx")}
    assert rows["certificate"]["assigned_to"] == "M. Second"
    assert rows["certificate"]["note"] == "called twice"
    assert rows["certificate"]["answer"] == ""  # it is in the book
    assert rows["fellowship"]["status"] == "Completed"  # it is not

    results = office.judge("again.ndjson")
    office.run("worklist", results, "-o", "work.xlsx", "--keep", "work.xlsx")
    rows = {row["kind"]: row for row in read_sheet(office.world / "work.xlsx")}
    assert set(rows) == {"fellowship", "disposition"}
    closed = read_sheet(office.world / "work.xlsx", "No longer open")
    assert [(row["kind"], row["note"]) for row in closed] == [("certificate", "called twice")]


def test_a_decision_keeps_the_verdict_of_its_day(tmp_path: Path) -> None:
    office = Office(make_world(tmp_path))
    office.run("book", "init", "--by", "J. Roe")
    decide = ("book", "decide", NPI, "--decision", "approve", "--by", "Committee", "--on", DAY)
    refused = office.run(*decide, status=3)
    assert "nothing was recorded" in refused.err
    assert len(office.run("book", "list").out.splitlines()) == 1
    done = office.run(*decide, "--override", "telephone confirmation is under way").out
    assert "despite open points: telephone confirmation" in done
    entry = office.run("book", "show", "2").json["entry"]["body"]
    kept = (office.world / "book" / "documents" / f"{entry['verdict']['sha256']}.json").read_text()
    assert json.loads(kept)["outcome"] == "unverified"
    assert {each["requirement"] for each in entry["open"]} == {
        *("fellowship", "board_certification", "not_excluded")
    }
