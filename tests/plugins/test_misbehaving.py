"""A plugin that misbehaves, through the command: its source is failed, and it says nothing else."""

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from credcheck._util.text import escape_control
from tests.support.cli import Ran, command, credcheck
from tests.support.world import copy_demo

pytestmark = pytest.mark.slow

SITE = Path(__file__).parent / "site"
MEETS = "2000001075"
LIMIT = 60  # seconds: far more than the deadline of 3, far less than the plugin would take

SAYS = {
    "raise": r"raised RuntimeError: boom \x1b[31m\u202e",
    "exit": "tried to exit",
    "interrupt": "raised KeyboardInterrupt",
    "os-exit": "its process ended",
    "kill": "its process ended",
    "hang": "no answer within 3 s",
    "spin": "no answer within 3 s",
    "flood": "no answer within 3 s",
    "print": "wrote to standard output: 'MEETS, says the plugin'",
    "write": "wrote to standard output: 'MEETS, says the plugin'",
    "close": "closed standard output",
    "thread": "left a thread behind",
    "close-all": "its process ended",
    "alarm": "its process ended",
    "overflow": "its process ended",
    "object": "raised NotImplementedError",
    "million": "the limit is 10,000",
    "recurse": "raised RecursionError",
    "none": "returned a NoneType",
    "true": "returned a bool",
    "text": "returned a str",
    "dict": "returned a dict",
    "nones": "returned a NoneType",
    "short": "returned 0 answers to 1 question",
    "long": "returned 2 answers to 1 question",
    "endless": "returned a callable_iterator",
    "failed": r"closed on Sundays \x1b[2J",
    "no-snapshot": "did not say how old",
    "day-to-come": "2099-01-01, which is in the future",
    "failure-and-claims": r"why \x1b]0;x\x07",
    "record-dict": "a record that is a dict",
    "record-none": "neither a record nor a problem",
    "record-wrong": "fellowship, which it does not declare",
    "kind-undeclared": "registration, which it does not declare",
    "record-field": "status",
    "program-invalid": "program",
    "npi-invalid": "'2000001076' is not an NPI",
    "digest": "digest",
    "long-name": "the limit is 16,384",
    "claim-dict": "returned a dict",
    "open-raise": "raised RuntimeError",
    "open-exit": "tried to exit",
    "open-hang": "no answer within 3 s",
    "open-os-exit": "its process ended",
    "open-print": "wrote to standard output",
    "load-print": "wrote to standard output",
    "facts-none": "facts",
    "facts-name": "calls itself 'boards'",
    "facts-age": "max_age_days",
}


def world(folder: Path, options: str = "deadline = 3.0") -> str:
    """Return the demo world's configuration with boards that misbehave."""
    config = copy_demo(folder) / "credcheck.toml"
    text = config.read_text(encoding="utf-8")
    head, _, rest = text.partition("[sources.boards]")
    tail = rest[rest.index("[sources.exclusions]") :]
    mine = f'[sources.certificates]\nadapter = "misbehaving"\n{options}\n\n'
    config.write_text(head + mine + tail, encoding="utf-8")
    return str(config)


def verify(folder: Path, way: str, *args: str, options: str = "deadline = 3.0") -> Ran:
    env = {"PYTHONPATH": str(SITE), "MISBEHAVE": way}
    config = ("--config", world(folder, options), "--as-of", "2026-11-01")
    return credcheck("verify", MEETS, *config, *args, env=env)


def test_one_that_behaves_is_heard(tmp_path: Path) -> None:
    ran = verify(tmp_path, "")
    assert (ran.status, ran.json["outcome"], ran.err) == (0, "meets", "")
    assert "certificates" in {item["source"] for item in ran.json["evidence"]}


@pytest.mark.parametrize("way", SAYS)
def test_its_source_is_failed_and_named(tmp_path: Path, way: str) -> None:
    began = time.monotonic()
    ran = verify(tmp_path, way)
    assert time.monotonic() - began < LIMIT
    assert ran.status == 3, ran.err
    (report,) = (each for each in ran.json["sources"] if each["name"] == "certificates")
    assert report["state"] == "failed"
    assert SAYS[way] in escape_control(report["detail"])
    assert "says the plugin" not in ran.err
    assert not [item for item in ran.json["evidence"] if item["source"] == "certificates"]
    assert len(report["detail"]) < 1000


