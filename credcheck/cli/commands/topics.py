"""``credcheck help``: short texts on what several commands have in common, one file a topic."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Annotated

import typer

from credcheck._util.errors import UsageError
from credcheck._util.suggest import did_you_mean
from credcheck.cli.console import write_text

_SUFFIX = ".txt"


def help(  # noqa: A001 - named as the command is
    topic: Annotated[
        str | None,
        typer.Argument(
            metavar="TOPIC",
            help="The topic. Without it, credcheck lists the topics.",
            autocompletion=lambda: list(load_topics()),
            show_default=False,
        ),
    ] = None,
) -> None:
    """Explain a topic, such as evidence or exit-statuses.

    For the options of a command, use credcheck COMMAND --help.
    """
    topics = load_topics()
    if topic is None:
        wide = max(map(len, topics))
        listed = "".join(f"  {name:{wide}}  {_title(text)}\n" for name, text in topics.items())
        write_text(f"Topics for credcheck help TOPIC:\n\n{listed}")
    elif topic in topics:
        write_text(topics[topic])
    else:
        raise UsageError(_explain_unknown(topic, topics))


def load_topics() -> Mapping[str, str]:
    """Return the text of every topic by its name. A text's first line is its title."""
    folder = files("credcheck.cli").joinpath("topics")
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(_SUFFIX))
    return {
        name.removesuffix(_SUFFIX): folder.joinpath(name).read_text(encoding="utf-8")
        for name in names
    }


def _title(text: str) -> str:
    return text.partition("\n")[0]


def _explain_unknown(topic: str, topics: Mapping[str, str]) -> str:
    from credcheck.cli.app import COMMANDS, GROUPS

    if topic in COMMANDS or topic in GROUPS:
        return f"{topic} is a command; see credcheck {topic} --help"
    return f"no help on {topic!r}{did_you_mean(topic, topics)}"
