"""The cache damaged in every way, while a verdict is asked for: the verdict comes all the same."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.badinputs.world import GARCIA, GOOD_REGISTRY, verify
from tests.support.cli import Ran
from tests.support.registry import Registry, serving

pytestmark = pytest.mark.slow

Damage = Callable[[Path], object]


def verdict_after(tmp_path: Path, damage: Damage) -> tuple[Ran, Registry]:
    """Fill the cache, damage it, and ask again."""
    with serving(GOOD_REGISTRY) as running:
        assert verify(tmp_path, running).status == 0
        before = len(running.requests)
        damage(tmp_path / "cache")
        ran = verify(tmp_path, running)
        running.requests[:] = running.requests[before:]
    assert ran.status == 0
    assert "Traceback" not in ran.err
    assert ran.json["physician"]["npi"] == GARCIA
    return ran, running


def sql(statement: str, *values: object) -> Damage:
    def damage(cache: Path) -> None:
        with sqlite3.connect(cache / "cache.db") as connection:
            connection.execute(statement, values)
        connection.close()

    return damage


def test_an_undamaged_cache_saves_the_question(tmp_path: Path) -> None:
    ran, running = verdict_after(tmp_path, lambda cache: None)
    assert not running.requests
    assert ran.err == ""


def test_bi_056_the_database_is_text(tmp_path: Path) -> None:
    ran, running = verdict_after(
        tmp_path, lambda cache: (cache / "cache.db").write_text("not a database " * 500)
    )
    assert ran.err.count("cache unusable, continuing without it") == 1
    assert list((tmp_path / "cache").glob("cache.db.bad-*"))
    assert running.requests


def test_bi_057_the_database_is_cut_in_half(tmp_path: Path) -> None:
    def damage(cache: Path) -> None:
        database = cache / "cache.db"
        database.write_bytes(database.read_bytes()[: database.stat().st_size // 2])

    ran, _ = verdict_after(tmp_path, damage)
    assert ran.err.count("cache unusable") == 1


def test_bi_060_a_pickle_as_a_value_is_not_unpickled(tmp_path: Path) -> None:
    witness = tmp_path / "witness"
    evil = b"cposix\nsystem\n(S'touch %s'\ntR." % str(witness).encode()
    _, running = verdict_after(tmp_path, sql("UPDATE Cache SET mode = 4, value = ?", evil))
    assert running.requests, "a miss"
    assert not witness.exists()


@pytest.mark.parametrize("name", ["/etc/passwd", "../../secret"])
def test_bi_062_a_planted_file_name_is_neither_opened_nor_deleted(
    tmp_path: Path, name: str
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    _, running = verdict_after(tmp_path, sql("UPDATE Cache SET mode = 2, filename = ?", name))
    assert running.requests, "a miss"
    assert secret.exists()


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_bi_063_a_read_only_cache(tmp_path: Path) -> None:
    """Root may write anywhere, so the refusal is played by a folder of that name being a file."""

    def damage(cache: Path) -> None:
        for file in cache.iterdir():
            file.unlink()
        cache.rmdir()
        cache.write_text("", encoding="utf-8")

    ran, _ = verdict_after(tmp_path, damage)
    assert ran.err.count("cache unusable") == 1


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_bi_063_a_read_only_folder_and_database(tmp_path: Path) -> None:
    def damage(cache: Path) -> None:
        (cache / "cache.db").chmod(0o400)
        cache.chmod(0o500)

    ran, _ = verdict_after(tmp_path, damage)
    (tmp_path / "cache").chmod(0o700)
    assert ran.err.count("cache unusable") == 1


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_bi_064_a_folder_open_to_others(tmp_path: Path) -> None:
    ran, running = verdict_after(tmp_path, lambda cache: cache.chmod(0o755))
    assert "chmod 700" in ran.err
    assert running.requests


def test_bi_065_a_full_disk(tmp_path: Path) -> None:
    """No file of the process may grow beyond 8 kB, as on a disk that is full."""
    from tests.badinputs.world import world

    with serving(GOOD_REGISTRY) as running:
        config = world(tmp_path, nppes=f'base_url = "{running.base_url}"') / "credcheck.toml"
        code = (
            "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192));"
            "from credcheck.cli import main; main()"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, "verify", GARCIA, "--config", str(config),
             "--as-of", "2026-11-23", "--format", "table"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 0
    assert "meets" in done.stdout
    assert done.stderr.count("cache unusable") == 1


def test_bi_067_two_runs_share_the_cache(tmp_path: Path) -> None:
    from tests.badinputs.world import world
    from tests.support.cli import command

    with serving(GOOD_REGISTRY) as running:
        config = world(tmp_path, nppes=f'base_url = "{running.base_url}"') / "credcheck.toml"
        args = command("verify", GARCIA, "--config", str(config), "--as-of", "2026-11-23")
        runs = [
            subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(4)
        ]
        for run in runs:
            out, err = run.communicate(timeout=60)
            assert (run.returncode, err) == (0, "")
            assert '"outcome": "meets"' in out


def test_bi_068_killed_in_mid_write_twenty_times(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from credcheck.storage import DiskByteCache;"
        "cache = DiskByteCache(Path(sys.argv[1]));"
        "[(cache.set(f'k{n % 9}', b'v' * 3000, 60), print(n, flush=True)) for n in range(10**6)]"
    )
    folder = tmp_path / "cache"
    for kill in range(20):
        child = subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE)
        assert child.stdout is not None
        for _ in range(1 + kill % 7):
            child.stdout.readline()
        child.kill()
        child.wait()
        child.stdout.close()
    with sqlite3.connect(folder / "cache.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert not list(folder.rglob("*.val"))
    with serving(GOOD_REGISTRY) as running:
        assert verify(tmp_path, running).err == ""


def test_bi_070_entries_of_another_version_are_misses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from credcheck.storage import DiskByteCache
    from credcheck.storage import cache as module

    with monkeypatch.context() as older:
        older.setattr(module, "_SCHEMA", b"credcheck.cache/0")
        cache = DiskByteCache(tmp_path / "old")
        cache.set("key", b"value", 60)
        cache.close()
    cache = DiskByteCache(tmp_path / "old")
    assert cache.get("key") is None
    cache.close()
