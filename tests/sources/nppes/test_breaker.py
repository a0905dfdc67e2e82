"""The breaker: a registry that is down is not asked again and again, and not given up for ever."""

import pytest

from credcheck_sources.nppes.throttle import CircuitBreaker


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the time, to be moved by hand."""
    now = [1000.0]
    monkeypatch.setattr("credcheck_sources.nppes.throttle.time.monotonic", lambda: now[0])
    return now


def opened(breaker: CircuitBreaker) -> bool:
    return breaker.is_open


def test_it_opens_after_five_failures_in_a_row(clock: list[float]) -> None:
    breaker = CircuitBreaker()
    for _ in range(4):
        breaker.record(failed=True)
    assert not opened(breaker)
    breaker.record(failed=True)
    assert opened(breaker)


def test_a_success_begins_anew(clock: list[float]) -> None:
    breaker = CircuitBreaker()
    for failed in (True, True, True, True, False, True):
        breaker.record(failed=failed)
    assert not opened(breaker)


def test_after_a_rest_one_question_is_let_through_again(clock: list[float]) -> None:
    breaker = CircuitBreaker(rest=30)
    for _ in range(5):
        breaker.record(failed=True)
    clock[0] += 31
    assert not opened(breaker)
    breaker.record(failed=True)
    assert opened(breaker)
    clock[0] += 31
    breaker.record(failed=False)
    assert not opened(breaker)
