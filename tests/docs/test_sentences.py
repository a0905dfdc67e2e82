"""Sentences are whole: brackets and quotes close, in every text of the code and in every verdict."""

import ast
import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from credcheck.model import Verdict, to_json
from credcheck.reports.summary import list_candidates, list_next_steps, list_reasons
from tests.docs.test_words import MODULES, list_documentation
from tests.support.world import copy_demo, judge

CONFORMANCE = Path(__file__).parents[1] / "conformance"
PAIRS = {")": "(", "]": "[", "}": "{", "\u201d": "\u201c"}
SLIPS = re.compile(r"(?<!\.)\.\.(?!\.)|\s[.,;:](\s|$)|,,|;;|  |\(\)|(?<!')\b(?:None|True|False)\b")
"""Doubled or loose punctuation, empty brackets, and what Python prints for a missing value."""


def is_closed(text: str) -> bool:
    """Tell whether every bracket and quotation mark of a text is closed, in the right order."""
    opened: list[str] = []
    for character in text:
        if character in PAIRS.values():
            opened.append(character)
        elif character in PAIRS and (not opened or opened.pop() != PAIRS[character]):
            return False
    return not opened


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("registered as a physician (Pain Medicine (208VP0014X), self-reported", False),
        ("registered (Pain Medicine (208VP0014X), self-reported)", True),
        ("a (b] c)", False),
        ("a) b (c", False),
        ("\u201cActive\u201d", True),
        ("\u201cActive", False),
        ("", True),
    ],
)
def test_a_text_is_closed_or_it_is_not(text: str, closed: bool) -> None:
    assert is_closed(text) is closed


def list_texts(path: Path) -> Iterator[str]:
    """Yield a module's texts of several words; what is put into one stands as a letter."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out = {id(each) for node in ast.walk(tree) for each in list_documentation(node)}
    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.JoinedStr):
            left_out |= {id(part) for part in node.values}
            parts = (x.value if isinstance(x, ast.Constant) else "x" for x in node.values)
            yield "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.as_posix().split("credcheck", 1)[1])
def test_every_text_of_the_code_is_closed(path: Path) -> None:
    texts = [text for text in list_texts(path) if " " in text.strip() and "\\s" not in text]
    assert [text for text in texts if not is_closed(text)] == []


def judge_demo(folder: Path) -> list[Verdict]:
    world = copy_demo(folder)
    people = json.loads((world / "nppes.json").read_text(encoding="utf-8"))
    names = ("Maya Merryweather", "Nobody Atall")
    return judge(world, *(person["number"] for person in people), "2000000002", *names)


def judge_conformance(folder: Path) -> list[Verdict]:
    """Judge every case of the conformance world, with the registry's answers from its file."""
    world = shutil.copytree(CONFORMANCE / "world", folder / "conformance")
    config = world / "credcheck.toml"
    text = config.read_text(encoding="utf-8")
    recorded = re.sub('base_url = ".*"', 'recorded = "nppes.json"\nas_of = 2026-11-01', text)
    config.write_text(recorded, encoding="utf-8")
    cases = csv.DictReader((CONFORMANCE / "cases.csv").read_text(encoding="utf-8").splitlines())
    return judge(world, *(case["query"] for case in cases))


def list_sentences(value: object) -> Iterator[str]:
    """Yield every text of several words in what a verdict says of itself."""
    if isinstance(value, str):
        yield from [value] if " " in value else []
    elif isinstance(value, dict):
        for each in value.values():
            yield from list_sentences(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from list_sentences(each)


@pytest.mark.parametrize("judge_world", [judge_demo, judge_conformance])
def test_every_sentence_of_a_verdict_is_whole(
    judge_world: Callable[[Path], list[Verdict]], tmp_path: Path
) -> None:
    verdicts = judge_world(tmp_path)
    assert len(verdicts) > 20
    said: set[str] = set()
    for verdict in verdicts:
        said |= {*list_reasons(verdict), *list_candidates(verdict), *list_next_steps(verdict)}
        said |= set(list_sentences(json.loads(to_json(verdict))))
    assert len(said) > 200
    assert sorted(text for text in said if not is_closed(text) or SLIPS.search(text)) == []
