"""Several processes judge a roster: the same bytes, stopped and killed as one."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from credcheck.model.npi import check_digit
from credcheck.source.importer import ImportJob
from credcheck.storage.snapshots import Store
from credcheck_sources.nppes_file.importer import run
from tests.support.cli import command, credcheck
from tests.support.dissemination import individual, write

pytestmark = pytest.mark.skipif(not Path("/proc").exists(), reason="processes fork on Linux only")

ROWS = 4_000
AS_OF = "2026-11-20"
CONFIG = """
[sources.registry]
adapter = "nppes-file"

[sources.boards]
adapter = "board-certificates"
path = "boards.csv"
coverage = "complete"
as_of = 2026-11-01
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pool")
    numbers = [f"{x}{check_digit(str(x))}" for x in range(220_000_000, 220_000_000 + ROWS)]
    run(
        ImportJob(
            files=(write(folder, [individual(npi, "DOE", f"JO{npi}") for npi in numbers]),),
            store=Store(folder / "store"),
        )
    )
    (folder / "credcheck.toml").write_text(CONFIG)
    (folder / "boards.csv").write_text(
        "npi,last_name,first_name,board,certificate,status,expires\n"
        f"{numbers[0]},DOE,JO{numbers[0]},ABA,Pain Medicine,Certified,2030-01-01\n"
    )
    (folder / "roster.csv").write_text("NPI\n" + "\n".join(numbers) + "\n")
    return folder


def words(folder: Path, out: Path, *more: str) -> list[str]:
    config = ["--config", str(folder / "credcheck.toml"), "--as-of", AS_OF]
    return ["batch", str(folder / "roster.csv"), "-o", str(out), *config, "-q", *more]


def env(folder: Path) -> dict[str, str]:
    return {
        "CREDCHECK_STORE": str(folder / "store"),
        "SOURCE_DATE_EPOCH": "1795000000",
        "CREDCHECK_STATE": str(folder / "state"),
    }


@contextmanager
def started(folder: Path, out: Path) -> Iterator["subprocess.Popen[str]"]:
    """Start a run of two processes, and wait until it is at work."""
    process = subprocess.Popen(
        command(*words(folder, out, "--jobs", "2")),
        env={**os.environ, **env(folder)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        for _ in range(2_000):
            time.sleep(0.01)
            if len(children(process.pid)) >= 2:
                break
        yield process
    finally:
        process.kill()
        process.communicate()


def children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()] if path.exists() else []


@pytest.fixture(scope="module")
def undisturbed(world: Path) -> bytes:
    out = world / "one.ndjson"
    assert credcheck(*words(world, out, "--jobs", "1"), env=env(world)).status == 0
    return out.read_bytes()


@pytest.mark.slow(every_case=True)
def test_three_processes_write_the_same_bytes_as_one(world: Path, undisturbed: bytes) -> None:
    out = world / "three.ndjson"
    assert credcheck(*words(world, out, "--jobs", "3"), env=env(world)).status == 0
    assert out.read_bytes() == undisturbed


@pytest.mark.slow
def test_jobs_that_a_source_does_not_allow_are_told(tmp_path: Path) -> None:
    roster = tmp_path / "r.csv"
    roster.write_text("npi\n2000001075\n", encoding="ascii")
    done = credcheck("batch", str(roster), "-o", str(tmp_path / "o.csv"), "--demo", "--jobs", "2")
    assert done.status == 0
    assert "running in one process despite --jobs: nppes cannot be shared" in done.err
    done = credcheck("batch", str(roster), "-o", str(tmp_path / "p.csv"), "--demo")
    assert "one process judges" not in done.err


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.slow(every_case=True)
def test_a_run_that_is_stopped_goes_on_with_resume(
    sent: signal.Signals, status: int, world: Path, undisturbed: bytes
) -> None:
    out = world / f"stopped-{status}.ndjson"
    with started(world, out) as process:
        os.killpg(process.pid, sent)
        _, said = process.communicate(timeout=30)
    assert process.returncode == status, said
    assert "Traceback" not in said
    assert credcheck(*words(world, out, "--resume"), env=env(world)).status == 0
    assert out.read_bytes() == undisturbed


@pytest.mark.slow
def test_a_killed_run_leaves_no_process_behind(world: Path, undisturbed: bytes) -> None:
    out = world / "killed.ndjson"
    with started(world, out) as process:
        workers = children(process.pid)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for _ in range(1_000):
            if not any(Path(f"/proc/{worker}/cmdline").exists() for worker in workers):
                break
            time.sleep(0.01)
        assert not [x for x in workers if Path(f"/proc/{x}/cmdline").exists()]
    assert credcheck(*words(world, out, "--resume"), env=env(world)).status == 0
    assert out.read_bytes() == undisturbed


@pytest.mark.slow
def test_a_worker_that_is_killed_is_told_and_loses_nothing(world: Path, undisturbed: bytes) -> None:
    out = world / "worker.ndjson"
    with started(world, out) as process:
        os.kill(children(process.pid)[0], signal.SIGKILL)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 6
    assert "--resume" in said
    assert "Traceback" not in said
    assert credcheck(*words(world, out, "--resume"), env=env(world)).status == 0
    assert out.read_bytes() == undisturbed
