"""Make the pictures of the documents: real runs over invented people, as a terminal shows them.

Usage: python docs/pictures.py        writes docs/pictures/*.svg
Needs a system with pseudo-terminals. A test fails where a picture's text is not what a run prints.
"""

import io
import os
import pty
import subprocess
import sys
import tempfile
from html import unescape
from pathlib import Path
from re import DOTALL, findall, sub
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

FOLDER = Path(__file__).parent / "pictures"
WIDTH = 88


class Picture(NamedTuple):
    """A run to show: its words after ``credcheck``, and how many of its first lines."""

    words: str
    lines: int


PICTURES = {
    "meets.svg": Picture("verify 2000001075 --demo", 17),
    "does-not-meet.svg": Picture("verify 2100000142 --demo", 28),
    "audit.svg": Picture("audit fixtures/demo/roster.csv --demo --fail-on does_not_meet", 28),
}


def run(words: str) -> str:
    """Run credcheck on a terminal, and return what it shows there, colors included."""
    ours, theirs = pty.openpty()
    with tempfile.TemporaryDirectory() as state:
        process = subprocess.Popen(
            [sys.executable, "-m", "credcheck", *words.split()],
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=subprocess.DEVNULL,
            cwd=FOLDER.parent.parent,
            env=os.environ
            | {"COLUMNS": str(WIDTH), "TERM": "xterm-256color", "CREDCHECK_STATE": state},
        )
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b""))
        os.close(ours)
        process.wait()
    return shown.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""


def draw(picture: Picture) -> str:
    """Return a picture as SVG."""
    shown = run(picture.words).splitlines()
    cut = [*shown[: picture.lines], *(["..."] if len(shown) > picture.lines else [])]
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text(f"$ credcheck {picture.words}\n"), highlight=False)
    console.print(Text.from_ansi("\n".join(cut)), highlight=False)
    svg = console.export_svg(title="credcheck", unique_id="credcheck")
    return sub(r"\s*@font-face {.*?}", "", svg, flags=DOTALL)  # nothing is loaded from elsewhere


def read_text(svg: str) -> list[str]:
    """Return the text of a picture, piece by piece."""
    return [unescape(each) for each in findall(r"<text[^>]*>([^<]*)</text>", svg)]


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(exist_ok=True)
    for name, picture in PICTURES.items():
        (FOLDER / name).write_text(draw(picture), encoding="utf-8")


if __name__ == "__main__":
    main()
