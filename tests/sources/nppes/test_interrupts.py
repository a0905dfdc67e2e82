"""A signal while the registry is asked: handed over when all is cleaned up, and never lost."""

import asyncio
import os
import signal
from collections.abc import Iterator

import pytest

from credcheck_sources.nppes.run_async import run_interruptible


class Stopped(Exception):
    """What the handler raises."""


@pytest.fixture(autouse=True)
def handler() -> Iterator[None]:
    def stop(signum: int, frame: object) -> None:
        raise Stopped(signum)

    before = signal.signal(signal.SIGTERM, stop)
    yield
    signal.signal(signal.SIGTERM, before)


def test_a_signal_cancels_the_work_and_is_handed_over() -> None:
    closed = []

    async def work() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        try:
            await asyncio.sleep(10)
        finally:
            closed.append(True)

    with pytest.raises(Stopped):
        run_interruptible(work)
    assert closed == [True]


def test_a_signal_at_the_very_end_is_handed_over_too() -> None:
    async def work() -> int:
        os.kill(os.getpid(), signal.SIGTERM)
        return 1

    with pytest.raises(Stopped):
        run_interruptible(work)


def test_a_signal_before_the_loop_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    real = asyncio.new_event_loop

    def signalled() -> asyncio.AbstractEventLoop:
        os.kill(os.getpid(), signal.SIGTERM)
        return real()

    monkeypatch.setattr(asyncio.events, "new_event_loop", signalled)
    begun = []

    async def work() -> None:
        begun.append(True)

    with pytest.raises(Stopped):
        run_interruptible(work)
    assert begun == []


def test_without_a_signal_the_handlers_are_as_before_and_the_reply_comes() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)

    async def work() -> int:
        return 7

    assert run_interruptible(work) == 7
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before


def test_beside_a_running_loop_a_thread_of_its_own_is_used() -> None:
    async def work() -> int:
        return 7

    async def notebook() -> int:
        return run_interruptible(work)

    assert asyncio.run(notebook()) == 7
