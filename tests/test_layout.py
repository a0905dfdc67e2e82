"""The house stays small rooms: one idea a file, short functions, everything documented."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = sorted([*(ROOT / "credcheck").rglob("*.py"), *(ROOT / "sources").rglob("*.py")])
COMMANDS = ROOT / "credcheck" / "cli" / "commands"  # a Typer command's options are its signature


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def body_length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or 0) - first.lineno + 1


@pytest.mark.parametrize("path", CODE, ids=[str(path.relative_to(ROOT)) for path in CODE])
def test_a_file_is_one_room(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350
    long = {
        node.name: body_length(node)
        for node in functions(path)
        if body_length(node) > 35 and path.parent != COMMANDS
    }
    assert not long


@pytest.mark.slow
def test_functions_are_short_as_a_rule() -> None:
    lengths = sorted(body_length(node) for path in CODE for node in functions(path))
    assert lengths[len(lengths) // 2] <= 8
    assert lengths[len(lengths) * 9 // 10] < 30


def test_fixtures_have_no_number_that_could_be_a_real_persons() -> None:
    """Numbers that start with 1 are issued; those that start with 2 are not."""
    import re

    from credcheck.model.npi import is_valid

    for path in (ROOT / "fixtures").rglob("*"):
        if path.is_file() and path.suffix in {".csv", ".json", ".toml"}:
            numbers = re.findall(r"(?<![0-9.])1[0-9]{9}(?![0-9.])", path.read_text("utf-8"))
            assert not [number for number in numbers if is_valid(number)], path
