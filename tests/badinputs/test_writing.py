"""What is written: whole or not there, safe to open, the same bytes, and provable."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from junitparser import JUnitXml

from tests.badinputs.rosters import run
from tests.badinputs.world import AS_OF, CASES, FILES, GARCIA, PEOPLE, world
from tests.support.cli import Ran, command, credcheck

pytestmark = pytest.mark.slow

FULL = Path("/dev/full")
ACTS = ("=", "+", "-", "@", "\t", "\r", "＝")


def roster(folder: Path, file: str = "good_roster.csv") -> Path:
    """Write a world and a roster; the registry's name for Garcia may be hostile."""
    if not (folder / "credcheck.toml").exists():
        world(folder)
    shutil.copy(FILES / file, folder / file)
    return folder / file


def hostile(folder: Path, case: str) -> Path:
    """Write a world in which the registry gives a hostile name for Garcia's number."""
    world(folder)
    (evil,) = CASES[case]["steps"][0]["json"]["results"]
    people = [evil, *(each for each in PEOPLE if each["number"] != evil["number"])]
    (folder / "nppes.json").write_text(json.dumps(people))
    path = folder / "numbers.csv"
    path.write_text(f"npi\n{GARCIA}\n")
    return path


def sheets(path: Path) -> str:
    """Return the XML of a workbook's sheets; a formula would be in an element f."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return "".join(re.sub("<f(ont|irst)", "", archive.read(name).decode()) for name in names)


def cells(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text)) for cell in row]


def test_bi_126_a_formula_in_the_registrys_name(tmp_path: Path) -> None:
    path = hostile(tmp_path, "name_formula")
    assert run(tmp_path, "batch", path, "-o", str(tmp_path / "o.csv")).status == 0
    assert run(tmp_path, "batch", path, "-o", str(tmp_path / "o.xlsx")).status == 0
    raw = run(tmp_path, "batch", path, "-o", "-").out
    found = cells((tmp_path / "o.csv").read_text("utf-8"))
    assert any("HYPERLINK" in cell for cell in found)
    assert not [cell for cell in found if cell.startswith(ACTS)]
    assert "<f" not in sheets(tmp_path / "o.xlsx")
    name = json.loads(raw.splitlines()[1])["physician"]["name"]
    assert "=HYPERLINK" in name
    assert "'=" not in name


def test_bi_127_names_that_begin_like_formulas(tmp_path: Path) -> None:
    path = roster(tmp_path, "roster_formula_variants.csv")
    assert run(tmp_path, "batch", path, "-o", str(tmp_path / "o.csv")).status == 0
    found = cells((tmp_path / "o.csv").read_text("utf-8"))
    assert not [cell for cell in found if cell.lstrip().startswith(ACTS)]
    assert run(tmp_path, "batch", path, "-o", str(tmp_path / "o.xlsx")).status == 0
    assert "<f" not in sheets(tmp_path / "o.xlsx")


@pytest.mark.parametrize("case", ["name_bell", "name_ansi", "name_osc", "name_markup"])
def test_bi_139_names_that_no_xml_can_hold(tmp_path: Path, case: str) -> None:
    path = hostile(tmp_path, case)
    report = tmp_path / "j.xml"
    run(tmp_path, "audit", path, "--junit", str(report))
    suites = JUnitXml.fromfile(str(report))
    assert suites.tests == 7
    assert "\x07" not in report.read_text("utf-8")
    assert "\x1b" not in report.read_text("utf-8")


def test_bi_141_unverified_is_an_error_never_skipped(tmp_path: Path) -> None:
    path = roster(tmp_path, "roster_npi_luhn.csv")
    report = tmp_path / "j.xml"
    assert run(tmp_path, "audit", path, "--junit", str(report)).status == 3
    suites = JUnitXml.fromfile(str(report))
    assert suites.skipped == 0
    assert suites.errors == sum(suite.errors for suite in suites)
    results = [case.result for suite in suites for case in suite]
    assert sum(any(type(r).__name__ == "Error" for r in each) for each in results) == suites.errors
    assert "<skipped" not in report.read_text("utf-8")


def test_bi_144_an_id_is_never_a_file_name(tmp_path: Path) -> None:
    """There is no --out-dir; what the user calls a row stays in the row."""
    path = roster(tmp_path, "roster_traversal_id.csv")
    before = {each for each in tmp_path.rglob("*") if "state" not in each.parts}
    assert run(tmp_path, "batch", path, "-o", str(tmp_path / "o.csv")).status == 0
    after = {each for each in tmp_path.rglob("*") if "state" not in each.parts}
    assert after - before == {tmp_path / "o.csv"}
    assert "../../etc/x" in (tmp_path / "o.csv").read_text("utf-8")


def test_bi_145_output_over_the_roster(tmp_path: Path) -> None:
    path = roster(tmp_path)
    before = path.read_bytes()
    for more in ((), ("--force",)):
        ran = run(tmp_path, "batch", path, "-o", str(path), *more)
        assert ran.status == 2
        assert "is also an input" in ran.err
    assert path.read_bytes() == before


def test_bi_146_output_that_is_there(tmp_path: Path) -> None:
    path, out = roster(tmp_path), tmp_path / "o.ndjson"
    out.write_text("of last month\n")
    ran = run(tmp_path, "batch", path, "-o", str(out))
    assert ran.status == 2
    assert "use --force to replace it" in ran.err
    assert out.read_text() == "of last month\n"
    assert run(tmp_path, "batch", path, "-o", str(out), "--force").status == 0
    assert len(out.read_text().splitlines()) == 4


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    path, aim = roster(tmp_path), tmp_path / "aim.ndjson"
    aim.write_text("precious\n")
    (tmp_path / "o.ndjson").symlink_to(aim)
    assert run(tmp_path, "batch", path, "-o", str(tmp_path / "o.ndjson"), "--force").status == 0
    assert aim.read_text() == "precious\n"
    assert not (tmp_path / "o.ndjson").is_symlink()


@pytest.mark.parametrize("where", ["nowhere/o.csv", "."])
def test_bi_148_a_folder_that_is_not_there(tmp_path: Path, where: str) -> None:
    path = roster(tmp_path)
    ran = run(tmp_path, "batch", path, "-o", str(tmp_path / where), "--format", "csv")
    assert ran.status == 2
    assert not list(tmp_path.glob("*.journal"))


@pytest.mark.parametrize("name", ["o.json", "o.ndjson"])
def test_bi_149_a_full_disk(tmp_path: Path, name: str) -> None:
    """A limit on the size of files stands for the full disk: writing fails in the middle."""
    path, out = roster(tmp_path), tmp_path / name
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000));"
        "sys.argv[0] = 'credcheck'; from credcheck.cli import main; main()"
    )
    rows = path.read_text().splitlines()
    path.write_text("\n".join([rows[0], *(f"{row}" for row in rows[1:] * 60)]) + "\n")
    config = ("--config", str(tmp_path / "credcheck.toml"), "--as-of", AS_OF.isoformat())
    done = subprocess.run(
        [sys.executable, "-c", script, "batch", str(path), "-o", str(out), *config],
        capture_output=True, text=True, check=False, env=os.environ,
    )  # fmt: skip
    assert done.returncode == 6, done.stderr
    assert "could not be written" in done.stderr
    assert not out.exists()
    assert not list(tmp_path.glob(f".{name}.*.part"))
    assert list(tmp_path.glob(f".{name}.journal"))
    assert run(tmp_path, "batch", path, "-o", str(out), "--resume").status == 0


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")
def test_bi_150_stdout_is_full(tmp_path: Path) -> None:
    path = roster(tmp_path)
    config = ("--config", str(tmp_path / "credcheck.toml"), "--as-of", AS_OF.isoformat())
    with FULL.open("w") as full:
        done = subprocess.run(
            command("batch", str(path), "-o", "-", *config),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 6
    assert len(done.stderr.splitlines()) == 1


def test_bi_151_nobody_reads_on(tmp_path: Path) -> None:
    path = roster(tmp_path)
    rows = path.read_text().splitlines()
    path.write_text("\n".join([rows[0], *(rows[1:] * 200)]) + "\n")
    config = ("--config", str(tmp_path / "credcheck.toml"), "--as-of", AS_OF.isoformat())
    process = subprocess.Popen(
        command("batch", str(path), "-o", "-", *config),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=60) == 141
    assert b"Traceback" not in said


@pytest.mark.parametrize("env", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
def test_bi_152_a_terminal_that_knows_only_ascii(tmp_path: Path, env: dict[str, str]) -> None:
    path = roster(tmp_path)
    munoz = dict(PEOPLE[0])
    munoz["basic"] = {**munoz["basic"], "last_name": "MUÑOZ"}
    (tmp_path / "nppes.json").write_text(json.dumps([munoz, *PEOPLE[1:]]))
    path.write_text(f"npi\n{GARCIA}\n")
    config = ("--config", str(tmp_path / "credcheck.toml"), "--as-of", AS_OF.isoformat())
    for words in (("audit", "--format", "table"), ("batch", "-o", "-")):
        ran = credcheck(words[0], str(path), *config, *words[1:], env={**env, "PYTHONUTF8": "0"})
        assert ran.status in {0, 3, 4}
        assert "UnicodeEncodeError" not in ran.err


def logged(folder: Path, times: int) -> Path:
    path, log = roster(folder), folder / "log.ndjson"
    for _ in range(times):
        ran = run(folder, "batch", path, "-o", "-", "--log", str(log))
        assert ran.status == 0
    return log


def test_bi_235_an_entry_of_the_log_that_was_edited(tmp_path: Path) -> None:
    log = logged(tmp_path, 3)
    entries = log.read_text().splitlines(keepends=True)
    good = credcheck("log", "verify", "--log", str(log))
    assert good.status == 0
    head = good.out.split("head ")[1].strip()
    log.write_text(entries[0] + entries[1].replace('"meets":3', '"meets":2') + entries[2])
    edited = credcheck("log", "verify", "--log", str(log))
    assert edited.status == 5
    assert "entry 2" in edited.err
    log.write_text(entries[0] + entries[2])
    assert credcheck("log", "verify", "--log", str(log)).status == 5
    log.write_text("".join(entries[:2]))
    assert credcheck("log", "verify", "--log", str(log)).status == 0
    cut = credcheck("log", "verify", "--log", str(log), "--head", head)
    assert cut.status == 5
    assert "entries were removed" in cut.err


def test_a_log_of_something_else(tmp_path: Path) -> None:
    ran = credcheck("log", "verify", "--log", str(FILES / "audit_edited.ndjson"))
    assert ran.status == 5
    assert "entry 1 is not a log entry" in ran.err


FORMS = ["o.ndjson", "o.json", "o.csv", "o.xml", "o.sarif", "o.html"]


def written(folder: Path, path: Path, form: str, env: dict[str, str], cwd: Path) -> bytes:
    """Run with a log of its own: the head of the log of runs is part of a report."""
    config = ("--config", str(folder / "credcheck.toml"), "--as-of", AS_OF.isoformat())
    out, log = folder / form, folder / "log.ndjson"
    log.unlink(missing_ok=True)
    where = ("-o", str(out), "--force", "--log", str(log))
    fixed = {**env, "SOURCE_DATE_EPOCH": "1795000000"}
    ran = credcheck("batch", os.path.relpath(path, cwd), *where, *config, cwd=cwd, env=fixed)
    assert ran.status == 0, ran.err
    return out.read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_bi_238_bi_239_the_same_bytes_wherever_it_is_run(tmp_path: Path, form: str) -> None:
    """The time of the run is fixed here; SARIF names the roster as it was named."""
    path = roster(tmp_path)
    first = written(tmp_path, path, form, {"TZ": "UTC", "PYTHONHASHSEED": "1"}, tmp_path)
    again = written(tmp_path, path, form, {"TZ": "UTC", "PYTHONHASHSEED": "1"}, tmp_path)
    elsewhere = tmp_path if form == "o.sarif" else tmp_path.parent
    other = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "77", "COLUMNS": "40"}
    assert first == again == written(tmp_path, path, form, other, elsewhere)


def test_only_the_header_of_ndjson_holds_a_time_of_day(tmp_path: Path) -> None:
    path = roster(tmp_path)
    first, again = (run(tmp_path, "batch", path, "-o", "-").out.splitlines() for _ in range(2))
    assert first[1:] == again[1:]
    headers = [json.loads(lines[0]) for lines in (first, again)]
    assert headers[0].pop("started_at") != headers[1].pop("started_at")
    assert headers[0] == headers[1]


def saved(folder: Path) -> Path:
    out = folder / "o.ndjson"
    assert run(folder, "batch", roster(folder), "-o", str(out)).status == 0
    return out


def test_bi_240_replayed_from_the_evidence(tmp_path: Path) -> None:
    out = saved(tmp_path)
    shutil.rmtree(tmp_path / "cache", ignore_errors=True)
    for name in ("boards.csv", "nppes.json", "credcheck.toml"):
        (tmp_path / name).unlink()
    again = tmp_path / "again.ndjson"
    ran = credcheck("replay", str(out), "-o", str(again))
    assert ran.status == 0
    assert "judged again: identical" in ran.err
    assert again.read_bytes() == out.read_bytes()


def replay(out: Path, change: Any) -> Ran:
    lines = out.read_text().splitlines()
    verdict = json.loads(lines[1])
    change(verdict)
    out.write_text(
        "\n".join([lines[0], json.dumps(verdict, separators=(",", ":")), *lines[2:]]) + "\n"
    )
    return credcheck("replay", str(out))


def test_bi_240_a_verdict_that_was_edited_is_named(tmp_path: Path) -> None:
    def change(verdict: Any) -> None:
        verdict["outcome"] = "does_not_meet"

    ran = replay(saved(tmp_path), change)
    assert ran.status == 4
    assert "line 2 (row 1): outcome: does_not_meet in the file, meets when checked again" in ran.err


def test_bi_240_another_standard_is_told(tmp_path: Path) -> None:
    out = saved(tmp_path)
    text = out.read_text()
    sha = json.loads(text.splitlines()[0])["standard"]["sha256"]
    out.write_text(text.replace(sha, "0" * 64))
    ran = credcheck("replay", str(out))
    assert "(sha256 000000000000); judged again by interventional-pain" in ran.err
    assert ran.status == 4


def test_results_that_were_cut_off_are_refused(tmp_path: Path) -> None:
    out = saved(tmp_path)
    whole = out.read_text()
    out.write_text(whole[:-50])
    assert "line 4 is cut off" in credcheck("report", str(out)).err
    out.write_text("".join(whole.splitlines(keepends=True)[:3]))
    ran = credcheck("report", str(out))
    assert ran.status == 5
    assert "has 2 verdicts where its header says 3" in ran.err
