"""Which source takes most of the time: told to whoever waits, and in no verdict."""

from collections.abc import Mapping

import pytest

from credcheck.demo import demo_folder
from credcheck.runs.engine import find_slowest
from credcheck.source import stopwatch
from tests.support.world import judge


@pytest.mark.parametrize(
    ("asking", "slowest"),
    [
        ({}, ""),
        ({"nppes": 6.0, "boards": 1.0}, "nppes"),
        ({"nppes": 1.0, "boards": 5.1}, "boards"),
        ({"nppes": 5.0, "boards": 5.0}, ""),
    ],
)
def test_a_source_is_slow_that_takes_most_of_the_time(
    asking: Mapping[str, float], slowest: str
) -> None:
    assert find_slowest(asking, 10.0) == slowest


def test_what_one_source_takes_is_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([1.0, 3.0, 10.0, 10.5, 20.0, 24.0, 30.0, 31.0])
    monkeypatch.setattr(stopwatch, "monotonic", lambda: next(clock))
    with stopwatch.time_sources() as seconds:
        for name in ("nppes", "boards", "nppes"):
            with stopwatch.time_source(name):
                pass
    with stopwatch.time_source("nppes"):
        pass  # nobody counts any more
    assert seconds == {"nppes": 6.0, "boards": 0.5}


def test_every_source_that_is_asked_is_timed() -> None:
    with stopwatch.time_sources() as seconds:
        (verdict,) = judge(demo_folder(), "2000001075")
    assert seconds.keys() == {each.name for each in verdict.sources if each.state == "ok"}
    assert min(seconds.values()) >= 0
