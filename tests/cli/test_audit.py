"""The monthly audit as its users run it."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from credcheck.demo import demo_folder
from tests.support.cli import Ran, credcheck

pytestmark = pytest.mark.slow

ROSTER = demo_folder() / "roster.csv"


def part(tmp_path: Path, *npis: str) -> Path:
    """Return a roster of these people of the demo world."""
    lines = ROSTER.read_text(encoding="utf-8").splitlines()
    chosen = [line for line in lines[1:] if line.split(",")[1] in npis]
    path = tmp_path / "roster.csv"
    path.write_text("\n".join([lines[0], *chosen]) + "\n", encoding="utf-8")
    return path


MEETS, EXPIRED, AMBIGUOUS = "2000001075", "2100000142", "2100000381"
REVOKED = "2100000159"


def waiver(
    whom: str,
    requirement: str = "board_certification",
    *codes: str,
    reason: str = "a letter",
) -> str:
    reasons = json.dumps(codes or ["certificate_expired"])
    return (
        f'[[waiver]]\n{whom}\nrequirement = "{requirement}"\nreasons = {reasons}\n'
        f'author = "Chair"\nreason = "{reason}"\ncreated = 2026-10-15\nexpires = 2026-12-15\n'
    )


def audit(roster: Path, *args: str) -> Ran:
    return credcheck("audit", str(roster), "--demo", *args, cwd=roster.parent)


@pytest.mark.parametrize(
    ("npis", "args", "status"),
    [
        ((MEETS,), (), 0),
        ((MEETS, EXPIRED), (), 4),
        ((MEETS, EXPIRED, AMBIGUOUS), (), 3),
        ((MEETS, EXPIRED, AMBIGUOUS), ("--fail-on", "does_not_meet"), 4),
        ((MEETS, EXPIRED, AMBIGUOUS), ("--fail-on", "none"), 0),
        ((MEETS,), ("--fail-on", "changed"), 2),
        ((MEETS,), ("--fail-on", "nothing"), 2),
        ((MEETS,), ("--junit", "-"), 2),
        ((MEETS,), ("--junit", "a.xml", "--sarif", "a.xml"), 2),
        ((MEETS,), ("--waivers", "none.toml"), 2),
        ((MEETS,), ("--baseline", "none.ndjson"), 5),
        ((), (), 5),
    ],
)
def test_statuses(
    tmp_path: Path, npis: tuple[str, ...], args: tuple[str, ...], status: int
) -> None:
    ran = audit(part(tmp_path, *npis), *args)
    assert ran.status == status, ran.err
    assert "Traceback" not in ran.err


def test_the_next_audit_gates_only_what_is_new(tmp_path: Path) -> None:
    roster = part(tmp_path, MEETS, EXPIRED)
    assert audit(roster, "-o", "october.ndjson").status == 4
    roster = part(tmp_path, MEETS, EXPIRED)
    same = audit(roster, "--baseline", "october.ndjson")
    assert same.status == 0
    assert same.json["known"] == 1
    assert same.json["baseline_age_days"] == 0
    roster = part(tmp_path, MEETS, EXPIRED, AMBIGUOUS)
    assert audit(roster, "--baseline", "october.ndjson").status == 3


def test_a_waiver_is_listed_and_does_not_gate(tmp_path: Path) -> None:
    (tmp_path / "waivers.toml").write_text(
        waiver(f'npi = "{EXPIRED}"', reason="renewal")
        + waiver(f'npi = "{MEETS}"', "fellowship", reason="not needed")
    )
    ran = audit(part(tmp_path, MEETS, EXPIRED), "--waivers", "waivers.toml", "--junit", "j.xml")
    assert ran.status == 0
    assert ran.json["outcomes"]["does_not_meet"] == 1
    assert "by Chair until 2026-12-15: renewal" in ran.json["waived_entries"][0]
    assert "not needed" in ran.json["waivers_unused"][0]
    assert "waived: NPI" in (tmp_path / "j.xml").read_text("utf-8")


def test_a_revocation_that_is_waived_is_told_in_every_report(tmp_path: Path) -> None:
    text = waiver(f'npi = "{REVOKED}"', "board_certification", "certificate_revoked")
    (tmp_path / "waivers.toml").write_text(text)
    names = ("j.xml", "s.sarif", "p.html", "o.csv")
    into = zip(("--junit", "--sarif", "--html", "-o"), names, strict=True)
    options = [word for pair in into for word in pair]
    roster = part(tmp_path, REVOKED)
    ran = audit(roster, "--waivers", "waivers.toml", "-q", "--annotations", "github", *options)
    assert ran.status == 4, "the license and Medicare speak against the same physician"
    said = f"waived, although board certificate revoked: NPI {REVOKED}"
    assert ran.json["adverse"] == 1
    assert said in ran.json["adverse_entries"][0]
    covered = "Adverse finding covered by a waiver or the baseline"
    assert (
        f"credcheck: ADVERSE, but covered by a waiver or the baseline: row 2 (NPI {REVOKED}), {said}"
        in ran.err
    )
    assert f"::warning title={covered}::row 2 (NPI {REVOKED}), {said}" in ran.err
    for name in names:
        assert said in (tmp_path / name).read_text("utf-8"), name
    shown = audit(roster, "--waivers", "waivers.toml", "--format", "table", "-o", "o.txt")
    assert "ADVERSE: a waiver or the baseline covers a revocation" in shown.out
    assert "Revoked, suspended or excluded, but covered by a waiver" in shown.out
    words = (tmp_path / "o.txt").read_text("utf-8").split()
    assert "waived, although board certificate revoked" in " ".join(words)


def test_a_waiver_for_another_reason_does_not_pass_and_is_listed(tmp_path: Path) -> None:
    (tmp_path / "waivers.toml").write_text(waiver(f'npi = "{REVOKED}"'))
    ran = audit(part(tmp_path, REVOKED), "--waivers", "waivers.toml")
    assert ran.status == 4
    assert ran.json["waivers_mismatched"][0].endswith(
        "it does not cover this: board certificate revoked"
    )
    assert ran.json["waivers_unused"] == []


def with_ids(tmp_path: Path, *rows: tuple[str, str]) -> Path:
    path = tmp_path / "roster.csv"
    path.write_text("id,npi\n" + "".join(f"{id_},{npi}\n" for id_, npi in rows))
    return path


def test_an_id_of_two_rows_waives_nobody(tmp_path: Path) -> None:
    (tmp_path / "waivers.toml").write_text(waiver('id = "A"'))
    roster = with_ids(tmp_path, ("A", EXPIRED), ("B", MEETS), ("A", REVOKED))
    for more in ((), ("--resume",), ("--force",)):  # and nothing of it is left behind
        ran = audit(roster, "--waivers", "waivers.toml", *more)
        assert ran.status == 2
        assert "rows 2, 4 have the id 'A'" in ran.err
        assert ran.out == ""
        assert list(tmp_path.glob(".*journal*")) == []
    roster = with_ids(tmp_path, ("A", EXPIRED), ("B", MEETS), ("b", MEETS))
    assert audit(roster, "--waivers", "waivers.toml").status == 0


def test_an_id_of_two_rows_finds_nothing_in_a_baseline(tmp_path: Path) -> None:
    roster = with_ids(tmp_path, ("A", "no number"), ("B", MEETS))
    assert audit(roster, "-o", "october.ndjson").status == 3
    assert audit(roster, "--baseline", "october.ndjson").status == 0
    roster = with_ids(tmp_path, ("A", "no number"), ("A", MEETS))
    ran = audit(roster, "--baseline", "october.ndjson")
    assert ran.status == 2
    assert "rows 2, 3 have the id 'A'" in ran.err
    assert audit(roster, "-o", "november.ndjson").status == 3
    ran = audit(with_ids(tmp_path, ("A", MEETS)), "--baseline", "november.ndjson")
    assert ran.status == 2
    assert "--baseline november.ndjson: rows 2, 3 have the id 'A'" in ran.err


def test_a_baseline_by_another_standard_is_refused(tmp_path: Path) -> None:
    roster = part(tmp_path, EXPIRED)
    assert audit(roster, "-o", "october.ndjson").status == 4
    strict = ("--standard", "interventional-pain-abms")
    ran = audit(roster, "--baseline", "october.ndjson", *strict)
    assert ran.status == 2
    assert "it uses the standard interventional-pain 2026.2" in ran.err
    assert "and this audit uses interventional-pain-abms" in ran.err


def test_a_baseline_that_was_edited_is_refused(tmp_path: Path) -> None:
    roster = part(tmp_path, EXPIRED)
    assert audit(roster, "-o", "october.ndjson").status == 4
    saved = tmp_path / "october.ndjson"
    whole = saved.read_text("utf-8")
    for old, new in (
        ("certificate_expired", "certificate_revoked"),
        ('"Department":"', '"Department":"x'),
        ('"seal":"', '"seal":"0'),
    ):
        assert old in whole
        saved.write_text(whole.replace(old, new))
        ran = audit(roster, "--baseline", "october.ndjson")
        assert ran.status == 5
        assert "it was changed after it was written" in ran.err
    head, *lines = whole.splitlines(keepends=True)
    bare = json.loads(head) | {"seal": None}
    saved.write_text("".join([json.dumps(bare) + "\n", *lines]))
    ran = audit(roster, "--baseline", "october.ndjson")
    assert ran.status == 5
    assert "it has no seal" in ran.err


def test_a_baseline_accepts_a_reason_and_no_other(tmp_path: Path) -> None:
    roster = part(tmp_path, EXPIRED)
    assert audit(roster, "-o", "october.ndjson").status == 4
    assert audit(roster, "--baseline", "october.ndjson").status == 0
    boards = shutil.copytree(demo_folder(), tmp_path / "world") / "boards.csv"
    rows = boards.read_text("utf-8").splitlines(keepends=True)
    rows = [row.replace("Expired", "Revoked") if EXPIRED in row else row for row in rows]
    boards.write_text("".join(rows))
    world = ("--config", str(tmp_path / "world" / "credcheck.toml"), "--as-of", "2026-11-01")
    ran = credcheck("audit", str(roster), "--baseline", "october.ndjson", *world, cwd=tmp_path)
    assert ran.status == 4
    assert ran.json["known"] == 0
    assert ran.json["reasons"] == {"certificate_revoked": 1}


def test_the_head_of_the_log_stands_in_the_reports(tmp_path: Path) -> None:
    ran = audit(part(tmp_path, MEETS), "--junit", "j.xml", "--sarif", "s.sarif", "--html", "p.html")
    head = ran.json["log_head"]
    assert f"log head {head}" in ran.err
    for name in ("j.xml", "s.sarif", "p.html"):
        assert head in (tmp_path / name).read_text("utf-8")
    assert credcheck("log", "verify", "--head", head).status == 0
    half = credcheck("log", "verify", "--head", head[:12])
    assert half.status == 2
    assert "the whole head" in half.err


def test_annotations_point_at_the_rosters_line(tmp_path: Path) -> None:
    ran = audit(part(tmp_path, MEETS, EXPIRED), "--annotations", "github")
    (mark,) = [line for line in ran.err.splitlines() if line.startswith("::")]
    assert mark.startswith("::error file=")
    assert "(row 3%2C NPI 2100000142)::" in mark
    assert ",line=3,title=does not meet%3A board certificate expired" in mark


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
@pytest.mark.parametrize(
    ("npis", "said"),
    [
        ((MEETS,), "all good"),
        ((EXPIRED,), "negative"),
        ((AMBIGUOUS,), "undecided"),
        ((), "broken 5"),
    ],
)
def test_a_script_of_five_lines_acts_on_each_status(
    tmp_path: Path, npis: tuple[str, ...], said: str
) -> None:
    script = tmp_path / "monthly.sh"
    script.write_text(
        "#!/bin/sh\n"
        f"{sys.executable} -m credcheck audit roster.csv --demo -q > audit.json\n"
        "status=$?\n"
        'case $status in 0) echo "all good";; 4) echo "negative";; 3) echo "undecided";;'
        ' *) echo "broken $status";; esac\n'
        "exit $status\n"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    part(tmp_path, *npis)
    done = subprocess.run(
        [str(script)], cwd=tmp_path, capture_output=True, text=True, check=False, env=os.environ
    )
    assert done.stdout.strip() == said


def test_the_page_for_managers(snapshot: SnapshotAssertion) -> None:
    ran = credcheck(
        *("audit", str(ROSTER), "--demo", "--format", "table", "--fail-on", "does_not_meet"),
        env={"COLUMNS": "80", "SOURCE_DATE_EPOCH": "1795000000"},
    )
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    page, head = ran.out.rsplit("Log head ", 1)
    assert re.fullmatch(r"1:[0-9a-f]{64}\n", head)  # it hangs on every byte of the results
    assert page == snapshot


def test_a_diff_for_people_and_for_scripts(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    roster = part(tmp_path, MEETS, EXPIRED, AMBIGUOUS)
    assert audit(roster, "-o", "old.ndjson").status == 3
    roster = part(tmp_path, MEETS, AMBIGUOUS, "2100000019")
    assert audit(roster, "-o", "new.ndjson", "--as-of", "2027-01-15", "--allow-future").status == 3
    ran = credcheck("diff", "old.ndjson", "new.ndjson", cwd=tmp_path)
    assert ran.status == 4
    assert ran.json["counts"]["gone"] == 1
    assert ran.json["counts"]["new"] == 1
    shown = credcheck(
        "diff", "old.ndjson", "new.ndjson", "--format", "table", cwd=tmp_path, env={"COLUMNS": "80"}
    )
    assert shown.out == snapshot
    assert credcheck("diff", "old.ndjson", "old.ndjson", cwd=tmp_path).status == 0
    assert (
        credcheck("diff", "old.ndjson", "new.ndjson", "--fail-on", "none", cwd=tmp_path).status == 0
    )


def test_a_roster_from_standard_input() -> None:
    ran = credcheck("batch", "-", "-o", "-", "--demo", stdin=f"npi\n{MEETS}\n{EXPIRED}\n")
    assert ran.status == 0
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [line["outcome"] for line in lines[1:]] == ["meets", "does_not_meet"]
    assert lines[0]["roster"]["file"] == "standard input"


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        (("-o", "o.doc"), 2, "cannot tell the format from the file name"),
        (("-o", "o.csv", "--format", "cvs"), 2, "did you mean 'csv'"),
        (("-o", "o.csv", "--columns", "npi"), 2, "write OURS=THEIRS"),
        (("-o", "o.csv", "--columns", "npi=Nummer"), 2, "no column 'Nummer'"),
        (("-o", "o.csv", "--encoding", "utf-9"), 2, "did you mean 'utf-8'"),
        (("-o", "o.csv", "--sheet", "A"), 5, "not a workbook"),
    ],
)
def test_what_is_said_of_wrong_usage(
    tmp_path: Path, args: tuple[str, ...], status: int, said: str
) -> None:
    roster = part(tmp_path, MEETS)
    ran = credcheck("batch", str(roster), "--demo", *args, cwd=tmp_path)
    assert ran.status == status
    assert said in ran.err
    assert not (tmp_path / "o.csv").exists()
