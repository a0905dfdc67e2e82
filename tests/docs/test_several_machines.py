"""The page on several machines is run: its scripts as jobs of bash, its program in processes."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from credcheck.demo import demo_folder
from tests.support.cli import credcheck, environment
from tests.support.world import copy_demo

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "how-to" / "judge-on-several-machines.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "docs" / "reference" / "journals.md").read_text(encoding="utf-8")
SHARE, MERGE, PARALLEL = re.findall(r"^```bash\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

# What GNU parallel does with the page's command, for machines that lack it.
STAND_IN = """#!/bin/bash
words=()
while [ "$1" != ":::" ]; do words+=("$1"); shift; done
shift
for each in "$@"; do "${words[@]//\\{\\}/$each}" & done
status=0
for job in $(jobs -p); do wait "$job" || status=$?; done
exit $status
"""


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """Return a folder with sources, a configuration, a roster, and the commands on the path."""
    folder = copy_demo(tmp_path)
    commands = tmp_path / "bin"
    commands.mkdir()
    write_command(
        commands / "credcheck", f'#!/bin/bash\nexec "{sys.executable}" -m credcheck "$@"\n'
    )
    if shutil.which("parallel") is None:
        write_command(commands / "parallel", STAND_IN)
    return folder


def write_command(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def run_script(folder: Path, text: str, **more: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join((str(folder.parent / "bin"), os.environ["PATH"]))
    return subprocess.run(
        ["bash", "-c", text],
        cwd=folder,
        env=environment({"PATH": path, "SOURCE_DATE_EPOCH": "1795000000", **more}),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def judge_whole(folder: Path) -> bytes:
    words = ("batch", "roster.csv", "-o", "whole.ndjson", "--as-of", "2026-11-01", "-q")
    ran = credcheck(*words, cwd=folder, env={"SOURCE_DATE_EPOCH": "1795000000"})
    assert ran.status == 0, ran.err
    return (folder / "whole.ndjson").read_bytes()


def test_the_array_gives_the_bytes_of_one_run(world: Path) -> None:
    (world / "share.sh").write_text(SHARE, encoding="utf-8")
    jobs = (
        "for task in 1 2 3 4 5 6 7 8; do SLURM_ARRAY_TASK_ID=$task bash share.sh & done\n"
        "for job in $(jobs -p); do wait $job || exit $?; done\n"
    )
    for _ in range(2):  # the second time, all is judged already
        ran = run_script(world, jobs, SLURM_CPUS_PER_TASK="1")
        assert ran.returncode == 0, ran.stderr
    ran = run_script(world, MERGE)
    assert ran.returncode == 0, ran.stderr
    assert (world / "november.ndjson").read_bytes() == judge_whole(world)


def test_parallel_gives_the_bytes_of_one_run(world: Path) -> None:
    ran = run_script(world, PARALLEL)
    assert ran.returncode == 0, ran.stderr
    assert (world / "november.ndjson").read_bytes() == judge_whole(world)


def test_the_program_of_an_engine_runs(world: Path) -> None:
    (text,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (world / "engine.py").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "engine.py"], cwd=world, capture_output=True, text=True, check=False
    )
    assert done.stdout == "2000001075 meets\n2100000142 does_not_meet\n", done.stderr


def test_the_reference_names_all_that_a_merge_compares(tmp_path: Path) -> None:
    roster = str(demo_folder() / "roster.csv")
    words = ("batch", roster, "-o", "o.ndjson", "--demo", "-q", "--shard", "2/3")
    assert credcheck(*words, cwd=tmp_path).status == 0
    with closing(sqlite3.connect(tmp_path / "o.ndjson.2-of-3.journal")) as db:
        ((body,),) = db.execute("SELECT value FROM meta WHERE name = 'key'")
    key = json.loads(body)
    documented = re.findall(r"^\| `(\w+)` \|", REFERENCE, re.MULTILINE)
    assert documented == [*key, *key["shard"]]
