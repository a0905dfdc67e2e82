"""Commands measured: seconds, processor time and memory of a process of its own."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Cost(NamedTuple):
    """What a process took: seconds on the clock, seconds of processors, peak memory in MB."""

    wall: float
    cpu: float
    memory: float


def cost(words: Sequence[str], env: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end. Raises SystemExit if it is killed."""
    began = time.perf_counter()
    process = subprocess.Popen(words, env={**os.environ, **(env or {})}, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    if os.WIFSIGNALED(status):
        raise SystemExit(f"{words[0]} was killed")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def python(code: str, *args: str) -> list[str]:
    """Return the command that runs some Python."""
    return [sys.executable, "-c", code, *args]


def medians(
    commands: Mapping[str, Sequence[str]], env: Mapping[str, str], times: int
) -> dict[str, float]:
    """Run commands in turn, so often, and return the median seconds of each."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(times):
        for name, words in commands.items():
            began = time.perf_counter()
            subprocess.run(words, env={**os.environ, **env}, capture_output=True, check=False)
            seconds[name].append(time.perf_counter() - began)
    return {name: statistics.median(each) for name, each in seconds.items()}
