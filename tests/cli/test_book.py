"""The commands of the book: what is refused, what is told, and that nothing is written then."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.cli import Ran, credcheck
from tests.support.world import copy_demo

pytestmark = pytest.mark.slow

MEETS, EXPIRED, NO_FELLOWSHIP = "2000001075", "2100000142", "2100000266"
TRAINED = (
    *("book", "add", NO_FELLOWSHIP, "--fellowship", "Pain Medicine", "--number", "5303812001"),
    *("--organization", "Columbus Pain Medicine Program", "--status", "Completed"),
    *("--from", "2014-07-01", "--to", "2015-06-30", "--asked", "issuer"),
    *("--by", "J. Roe", "--on", "2026-10-20"),
)


@pytest.fixture
def world(tmp_path: Path) -> Path:
    folder = copy_demo(tmp_path)
    run(folder, "sources", "add", "book", "--adapter", "book")
    run(folder, "book", "init", "--by", "J. Roe")
    (folder / "scan.pdf").write_bytes(b"%PDF scan")
    return folder


def run(folder: Path, *args: str) -> Ran:
    return credcheck(*args, cwd=folder, env={"CREDCHECK_STATE": str(folder / "state")})


def verify(folder: Path, npi: str = NO_FELLOWSHIP, *more: str) -> str:
    return str(run(folder, "verify", npi, "--as-of", "2026-11-01", *more).json["outcome"])


def test_an_entry_counts_by_its_proof_alone(world: Path) -> None:
    assert verify(world) == "unverified"
    told = run(world, *TRAINED, "--how", "letter").err
    assert "does not count: it has neither a document nor a named contact" in told
    assert verify(world) == "unverified"
    assert run(world, *TRAINED, "--how", "letter", "--document", "scan.pdf").status == 0
    assert verify(world) == "meets"
    assert verify(world, NO_FELLOWSHIP, "--without", "book") == "unverified"


def test_a_correction_a_withdrawal_and_a_redaction(world: Path) -> None:
    run(world, *TRAINED, "--how", "letter", "--document", "scan.pdf")
    left = [word if word != "Completed" else "Withdrawn" for word in TRAINED]
    corrected = run(world, *left, "--how", "telephone", "--contact", "Ms. A", "--corrects", "2")
    assert corrected.status == 0
    assert verify(world) == "does_not_meet"
    assert "[replaced by 3]" in run(world, "book", "list").out
    run(world, "book", "withdraw", "3", "--by", "J. Roe", "--reason", "the wrong person")
    assert verify(world) == "unverified"

    shown = run(world, "book", "show", "2").json
    (file,) = shown["documents"]
    redact = ("book", "redact", file[:12], "--by", "J. Roe", "--reason", "another patient")
    assert run(world, *redact).status == 0
    assert not list((world / "book" / "documents").glob(f"{file[:12]}*"))
    assert run(world, "book", "check").status == 0
    again = run(world, *TRAINED, "--how", "web", "--document", "scan.pdf")
    assert "was removed from the book earlier" in again.err
    assert again.status == 5


def test_check_tells_of_a_document_that_was_changed(world: Path) -> None:
    run(world, *TRAINED, "--how", "letter", "--document", "scan.pdf")
    head = run(world, "book", "check").out.split("head ")[1].strip()
    assert run(world, "book", "check", "--head", head).status == 0
    assert run(world, "book", "check", "--head", head[:-1] + "x").status == 5
    (document,) = (world / "book" / "documents").iterdir()
    document.write_bytes(b"another")
    checked = run(world, "book", "check")
    assert checked.status == 5
    assert "is changed" in checked.err
    assert verify(world) == "unverified"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--certificate", "x", "--fellowship", "y"), "name what it is about"),
        ((), "name what it is about"),
        (("--row", "ab"), "--row needs"),
        (("--certificate", "x"), "--organization is missing"),
        (("--permit", "x", "--organization", "y", "--status", "z", "--how", "owl"), "--how 'owl'"),
        (("--permit", "x", "--is-person"), "--row needs"),
    ],
)
def test_what_cannot_be_said_is_wrong_usage(world: Path, words: tuple[str, ...], told: str) -> None:
    ran = run(world, "book", "add", MEETS, *words, "--by", "J. Roe", "--on", "2026-10-20")
    assert ran.status == 2
    assert told in ran.err
    assert len(run(world, "book", "list").out.splitlines()) == 1


@pytest.mark.parametrize(
    ("npi", "decision", "day", "status"),
    [
        (MEETS, "approve", "2026-11-01", 0),
        (EXPIRED, "approve", "2026-11-01", 4),
        (NO_FELLOWSHIP, "approve", "2026-11-01", 3),
        (EXPIRED, "deny", "2026-11-01", 0),
        (NO_FELLOWSHIP, "defer", "2026-11-01", 0),
        (MEETS, "approve", "9999-12-31", 2),
        (MEETS, "approve", "2026-11", 2),
        ("2000001076", "deny", "2026-11-01", 2),
    ],
)
def test_decide(world: Path, npi: str, decision: str, day: str, status: int) -> None:
    ran = run(
        world, "book", "decide", npi, "--decision", decision, "--by", "Committee", "--on", day
    )
    assert ran.status == status
    assert len(run(world, "book", "list").out.splitlines()) == 1 + (status == 0)


def test_a_shorter_window_refuses_what_was_verified_before_it(world: Path) -> None:
    """The board's rows were verified on 2026-10-20: 22 days before the decision."""
    decide = ("book", "decide", MEETS, "--decision", "approve", "--by", "C", "--on", "2026-11-11")
    refused = run(world, *decide, "--window", "21d")
    assert refused.status == 3
    assert "22 days before the decision" in refused.err
    assert run(world, *decide, "--window", "32d").status == 0


