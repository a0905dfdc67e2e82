"""Clean evidence is decided, and rightly: honesty must not become a habit of ``unverified``."""

from pathlib import Path

import pytest

from benchmarks.truth.clean_world import CleanWorld
from benchmarks.truth.run import judge

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", [11, 12])
def test_nearly_everybody_with_clean_evidence_is_decided(seed: int, tmp_path: Path) -> None:
    world = CleanWorld(300, seed)
    verdicts = judge(world, tmp_path)
    decided = [each for each in verdicts if each.outcome != "unverified"]
    assert len(decided) >= 0.97 * len(verdicts)
    wrong = [str(each.npi) for each in decided if each.outcome != world.expected[str(each.npi)]]
    assert wrong == []
