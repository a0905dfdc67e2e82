"""``credcheck verify`` as its user meets it."""

import json
import os
import pty
import re
import signal
import subprocess
import time
from pathlib import Path

import jsonschema
import pytest

from credcheck.model import json_schema
from tests.support.cli import command, credcheck
from tests.support.registry import hang, serving

pytestmark = pytest.mark.slow

PASSING, FAILING, OPEN = "2000001075", "2100000142", "2100000365"


@pytest.mark.parametrize(
    ("npi", "status", "outcome"),
    [(PASSING, 0, "meets"), (FAILING, 4, "does_not_meet"), (OPEN, 3, "unverified")],
)
def test_the_exit_status_says_the_verdict(npi: str, status: int, outcome: str) -> None:
    ran = credcheck("verify", npi, "--demo")
    assert (ran.status, ran.json["outcome"], ran.err) == (status, outcome, "")


def test_every_format_is_the_same_verdict() -> None:
    pretty = credcheck("verify", PASSING, "--demo", "--format", "json").json
    header, line = credcheck("verify", PASSING, "--demo", "--format", "ndjson").out.splitlines()
    assert json.loads(line) == pretty
    assert json.loads(header)["schema"] == "credcheck.run/1"
    assert "meets" in credcheck("verify", PASSING, "--demo", "--format", "table").out


def test_the_schema_that_is_printed_holds_for_what_is_printed() -> None:
    schema = credcheck("--json-schema").json
    assert schema == json.loads(json.dumps(json_schema()))
    for npi in (PASSING, FAILING, OPEN):
        jsonschema.validate(credcheck("verify", npi, "--demo").json, schema)


def test_a_name_that_fits_several_lists_them_and_exits_3() -> None:
    ran = credcheck("verify", "Maya Merryweather", "--demo", "--format", "table")
    assert ran.status == 3
    assert "2100000381" in ran.out
    assert "2100000399" in ran.out


def test_a_name_narrowed_to_one_is_judged() -> None:
    ran = credcheck("verify", "Merryweather, Maya", "--city", "Toledo", "--demo")
    assert ran.json["physician"]["npi"] == "2100000399"


def test_the_query_can_come_from_standard_input() -> None:
    assert credcheck("verify", "-", "--demo", stdin=f"{PASSING}\n").status == 0


def test_explain_shows_the_way_and_the_records() -> None:
    ran = credcheck("verify", PASSING, "--demo", "--explain")
    for part in ("How each finding was reached", "Records", "tied by NPI", "SHA-256"):
        assert part in ran.out


@pytest.mark.parametrize("source", ["nppes", "programs", "fellowships", "boards", "exclusions"])
def test_without_any_required_source_it_is_unverified(source: str) -> None:
    ran = credcheck("verify", PASSING, "--demo", "--without", source)
    assert (ran.status, ran.json["outcome"]) == (3, "unverified")


def test_only_asks_that_source_alone() -> None:
    ran = credcheck("verify", PASSING, "--demo", "--only", "nppes")
    states = {source["name"]: source["state"] for source in ran.json["sources"]}
    assert states.pop("nppes") == "ok"
    assert set(states.values()) == {"skipped"}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["verify"], "Missing argument"),
        (["verify", PASSING, "--demo", "--frmat", "json"], "No such option"),
        (["verify", PASSING, "--demo", "--as-of", "yesterday"], "--as-of"),
        (["verify", PASSING, "--demo", "--config", "x.toml"], "cannot be used together"),
        (["verify", PASSING, "--demo", "--standard", "interventional-pian"], "did you mean"),
        (["verify", PASSING, "--demo", "--without", "board"], "did you mean 'boards'"),
        (["verify", "Jane Doe", "--demo", "--state", "Ohio"], "two-letter state code"),
        (["verify", "Jane", "--demo"], "first and a last name"),
        (["verify", PASSING], "no credcheck.toml here"),
        (["verify", PASSING, "--config", "missing.toml"], "missing.toml"),
        (["vrify", PASSING], "verify"),
    ],
)
def test_wrong_usage_is_told_and_exits_2(tmp_path: Path, args: list[str], said: str) -> None:
    ran = credcheck(*args, cwd=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert said in " ".join(ran.err.replace("│", " ").split())
    assert "Traceback" not in ran.err


class TestOutput:
    """Whole, or with the status that says it is not."""

    def test_a_full_disk_is_6(self) -> None:
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                command("verify", PASSING, "--demo"),
                stdout=full, stderr=subprocess.PIPE, text=True, check=False,
            )  # fmt: skip
        assert done.returncode == 6
        assert (
            done.stderr == "credcheck: the output could not be written: No space left on device\n"
        )

    @pytest.mark.parametrize("args", [("verify", PASSING, "--demo"), ("--help",), ("demo",)])
    def test_a_closed_pipe_is_141_without_a_word(self, args: tuple[str, ...]) -> None:
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run(
            command(*args), stdout=write, stderr=subprocess.PIPE, text=True, check=False
        )
        os.close(write)
        assert (done.returncode, done.stderr) == (141, "")

    @pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
    def test_any_encoding_of_the_terminal_will_do(self, encoding: str) -> None:
        done = subprocess.run(
            command("verify", PASSING, "--demo", "--explain"),
            env={**os.environ, "PYTHONIOENCODING": encoding, "LC_ALL": "C"},
            capture_output=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, b"")
        assert "meets" in done.stdout.decode(encoding)


