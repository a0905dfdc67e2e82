"""Plain English in what people read: no word of the list stands in labels, pages, help or messages."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ODD: dict[str, str] = tomllib.loads(
    (Path(__file__).parent / "odd_words.toml").read_text(encoding="utf-8")
)
READ = (
    *("credcheck/reference/labels.toml", "credcheck/api.py"),
    *("credcheck/cli/run_packet.py", "credcheck/cli/commands/packet.py"),
    *(
        "docs",
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CHANGELOG.md",
        "credcheck/cli/topics",
    ),
    *(f"credcheck/reports/{folder}" for folder in ("charts", "packet", "page", "workbook")),
    "credcheck/reports/records.py",
)
"""Files and folders that keep to the list. A file joins when its words have been corrected.

The help of every command is in docs/reference/commands.md.
"""
SUFFIXES = {".py", ".md", ".head", ".html", ".toml", ".js", ".txt"}
WIDEST = 120
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "docs").rglob("*.head")),
]


def files() -> Iterator[Path]:
    for name in READ:
        path = ROOT / name
        assert path.exists(), name
        found = [path] if path.is_file() else sorted(path.rglob("*"))
        yield from (each for each in found if each.suffix in SUFFIXES)


def texts(path: Path) -> Iterator[str]:
    """Yield what people read in a file: of Python the texts, help and messages among them."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield source
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("path", list(files()), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_odd_word_stands_where_people_read(path: Path) -> None:
    text = "\n".join(texts(path)).casefold()
    found = {odd: plain for odd, plain in ODD.items() if re.search(rf"\b{re.escape(odd)}\b", text)}
    assert found == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_line_of_a_page_is_wider_than_120_columns(page: Path) -> None:
    """A row of a table, which Markdown cannot break, and the text of a program are left alone."""
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    lines = [line for line in text.splitlines() if not line.startswith("|")]
    assert [line for line in lines if len(line) > WIDEST] == []
