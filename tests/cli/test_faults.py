"""The faults of the registry through the command: unverified, named, exit 3, within the deadline."""

import json
import time
from pathlib import Path

import pytest

from tests.conformance.test_conformance import CASES, HERE
from tests.support.cli import credcheck
from tests.support.registry import Reply, body, closed_port, drip, hang, records, serving

pytestmark = pytest.mark.slow

RECORDS = json.loads((HERE / "world" / "nppes.json").read_text(encoding="utf-8"))
GOOD = json.dumps({"result_count": 1, "results": RECORDS[:1]}).encode()
TIMEOUT = 1.0
FAULTS: dict[str, tuple[Reply, str]] = {
    "500": (body(b"oops", status=500), "status 500"),
    "429": (body(b"", status=429), "status 429"),
    "429 with Retry-After": (
        body(b"", status=429, headers=[("Retry-After", "3600")]),
        "asks credcheck to wait 3600 s",
    ),
    "HTML at 200": (body(b"<html>maintenance</html>"), "HTML, not JSON"),
    "hang": (hang, "within 1 s"),
    "cut body": (body(GOOD[:200], length=len(GOOD)), "the connection was lost"),
    "drip": (drip(GOOD), "within 1 s"),
    "empty": (body(b""), "empty answer"),
}
PEOPLE = ["anesthesiology-full", "certificate-expired", "excluded", "organization"]
QUERIES = {case["case"]: case["query"] for case in CASES}


def config(folder: Path, base_url: str) -> str:
    text = (HERE / "world" / "credcheck.toml").read_text(encoding="utf-8")
    text = text.replace("http://127.0.0.1:8765/api/", base_url)
    text = text.replace('path = "', f'path = "{HERE / "world"}/')
    text = text.replace("[sources.programs]", f"timeout = {TIMEOUT}\n\n[sources.programs]")
    (folder / "credcheck.toml").write_text(text, encoding="utf-8")
    return str(folder / "credcheck.toml")


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_unverified_with_its_name_and_nothing_false(
    tmp_path: Path, fault: str, person: str
) -> None:
    reply, said = FAULTS[fault]
    with serving(reply) as running:
        began = time.monotonic()
        ran = credcheck(
            *("verify", QUERIES[person], "--config", config(tmp_path, running.base_url)),
            *("--as-of", "2026-11-01", "--format", "json"),
        )
        assert time.monotonic() - began < TIMEOUT + 6
    assert (ran.status, ran.json["outcome"]) == (3, "unverified")
    for finding in ran.json["findings"]:
        assert finding["outcome"] == "unverified"
        assert {reason["code"] for reason in finding["reasons"]} == {"source_failed"}
        assert said in finding["reasons"][0]["message"]
        assert finding["next_step"]
    assert ran.json["physician"] is None


def test_a_server_that_is_gone(tmp_path: Path) -> None:
    base_url = f"http://127.0.0.1:{closed_port()}/api/"
    ran = credcheck("verify", "2000001075", "--config", config(tmp_path, base_url))
    assert ran.status == 3
    assert "cannot connect" in ran.out


def test_a_fault_that_passes_is_overcome(tmp_path: Path) -> None:
    with serving(body(b"", status=503), records(RECORDS)) as running:
        path = config(tmp_path, running.base_url)
        ran = credcheck("verify", "2000001075", "--config", path, "--as-of", "2026-11-01")
    assert (ran.status, ran.json["outcome"]) == (0, "meets")
