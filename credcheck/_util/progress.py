"""How far long work has come: what the core hands out, and the CLI shows."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from typing import NamedTuple

from credcheck._util.context import assign


class Progress(NamedTuple):
    """How far work has come.

    ``done`` and ``total`` are in the unit of the work: bytes of a file, rows of a roster. ``note`` is
    for people.
    """

    done: int
    total: int
    phase: str = ""
    note: str = ""


def describe_bytes(progress: Progress) -> str:
    """Return what is read, and how much of it has been."""
    share = progress.done / progress.total if progress.total else 1.0
    done, total = progress.done / 1e6, progress.total / 1e6
    return f"{progress.phase}: {done:,.0f} of {total:,.0f} MB ({share:.0%})"


Listener = Callable[[Progress], None]

_LISTENER: ContextVar[Listener | None] = ContextVar("listener", default=None)
_PHASE: ContextVar[str] = ContextVar("phase", default="")


def listen(listener: Listener) -> AbstractContextManager[None]:
    """Hear how far the files that are read here have come, in bytes."""
    return assign(_LISTENER, listener)


def name_phase(name: str) -> AbstractContextManager[None]:
    """Say what the files are read for here. What is read for nothing in particular is not reported."""
    return assign(_PHASE, name)


def report_bytes(done: int, total: int) -> None:
    """Tell whoever listens how much of a file has been read."""
    listener, phase = _LISTENER.get(), _PHASE.get()
    if listener is not None and phase:
        listener(Progress(done, total, phase))
