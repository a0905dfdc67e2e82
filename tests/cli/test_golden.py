"""Golden outputs: what people see. To accept a change: pytest --snapshot-update."""

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.support.cli import credcheck

pytestmark = pytest.mark.slow

PEOPLE = {
    "meets": "2000001075",
    "expired": "2100000142",
    "ambiguous": "2100000381",
    "conflict": "2100000407",
    "possible_exclusion": "2100000415",
    "not_found": "2100000373",
    "several_of_a_name": "Maya Merryweather",
}


@pytest.mark.parametrize("width", ["80", "120"])
@pytest.mark.parametrize("person", PEOPLE)
def test_table(person: str, width: str, snapshot: SnapshotAssertion) -> None:
    ran = credcheck("verify", PEOPLE[person], "--demo", "--format", "table", env={"COLUMNS": width})
    assert all(len(line) <= int(width) for line in ran.out.splitlines())
    assert ran.out == snapshot


def test_explanation(snapshot: SnapshotAssertion) -> None:
    ran = credcheck("verify", PEOPLE["ambiguous"], "--demo", "--explain", env={"COLUMNS": "80"})
    assert ran.out == snapshot


def test_json(snapshot: SnapshotAssertion) -> None:
    assert credcheck("verify", PEOPLE["meets"], "--demo").out == snapshot


def test_tour(snapshot: SnapshotAssertion) -> None:
    ran = credcheck("demo", env={"COLUMNS": "80"})
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    assert ran.out == snapshot
