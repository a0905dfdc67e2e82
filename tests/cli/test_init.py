"""``credcheck init``: from a folder of spreadsheets to right verdicts."""

import csv
import os
import pty
import select
import shutil
import signal
import subprocess
import time
import tomllib
from pathlib import Path

import pytest

from tests.support.cli import command, credcheck

pytestmark = pytest.mark.slow

FIXTURES = Path(__file__).parents[2] / "fixtures"
RIGHT = {
    "2000001075": "meets",
    "2100000019": "meets",
    "2100000027": "meets",
    "2100000035": "meets",
    "2100000050": "meets",  # the certificate runs out on the very day
    "2100000068": "meets",
    "2100000076": "meets",
    "2100000142": "does_not_meet",
    "2100000159": "does_not_meet",
    "2100000167": "does_not_meet",
    "2100000175": "does_not_meet",
    "2100000233": "does_not_meet",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A hospital's folder. The files are of the day that the demo's verdicts are of."""
    path = tmp_path / "hospital"
    shutil.copytree(FIXTURES / "hospital", path)
    for file in path.iterdir():
        os.utime(file, (1_793_500_000, 1_793_500_000))  # 2026-11-01
    return path


def answer_offline(folder: Path) -> None:
    """Let the registry answer from the demo's record, and say that the little LEIE is whole."""
    file = folder / "credcheck.toml"
    answers = FIXTURES / "demo" / "nppes.json"
    recorded = f'adapter = "nppes-api"\nrecorded = "{answers}"\nas_of = 2026-11-01'
    text = file.read_text().replace('adapter = "nppes-api"', recorded)
    file.write_text(
        text.replace('adapter = "oig-leie"', 'adapter = "oig-leie"\ncoverage = "complete"')
    )


def test_a_hospitals_folder_is_read_and_all_twelve_verdicts_are_right(folder: Path) -> None:
    made = credcheck("init", "--yes", cwd=folder)
    assert made.status == 0, made.out + made.err
    assert "next: credcheck batch 'Medical Staff Nov 2026.xlsx' -o results.xlsx" in made.err
    answer_offline(folder)
    ran = credcheck(
        *("batch", "Medical Staff Nov 2026.xlsx", "-o", "r.csv", "--as-of", "2026-11-01"),
        cwd=folder,
    )
    assert ran.status == 0, ran.err
    with (folder / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["npi"]: row["outcome"] for row in rows} == RIGHT
    assert [row["id"] for row in rows][:2] == ["S-001", "S-002"]


def test_nothing_is_claimed_and_everything_is_saved(folder: Path) -> None:
    credcheck("init", "--yes", cwd=folder)
    made = tomllib.loads((folder / "credcheck.toml").read_text())
    for name in ("boards", "fellowships", "programs"):
        source = made["sources"][name]
        assert (source["authority"], source["coverage"]) == ("secondary", "partial")
    assert "coverage" not in made["sources"]["exclusions"]
    assert made["sources"]["boards"]["delimiter"] == ";"
    assert made["sources"]["boards"]["date_formats"] == ["MM/DD/YYYY", "YYYY-MM-DD"]
    assert made["sources"]["fellowships"]["header_row"] == 2
    roster = made["rosters"]["staff"]
    assert roster["columns"]["npi"] == "Provider NPI"
    assert "Group NPI" in roster["header"]
    assert "npi" not in {k for k, v in roster["columns"].items() if v == "Group NPI"}


def test_next_months_file_of_another_shape_is_refused(folder: Path) -> None:
    credcheck("init", "--yes", cwd=folder)
    answer_offline(folder)
    boards = folder / "Board Certs.csv"
    boards.write_bytes(boards.read_bytes().replace(b"Exp. Date", b"MOC Due"))
    ran = credcheck("sources", "check", "boards", cwd=folder)
    assert ran.status == 3
    shown = " ".join(ran.out.split())
    assert "new 'MOC Due'; gone 'Exp. Date'" in shown
    roster = folder / "roster.csv"
    roster.write_text("a\nb\nc\nProvider NPI,Who\n2000001075,x\n")
    text = (folder / "credcheck.toml").read_text()
    (folder / "credcheck.toml").write_text(
        text.replace("Medical Staff Nov 2026.xlsx", "roster.csv")
    )
    ran = credcheck("batch", "roster.csv", "-o", "r.ndjson", cwd=folder)
    assert ran.status == 2
    assert "its columns differ from those saved" in ran.err


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    ran = credcheck("init", "--dry-run", cwd=folder)
    assert "[sources.boards]" in ran.out
    assert not (folder / "credcheck.toml").exists()


def test_run_again_it_adds_what_is_new_and_keeps_comments(folder: Path) -> None:
    credcheck("init", "--yes", cwd=folder)
    file = folder / "credcheck.toml"
    file.write_text(
        file.read_text().replace('coverage = "partial"', 'coverage = "partial" # ours', 1)
    )
    before = file.read_text()
    assert credcheck("init", "--yes", cwd=folder).status == 0
    assert file.read_text() == before
    (folder / "clinic roster.csv").write_text(
        "NPI,Last Name,First Name\n2000001075,Abernathy,Alma\n"
    )
    assert credcheck("init", "--yes", cwd=folder).status == 0
    after = file.read_text()
    assert after.startswith(before.rstrip())
    assert tomllib.loads(after)["rosters"]["staff-2"]["path"] == "clinic roster.csv"


def test_what_is_uncertain_is_left_out_as_a_comment(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(
        "NPI,Provider NPI,Last,First\n2000001075,2100000019,Doe,J\n"
    )
    (tmp_path / "boards.csv").write_text(
        "NPI,Last,First,Board,Certificate,Status,Expires\n"
        "2000001075,Doe,Jane,American Board of Anesthesiology,Pain Medicine,Splendid,03/04/2027\n"
    )
    ran = credcheck("init", "--yes", cwd=tmp_path)
    assert ran.status == 3
    text = (tmp_path / "credcheck.toml").read_text()
    made = tomllib.loads(text)
    assert "rosters" not in made
    assert "# roster.csv is skipped" in text
    assert "'NPI' and 'Provider NPI' could each be npi" in " ".join(text.replace("#", " ").split())
    assert "date_formats" not in made["sources"]["boards"]
    assert "Not recognized in Status: 'Splendid' (1)." in text
    assert "left open" in ran.err


def test_without_a_terminal_it_does_not_ask(folder: Path) -> None:
    ran = credcheck("init", cwd=folder)
    assert ran.status == 2
    assert "use --yes" in ran.err
    assert not (folder / "credcheck.toml").exists()


class Terminal:
    """A pseudo-terminal with the command at its other end."""

    def __init__(self, folder: Path, *args: str) -> None:
        self._own, other = pty.openpty()
        env = {**os.environ, "COLUMNS": "120", "TERM": "dumb"}
        self.process = subprocess.Popen(
            command(*args), cwd=folder, stdin=other, stdout=other, stderr=other, env=env
        )
        os.close(other)
        self.text = ""

    def wait_for(self, words: str) -> None:
        end = time.monotonic() + 60
        while words not in self.text:
            assert time.monotonic() < end, self.text
            ready, _, _ = select.select([self._own], [], [], 1)
            if ready:
                try:
                    self.text += os.read(self._own, 1 << 16).decode(errors="replace")
                except OSError:  # its end, on Linux
                    assert words in self.text, self.text
        self.text = self.text[self.text.index(words) + len(words) :]

    def type(self, line: str) -> None:
        os.write(self._own, line.encode() + b"\n")

    def end(self) -> int:
        return self.process.wait(60)


@pytest.fixture
def unclear(tmp_path: Path) -> Path:
    (tmp_path / "boards.csv").write_text(
        "NPI,Last,First,Board,Certificate,Status,Expires\n"
        "2000001075,Doe,Jane,American Board of Anesthesiology,Pain Medicine,Splendid,03/04/2027\n"
    )
    return tmp_path


def test_on_a_terminal_it_asks_what_only_a_person_knows(unclear: Path) -> None:
    terminal = Terminal(unclear, "init")
    terminal.wait_for("is the month first, or the day?")
    terminal.type("1")
    terminal.wait_for("What does 'Splendid' in the column 'Status' mean?")
    terminal.type("1")
    terminal.wait_for("wrote credcheck.toml")
    assert terminal.end() == 0
    made = tomllib.loads((unclear / "credcheck.toml").read_text())["sources"]["boards"]
    assert made["date_formats"] == ["MM/DD/YYYY"]
    assert made["value_map"] == {"status": {"Splendid": "Certified"}}


def test_an_interrupt_writes_nothing(unclear: Path) -> None:
    terminal = Terminal(unclear, "init")
    terminal.wait_for("is the month first, or the day?")
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.end() == 130
    assert not (unclear / "credcheck.toml").exists()


def test_of_the_same_list_of_several_months_the_newest_is_read(tmp_path: Path) -> None:
    boards = (
        "NPI,Last,First,Board,Certificate,Status,Expires\n"
        "2000001075,Doe,Jane,American Board of Anesthesiology,Pain Medicine,Certified,12/31/2027\n"
    )
    for month in ("10", "11"):
        (tmp_path / f"roster-2026-{month}.csv").write_text("NPI,Last,First\n2000001075,Doe,Jane\n")
        (tmp_path / f"diplomates-2026-{month}.csv").write_text(boards)
    ran = credcheck("init", "--yes", cwd=tmp_path)
    assert ran.status == 0, ran.out + ran.err
    shown = " ".join(ran.out.split())
    assert "diplomates-2026-10.csv is not read: diplomates-2026-11.csv is a later month" in shown
    assert "credcheck batch roster-2026-11.csv" in ran.err
    made = tomllib.loads((tmp_path / "credcheck.toml").read_text())
    assert made["sources"]["boards"]["path"] == "diplomates-2026-11.csv"
    assert made["rosters"]["staff"]["path"] == "roster-*.csv"
    (tmp_path / "diplomates-2026-12.csv").write_text(boards)
    again = credcheck("init", "--yes", cwd=tmp_path)
    assert again.status == 3
    assert "sources set boards --path diplomates-2026-12.csv" in again.err
    assert "boards-2" not in (tmp_path / "credcheck.toml").read_text()


def test_what_is_left_out_is_said_once_however_often_it_runs(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(
        "NPI,Provider NPI,Last,First\n2000001075,2100000019,Doe,J\n"
    )
    for _ in range(2):
        ran = credcheck("init", "--yes", cwd=tmp_path)
        assert "to be asked about what is skipped: credcheck init roster.csv" in ran.err
    text = (tmp_path / "credcheck.toml").read_text()
    assert text.count("roster.csv is skipped") == 1
