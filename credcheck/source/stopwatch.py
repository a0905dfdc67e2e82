"""How long each source takes to answer, for people who wait. No verdict knows of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

from credcheck._util.context import assign

_SECONDS: ContextVar[dict[str, float] | None] = ContextVar("seconds", default=None)


@contextmanager
def time_sources() -> Iterator[dict[str, float]]:
    """Count the seconds that each source takes while this is open, by its name."""
    seconds: dict[str, float] = {}
    with assign(_SECONDS, seconds):
        yield seconds


@contextmanager
def time_source(name: str) -> Iterator[None]:
    """Add the seconds that a source takes to whatever counts them."""
    began = monotonic()
    try:
        yield
    finally:
        if (seconds := _SECONDS.get()) is not None:
            seconds[name] = seconds.get(name, 0.0) + monotonic() - began
