"""How far a long run has come: a bar for a terminal, a plain line now and then otherwise."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from credcheck.cli.console import complain
from credcheck.cli.long_work import BETWEEN_LINES, open_bar

if TYPE_CHECKING:
    from credcheck.runs.engine import Progress

Show = Callable[["Progress"], None]


@contextmanager
def shown_progress(*, quiet: bool) -> Iterator[Show]:
    """Show progress on stderr."""
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar() as show:
            yield show
    else:
        yield _Lines()


def outcomes_in_words(outcomes: dict[str, int]) -> str:
    """Return ``meets 3, does_not_meet 1, unverified 0``."""
    words = ("meets", "does_not_meet", "unverified")
    return ", ".join(f"{word} {outcomes.get(word, 0):,}" for word in words)


class _Lines:
    """Plain lines, not too many."""

    def __init__(self) -> None:
        self._began = self._told = time.monotonic()
        self._at_first: int | None = None

    def __call__(self, progress: "Progress") -> None:
        now = time.monotonic()
        if self._at_first is None:
            self._at_first = progress.done
        if now - self._told < BETWEEN_LINES or progress.done >= progress.rows:
            return
        self._told = now
        rate = (progress.done - self._at_first) / (now - self._began)
        left = f"about {_span((progress.rows - progress.done) / rate)} left" if rate else "waiting"
        complain(
            f"{progress.done:,} of {progress.rows:,} rows, {rate:,.0f} a second, {left}:"
            f" {outcomes_in_words(progress.outcomes)}"
        )


@contextmanager
def _bar() -> Iterator[Show]:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[outcomes]}"),
    )
    with open_bar(*columns) as bar:
        task = bar.add_task("", total=None, rate="", outcomes="")

        def show(progress: "Progress") -> None:
            speed = bar.tasks[task].speed
            counts = (progress.outcomes[w] for w in ("meets", "does_not_meet", "unverified"))
            bar.update(
                task,
                total=progress.rows,
                completed=progress.done,
                rate=f"{speed:,.0f}/s" if speed else "",
                outcomes="{:,} meets, {:,} not, {:,} unverified".format(*counts),
            )

        yield show


def _span(seconds: float) -> str:
    minutes, rest = divmod(int(seconds) + 1, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else f"{rest} s"
