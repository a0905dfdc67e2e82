"""How far an output has been written: a bar for a terminal, a plain line now and then otherwise."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from credcheck.cli.output import complain
from credcheck.results import Results

_BETWEEN_LINES = 10.0  # seconds

Show = Callable[[int], None]


@contextmanager
def shown_writing(results: Results, output: str, *, quiet: bool = False) -> Iterator[Results]:
    """Hand out the results; as they are read, tell on stderr how many have been."""
    rows = results.header.rows or 0
    if quiet or output == "-":
        yield results
    elif sys.stderr.isatty():
        with _bar(output, rows) as show:
            yield results.seen_by(show)
    else:
        yield results.seen_by(_lines(output, rows))


def _lines(output: str, rows: int) -> Show:
    told = time.monotonic()

    def show(done: int) -> None:
        nonlocal told
        if time.monotonic() - told >= _BETWEEN_LINES:
            told = time.monotonic()
            complain(f"writing {output}: {done:,} of {rows:,} rows")

    return show


@contextmanager
def _bar(output: str, rows: int) -> Iterator[Show]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=None), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, expand=True) as bar:
        task = bar.add_task(f"writing {output}", total=rows)
        yield lambda done: bar.update(task, completed=done)
