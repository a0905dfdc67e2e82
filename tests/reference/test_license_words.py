"""Every word of the license tables is on the page that says where it comes from."""

from pathlib import Path

import pytest

from credcheck.reference.vocabulary import list_words, normalize_phrase

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "license-words.md"


def phrases() -> set[str]:
    said: set[str] = set()
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        for cell in line.split("|"):
            words = cell.partition("holds one of:")[2].split(",") or []
            said |= {normalize_phrase(each) for each in (*words, *cell.split(";"))}
    return said


@pytest.mark.parametrize("group", ["license", "license_reason", "license_order", "license_type"])
def test_every_word_says_where_it_comes_from(group: str) -> None:
    assert set(list_words(group)) - phrases() == set()
