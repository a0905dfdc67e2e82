"""A plugin's process: in runs of several processes, in imports, and after whoever started it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.plugins.test_misbehaving import LIMIT, MEETS, SITE, world
from tests.support.cli import Ran, command, credcheck, environment
from tests.support.world import copy_demo

pytestmark = pytest.mark.slow


def run(way: str, *args: str, **more: str) -> Ran:
    return credcheck(*args, env={"PYTHONPATH": str(SITE), "MISBEHAVE": way, **more})


def batch(folder: Path, way: str, *args: str, options: str) -> tuple[Ran, list[str]]:
    config = world(folder, options)
    if "shared" in options:
        text = Path(config).read_text(encoding="utf-8")
        registry = 'adapter = "misbehaving"\nregistry = true\nshared = true'
        text = text.replace('adapter = "nppes-api"\nrecorded = "nppes.json"', registry)
        head, _, tail = text.partition("[sources.programs]")
        text = head.replace("as_of = 2026-11-01", "") + "[sources.programs]" + tail
        Path(config).write_text(text, encoding="utf-8")
    out = folder / "out.ndjson"
    ran = run(
        way,
        *(
            "batch",
            str(folder / "world" / "roster.csv"),
            "-o",
            str(out),
            "--format",
            "ndjson",
            "-q",
        ),
        *("--config", config, "--as-of", "2026-11-01", *args),
    )
    return ran, out.read_text(encoding="utf-8").splitlines()[1:]


def test_each_process_that_judges_starts_its_own(tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    one, alone = batch(tmp_path / "1", "", "--jobs", "1", options="shared = true")
    two, shared = batch(tmp_path / "2", "", "--jobs", "2", options="shared = true")
    assert (one.err, two.err) == ("", "")
    assert one.status == two.status
    assert alone == shared
    assert "certificates" in {x["source"] for x in json.loads(alone[0])["evidence"]}


def test_one_that_cannot_be_shared_is_asked_by_one(tmp_path: Path) -> None:
    ran, _ = batch(tmp_path, "", "--jobs", "2", options="")
    assert "running in one process despite --jobs: nppes, certificates cannot" in ran.err


@pytest.mark.parametrize(
    ("way", "status", "said"),
    [
        ("", 0, "theirs as of 2026-11-01"),
        ("raise", 5, "nothing was imported: the adapter raised RuntimeError"),
        ("exit", 5, "the adapter tried to exit"),
        ("os-exit", 5, "its process ended"),
        ("print", 5, "wrote to standard output"),
        ("dict", 5, "nothing was imported"),
        ("refuse", 5, "roster.csv: no table of ours"),
        ("load-raise", 2, "the importer 'theirs' (misbehaving:run_import) cannot be loaded"),
    ],
)
def test_an_importer_speaks_for_itself_only(
    tmp_path: Path, way: str, status: int, said: str
) -> None:
    roster = copy_demo(tmp_path) / "roster.csv"
    store = {"CREDCHECK_STORE": str(tmp_path / "store")}
    ran = run(way, "sources", "import", "theirs", str(roster), **store)
    assert ran.status == status, ran.err
    assert said in (ran.err if status else ran.out)
    assert "says the plugin" not in ran.out


def test_its_commands_name_it(tmp_path: Path) -> None:
    config = world(tmp_path, "")
    listed = run("", "sources", "list", "--config", config)
    assert "certificates" in listed.out
    checked = run("hang", "sources", "check", "--config", world(tmp_path / "2"))
    assert checked.status == 3
    assert "no answer within 3 s" in " ".join(checked.out.split())
    added = run(
        "", "sources", "add", "theirs", "--adapter", "misbehaving",
        "--config", str(tmp_path / "new.toml"), "--set", "label=x", "--set", "deadline=5.0",
    )  # fmt: skip
    assert added.status == 0
    assert "deadline = 5.0" in (tmp_path / "new.toml").read_text(encoding="utf-8")
    refused = run(
        "", "sources", "add", "theirs", "--adapter", "misbehaving",
        "--config", str(tmp_path / "other.toml"), "--set", "deadline=-1",
    )  # fmt: skip
    assert refused.status == 2
    assert not (tmp_path / "other.toml").exists()


@pytest.mark.skipif(not Path("/proc").exists(), reason="it is told from /proc who runs")
@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_whoever_started_it(tmp_path: Path, by: signal.Signals) -> None:
    config = world(tmp_path, "deadline = 50.0")
    running = subprocess.Popen(
        command("verify", MEETS, "--config", config),
        env=environment({"PYTHONPATH": str(SITE), "MISBEHAVE": "hang"}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    while not (plugin := children.read_text().split()):
        time.sleep(0.05)
    time.sleep(1.0)
    running.send_signal(by)
    running.wait(LIMIT)
    until = time.monotonic() + LIMIT
    while _is_running(int(plugin[0])) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _is_running(int(plugin[0]))


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0]
    except (OSError, IndexError):
        return False


def test_the_working_directory_holds_none_of_its_code(tmp_path: Path) -> None:
    """A file beside the configuration, such as json.py, is not imported for its name."""
    config = world(tmp_path)
    for name in ("json", "msgspec", "credcheck", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("open('planted', 'w').close()\n")
    script = Path(sys.executable).with_name("credcheck")
    ran = subprocess.run(
        [str(script), "verify", MEETS, "--config", config, "--as-of", "2026-11-01"],
        env=environment({"PYTHONPATH": str(SITE), "MISBEHAVE": ""}),
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert not (tmp_path / "planted").exists()
