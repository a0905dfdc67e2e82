"""The tutorial of the loop, run from its first line to its last."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli import credcheck
from tests.support.sheets import fill_in, read_sheet
from tests.support.world import copy_demo

pytestmark = pytest.mark.slow

HOW_TO = Path(__file__).parent.parent.parent / "docs" / "how-to" / "run-the-monthly-cycle.md"
PAGE = Path(__file__).parent.parent.parent / "docs" / "tutorial-the-loop.md"
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STEP = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
CELL = re.compile(r"^\| (\w+) \| (\w+) \| (.+) \|$", re.MULTILINE)


def narrow(line: str) -> str:
    """Return a line with its columns side by side, however wide the screen is."""
    return re.sub(r" {2,}", "  ", line.rstrip())


def as_pattern(shown: str) -> str:
    """Return what a page shows as a pattern: dots alone stand for lines, at an end for the rest."""
    lines = [narrow(line) for line in shown.splitlines()]
    return "".join(
        r"(?:.*\n)*?"
        if line == "..."
        else re.escape(line.removesuffix("...")) + (r".*\n" if line.endswith("...") else r"\n")
        for line in lines
    )


def answers(page: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row, column, text in CELL.findall(page):
        if row not in {"row", "---"}:
            found.setdefault(row, {})[column] = text
    return found


def test_every_step_prints_what_the_page_shows(tmp_path: Path) -> None:
    page, folder = PAGE.read_text("utf-8"), tmp_path
    (roster,) = (text for language, text in FENCE.findall(page) if language == "csv")
    for language, block in FENCE.findall(page):
        if language != "shellsession":
            continue
        for command, shown in STEP.findall(block):
            words = shlex.split(command)
            if words[0] == "cd":
                folder = folder / words[1]
                (folder / "two.csv").write_text(roster, "utf-8")
                (folder / "form.pdf").write_bytes(b"%PDF-1.7 the form")
                (folder / "print.pdf").write_bytes(b"%PDF-1.7 the print")
                continue
            if words[1:3] == ["book", "import"]:
                fill_in(folder / "work.xlsx", answers(page))
            state = str(tmp_path / "state")
            env = {**os.environ, "CREDCHECK_STATE": state, "COLUMNS": "240"}
            ran = credcheck(*words[1:], cwd=folder, env=env)
            lines = (narrow(line) for line in (ran.out + ran.err).splitlines())
            printed, pattern = "\n".join(lines) + "\n", as_pattern(shown)
            assert re.fullmatch(pattern, printed if printed.strip() else ""), (command, printed)


def test_the_script_of_the_monthly_cycle_works_month_after_month(tmp_path: Path) -> None:
    (script,) = (x for name, x in FENCE.findall(HOW_TO.read_text("utf-8")) if name == "bash")
    world = copy_demo(tmp_path)
    config = (world / "credcheck.toml").read_text("utf-8")
    (world / "credcheck.toml").write_text(f'{config}\n[sources.book]\nadapter = "book"\n', "utf-8")
    credcheck("book", "init", "--by", "J. Roe", cwd=world)
    shim = tmp_path / "bin" / "credcheck"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m credcheck "$@"\n', "utf-8")
    shim.chmod(0o755)
    (world / "cycle.sh").write_text(script.replace("/srv/credentialing", str(world)), "utf-8")
    env = {**os.environ, "CREDCHECK_STATE": str(tmp_path / "state")}
    env["PATH"] = os.pathsep.join((str(shim.parent), env["PATH"]))
    for month in range(2):
        done = subprocess.run(
            ["/bin/sh", str(world / "cycle.sh")], env=env, capture_output=True, check=False
        )
        assert done.returncode == 0, (month, done.stdout, done.stderr)
        assert (world / "work.xlsx").exists()
        assert (world / "expiring.xlsx").exists()
    found = read_sheet(world / "work.xlsx")
    assert len(found) > 10
