"""How far an output has been written, in rows."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from credcheck.cli.long_work import shown_work
from credcheck.runs.results import Results
from credcheck.source.importer import Progress

if TYPE_CHECKING:
    from rich.progress import ProgressColumn


@contextmanager
def shown_writing(results: Results, output: str, *, quiet: bool = False) -> Iterator[Results]:
    """Hand out the results; as they are read, tell on stderr how many have been."""
    rows, phase = results.header.rows or 0, f"writing {output}"
    with shown_work(_line, _columns, quiet=quiet or output == "-") as show:
        yield results.seen_by(lambda done: show(Progress(done, rows, phase)))


def _line(progress: Progress) -> str:
    return f"{progress.phase}: {progress.done:,} of {progress.total:,} rows"


def _columns() -> "Sequence[ProgressColumn]":
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn

    return TextColumn("{task.description}"), BarColumn(bar_width=None), MofNCompleteColumn()
