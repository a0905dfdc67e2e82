"""Progress on stderr: a bar for a terminal, a plain line now and then otherwise."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from credcheck._util.progress import Progress, describe_bytes, listen
from credcheck.cli.console import print_error, stderr_console

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

    from credcheck.runs.results import Results

BETWEEN_LINES = 10.0  # seconds
_BETWEEN_DRAWINGS = 0.1  # seconds
_LARGE = 2_000_000  # bytes: less is read before anybody asks what takes so long

Show = Callable[[Progress], None]


@contextmanager
def show_rows(*, quiet: bool) -> Iterator[Show]:
    """Show how many rows of a roster are judged; ``note`` holds the outcomes."""
    with _show_work(_row_line, _row_columns, quiet=quiet) as show:
        yield show


@contextmanager
def show_bytes(*, quiet: bool) -> Iterator[Show]:
    """Show how many bytes of a file are imported."""
    with _show_work(lambda read, _: describe_bytes(read), _byte_columns, quiet=quiet) as show:
        yield show


@contextmanager
def show_reading(*, quiet: bool) -> Iterator[None]:
    """Show which large file is read, and how much of it has been."""
    with ExitStack() as stack:
        shown: list[Show] = []

        def show(progress: Progress) -> None:
            if progress.total >= _LARGE and not shown:
                shown.append(stack.enter_context(show_bytes(quiet=quiet)))
            for each in shown:
                each(progress)

        with listen(show):
            yield


@contextmanager
def show_writing(results: "Results", output: str, *, quiet: bool = False) -> Iterator["Results"]:
    """Show how many rows are written. Yields the results to write."""
    rows, phase = results.header.rows or 0, f"writing {output}"
    with _show_work(_row_line, _row_columns, quiet=quiet or output == "-") as show:
        yield results.with_progress(lambda done: show(Progress(done, rows, phase)))


@contextmanager
def _show_work(
    line: Callable[[Progress, float], str],
    columns: "Callable[[], Sequence[ProgressColumn]]",
    *,
    quiet: bool,
) -> Iterator[Show]:
    """Show progress. ``columns`` are those of the bar, made only where there is one."""
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _draw_bar(columns()) as show:
            yield _Throttle(lambda progress, _: show(progress), _BETWEEN_DRAWINGS)
    else:
        yield _Throttle(lambda progress, rate: print_error(line(progress, rate)), BETWEEN_LINES)


class _Throttle:
    """Shows progress no more often than every few seconds, with the rate since the first call."""

    def __init__(self, show: Callable[[Progress, float], None], seconds: float) -> None:
        self._show = show
        self._seconds = seconds
        self._began = self._phase_began = self._last = time.monotonic()
        self._first: int | None = None
        self._phase = ""

    def __call__(self, progress: Progress) -> None:
        now, is_new_phase = time.monotonic(), progress.phase != self._phase
        if self._first is None or is_new_phase:
            self._first, self._phase_began, self._phase = progress.done, now, progress.phase
        is_due = now - self._last >= self._seconds
        if not (is_due or (is_new_phase and now - self._began >= self._seconds)):
            return
        self._last = now
        elapsed = now - self._phase_began
        self._show(progress, (progress.done - self._first) / elapsed if elapsed else 0.0)


@contextmanager
def _draw_bar(columns: "Sequence[ProgressColumn]") -> Iterator[Show]:
    """Draw a bar as wide as the terminal, which goes when the work is done."""
    from rich.progress import Progress as Bar

    with Bar(*columns, console=stderr_console(), transient=True, expand=True) as bar:
        task = bar.add_task("", total=None, rate="", note="")

        def draw(progress: Progress) -> None:
            speed = bar.tasks[task].speed
            bar.update(
                task,
                description=progress.phase,
                total=progress.total,
                completed=progress.done,
                rate=f"{speed:,.0f}/s" if speed else "",
                note=progress.note,
            )

        yield draw


def _row_line(progress: Progress, rate: float) -> str:
    left = f"about {_span((progress.total - progress.done) / rate)} left" if rate else "waiting"
    phase = f"{progress.phase}: " if progress.phase else ""
    note = f": {progress.note}" if progress.note else ""
    return (
        f"{phase}{progress.done:,} of {progress.total:,} rows, {rate:,.0f} a second, {left}{note}"
    )


def _row_columns() -> "Sequence[ProgressColumn]":
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn

    return (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
    )


def _byte_columns() -> "Sequence[ProgressColumn]":
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    return (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )


def _span(seconds: float) -> str:
    minutes, rest = divmod(int(seconds) + 1, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else f"{rest} s"