def in_a_terminal(*args: str, **env: str) -> str:
    """Run the command with a terminal as its output, and return what it wrote there."""
    parent, child = pty.openpty()
    done = subprocess.Popen(
        command(*args),
        stdout=child,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm-256color", **env},
    )
    os.close(child)
    shown = b""
    while True:
        try:
            part = os.read(parent, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(parent)
    done.wait()
    return shown.decode()


class TestTerminal:
    """A table for a terminal, in color unless it is not wanted."""

    def test_a_terminal_gets_a_table_in_colour(self) -> None:
        shown = in_a_terminal("verify", PASSING, "--demo")
        assert "Requirement" in shown
        assert "\x1b[" in shown

    @pytest.mark.parametrize("how", ["--no-color", "NO_COLOR"])
    def test_without_colour_the_words_say_it_all(self, how: str) -> None:
        args = ("--no-color",) if how.startswith("--") else ()
        env = {"NO_COLOR": "1"} if how == "NO_COLOR" else {}
        shown = in_a_terminal("verify", PASSING, "--demo", *args, **env)
        assert not any(f"\x1b[{code}" in shown for code in ("3", "1;3", "9"))
        assert "meets" in re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()


class TestSignals:
    """Ctrl-C and SIGTERM end it at once, with their status and without a traceback."""

    @pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
    def test_while_waiting_for_the_registry(
        self, tmp_path: Path, sent: signal.Signals, status: int
    ) -> None:
        with serving(hang) as running:
            config = tmp_path / "credcheck.toml"
            config.write_text(
                f'[sources.nppes]\nadapter = "nppes-api"\nbase_url = "{running.base_url}"\n',
                encoding="utf-8",
            )
            child = subprocess.Popen(
                command("verify", PASSING, "--config", str(config)),
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )  # fmt: skip
            while not running.requests and child.poll() is None:
                time.sleep(0.02)
            child.send_signal(sent)
            out, err = child.communicate(timeout=10)
        assert (child.returncode, out) == (status, "")
        assert "Traceback" not in err


BROKEN = """
import credcheck.verify.pipeline, credcheck.cli
def broken(self, queries): raise RuntimeError('a secret detail')
credcheck.verify.pipeline.Verifier.__call__ = broken
credcheck.cli.main()
"""


def test_a_bug_is_70_with_a_report_and_no_traceback(tmp_path: Path) -> None:
    ran = subprocess.run(
        [*command()[:3], "-c", BROKEN, "verify", PASSING, "--demo"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stdout) == (70, "")
    assert "this is a bug in credcheck" in ran.stderr
    assert "a secret detail" not in ran.stderr
    (report,) = (tmp_path / "state").rglob("crash-*.txt")
    assert str(report) in ran.stderr
    assert "a secret detail" in report.read_text(encoding="utf-8")
    assert PASSING not in report.read_text(encoding="utf-8")


def test_help_imports_nothing_heavy() -> None:
    done = subprocess.run(
        [*command()[:3], "-X", "importtime", *command()[3:], "--help"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    imported = {line.split("|")[-1].strip() for line in done.stderr.splitlines() if "|" in line}
    heavy = {
        "httpx",
        "diskcache",
        "sqlite3",
        "nameparser",
        "msgspec",
        "credcheck_sources",
        "stamina",
    }
    assert not heavy & imported
