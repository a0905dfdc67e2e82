"""How far an import has come, in bytes."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from credcheck.cli.long_work import Show, shown_work
from credcheck.source.importer import Progress

if TYPE_CHECKING:
    from rich.progress import ProgressColumn


def shown_bytes(*, quiet: bool) -> AbstractContextManager[Show]:
    """Show progress on stderr."""
    return shown_work(_line, _columns, quiet=quiet)


def _line(progress: Progress) -> str:
    share = progress.done / progress.total if progress.total else 1.0
    done, total = progress.done / 1e6, progress.total / 1e6
    return f"{progress.phase}: {done:,.0f} of {total:,.0f} MB ({share:.0%})"


def _columns() -> "Sequence[ProgressColumn]":
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
