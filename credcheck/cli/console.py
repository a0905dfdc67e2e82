"""Output: results to stdout, all else to stderr; whole, or with the status that says it is not."""

import io
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from credcheck._util.progress import describe_bytes, listen
from credcheck._util.text import escape_control

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


_NOT_A_TERMINAL = 100  # columns


def write(data: bytes) -> None:
    """Write a result to stdout. Raises OutputError where it cannot be written whole."""
    out: BinaryIO = sys.stdout.buffer
    out.write(data)
    out.flush()


def write_text(text: str) -> None:
    """Write text to stdout; what its encoding lacks is written as an escape."""
    encoding = sys.stdout.encoding or "utf-8"
    write(text.encode(encoding, errors="backslashreplace"))


def print_error(message: str) -> None:
    """Write a message to stderr, safe to show whatever it quotes."""
    line = _wrap(f"credcheck: {escape_control(message)}") + "\n"
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    try:
        sys.stderr.buffer.write(line.encode(encoding, errors="backslashreplace"))
        sys.stderr.flush()
    except OSError:
        return  # there is nobody left to tell


def _wrap(line: str) -> str:
    """Break a line between words on a terminal: it would break it anywhere."""
    width = shutil.get_terminal_size().columns
    if len(line) <= width or not sys.stderr.isatty():
        return line
    import textwrap  # here, since little is told that does not fit

    broken = textwrap.wrap(
        line, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(broken)


def annotate(line: str) -> None:
    """Write a mark for a CI log to stderr, as it is: its maker has made it safe."""
    try:
        sys.stderr.buffer.write(line.encode("utf-8", errors="backslashreplace") + b"\n")
        sys.stderr.flush()
    except OSError:
        return  # there is nobody left to tell


def stderr_console() -> "Console":
    """Return stderr as a console that takes every text as it is."""
    from rich.console import Console

    return Console(stderr=True, markup=False, emoji=False, highlight=False)


class Screen:
    """How results are shown: for a terminal or not, in color or not."""

    def __init__(self, *, no_color: bool = False, quiet: bool = False, verbose: int = 0) -> None:
        self.is_terminal = sys.stdout.isatty()
        self._no_color = no_color or bool(os.environ.get("NO_COLOR"))
        self._quiet = quiet
        _configure_logging(verbose, quiet=quiet)

    def render(self, *items: "RenderableType") -> str:
        """Return what the terminal shall show."""
        out = _EncodedText(sys.stdout.encoding or "utf-8")
        console = self._console(out)
        for item in items:
            console.print(item, soft_wrap=False)
        text = out.getvalue()
        if self.is_terminal:
            return text
        return "\n".join(line.rstrip() for line in text.rstrip().splitlines()) + "\n"

    @contextmanager
    def show_status(self, message: str) -> Iterator[None]:
        """Show on stderr that work goes on, if anybody is there to see it."""
        if self._quiet or not sys.stderr.isatty():
            yield
            return
        shown = escape_control(message)
        with (
            stderr_console().status(shown) as status,
            listen(lambda read: status.update(f"{shown} {escape_control(describe_bytes(read))}")),
        ):
            yield

    @contextmanager
    def show_count(self, message: str) -> Iterator[Callable[[], None]]:
        """Show on stderr how far work has come, if anybody is there to see it."""
        if self._quiet or not sys.stderr.isatty():
            yield lambda: None
            return
        from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

        shown = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn())
        with Progress(*shown, console=stderr_console(), transient=True) as progress:
            task = progress.add_task(escape_control(message), total=None)
            yield lambda: progress.advance(task)

    def _console(self, out: io.StringIO) -> "Console":
        from rich.console import Console

        return Console(
            file=out,
            force_terminal=self.is_terminal,
            no_color=self._no_color,
            width=None if self.is_terminal else _environment_width(),
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
        )


class _EncodedText(io.StringIO):
    """Text in memory that bears stdout's encoding, so that Rich draws what that can show."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding


class _SafeFormatter(logging.Formatter):
    """Log lines with nothing in them that could act on a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        return escape_control(super().format(record))


def choose_width(output: str) -> int:
    """Return how wide a laid-out report may be: as the screen is, or 120 columns in a file."""
    return shutil.get_terminal_size((120, 24)).columns if output == "-" else 120


def _environment_width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdigit() and int(columns) else _NOT_A_TERMINAL


def _configure_logging(verbose: int, *, quiet: bool) -> None:
    level = logging.ERROR if quiet else logging.WARNING - 10 * min(verbose, 2)
    handler = logging.StreamHandler()
    handler.setFormatter(_SafeFormatter("credcheck: %(message)s"))
    for name, own_level in (("credcheck", level), ("credcheck_sources", level)):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(own_level)
        logger.propagate = False
    logging.getLogger("stamina").setLevel(logging.ERROR if verbose < 2 else logging.INFO)
