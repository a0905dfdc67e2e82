"""Long work shown on stderr: a bar for a terminal, a plain line now and then otherwise."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from credcheck.cli.console import complain
from credcheck.source.importer import Progress

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import ProgressColumn

BETWEEN_LINES = 10.0  # seconds
_BETWEEN_DRAWINGS = 0.1

Show = Callable[[Progress], None]


@contextmanager
def shown_work(
    line: Callable[[Progress], str],
    columns: "Callable[[], Sequence[ProgressColumn]]",
    *,
    quiet: bool,
) -> Iterator[Show]:
    """Show how far work has come. ``columns`` are those of the bar, made only where there is one."""
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with open_bar(*columns()) as bar:
            yield _now_and_then(_drawing(bar), _BETWEEN_DRAWINGS)
    else:
        yield _now_and_then(lambda progress: complain(line(progress)), BETWEEN_LINES)


@contextmanager
def open_bar(*columns: "ProgressColumn") -> "Iterator[Bar]":
    """Open a bar as wide as the terminal, which goes when the work is done."""
    from rich.progress import Progress as Bar

    with Bar(*columns, console=stderr_console(), transient=True, expand=True) as bar:
        yield bar


def stderr_console() -> "Console":
    """Return stderr as a console that takes every text as it is."""
    from rich.console import Console

    return Console(stderr=True, markup=False, emoji=False, highlight=False)


def _drawing(bar: "Bar") -> Show:
    task = bar.add_task("", total=None)

    def draw(progress: Progress) -> None:
        phase, total, done = progress.phase, progress.total, progress.done
        bar.update(task, description=phase, total=total, completed=done)

    return draw


def _now_and_then(show: Show, seconds: float) -> Show:
    began = last = time.monotonic()
    phase = ""

    def shown(progress: Progress) -> None:
        nonlocal last, phase
        now = time.monotonic()
        if now - last >= seconds or (progress.phase != phase and now - began >= seconds):
            last, phase = now, progress.phase
            show(progress)

    return shown
