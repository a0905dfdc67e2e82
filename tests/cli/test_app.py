"""The command line as a whole: one command is loaded alone where it is the one that is wanted."""

import importlib
import inspect
import os
import subprocess
import sys

import pytest
from typer.main import get_command

from credcheck.cli.app import COMMANDS, GROUPS, build_app

EVERYTHING = {*COMMANDS, *GROUPS}


def commands(words: list[str]) -> set[str]:
    group = get_command(build_app(words))
    assert hasattr(group, "commands")
    return set(group.commands)


@pytest.mark.parametrize("words", [[], ["--help"], ["verfy", "x"], ["--version"]])
def test_all_commands_are_there_where_none_is_named_first(words: list[str]) -> None:
    assert commands(words) == EVERYTHING


@pytest.mark.parametrize("name", sorted(EVERYTHING))
def test_a_named_command_is_loaded_alone(name: str) -> None:
    assert commands([name, "--help"]) == {name}


def test_a_shell_completes_from_all_commands() -> None:
    asked = {
        "_CREDCHECK_COMPLETE": "complete_bash",
        "COMP_WORDS": "credcheck re",
        "COMP_CWORD": "1",
    }
    words = [sys.executable, "-m", "credcheck"]
    done = subprocess.run(words, env=os.environ | asked, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) >= {"replay", "report"}


def test_help_breaks_lines_between_paragraphs_only_and_is_wrapped_by_the_terminal() -> None:
    pending = [get_command(build_app([]))]
    told = []
    while pending:
        command = pending.pop()
        told.append(command.help or "")
        pending += getattr(command, "commands", {}).values()
    assert len(told) > len(EVERYTHING)
    assert all("\n" not in paragraph for text in told for paragraph in text.split("\n\n"))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_first_page_says_of_a_command_what_its_own_page_does(name: str) -> None:
    module = importlib.import_module(f"credcheck.cli.commands.{COMMANDS[name].module}")
    summary, *_ = inspect.cleandoc(getattr(module, name).__doc__).split("\n\n")
    assert summary == COMMANDS[name].summary


@pytest.mark.parametrize("name", GROUPS)
def test_the_first_page_says_of_a_group_what_its_own_page_does(name: str) -> None:
    module = importlib.import_module(f"credcheck.cli.commands.{name}")
    assert module.app.info.help == GROUPS[name]
