"""``credcheck help TOPIC``: short texts that name only what there is."""

import re
from pathlib import Path

import pytest

from credcheck._util.errors import UsageError
from credcheck.cli.app import COMMANDS, GROUPS
from credcheck.cli.commands.topics import help as show_topic
from credcheck.cli.commands.topics import load_topics
from credcheck.cli.exit_codes import Exit

TOPICS = load_topics()


def test_topics_are_listed_with_their_titles(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    show_topic(None)
    listed = capsysbinary.readouterr().out.decode()
    assert all(re.search(rf"^  {name} +\S", listed, re.MULTILINE) for name in TOPICS)
    assert len(TOPICS) >= 10


def test_a_topic_is_printed_as_it_is(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    show_topic("evidence")
    assert capsysbinary.readouterr().out.decode() == TOPICS["evidence"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("exit-status", "did you mean 'exit-statuses'"),
        ("verify", "see credcheck verify --help"),
        ("book-keeping", "no help on 'book-keeping'"),
    ],
)
def test_what_is_no_topic_is_refused_with_what_to_type(typed: str, said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        show_topic(typed)


@pytest.mark.parametrize("name", TOPICS)
def test_a_topic_fits_a_terminal_and_names_real_commands(name: str) -> None:
    text = TOPICS[name]
    title, blank, *_ = text.split("\n")
    assert title
    assert not title.endswith(".")
    assert blank == ""
    assert max(map(len, text.splitlines())) <= 78
    named = set(re.findall(r"^credcheck ([a-z]+)\b", _commands(text), re.MULTILINE))
    assert named <= {*COMMANDS, *GROUPS}


def _commands(text: str) -> str:
    """Return the commands of a text, one a line: those on lines of their own, and the quoted ones."""
    lines = [line.strip() for line in text.splitlines() if line.startswith("  credcheck ")]
    return "\n".join(lines + re.findall(r'"(credcheck [^"]+)"', text))


def test_every_exit_status_is_explained_in_the_topic_and_on_the_page() -> None:
    root = Path(__file__).parents[2]
    page = (root / "docs" / "reference" / "exit-statuses.md").read_text(encoding="utf-8")
    for status in Exit:
        assert re.search(rf"\b{status.value}\b", TOPICS["exit-statuses"]), status
        assert re.search(rf"\b{status.value}\b", page), status
