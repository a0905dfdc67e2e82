"""The tutorial of the loop, run from its first line to its last."""

import os
import re
import shlex
from pathlib import Path

import pytest

from tests.support.cli import credcheck
from tests.support.sheets import fill_in

pytestmark = pytest.mark.slow

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
