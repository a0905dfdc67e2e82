"""The garbage collector, kept from looking at millions of objects of which it can free none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = 200_000
_LATER = 500_000


def raise_threshold() -> None:
    """Let it wait until far more is made than a single look-up makes: it would free nothing there."""
    gc.set_threshold(_LATER)


@contextmanager
def disabled() -> Iterator[None]:
    """Hold it back altogether, while much is made that stays."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def frozen() -> Iterator[None]:
    """Let it look at what is made from here on only, and seldom: a verdict is not made of circles.

    What is there stays out of its sight afterwards too: the process ends then, and there is no use in
    walking over millions of rows that are thrown away.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
