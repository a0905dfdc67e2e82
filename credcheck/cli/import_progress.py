"""How far an import has come, in bytes: a bar for a terminal, a plain line now and then otherwise."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from credcheck.cli.output import complain
from credcheck.importers import Progress

_BETWEEN_LINES = 10.0  # seconds
_BETWEEN_DRAWINGS = 0.1

Show = Callable[[Progress], None]


@contextmanager
def shown_bytes(*, quiet: bool) -> Iterator[Show]:
    """Show progress on stderr."""
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar() as draw:
            yield _now_and_then(draw, _BETWEEN_DRAWINGS)
    else:
        yield _now_and_then(_line, _BETWEEN_LINES)


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


def _line(progress: Progress) -> None:
    share = progress.done / progress.total if progress.total else 1.0
    complain(
        f"{progress.phase}: {progress.done / 1e6:,.0f} of {progress.total / 1e6:,.0f} MB ({share:.0%})"
    )


@contextmanager
def _bar() -> Iterator[Show]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )
    from rich.progress import Progress as Bar

    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=console, transient=True, expand=True) as bar:
        task = bar.add_task("reading", total=None)

        def show(progress: Progress) -> None:
            bar.update(
                task,
                description=progress.phase,
                total=progress.total,
                completed=progress.done,
            )

        yield show