def test_what_it_ignores_is_its_own(tmp_path: Path) -> None:
    """A plugin that ignores SIGTERM does so in its own process."""
    assert verify(tmp_path, "ignore").status == 0


def test_one_that_forks_answers_once(tmp_path: Path) -> None:
    assert verify(tmp_path, "fork").status == 0


def test_options_that_it_refuses_are_wrong_usage(tmp_path: Path) -> None:
    ran = verify(tmp_path, "open-refuse")
    assert ran.status == 2
    assert "[sources.certificates]: label must not be empty" in ran.err
    ran = verify(tmp_path / "2", "", options="lable = 'x'")
    assert ran.status == 2
    assert "unknown option 'lable' (did you mean 'label'" in ran.err
    ran = verify(tmp_path / "3", "", options="label = 7")
    assert ran.status == 2
    assert "label" in ran.err


@pytest.mark.parametrize("way", ["load-raise", "load-exit", "load-os-exit", "load-interrupt"])
def test_one_that_cannot_be_loaded_is_wrong_usage(tmp_path: Path, way: str) -> None:
    ran = verify(tmp_path, way)
    assert (ran.status, ran.out) == (2, "")
    assert "'misbehaving' (misbehaving:ADAPTER) cannot be loaded" in ran.err


@pytest.mark.parametrize("way", ["load-hang", "open-hang", "hang"])
def test_a_signal_is_not_taken_for_its_doing(tmp_path: Path, way: str) -> None:
    env = {"PYTHONPATH": str(SITE), "MISBEHAVE": way}
    from tests.support.cli import environment

    config = ("--config", world(tmp_path, "deadline = 50.0"))
    with subprocess.Popen(
        command("verify", MEETS, *config),
        env=environment(env),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        _wait_for_plugin(running.pid)
        running.send_signal(signal.SIGTERM)
        out, _ = running.communicate(timeout=LIMIT)
    assert (running.returncode, out) == (143, b"")


def _wait_for_plugin(parent: int) -> None:
    children = Path(f"/proc/{parent}/task/{parent}/children")
    while not children.read_text().split():
        time.sleep(0.05)
    time.sleep(1.0)


def test_another_persons_record_is_not_credited(tmp_path: Path) -> None:
    """A registry that answers with somebody else's record has not answered."""
    config = copy_demo(tmp_path) / "credcheck.toml"
    text = config.read_text(encoding="utf-8")
    head, _, rest = text.partition("[sources.nppes]")
    tail = rest[rest.index("[sources.programs]") :]
    mine = '[sources.nppes]\nadapter = "misbehaving"\nregistry = true\n\n'
    config.write_text(head + mine + tail, encoding="utf-8")
    for way in ("another-person", ""):
        ran = credcheck(
            *("verify", MEETS, "--config", str(config), "--as-of", "2026-11-01"),
            env={"PYTHONPATH": str(SITE), "MISBEHAVE": way},
        )
        assert ran.status == 3
        assert (ran.json["physician"] is None) == bool(way)
        assert not [x for x in ran.json["evidence"] if x["record"].get("npi") == "2000001083"]


def test_a_batch_goes_on_without_it(tmp_path: Path) -> None:
    """A plugin that hangs is asked once; every row has its verdict, and none says meets."""
    env = {"PYTHONPATH": str(SITE), "MISBEHAVE": "hang"}
    config = world(tmp_path)
    roster, out = str(tmp_path / "world" / "roster.csv"), tmp_path / "out.ndjson"
    ran = credcheck(
        *("batch", roster, "-o", str(out), "--format", "ndjson", "-q"),
        *("--config", config, "--as-of", "2026-11-01"),
        env=env,
    )
    assert ran.status == 3, ran.err
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()[1:]]
    assert lines
    assert "meets" not in {line["outcome"] for line in lines}
