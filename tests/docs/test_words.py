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
    *("docs/how-to/make-a-packet.md", "docs/reference/api.md", "docs/reference/reports.md"),
    *(f"credcheck/reports/{folder}" for folder in ("charts", "packet", "page", "workbook")),
    "credcheck/reports/records.py",
)
"""Files and folders that keep to the list. A file joins when its words have been mended."""
SUFFIXES = {".py", ".md", ".html", ".toml", ".js", ".txt"}


def files() -> Iterator[Path]:
    for name in READ:
        path = ROOT / name
        assert path.exists(), name
        found = [path] if path.is_file() else sorted(path.rglob("*"))
        yield from (
            x for x in found if x.suffix in SUFFIXES and (path.is_file() or x.suffix != ".py")
        )


def texts(path: Path) -> Iterator[str]:
    """Yield what people read in a file: of Python the texts, help and messages among them."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield source
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def messages(path: Path) -> Iterator[str]:
    """Yield the messages of a module: its texts of several words, but no docstring and no help."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out = {id(each) for node in ast.walk(tree) for each in list_documentation(node)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and id(node) not in left_out and " " in text.strip():
            yield text


def list_documentation(node: ast.AST) -> Iterator[ast.AST]:
    """Yield docstrings, texts that describe an attribute, and the help of a command's options."""
    for each in getattr(node, "body", ()) if isinstance(getattr(node, "body", ()), list) else ():
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant):
            yield each.value
    if isinstance(node, ast.Call):
        for keyword in node.keywords:
            if keyword.arg in {"help", "short_help", "epilog"}:
                yield from ast.walk(keyword.value)


MODULES = [
    path
    for folder in ("credcheck", "sources")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path.relative_to(ROOT).as_posix() != "credcheck/cli/app.py"  # help alone
]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_odd_word_stands_in_a_message(path: Path) -> None:
    text = "\n".join(messages(path)).casefold()
    assert find_odd(text) == {}


def find_odd(text: str) -> dict[str, str]:
    """Return the odd words of a text, each with what to write instead."""
    return {odd: plain for odd, plain in ODD.items() if re.search(pattern(odd), text)}


def pattern(odd: str) -> str:
    return rf"(?<!\w){re.escape(odd.casefold())}(?!\w)" if odd[-1].isalnum() else re.escape(odd)


def test_the_list_finds_what_it_names() -> None:
    assert set(find_odd("whom it told: say --force, is of npi 1")) == {
        *("whom", "told", "say --", "is of NPI")
    }
    assert find_odd("nowhere untold, and behold it is not") == {}


@pytest.mark.parametrize("path", list(files()), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_odd_word_stands_where_people_read(path: Path) -> None:
    text = "\n".join(texts(path)).casefold()
    assert find_odd(text) == {}
