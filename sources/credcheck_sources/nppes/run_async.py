"""Asynchronous work run to its end, or to a signal, and cleaned up in either case.

A signal may come while an event loop is made or taken down, where an exception would leave halves
behind. So signals are noted, the work is canceled, and only when all is closed is the signal handed
to whom it was for.
"""

import asyncio
import signal
import threading
from collections.abc import Callable, Coroutine
from types import FrameType
from typing import Generic, TypeVar

from anyio.from_thread import start_blocking_portal

Reply = TypeVar("Reply")

_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
_Handler = Callable[[int, FrameType | None], object]


def run_interruptible(work: Callable[[], Coroutine[None, None, Reply]]) -> Reply:
    """Run in this thread; beside a loop that runs already (a notebook), in a thread of its own."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return _Interruptible(work).run()
    with start_blocking_portal() as portal:
        return portal.call(work)


class _Interruptible(Generic[Reply]):
    """One piece of work, and the signal that came meanwhile."""

    def __init__(self, work: Callable[[], Coroutine[None, None, Reply]]) -> None:
        self._work = work
        self._before: dict[int, _Handler] = {}
        self._came: tuple[int, FrameType | None] | None = None
        self._cancel: Callable[[], object] | None = None

    def run(self) -> Reply:
        """Run it. What the handlers of signals raise is raised when all is cleaned up."""
        if threading.current_thread() is threading.main_thread():
            for each in _SIGNALS:
                handler = signal.getsignal(each)
                if callable(handler):
                    self._before[each] = handler
                    signal.signal(each, self._note_signal)
        try:
            return asyncio.run(self._run_work())
        finally:
            self._deliver_signal()

    async def _run_work(self) -> Reply:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        if task is not None:
            self._cancel = lambda: loop.call_soon_threadsafe(task.cancel)
        if self._came is not None:
            raise asyncio.CancelledError
        try:
            return await self._work()
        finally:
            self._cancel = None

    def _note_signal(self, signum: int, frame: FrameType | None) -> None:
        self._came = signum, frame
        if self._cancel is not None:
            self._cancel()

    def _deliver_signal(self) -> None:
        """Put the handlers back, and call the one whose signal came."""
        handlers, self._before = self._before, {}
        for signum, handler in handlers.items():
            signal.signal(signum, handler)
        came, self._came = self._came, None
        if came is not None:
            handlers[came[0]](*came)
