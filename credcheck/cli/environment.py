"""What surrounds the process, made sane before anything reads it."""

import os
import signal
from collections.abc import Callable
from types import FrameType

from credcheck._util.errors import Terminated

_WIDTHS = ("COLUMNS", "LINES", "TERMINAL_WIDTH", "JUPYTER_COLUMNS", "JUPYTER_LINES")
_NARROWEST, _WIDEST = 20, 1000
_PRIVATE = 0o077  # what is made is the user's own: names and verdicts are in it
_ENDING = ("SIGTERM", "SIGHUP")


def prepare() -> None:
    """Keep what is made private, sizes sane, and have signals end the run in an orderly way."""
    os.umask(os.umask(_PRIVATE) | _PRIVATE)
    for name in _WIDTHS:
        _limit_width(name)
    for name in _ENDING:
        _end_by(getattr(signal, name, None))


def has_folder() -> bool:
    """Tell whether the working directory is still there."""
    try:
        os.getcwd()  # noqa: PTH109 - Path.cwd() asks the same, and is slower to import
    except OSError:
        return False
    return True


def _limit_width(name: str) -> None:
    """Leave a size that can be, or none: libraries would take any number, or break at the text."""
    text = os.environ.get(name)
    if text is None:
        return
    if text.isascii() and text.isdigit() and int(text):
        os.environ[name] = str(min(max(int(text), _NARROWEST), _WIDEST))
    else:
        del os.environ[name]


def _end_by(signum: int | None) -> None:
    """Have a signal end the run, unless it is ignored on purpose (nohup)."""
    if signum is None:
        return
    before: Callable[[int, FrameType | None], object] | int | None = signal.getsignal(signum)
    if before is not signal.SIG_IGN:
        signal.signal(signum, _raise_terminated)


def _raise_terminated(signum: int, frame: FrameType | None) -> None:
    raise Terminated
