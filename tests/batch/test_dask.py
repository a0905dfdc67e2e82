"""A roster on a Dask cluster: the bytes of one run, or a name for what went wrong."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from credcheck import __version__
from credcheck._util.errors import InputError, OutputError, UsageError
from credcheck.cli.cluster import check_cluster
from credcheck.demo import DEMO_AS_OF
from credcheck.model import Query, to_json
from credcheck.model.npi import parse
from credcheck.runs import PortableVerifier, dask_pool
from credcheck.runs.dask_pool import ClusterJudge, Refusal, open_dask_pool
from credcheck.runs.fingerprint import list_snapshots
from credcheck.runs.journal import Pending
from tests.support.cli import command, credcheck, environment
from tests.support.world import copy_demo

distributed = pytest.importorskip(
    "distributed", reason="the extra dask is not installed, so nothing is shown of --engine dask"
)

FIXED = {"SOURCE_DATE_EPOCH": "1795000000"}
PROMPT = 60.0  # seconds that a process may take to answer, on a machine that is busy
ASKED = to_json(Query(npi=parse("2000001075"), row=2))
PART = [Pending(row=2, asked=ASKED, copies=1), Pending(row=3, asked=ASKED, copies=1)]


class FakeFuture(NamedTuple):
    """A future that has come to an end."""

    status: str
    value: Any = None

    def exception(self) -> Any:
        return self.value

    def result(self) -> Any:
        return self.value


def make_judge(world: Path, **snapshots: str) -> ClusterJudge:
    verifier = PortableVerifier(world / "credcheck.toml", as_of=DEMO_AS_OF)
    found = list_snapshots(verifier.open().source_set, DEMO_AS_OF)
    return ClusterJudge(verifier, {**found, **snapshots})


@pytest.mark.parametrize(
    ("engine", "scheduler", "others", "said"),
    [
        ("ray", "tcp://a:1", {}, "the engines are dask"),
        (None, "tcp://a:1", {}, "the engines are dask"),
        ("dask", None, {}, "needs --scheduler"),
        ("dask", "tcp://a:1", {"--jobs": 2}, "--engine and --jobs exclude"),
        ("dask", "tcp://a:1", {"--shard": "1/2"}, "--engine and --shard exclude"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    engine: str | None, scheduler: str | None, others: dict[str, object], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        check_cluster(engine, scheduler, others)


def test_where_no_scheduler_answers_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_pool, "_CONNECT", 0.3)
    judge = make_judge(copy_demo(tmp_path))
    with (
        pytest.raises(UsageError, match="no Dask scheduler answers"),
        open_dask_pool(judge, "tcp://127.0.0.1:1"),
    ):
        pass


@pytest.mark.slow(every_case=True)
def test_a_worker_with_other_files_or_another_version_judges_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_pool, "_name_worker", lambda: "tcp://here")
    world = copy_demo(tmp_path)
    other = make_judge(world, boards="0" * 64)(__version__, PART)
    assert other == Refusal("tcp://here", "has another file of source boards than this machine")
    old = make_judge(world)("0.0.1", PART)
    assert isinstance(old, Refusal)
    assert "the run 0.0.1" in old.reason
    good = make_judge(world)(__version__, PART)
    assert not isinstance(good, Refusal)
    assert [stub.outcome for block in good.blocks for stub in block.kept] == ["meets", "meets"]


@pytest.mark.parametrize(
    ("future", "error", "said"),
    [
        (FakeFuture("finished", Refusal("tcp://w:1", "has x")), InputError, "tcp://w:1 has x"),
        (FakeFuture("error", distributed.KilledWorker("t", None, 3)), OutputError, "rows 2 to 3"),
        (FakeFuture("cancelled"), OutputError, "the Dask scheduler is gone"),
        (FakeFuture("lost"), OutputError, "the Dask scheduler is gone"),
        (FakeFuture("error", KeyError("poison")), KeyError, "poison"),
    ],
)
def test_what_goes_wrong_for_good_is_named(
    future: FakeFuture, error: type[Exception], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_pool, "_is_done", lambda *_: True)
    with pytest.raises(error, match=said) as caught:
        dask_pool._wait_for(None, future, PART)  # type: ignore[arg-type]  # as they are used
    if error is KeyError:
        assert caught.value.__notes__ == [
            "on a worker of the Dask cluster, while it judged rows 2 to 3"
        ]
    else:
        assert "--resume" in str(caught.value)


@pytest.mark.slow
def test_two_workers_of_which_one_is_killed_give_the_bytes_of_one_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = copy_demo(tmp_path)
    with run_cluster(tmp_path, workers=2) as (scheduler, (victim, other)):
        with distributed.Client(scheduler, timeout=PROMPT, set_as_default=False) as client:
            wait_until(lambda: len(client.nthreads()) == 2)
            address = find_address(client, victim.pid)
            os.kill(victim.pid, signal.SIGSTOP)  # what it is given stays in its hands
            ran = start_run(world, scheduler)
            wait_until(lambda: bool(client.processing()[address]))
            os.kill(victim.pid, signal.SIGKILL)
            said = ran.communicate(timeout=2 * PROMPT)[1]
            assert ran.returncode == 0, said
        other.kill()
        monkeypatch.setattr(dask_pool, "_LOOK", 0.2)
        with (
            open_dask_pool(make_judge(world), scheduler) as pool,
            pytest.raises(OutputError, match="no worker left"),
        ):
            pool.submit(PART)()
    whole = credcheck("batch", "roster.csv", "-o", "whole.ndjson", *HOW, cwd=world, env=FIXED)
    assert whole.status == 0, whole.err
    assert (world / "dask.ndjson").read_bytes() == (world / "whole.ndjson").read_bytes()


HOW = ("--as-of", DEMO_AS_OF.isoformat(), "--quiet")


def start_run(world: Path, scheduler: str) -> subprocess.Popen[str]:
    on_cluster = ("-o", "dask.ndjson", "--engine", "dask", "--scheduler", scheduler)
    return subprocess.Popen(
        command("batch", "roster.csv", *on_cluster, *HOW),
        cwd=world,
        env=environment(FIXED),
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def run_cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Run a scheduler and workers on this machine, over TCP, each in a process of its own."""
    file = str(folder / "scheduler.json")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment({})}
    dask = (sys.executable, "-m", "distributed.cli.dask_")
    started: list[subprocess.Popen[bytes]] = []

    def start(name: str, *words: str) -> None:
        words = (dask[0], "-m", f"{dask[2]}{name}", "--scheduler-file", file, *words)
        started.append(subprocess.Popen(words, **quiet))  # type: ignore[call-overload]  # as above

    try:
        start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        for number in range(workers):
            place = ("--local-directory", str(folder / f"worker-{number}"), "--host", "127.0.0.1")
            start("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", *place)
        wait_until(lambda: "address" in read(file))
        yield read(file)["address"], started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def read(file: str) -> dict[str, Any]:
    import json

    try:
        found: dict[str, Any] = json.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def find_address(client: Any, pid: int) -> str:
    (address,) = (each for each, its in client.run(os.getpid).items() if its == pid)
    return str(address)


def wait_until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PROMPT
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.1)
