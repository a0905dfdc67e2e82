"""The tutorial from a folder of spreadsheets is run, command by command, in a copy of the folder."""

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.support.cli import credcheck

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "from-your-spreadsheets.md"
FENCE = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STATUSES = {"audit": 4}


def test_every_command_does_what_the_page_shows(tmp_path: Path) -> None:
    folder = tmp_path / "hospital"
    shutil.copytree(ROOT / "fixtures" / "hospital", folder)
    shutil.copytree(ROOT / "fixtures" / "demo", tmp_path / "demo")
    for file in folder.iterdir():
        os.utime(file, (1_793_577_600, 1_793_577_600))  # 2026-11-02
    printed, ran = "", 0
    for language, text in FENCE.findall(PAGE.read_text(encoding="utf-8")):
        if language == "text":
            pattern = "".join(
                r"(?:.*\n)*?" if line == "..." else re.escape(line.rstrip()) + r"\n"
                for line in text.rstrip("\n").splitlines()
            )
            assert re.fullmatch(pattern, printed), printed
            continue
        words = shlex.split(text)
        assert words[0] == "credcheck"
        done = credcheck(*words[1:], cwd=folder, env={"COLUMNS": "100"})
        assert done.status == STATUSES.get(words[1], 0), done.out + done.err
        printed = "\n".join(line.rstrip() for line in done.out.splitlines()) + "\n"
        ran += 1
    assert ran == 6
    assert (folder / "results.xlsx").exists()


def test_the_folder_is_what_the_script_makes(tmp_path: Path) -> None:
    """If this fails: python fixtures/make_hospital.py."""
    import importlib.util

    from openpyxl import load_workbook

    spec = importlib.util.spec_from_file_location("h", ROOT / "fixtures" / "make_hospital.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.make(tmp_path / "hospital")
    for made in (tmp_path / "hospital").iterdir():
        kept = ROOT / "fixtures" / "hospital" / made.name
        if made.suffix == ".xlsx":
            books = [load_workbook(path).worksheets[0] for path in (made, kept)]
            assert list(books[0].values) == list(books[1].values), made.name
        else:
            assert made.read_bytes() == kept.read_bytes(), made.name
