"""The live registry and the imported file give the same verdict for every conformance case.

Deactivated numbers apart, where the file knows more: it names the day.
"""

import csv
import datetime as dt
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from credcheck.model import Verdict
from credcheck.source.importer import ImportJob
from credcheck.storage.snapshots import Store
from credcheck_sources.nppes_file.importer import run
from tests.support import dissemination
from tests.support.world import judge

HERE = Path(__file__).parent
CASES = list(csv.DictReader((HERE / "cases.csv").read_text(encoding="utf-8").splitlines()))
_API = re.compile(r'adapter = "nppes-api".*?(?=\n\[|\n\n)', re.DOTALL)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the world as the API tells it, and as the file does."""
    home = tmp_path_factory.mktemp("worlds")
    records = _records(HERE / "world" / "nppes.json")
    path = dissemination.write(home, map(dissemination.row, records))
    places = home / "pl_pfile_20050523-20261108.csv"
    places.write_text(
        dissemination.text(dissemination.locations(records), dissemination.LOCATIONS),
        encoding="utf-8",
    )
    run(ImportJob(files=(path, places), store=Store(home / "store"), as_of=dt.date(2026, 10, 20)))
    found = {}
    for name, source in (
        ("api", 'adapter = "nppes-api"\nrecorded = "nppes.json"\nas_of = 2026-10-20'),
        ("file", 'adapter = "nppes-file"'),
    ):
        folder = shutil.copytree(HERE / "world", home / name)
        config = folder / "credcheck.toml"
        config.write_text(_API.sub(source, config.read_text(encoding="utf-8"), count=1))
        found[name] = folder
    found["store"] = home / "store"
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
@pytest.mark.slow(every_case=True)
def test_the_same_verdict_from_both(case: dict[str, str], worlds: dict[str, Path]) -> None:
    as_of = dt.date.fromisoformat(case["as_of"])
    (api,) = judge(worlds["api"], case["query"], as_of=as_of)
    (file,) = judge(worlds["file"], case["query"], as_of=as_of, store=worlds["store"])
    if "npi_deactivated" in _codes(file):
        assert file.outcome != "meets"
        assert api.outcome != "meets"
        return
    assert _said(file) == _said(api)


def _records(path: Path) -> list[dict[str, Any]]:
    content = json.loads(path.read_text(encoding="utf-8"))
    records: list[dict[str, Any]] = content["results"] if isinstance(content, dict) else content
    return records


def _codes(verdict: Verdict) -> set[str]:
    return {str(reason.code) for each in verdict.findings for reason in each.reasons}


def _said(verdict: Verdict) -> object:
    """Return all that a verdict says, but for where the registry's record stands."""
    return (
        verdict.outcome,
        verdict.physician,
        verdict.resolution,
        verdict.findings,
        [item.record for item in verdict.evidence],
        [item.match for item in verdict.evidence],
    )