def test_a_second_person_stands_by_an_entry(world: Path) -> None:
    (world / "ours.toml").write_text(
        'schema_version = 1\nid = "ours"\nversion = "1"\nname = "Ours"\n'
        'extends = "interventional-pain"\n'
        "[requirements.fellowship]\nsecond_person = true\n",
        "utf-8",
    )
    run(world, *TRAINED, "--how", "letter", "--document", "scan.pdf")
    strict = (NO_FELLOWSHIP, "--standard", "ours.toml")
    assert verify(world, *strict) == "unverified"
    assert run(world, "book", "confirm", "2", "--by", "j roe").status == 5
    assert run(world, "book", "confirm", "2", "--by", "M. Second").status == 0
    assert verify(world, *strict) == "meets"


def test_without_a_book_the_way_to_one_is_told(tmp_path: Path) -> None:
    ran = run(copy_demo(tmp_path), "book", "list")
    assert ran.status == 2
    assert "credcheck sources add book --adapter book" in ran.err


def test_an_entry_that_the_physician_signed_is_marked_where_the_book_knows_the_name(
    world: Path,
) -> None:
    mine = [*TRAINED, "--how", "letter", "--document", "scan.pdf"]
    mine[mine.index("--by") + 1] = "B. Birchwood"
    said = "does not count: the physician verified it"
    assert said not in run(world, *mine).err  # the book has no name of this physician yet
    assert said in run(world, *mine, "--name", "Birchwood, Basil", "--note", "again").err
    listed = run(world, "book", "list").out.splitlines()
    assert [said in line for line in listed] == [False, True, True]
    assert verify(world) == "unverified"


def test_a_report_shows_the_decisions_of_a_book_that_is_named(world: Path) -> None:
    (world / "one.csv").write_text("npi\n2000001075\n", encoding="utf-8")
    run(world, "batch", "one.csv", "-o", "one.ndjson", "--as-of", "2026-11-01")
    decided = ("--decision", "approve", "--by", "Committee", "--on", "2026-11-02")
    assert run(world, "book", "decide", "2000001075", *decided).status == 0
    assert run(world, "report", "one.ndjson", "-o", "one.xlsx", "--book", "book").status == 0
    people = load_workbook(world / "one.xlsx")["People"]
    header, row = ([cell.value for cell in cells] for cells in people.iter_rows(max_row=2))
    assert row[header.index("Decision")] == "Approve, 2026-11-02"
    for words, said in (
        (("--book", "book", "--format", "csv"), "csv does not show decisions"),
        (("--book", "nowhere", "--format", "xlsx"), "is not a book"),
    ):
        ran = run(world, "report", "one.ndjson", *words)
        assert (ran.status, said in ran.err) == (2, True)
