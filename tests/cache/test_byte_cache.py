"""The cache: right, or out of the way. Real files, real damage."""

import os
import pickle
import sqlite3
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from credcheck.storage import DiskByteCache, NoCache
from credcheck.storage.cache import seal, unseal

pytestmark = pytest.mark.slow

VALUE = b'{"results": []}' * 50


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "http"


@pytest.fixture
def filled(folder: Path) -> Path:
    cache = DiskByteCache(folder)
    cache.set("key", VALUE, 60)
    cache.close()
    return folder


def read(folder: Path, key: str = "key") -> bytes | None:
    cache = DiskByteCache(folder)
    try:
        return cache.get(key)
    finally:
        cache.close()


def sql(folder: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(folder / "cache.db") as connection:
        connection.execute(statement, values)
    connection.close()


def test_a_value_comes_back_until_it_expires(folder: Path) -> None:
    cache = DiskByteCache(folder)
    cache.set("key", VALUE, 60)
    cache.set("gone", VALUE, -1)
    assert cache.get("key") == VALUE
    assert cache.get("gone") is None
    assert cache.get("other") is None
    cache.close()


def test_it_outlives_the_process(filled: Path) -> None:
    assert read(filled) == VALUE


def test_info_and_clear(filled: Path) -> None:
    cache = DiskByteCache(filled)
    assert cache.info().entries == 1
    assert cache.info().size_bytes > 0
    assert cache.clear() == 1
    assert cache.get("key") is None
    cache.close()


def test_values_stand_in_the_database_and_never_in_files(folder: Path) -> None:
    cache = DiskByteCache(folder)
    cache.set("big", b"x" * 5_000_000, 60)
    cache.close()
    assert {path.name.partition("-")[0] for path in folder.iterdir()} == {"cache.db"}
    assert read(folder, "big") == b"x" * 5_000_000


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_folder_and_files_are_for_the_user_alone(filled: Path) -> None:
    assert stat.S_IMODE(filled.stat().st_mode) == 0o700
    for path in filled.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_cache_that_keeps_nothing() -> None:
    cache = NoCache()
    cache.set("key", b"value", 60)
    assert cache.get("key") is None


class TestDamage:
    """Whatever stands in the database: the right value, or none."""

    def test_a_pickle_is_not_unpickled(self, filled: Path) -> None:
        witness = filled / "witness"
        evil = pickle.dumps(_Evil(str(witness)))
        sql(filled, "UPDATE Cache SET mode = 4, value = ?", evil)
        assert read(filled) is None
        assert not witness.exists()

    def test_a_pickled_key_is_not_unpickled(self, filled: Path) -> None:
        witness = filled / "witness"
        sql(filled, "UPDATE Cache SET raw = 0, key = ?", pickle.dumps(_Evil(str(witness))))
        cache = DiskByteCache(filled)
        assert cache.get("key") is None
        cache.clear()
        cache.close()
        assert not witness.exists()

    def test_a_planted_file_name_is_neither_read_nor_deleted(
        self, filled: Path, tmp_path: Path
    ) -> None:
        secret = tmp_path / "secret"
        secret.write_bytes(seal("key", b"secret"))
        sql(filled, "UPDATE Cache SET mode = 2, filename = ?", str(secret))
        cache = DiskByteCache(filled)
        assert cache.get("key") is None
        cache.clear()
        cache.close()
        assert secret.exists()

    def test_another_keys_value_is_not_given(self, folder: Path) -> None:
        cache = DiskByteCache(folder)
        cache.set("one", b"first", 60)
        cache.set("two", b"second", 60)
        cache.close()
        sql(
            folder,
            "UPDATE Cache SET value = (SELECT value FROM Cache WHERE rowid = 2) WHERE rowid = 1",
        )
        assert read(folder, "one") is None
        assert read(folder, "two") == b"second"

    def test_a_changed_value_is_not_given(self, filled: Path) -> None:
        sql(filled, "UPDATE Cache SET value = value || 'x'")
        assert read(filled) is None

    @pytest.mark.parametrize(
        "damage",
        [
            lambda path: path.write_text("this is not a database" * 100),
            lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
            lambda path: path.write_bytes(b""),
        ],
    )
    def test_a_broken_database_is_stepped_around_and_set_aside(
        self,
        filled: Path,
        damage: Callable[[Path], object],
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        damage(filled / "cache.db")
        cache = DiskByteCache(filled)
        assert cache.get("key") is None
        cache.set("key", VALUE, 60)
        cache.close()
        assert sum("cache unusable" in record.message for record in caplog.records) <= 1
        second = DiskByteCache(filled)
        second.set("key", VALUE, 60)
        assert second.get("key") == VALUE, "the next run must find a cache that works"
        second.close()

    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(place=st.floats(0, 0.9999), bit=st.integers(0, 7))
    @example(place=0.125, bit=7)  # a text of the settings is no UTF-8 any more
    def test_no_flipped_bit_gives_a_wrong_value(
        self, tmp_path_factory: pytest.TempPathFactory, place: float, bit: int
    ) -> None:
        folder = tmp_path_factory.mktemp("flip") / "http"
        cache = DiskByteCache(folder)
        for number in range(20):
            cache.set(f"k{number}", b"value %d" % number, 60)
        cache.close()
        database = folder / "cache.db"
        content = bytearray(database.read_bytes())
        content[int(place * len(content))] ^= 1 << bit
        database.write_bytes(content)
        flipped = DiskByteCache(folder)
        for number in range(20):
            assert flipped.get(f"k{number}") in {None, b"value %d" % number}
        flipped.close()


class TestSurroundings:
    """Read-only, open to others, full, locked, killed: one warning, and the work goes on."""

    def test_a_folder_open_to_others_is_refused_with_the_mend(
        self, filled: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        filled.chmod(0o755)
        cache = DiskByteCache(filled)
        assert cache.get("key") is None
        cache.set("key", b"x", 60)
        assert [record.message for record in caplog.records if "chmod 700" in record.message]
        assert len(caplog.records) == 1

    def test_a_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        cache = DiskByteCache(tmp_path / "file" / "cache")
        cache.set("key", b"x", 60)
        assert cache.get("key") is None
        assert cache.info().problem

    def test_a_locked_database_costs_seconds_and_not_a_minute(self, filled: Path) -> None:
        holder = sqlite3.connect(filled / "cache.db", isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        try:
            assert read(filled) is None
        finally:
            holder.execute("ROLLBACK")
            holder.close()
        assert read(filled) == VALUE

    def test_a_full_disk_is_no_matter(self, folder: Path) -> None:
        """The kernel refuses to write more than 100 kB to any file of this process."""
        done = subprocess.run(
            [sys.executable, "-c", _FULL, str(folder)], capture_output=True, text=True, check=True
        )
        assert done.stdout.split() == ["None", "True"]
        assert done.stderr.count("cache unusable") == 1

    def test_killed_in_mid_write_it_opens_again(self, folder: Path) -> None:
        for _ in range(5):
            child = subprocess.Popen(
                [sys.executable, "-c", _WRITES, str(folder)], stdout=subprocess.PIPE
            )
            assert child.stdout is not None
            for _ in range(20):
                child.stdout.readline()
            child.kill()
            child.wait()
            child.stdout.close()
        cache = DiskByteCache(folder)
        assert cache.get("k1") == b"v" * 2000
        assert cache.info().problem is None
        cache.close()
        assert {path.name.partition("-")[0] for path in folder.iterdir()} == {"cache.db"}

    def test_two_processes_share_it(self, folder: Path) -> None:
        DiskByteCache(folder).info()
        children = [
            subprocess.Popen(
                [sys.executable, "-c", _SHARES, str(folder), name],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for name in "ab"
        ]
        for child in children:
            out, err = child.communicate(timeout=60)
            assert (out.strip(), err) == ("200", "")


def test_a_seal_fits_its_key_and_value_alone() -> None:
    assert unseal("key", seal("key", b"value")) == b"value"
    assert unseal("other", seal("key", b"value")) is None
    assert unseal("key", seal("key", b"value") + b"x") is None
    assert unseal("key", b"") is None


class _Evil:
    """Unpickling it would leave a file behind."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return open, (self._path, "w")


_FULL = textwrap.dedent(
    """
    import logging, resource, signal, sys
    from pathlib import Path
    logging.basicConfig()
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    from credcheck.storage import DiskByteCache
    cache = DiskByteCache(Path(sys.argv[1]))
    for number in range(100):
        cache.set(f"k{number}", bytes(5000), 60)
    print(cache.get("k99"), cache.info().problem is not None)
    """
)
_WRITES = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from credcheck.storage import DiskByteCache
    cache = DiskByteCache(Path(sys.argv[1]))
    for number in range(100_000):
        cache.set(f"k{number % 50}", b"v" * 2000, 600)
        print(number, flush=True)
    """
)
_SHARES = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from credcheck.storage import DiskByteCache
    cache = DiskByteCache(Path(sys.argv[1]))
    right = 0
    for number in range(200):
        cache.set(f"{sys.argv[2]}{number}", b"v%d" % number, 600)
        right += cache.get(f"{sys.argv[2]}{number}") in (None, b"v%d" % number)
    print(right)
    cache.close()
    """
)
