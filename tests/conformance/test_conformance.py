"""The conformance cases: cases.csv says what must come out of the world beside it.

Adding a case is adding a row to cases.csv and its people to world/.
"""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.cli import credcheck
from tests.support.registry import Registry, records, serving

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
CASES = list(csv.DictReader((HERE / "cases.csv").read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def registry() -> Iterator[Registry]:
    import json

    content = json.loads((HERE / "world" / "nppes.json").read_text(encoding="utf-8"))
    with serving(records(content)) as running:
        yield running


@pytest.fixture
def world(registry: Registry, tmp_path: Path) -> Path:
    folder = shutil.copytree(HERE / "world", tmp_path / "world")
    config = folder / "credcheck.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("http://127.0.0.1:8765/api/", registry.base_url), encoding="utf-8"
    )
    return folder


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: dict[str, str], world: Path) -> None:
    ran = credcheck(
        *("verify", case["query"], "--config", str(world / "credcheck.toml")),
        *("--as-of", case["as_of"], "--format", "json"),
    )
    verdict = ran.json
    findings = {each["requirement"]: each for each in verdict["findings"]}
    expected = dict(pair.split("=") for pair in case["findings"].split())
    codes = {reason["code"] for each in findings.values() for reason in each["reasons"]}

    assert verdict["outcome"] == case["outcome"]
    assert {name: findings[name]["outcome"] for name in expected} == expected
    assert set(case["codes"].split()) <= codes
    assert ran.status == {"meets": 0, "does_not_meet": 4, "unverified": 3}[case["outcome"]]
