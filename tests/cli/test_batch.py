"""A roster's results and the log of runs."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from credcheck.demo import demo_folder
from tests.support.cli import Ran, credcheck
from tests.support.runs import meets, results

pytestmark = pytest.mark.slow

ROSTER = str(demo_folder() / "roster.csv")


def batch(tmp_path: Path, output: str) -> Ran:
    told = ("--demo", "-q", "--log", str(tmp_path / f"{output}.log"))
    return credcheck("batch", ROSTER, "-o", output, *told, cwd=tmp_path)


def logged(tmp_path: Path, output: str) -> str:
    (entry,) = (tmp_path / f"{output}.log").read_text(encoding="utf-8").splitlines()
    digest: str = json.loads(entry)["results_sha256"]
    return digest


def test_the_log_keeps_the_digest_of_the_file_that_was_written(tmp_path: Path) -> None:
    assert batch(tmp_path, "out.ndjson").status == 0
    written = (tmp_path / "out.ndjson").read_bytes()
    assert logged(tmp_path, "out.ndjson") == hashlib.sha256(written).hexdigest()


def test_written_to_a_pipe_the_results_have_the_digest_of_the_log(tmp_path: Path) -> None:
    ran = batch(tmp_path, "-")
    assert logged(tmp_path, "-") == hashlib.sha256(ran.out.encode()).hexdigest()


def test_a_table_is_logged_as_the_ndjson_that_it_is_made_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    for output in ("out.ndjson", "out.csv"):
        assert batch(tmp_path, output).status == 0
    assert logged(tmp_path, "out.csv") == logged(tmp_path, "out.ndjson")


@pytest.mark.parametrize("lines", [None, lambda: iter([b"x"] * 250)])
def test_how_far_an_output_is_written_is_told_now_and_then(
    lines: Callable[[], Iterator[bytes]] | None,
) -> None:
    verdicts = [meets()] * 250
    told: list[int] = []
    run = replace(results(*verdicts), as_lines=lines).with_progress(told.append)
    assert len(list(run)) == 250
    assert told == [100, 200]
    assert len(list(run.ndjson())) == 251
    assert told == [100, 200, 100, 200]
