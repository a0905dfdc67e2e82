"""Measure the house: files, functions, names and comments.

Usage: python -m benchmarks.house [FOLDER ...]        default: credcheck and sources
"""

import ast
import io
import re
import sys
import tokenize
from collections import Counter
from pathlib import Path
from statistics import median

Function = ast.FunctionDef | ast.AsyncFunctionDef
_PARTICIPLE = re.compile(
    r"^_?(\w+ed|told|kept|begun|done|shown|written|found|built|made|said|laid)(_|$)"
)
_TRIVIAL = 3  # lines


def measure(files: list[Path]) -> dict[str, str]:
    """Return the measures of some files, by what each is called."""
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    lines = {path: len(text.splitlines()) for path, text in texts.items()}
    total = sum(lines.values())
    trees = [ast.parse(text) for text in texts.values()]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, Function)]
    lengths = sorted(map(_body_length, functions))
    private = [
        node.name
        for tree in trees
        for node in tree.body
        if isinstance(node, Function) and node.name.startswith("_")
    ]
    used = Counter(name for tree in trees for name in _names_used(tree))
    once = [name for name in private if used[name] == 1]
    named = [node.name for node in functions if not node.name.startswith("__")]
    participles = sum(bool(_PARTICIPLE.match(name)) for name in named)
    comments = sum(_count_comments(text) for text in texts.values())
    classes = Counter(
        node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    )
    short = sum(count <= 30 for count in lines.values())
    return {
        "source files": f"{len(files)}",
        "lines": f"{total:,}",
        "median file, lines": f"{median(lines.values()):.0f}",
        "longest file, lines": f"{max(lines.values())}",
        "files of 30 lines or fewer": f"{short / len(files):.0%}",
        "function, median / p90 / longest": (
            f"{lengths[len(lengths) // 2]} / {lengths[len(lengths) * 9 // 10]} / {lengths[-1]}"
        ),
        "module-private functions per 1,000 lines": f"{1000 * len(private) / total:.0f}",
        "of these, called exactly once": f"{len(once) / len(private):.0%} ({len(once)})",
        "functions named by a participle": f"{participles / len(named):.0%} ({participles})",
        "class names used twice": ", ".join(n for n, count in classes.items() if count > 1)
        or "none",
        "# comments per 1,000 lines": f"{1000 * comments / total:.0f}",
    }


def _body_length(node: Function) -> int:
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or 0) - first.lineno + 1


def _names_used(tree: ast.Module) -> list[str]:
    return [
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    ]


def _count_comments(text: str) -> int:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return sum(token.type == tokenize.COMMENT for token in tokens)


def main() -> None:
    """Print the measures."""
    folders = [Path(name) for name in sys.argv[1:]] or [Path("credcheck"), Path("sources")]
    files = sorted(path for folder in folders for path in folder.rglob("*.py"))
    for name, value in measure(files).items():
        print(f"{name:45} {value}")
    for folder in folders:
        entries = [x for x in folder.iterdir() if x.suffix == ".py" or (x / "__init__.py").exists()]
        print(f"{'entries at the top of ' + folder.name:45} {len(entries)}")


if __name__ == "__main__":
    main()
