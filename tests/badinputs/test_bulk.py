"""Bad inputs of the imported registry: damaged, changed and old files, deactivated numbers."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from credcheck.storage.snapshots import Store
from tests.badinputs.world import AS_OF, FILES, GARCIA, OKAFOR, world
from tests.support.cli import Ran, command, credcheck
from tests.support.dissemination import HEADER, individual, text, write

pytestmark = pytest.mark.slow


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def bring_in(store: Path, *args: str) -> Ran:
    return credcheck("sources", "import", "nppes", *args, env={"CREDCHECK_STORE": str(store)})


def verify(folder: Path, store: Path, npi: str) -> Ran:
    """Judge by the imported registry."""
    world(folder)
    config = folder / "credcheck.toml"
    start, _, rest = config.read_text().partition("[sources.programs]")
    nppes = start.partition("[sources.nppes]")[0] + '[sources.nppes]\nadapter = "nppes-file"\n\n'
    config.write_text(f"{nppes}[sources.programs]{rest}")
    return credcheck(
        *("verify", npi, "--config", str(config), "--as-of", AS_OF.isoformat()),
        *("--format", "json"),
        env={"CREDCHECK_STORE": str(store)},
    )


def reasons(ran: Ran) -> dict[str, str]:
    (finding,) = (x for x in ran.json["findings"] if x["requirement"] == "registration")
    return {reason["code"]: reason["message"] for reason in finding["reasons"]}


def one(tmp_path: Path, store: Path, day: str = "20261108") -> bytes:
    """Import one person, and return what tells which snapshot is in use."""
    people = [individual(GARCIA, "GARCIA", "ELENA")]
    path = write(tmp_path, people, f"npidata_pfile_20050523-{day}.csv")
    assert bring_in(store, str(path)).status == 0
    return (store / "nppes" / "CURRENT").read_bytes()


def test_bi_246_a_zip_cut_short(tmp_path: Path, store: Path) -> None:
    before = one(tmp_path, store)
    ran = bring_in(store, str(FILES / "bulk_truncated.zip"))
    assert ran.status == 5
    assert "bulk_truncated.zip" in ran.err
    assert (store / "nppes" / "CURRENT").read_bytes() == before
    assert reasons(verify(tmp_path, store, GARCIA)).keys() == {"npi_active"}


def test_bi_248_a_header_that_lacks_a_column(tmp_path: Path, store: Path) -> None:
    before = one(tmp_path, store)
    ran = bring_in(store, str(FILES / "bulk_missing_column.csv"))
    assert ran.status == 5
    assert "'NPI Deactivation Date'" in ran.err
    official = tmp_path / "npidata_pfile_20050523-20261122.csv"
    official.write_text(text([], [x for x in HEADER if x != "NPI Deactivation Date"]))
    ran = bring_in(store, str(official))
    assert ran.status == 5
    assert "'NPI Deactivation Date'" in ran.err
    assert (store / "nppes" / "CURRENT").read_bytes() == before


def test_bi_250_a_deactivated_number(tmp_path: Path, store: Path) -> None:
    day = ("--as-of", "2026-11-08")
    assert bring_in(store, str(FILES / "bulk_deactivated.csv"), *day).status == 0
    ran = verify(tmp_path, store, GARCIA)
    assert "npi_deactivated" in reasons(ran)
    assert "npi_not_found" not in reasons(ran)
    assert ran.json["outcome"] != "meets"
    assert "npi_active" in reasons(verify(tmp_path, store, OKAFOR))


def test_bi_251_deactivated_and_later_reactivated(tmp_path: Path, store: Path) -> None:
    day = ("--as-of", "2026-11-08")
    assert bring_in(store, str(FILES / "bulk_reactivated.csv"), *day).status == 0
    assert "npi_active" in reasons(verify(tmp_path, store, GARCIA))


def test_bi_253_an_import_that_is_killed(tmp_path: Path, store: Path) -> None:
    before = one(tmp_path, store)
    many = tmp_path / "npidata_pfile_20050523-20261122.csv"
    row = text([individual(OKAFOR, "OKAFOR", "DANIEL")]).splitlines()
    many.write_text("\n".join([row[0], *[row[1]] * 60_000, ""]))
    env = {**os.environ, "CREDCHECK_STORE": str(store)}
    process = subprocess.Popen(
        command("sources", "import", "nppes", str(many), "--force", "-q"), env=env
    )
    try:
        while not list(store.glob("nppes/.building-*/nppes.sqlite")):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.wait()
    assert (store / "nppes" / "CURRENT").read_bytes() == before
    assert len(Store(store).snapshots("nppes")) == 1
    assert reasons(verify(tmp_path, store, GARCIA)).keys() == {"npi_active"}
    assert bring_in(store, str(many), "--force", "-q").status == 0
    assert not list(store.glob("nppes/.building-*"))


def test_bi_254_a_snapshot_that_is_too_old(tmp_path: Path, store: Path) -> None:
    one(tmp_path, store, day="20260913")
    ran = verify(tmp_path, store, GARCIA)
    assert ran.status == 3
    assert ran.json["outcome"] == "unverified"
    assert "71 days before the as-of date" in reasons(ran)["source_stale"]


def test_a_snapshot_that_is_damaged_is_a_failed_source(tmp_path: Path, store: Path) -> None:
    one(tmp_path, store)
    (file,) = store.glob("nppes/*/nppes.sqlite")
    file.write_bytes(b"nothing of SQLite" * 1000)
    ran = verify(tmp_path, store, GARCIA)
    assert ran.status == 3
    assert "import it again with --force" in reasons(ran)["source_failed"]


def test_without_a_snapshot_it_is_said_how_to_get_one(tmp_path: Path, store: Path) -> None:
    ran = verify(tmp_path, store, GARCIA)
    assert ran.status == 3
    assert "credcheck sources import nppes" in reasons(ran)["source_failed"]


def test_a_store_that_is_no_folder(tmp_path: Path) -> None:
    path = write(tmp_path, [individual(GARCIA, "GARCIA", "ELENA")])
    ran = bring_in(path, str(path))
    assert ran.status == 2
    assert "Traceback" not in ran.err


@pytest.mark.skipif(not shutil.which("prlimit"), reason="prlimit is not there")
def test_a_disk_that_is_full_leaves_nothing_behind(tmp_path: Path, store: Path) -> None:
    before = one(tmp_path, store)
    path = write(tmp_path, [individual(OKAFOR, "OKAFOR", "DANIEL")] * 10)
    words = command("sources", "import", "nppes", str(path), "--as-of", "2026-11-09")
    ran = subprocess.run(
        ["prlimit", "--fsize=20000", *words],
        env={**os.environ, "CREDCHECK_STORE": str(store)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 6, ran.stderr
    assert "Traceback" not in ran.stderr
    assert (store / "nppes" / "CURRENT").read_bytes() == before
    assert not list(store.glob("nppes/.building-*"))
