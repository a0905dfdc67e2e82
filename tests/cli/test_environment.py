"""Odd surroundings: closed streams, full disks, absurd variables, signals, open permissions."""

import os
import shlex
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.cli import Ran, command, credcheck
from tests.support.registry import hang, serving
from tests.support.world import copy_demo

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="a POSIX shell redirects the streams"),
]

VERIFY = "verify 2000001075 --demo"
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a full device")


def shell(line: str, redirection: str = "", **env: str) -> Ran:
    """Run a command in a shell, which closes or redirects its streams."""
    words = " ".join(map(shlex.quote, command())) + f" {line} {redirection}"
    done = subprocess.run(
        ["sh", "-c", words], capture_output=True, text=True, env=os.environ | env, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(
    ("line", "redirection", "status", "said"),
    [
        (VERIFY, "<&-", 0, ""),
        ("verify - --demo", "<&-", 2, "standard input is closed"),
        ("batch - --demo -o x.csv", "<&-", 2, "standard input is closed"),
        (VERIFY, ">&-", 6, "the output could not be written"),
        ("verify 2100000142 --demo", ">&-", 6, "the output could not be written"),
        (VERIFY, "2>&-", 0, ""),
        ("verify 2100000142 --demo", "2>&-", 4, ""),
        (VERIFY, "<&- >&- 2>&-", 6, ""),
        ("--help", ">&-", 6, "the output could not be written"),
        ("--version", ">&-", 6, "the output could not be written"),
        ("--json-schema", ">&-", 6, "the output could not be written"),
        ("verify --help", ">&-", 6, "the output could not be written"),
        ("sources list --demo", ">&-", 6, "the output could not be written"),
        ("verify --nope", "2>&-", 2, ""),
        ("verify --nope", "<&- >&- 2>&-", 2, ""),
    ],
)
def test_a_closed_stream(
    tmp_path: Path, line: str, redirection: str, status: int, said: str
) -> None:
    ran = shell(line, redirection)
    assert ran.status == status, ran.err
    assert said in ran.err
    assert "Exception ignored" not in ran.err


@FULL
@pytest.mark.parametrize(
    "line",
    ["", "--help", "verify --help", "--version", "--json-schema", VERIFY, "demo", "sources --help",
     "standards list", "cache info"],
)  # fmt: skip
def test_a_full_disk_under_standard_output(line: str) -> None:
    ran = shell(line, ">/dev/full")
    assert ran.status == 6
    assert ran.err == "credcheck: the output could not be written: No space left on device\n"


@pytest.mark.parametrize(
    ("given", "said"),
    [(b"\xff\xfe\n", "not UTF-8"), (b"a" * 1_000_000, "at most 10,000 bytes"), (b"", "name")],
)
def test_a_query_from_standard_input_that_is_none(given: bytes, said: str) -> None:
    ran = subprocess.run(
        command("verify", "-", "--demo"), input=given, capture_output=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert said in ran.stderr.decode()


@FULL
@pytest.mark.parametrize(("line", "status"), [("verify --nope", 2), (VERIFY + " -v", 0)])
def test_a_full_disk_under_standard_error(line: str, status: int) -> None:
    assert shell(line, "2>/dev/full").status == status


@pytest.mark.parametrize("line", ["--help", "verify --help", "demo", "--json-schema"])
def test_a_closed_pipe(line: str) -> None:
    words = " ".join(map(shlex.quote, command()))
    done = subprocess.run(
        ["bash", "-c", f"{{ {words} {line}; echo $? >&2; }} | true"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr in {"141\n", "0\n"}  # 0: all was written before the pipe was closed


def test_an_open_file_never_takes_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    """Else what is meant for the screen lands in the cache, or in a result."""
    out = tmp_path / "out.csv"
    roster = copy_demo(tmp_path) / "roster.csv"
    closed = shell(f"batch {roster} --demo -v -o {out}", "<&- >&- 2>&-")
    first = out.read_bytes()
    out.unlink()
    opened = shell(f"batch {roster} --demo -v -o {out}")
    assert (closed.status, first) == (opened.status, out.read_bytes())


@pytest.mark.parametrize("width", ["0", "-5", "1", "99999999999999", "abc", "²²", "", " 80 "])
@pytest.mark.parametrize("line", ["--help", f"{VERIFY} --format table"])
@pytest.mark.parametrize("name", ["COLUMNS", "LINES", "TERMINAL_WIDTH", "JUPYTER_COLUMNS"])
def test_an_absurd_width(name: str, width: str, line: str) -> None:
    ran = shell(line, **{name: width})
    assert (ran.status, ran.err) == (0, "")
    assert "credcheck" in ran.out if "help" in line else "ABERNATHY" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 1000


@pytest.mark.parametrize(
    "epoch", ["abc", "²", "-1", "1.5", "99999999999999999999", "9999999999999", " 1"]
)
def test_an_absurd_epoch_is_wrong_usage(epoch: str) -> None:
    ran = shell(VERIFY, SOURCE_DATE_EPOCH=epoch)
    assert (ran.status, ran.out) == (2, "")
    assert "SOURCE_DATE_EPOCH" in ran.err


@pytest.mark.parametrize("epoch", ["", "0", "1700000000"])
def test_an_epoch_stands_in_for_the_clock(epoch: str) -> None:
    ran = shell(f"{VERIFY} --format ndjson", SOURCE_DATE_EPOCH=epoch)
    assert ran.status == 0
    assert ("T00:00:00" in ran.out or "2023-11-14" in ran.out) == bool(epoch)


@pytest.mark.parametrize("lang", ["xx_YY.bogus", "C", "tr_TR.UTF-8", "a/../../b", "\u00e9"])
def test_a_language_changes_no_byte_of_a_result(lang: str) -> None:
    usual = shell(VERIFY)
    odd = shell(VERIFY, LANG=lang, LC_ALL=lang, LANGUAGE=lang)
    assert (odd.status, odd.out, odd.err) == (0, usual.out, "")


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    words = " ".join(map(shlex.quote, command()))
    gone = tmp_path / "gone"
    gone.mkdir()
    for line in ("verify 2000001075", "verify 2000001075 --config x.toml", "sources list"):
        done = subprocess.run(
            ["sh", "-c", f"cd {gone} && rmdir {gone} && {words} {line}; s=$?; mkdir {gone}; exit $s"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 2, done.stderr
        assert "working directory" in done.stderr


@pytest.mark.parametrize("asked", ["bogus", "complete_bash", "source_nosuch", ""])
def test_completion_that_is_asked_wrongly_is_no_bug(asked: str) -> None:
    assert shell("--help", _CREDCHECK_COMPLETE=asked, COMP_CWORD="x").status in {0, 2}


def test_a_bug_is_reported_where_nothing_can_be_written(tmp_path: Path) -> None:
    code = (
        "import credcheck.verify.pipeline as p, credcheck.cli as c;"
        " del p.Verifier.__call__; c.main()"
    )
    nowhere = {"XDG_STATE_HOME": "/proc/none", "TMPDIR": "/proc/none", "HOME": "/proc/none"}
    ran = subprocess.run(
        [sys.executable, "-c", code, *VERIFY.split()],
        env=os.environ | nowhere, capture_output=True, text=True, check=False, cwd="/proc",
    )  # fmt: skip
    assert ran.returncode == 70
    assert "Traceback" not in ran.stderr
    assert "this is a bug in credcheck" in ran.stderr


def waiting(config: Path, *, ignore: bool = False) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*(["nohup"] if ignore else []), *command("verify", "2000001075", "--config", str(config))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_terminal_that_is_closed_ends_it_as_sigterm_does(tmp_path: Path) -> None:
    config = tmp_path / "credcheck.toml"
    with serving(hang) as registry:
        config.write_text(
            f'[sources.nppes]\nadapter = "nppes-api"\nbase_url = "{registry.base_url}"\n'
        )
        with waiting(config) as running:
            while not registry.requests:
                time.sleep(0.05)
            running.send_signal(signal.SIGHUP)
            out, err = running.communicate(timeout=30)
    assert (running.returncode, out) == (143, b"")
    assert b"Traceback" not in err


def test_under_nohup_it_goes_on(tmp_path: Path) -> None:
    config = tmp_path / "credcheck.toml"
    with serving(hang) as registry:
        config.write_text(
            f'[sources.nppes]\nadapter = "nppes-api"\nbase_url = "{registry.base_url}"\ntimeout = 3\n'
        )
        with waiting(config, ignore=True) as running:
            while not registry.requests:
                time.sleep(0.05)
            running.send_signal(signal.SIGHUP)
            running.communicate(timeout=30)
    assert running.returncode == 3


def test_a_terminal_that_is_closed_loses_nothing_of_a_batch(tmp_path: Path) -> None:
    """The journal goes on with --resume, and gives what an undisturbed run gives."""
    from credcheck.model.npi import check_digit
    from tests.support.registry import by_number
    from tests.support.world import record

    numbers = [f"{n}{check_digit(str(n))}" for n in range(200000100, 200000160)]
    people = [record(npi, "FAKE", "PERSON") for npi in numbers]
    (tmp_path / "roster.csv").write_text("npi\n" + "\n".join(numbers) + "\n")
    with serving(by_number(people, delay=0.05)) as registry:
        (tmp_path / "credcheck.toml").write_text(
            f'[sources.nppes]\nadapter = "nppes-api"\nbase_url = "{registry.base_url}"\nrate = 1000\n'
        )
        words = ["batch", "roster.csv", "-q", "--config", "credcheck.toml", "--as-of", "2026-11-01"]
        with subprocess.Popen(
            command(*words, "-o", "out.csv"), cwd=tmp_path, stderr=subprocess.PIPE
        ) as running:
            while len(registry.requests) < 30:
                time.sleep(0.02)
            running.send_signal(signal.SIGHUP)
            _, err = running.communicate(timeout=60)
        assert running.returncode == 143
        assert b"--resume" in err
        resumed = credcheck(*words, "-o", "out.csv", "--resume", cwd=tmp_path)
        whole = credcheck(*words, "-o", "whole.csv", cwd=tmp_path)
    assert resumed.status == whole.status
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_what_it_makes_is_the_users_own_whatever_the_umask_says(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    roster = copy_demo(tmp_path) / "roster.csv"
    made = tmp_path / "made"
    made.mkdir(mode=0o700)
    places = {
        "HOME": home, "XDG_STATE_HOME": home / "a" / "state", "XDG_CONFIG_HOME": home / "b" / "config",
        "CREDCHECK_CACHE": home / "c" / "cache", "CREDCHECK_STORE": home / "d" / "store",
    }  # fmt: skip
    words = " ".join(map(shlex.quote, command()))
    script = f"""umask 000; cd {made}
    {words} batch {roster} --demo -q -o out.ndjson --journal deep/er/journal
    {words} audit {roster} --demo -q --html audit.html -o audit.xlsx > /dev/null
    {words} sources add mine --adapter nppes-api
    {words} cache info
    {words} verify 2000001075 --offline > /dev/null
    {words} sources import theirs nothing.csv
    """
    subprocess.run(
        ["sh", "-c", script],
        env=os.environ | {name: str(path) for name, path in places.items()},
        check=False, capture_output=True,
    )  # fmt: skip
    found = [path for top in (made, home) for path in top.rglob("*")]
    assert len(found) > 10
    others = {str(path): oct(path.stat().st_mode) for path in found if path.stat().st_mode & 0o077}
    assert not others
    assert any(stat.S_ISDIR(path.stat().st_mode) for path in found)


_LONG = "a" * 5_000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CREDCHECK_CONFIG", "missing.toml"),
        ("CREDCHECK_CONFIG", _LONG),
        ("CREDCHECK_STATE", "file"),
        ("CREDCHECK_STATE", "file/below"),
        ("CREDCHECK_STATE", _LONG),
        ("CREDCHECK_STORE", "file"),
        ("CREDCHECK_STORE", "file/below"),
        ("CREDCHECK_STORE", _LONG),
    ],
)
def test_a_variable_that_names_nothing_is_named(tmp_path: Path, name: str, value: str) -> None:
    (tmp_path / "file").touch()
    roster = copy_demo(tmp_path) / "roster.csv"
    words = ["--demo"] if name != "CREDCHECK_CONFIG" else []
    ran = credcheck("batch", str(roster), "-o", "out.csv", *words, cwd=tmp_path, env={name: value})
    assert (ran.status, ran.out) == (2, "")
    assert f"{name}=" in ran.err
    assert len(ran.err) < 500


@pytest.mark.parametrize("value", ["file", "file/below", _LONG])
@pytest.mark.parametrize("words", ["cache info", "cache clear"])
def test_a_cache_that_cannot_be_is_named_and_done_without(
    tmp_path: Path, value: str, words: str
) -> None:
    (tmp_path / "file").touch()
    ran = credcheck(*words.split(), cwd=tmp_path, env={"CREDCHECK_CACHE": value})
    assert ran.status == 0
    assert "CREDCHECK_CACHE" in ran.err
    assert len(ran.err) < 500


@pytest.mark.parametrize("value", ["[" * 5_000 + "]" * 5_000, "9" * 50_000, "{a=" * 3_000])
@pytest.mark.parametrize("what", ["--config", "--standard", "--waivers"])
def test_toml_that_is_nested_or_long_is_wrong_usage(tmp_path: Path, what: str, value: str) -> None:
    (tmp_path / "odd.toml").write_text(f"x = {value}\n")
    roster = str(copy_demo(tmp_path) / "roster.csv")
    demo = ["--demo"] if what != "--config" else []
    ran = credcheck("audit", roster, *demo, what, str(tmp_path / "odd.toml"))
    assert (ran.status, ran.out) == (2, "")
    assert "odd.toml" in ran.err
    assert "not valid TOML" in ran.err


@pytest.mark.parametrize("name", ["HTTP_PROXY", "ALL_PROXY", "SSL_CERT_FILE"])
def test_a_way_out_that_is_none_fails_the_source_by_name(tmp_path: Path, name: str) -> None:
    config = tmp_path / "credcheck.toml"
    config.write_text(
        '[sources.nppes]\nadapter = "nppes-api"\nbase_url = "http://127.0.0.1:9/"\nattempts = 1\n'
    )
    ran = credcheck(
        *("verify", "2000001075", "--config", str(config), "-v", "-v"),
        env={name: "socks5://me:hunter2@/no/such"},
    )
    assert ran.status == 3
    (report,) = ran.json["sources"]
    assert report["state"] == "failed"
    assert name in report["detail"]
    assert name == "SSL_CERT_FILE" or "hunter2" not in ran.out + ran.err
