"""The collector is put off, never switched off: a long run's garbage is still found."""

import gc
from collections.abc import Iterator

import pytest

from credcheck._util.gc import frozen, raise_threshold


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_a_command_lets_it_wait_and_leaves_it_on() -> None:
    raise_threshold()
    assert gc.isenabled()
    assert gc.get_threshold()[0] > 100_000


def test_judging_a_roster_has_it_look_oftener_and_then_as_before() -> None:
    raise_threshold()
    before = gc.get_threshold()
    with frozen():
        assert 0 < gc.get_threshold()[0] < before[0]
    assert gc.get_threshold() == before
