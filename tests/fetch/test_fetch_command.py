"""``credcheck sources fetch``, against a server on this machine. The real services were not tried."""

from pathlib import Path
from typing import Any

import pytest

from credcheck.cli.fetching import Fetch, find_newest, plan_fetches
from credcheck.storage.download import Downloader, DownloadError
from tests.support.cli import Ran, credcheck
from tests.support.files_server import FileServer, file, say, serving_files

SAMPLES = Path(__file__).parents[1] / "presets" / "samples"
TX = (SAMPLES / "tx-licenses.csv").read_bytes()
DATED = "Sun, 01 Nov 2026 10:00:00 GMT"


def run(folder: Path, *args: str, server: FileServer | None = None) -> Ran:
    env = {"CREDCHECK_STORE": str(folder / "store"), "CREDCHECK_STATE": str(folder / "state")}
    if server is not None:
        text = (
            '[sources.texas]\nadapter = "listing"\npreset = "tx-licenses"\nsnapshot = "current"\n'
            f'url = "{server.base}/tx.csv"\n'
            '[sources.revoked]\nadapter = "listing"\npreset = "medicare-revocations"\n'
            'snapshot = "current"\n'
        )
        (folder / "credcheck.toml").write_text(text, encoding="utf-8")
    return credcheck("sources", *args, cwd=folder, env=env)


def fetched(folder: Path, *answers: Any, args: tuple[str, ...] = ()) -> Ran:
    with serving_files(*answers) as server:
        return run(folder, "fetch", *args, server=server)


def test_a_file_is_fetched_into_the_store_and_asked_from_there(tmp_path: Path) -> None:
    ran = fetched(tmp_path, file(TX, modified=DATED))
    assert ran.status == 0, ran.err
    assert "texas as of 2026-11-01: 2 license records" in ran.out
    assert "revoked must be downloaded by hand" in ran.out
    checked = run(tmp_path, "check", "--only", "texas", "--as-of", "2026-11-02")
    assert checked.status == 0, checked.out


@pytest.mark.slow
def test_what_is_unchanged_is_said_and_not_got_again(tmp_path: Path) -> None:
    with serving_files(file(TX, modified=DATED)) as server:
        run(tmp_path, "fetch", server=server)
        again = run(tmp_path, "fetch", server=server)
        dry = run(tmp_path, "fetch", "--dry-run", server=server)
    assert "texas: unchanged" in again.out
    assert "texas: unchanged" in dry.out


def test_a_dry_run_says_what_is_new_and_changes_nothing(tmp_path: Path) -> None:
    with serving_files(file(TX, modified=DATED)) as server:
        ran = run(tmp_path, "fetch", "--dry-run", server=server)
        assert {method for method, _, _ in server.requests} == {"HEAD"}
    assert f"texas: new ({len(TX):,} bytes, changed {DATED})" in ran.out
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    "answer",
    [
        say(404),
        say(403),
        file(b"<!DOCTYPE html><title>Sign in</title>"),
        file(b"a,b\n1,2\n"),
        file(TX.replace(b"license_number", b"licence")),
        file(TX[:90]),
    ],
)
@pytest.mark.slow(every_case=True)
def test_what_is_no_such_file_leaves_what_was_in_use(tmp_path: Path, answer: Any) -> None:
    fetched(tmp_path, file(TX, modified=DATED))
    ran = fetched(tmp_path, answer, args=("texas",))
    assert ran.status == 5
    assert "the copy in use was kept" in ran.err
    checked = run(tmp_path, "check", "--only", "texas", "--as-of", "2026-11-02")
    assert checked.status == 0, checked.out


def test_a_file_that_lost_most_of_its_rows_does_not_take_the_place(tmp_path: Path) -> None:
    row = TX.splitlines(keepends=True)
    many = row[0] + row[1] * 50
    assert fetched(tmp_path, file(many, modified=DATED)).status == 0
    ran = fetched(tmp_path, file(row[0] + row[1], '"two"', DATED), args=("texas",))
    assert ran.status == 5
    assert "cut off" in ran.err


def test_a_file_that_is_got_by_hand_says_where_and_how(tmp_path: Path) -> None:
    ran = run(tmp_path, "fetch", "sam-exclusions")
    assert ran.status == 2
    assert "https://sam.gov/data-services" in ran.err.replace("\n", " ")


def test_a_preset_is_fetched_without_a_configuration(tmp_path: Path) -> None:
    with serving_files(file(TX, modified=DATED)) as server:
        ran = run(tmp_path, "fetch", "tx-licenses", "--url", f"{server.base}/tx.csv")
    assert ran.status == 0, ran.err
    assert "credcheck sources add tx-licenses" in ran.out


@pytest.mark.parametrize("args", [(), ("no-such",), ("--url", "https://example.org/x")])
def test_what_cannot_be_fetched_is_a_usage_error(tmp_path: Path, args: tuple[str, ...]) -> None:
    assert run(tmp_path, "fetch", *args).status == 2


def test_only_safe_urls_are_asked(tmp_path: Path) -> None:
    ran = run(tmp_path, "fetch", "tx-licenses", "--url", "http://example.org/x.csv")
    assert ran.status == 5
    assert "only https" in ran.err


def named_by(text: str) -> Any:
    """Return what is fetched where a document, which comes first, names the file."""
    found = plan_fetches(["doctors-and-clinicians"], (), None)[0]
    assert found.is_document

    def fetch(folder: Path) -> Fetch:
        with serving_files(say(200, text.encode())) as server, Downloader(folder) as downloader:
            base = found._replace(url=f"{server.base}/items/x")
            return find_newest(downloader, base, folder)

    return fetch


def test_a_document_names_the_file(tmp_path: Path) -> None:
    text = '{"distribution": [{"data": {"downloadURL": "http://127.0.0.1/files/DAC.csv"}}]}'
    fetch = named_by(text)(tmp_path)
    assert fetch.url == "http://127.0.0.1/files/DAC.csv"
    assert not fetch.is_document
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<html>", "not JSON"),
        ('{"distribution": []}', "0 CSV files"),
        ('{"downloadURL": "https://example.org/DAC.csv"}', "0 CSV files"),
        (
            '[{"downloadURL": "http://127.0.0.1/a.csv"}, {"downloadURL": "http://127.0.0.1/b.csv"}]',
            "2",
        ),
        ('{"downloadURL": "http://127.0.0.1/DAC.pdf"}', "0 CSV files"),
    ],
)
def test_a_document_that_names_no_one_file_of_its_host_is_refused(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(DownloadError, match=said):
        named_by(text)(tmp_path)
