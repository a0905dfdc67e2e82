"""The situations of situations.toml: worlds in which a careless tool lies, with the right answers.

Adding a situation is adding a table to that file: what differs from the base world, and what is right.
"""

import csv
import json
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import credcheck
from tests.support.dissemination import HEADER
from tests.support.registry import records, serving

pytestmark = pytest.mark.slow

CONTENT = tomllib.loads((Path(__file__).parent / "situations.toml").read_text(encoding="utf-8"))
BASE: dict[str, Any] = CONTENT["base"]
SITUATIONS: list[dict[str, Any]] = CONTENT["situation"]
USUAL_ARGS = [
    "verify",
    "2520001076",
    "--config",
    "credcheck.toml",
    "--as-of",
    "2026-11-01",
    "--format",
    "json",
]
REGISTRY = "npidata_pfile_20050523-20261101.csv"
STATUSES = {0: "meets", 3: "unverified", 4: "does_not_meet"}


@contextmanager
def world(situation: dict[str, Any], folder: Path) -> Iterator[None]:
    """Write a situation's files; a registry that is asked live runs on this machine."""
    texts = {name: text for name, text in BASE.items() if name != "registry"}
    texts |= situation.get("files", {})
    for name, text in texts.items():
        if text:
            (folder / name).write_text(text, encoding="utf-8", newline="")
    people = situation.get("registry", BASE["registry"])
    with (folder / REGISTRY).open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, HEADER, restval="", quoting=csv.QUOTE_ALL)
        rows.writeheader()
        rows.writerows(people)
    if "nppes.json" not in texts:
        yield
        return
    with serving(records(json.loads(texts["nppes.json"]))) as running:
        config = texts["credcheck.toml"].replace("http://127.0.0.1:8765/api/", running.base_url)
        (folder / "credcheck.toml").write_text(config, encoding="utf-8")
        yield


@pytest.mark.parametrize("situation", SITUATIONS, ids=[each["id"] for each in SITUATIONS])
def test_it_is_judged_rightly(situation: dict[str, Any], tmp_path: Path) -> None:
    with world(situation, tmp_path):
        ran = credcheck(*situation.get("args", USUAL_ARGS), cwd=tmp_path)
    verdict = json.loads(ran.out) if ran.out.startswith("{") else None
    came = verdict["outcome"] if verdict else f"exit {ran.status}"
    assert came in situation["outcome"], situation["why"]
    if verdict is None:
        return
    assert STATUSES[ran.status] == came
    findings = {each["requirement"]: each for each in verdict["findings"]}
    for name, right in situation.get("findings", {}).items():
        assert findings[name]["outcome"] in right, situation["why"]
    codes = {reason["code"] for each in findings.values() for reason in each["reasons"]}
    assert set(situation.get("codes", ())) <= codes
