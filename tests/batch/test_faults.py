"""A short run of the faults of benchmarks/hardening; the long one is a command of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.hardening.faults import find_compiler

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_compiler() is None, reason="needs Linux and a C compiler"),
]
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("scene", ["batch", "audit", "import", "cache"])
def test_whatever_fails_nothing_is_lost(scene: str) -> None:
    words = ("-m", "benchmarks.hardening.run", "--seconds", "12", "--scenes", scene)
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 problems" in done.stdout
