"""The commands together."""

import importlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Annotated, NamedTuple

import typer

from credcheck import __version__
from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.cli.option_groups import expand_groups


class Command(NamedTuple):
    """A command: the module in ``credcheck.cli.commands`` that holds it, and its summary.

    The function is called as the command is, and the module's EXAMPLES go below its help.
    """

    module: str
    summary: str


COMMANDS: Mapping[str, Command] = {
    "verify": Command("verify", "Check one physician against the standard, and show the evidence."),
    "search": Command(
        "search", "List the people in the registry with a name, including former names."
    ),
    "match": Command(
        "match",
        ("Find out who each row of a listing is about: match, ambiguous or no_match, and why."),
    ),
    "batch": Command(
        "batch", ("Check everybody on a roster: one verdict per row, in the order of the roster.")
    ),
    "audit": Command("audit", "Audit a roster: check everybody, then pass or fail by policy."),
    "merge": Command(
        "merge", ("Combine the shares of a roster (batch --shard) into the bytes of one run.")
    ),
    "diff": Command(
        "results", "Show what changed between two saved results, physician by physician."
    ),
    "report": Command(
        "results", ("Make a report from saved results, without checking anything again.")
    ),
    "packet": Command(
        "packet", ("Make the committee's packet for one physician or many from saved results.")
    ),
    "replay": Command("results", "Check saved results again, offline, from the evidence in them."),
    "init": Command(
        "init", "Look at your spreadsheets, show how each would be read, and write credcheck.toml."
    ),
    "worklist": Command(
        "work",
        ("List what to find out, who to ask and by when, in one sheet to fill in."),
    ),
    "letters": Command(
        "work",
        "Write a request for each open item: text, HTML to print, and a table for mail merge.",
    ),
    "expiring": Command(
        "expiring", ("List what expires or must be verified again in the next 30, 60 and 90 days.")
    ),
    "demo": Command(
        "demo", "Take the tour: invented people, every outcome, no network and no configuration."
    ),
    "help": Command("topics", "Explain a topic, such as evidence or exit-statuses."),
}
GROUPS: Mapping[str, str] = {
    "sources": "List, check, add and import sources.",
    "standards": "List, show, validate, compare and test standards.",
    "book": "Record what people verified, settled and decided, with proof.",
    "cache": "Show or clear the HTTP cache.",
    "log": "Verify or list the log of batch and audit runs.",
}
"""Groups of commands, each a module with ``app``, and their summaries."""


def build_app(words: Sequence[str]) -> typer.Typer:
    """Return the command line for some words: with the one command that they begin with, or with all.

    Only that command's module is imported: the page that lists all commands needs none of them.
    """
    app = typer.Typer(
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(help=_unwrap(credcheck.__doc__))(credcheck)
    wanted = words[0] if words else ""
    if wanted in COMMANDS:
        _add_command(app, wanted)
    elif wanted in GROUPS:
        app.add_typer(_load(wanted).app, name=wanted)
    else:
        for name, summary in _list_summaries().items():
            app.command(name, help=summary)(_do_nothing)
    _unwrap_help(app)
    return app


def add_to(app: typer.Typer, name: str, command: Callable[..., None], examples: str = "") -> None:
    """Add a command to an app, with its groups of options and its examples."""
    app.command(name, epilog=examples or None)(expand_groups(command))


def _list_summaries() -> dict[str, str]:
    return {name: command.summary for name, command in COMMANDS.items()} | dict(GROUPS)


def _add_command(app: typer.Typer, name: str) -> None:
    module = _load(COMMANDS[name].module)
    add_to(app, name, getattr(module, name), getattr(module, "EXAMPLES", {}).get(name, ""))


def _do_nothing() -> None:
    """Stand for a command whose help alone is wanted."""


def _unwrap_help(app: typer.Typer) -> None:
    for command in app.registered_commands:
        command.help = _unwrap(command.help or command.callback.__doc__)
    for group in app.registered_groups:
        if group.typer_instance is not None:
            _unwrap_help(group.typer_instance)


def _unwrap(written: str | None) -> str:
    """Return help with each paragraph on one line, for Typer to wrap as wide as the terminal is."""
    paragraphs = inspect.cleandoc(written or "").split("\n\n")
    return "\n\n".join(paragraph.replace("\n", " ") for paragraph in paragraphs)


def _load(module: str) -> ModuleType:
    return importlib.import_module(f"credcheck.cli.commands.{module}")


def _print_version(wanted: bool) -> None:
    if wanted:
        from credcheck.cli.console import write_text

        write_text(f"credcheck {__version__}\n")
        raise CliExit(Exit.MEETS)


def _print_json_schema(wanted: bool) -> None:
    if wanted:
        import json

        from credcheck.cli.console import write_text
        from credcheck.model import json_schema

        write_text(json.dumps(json_schema(), indent=2) + "\n")
        raise CliExit(Exit.MEETS)


def credcheck(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
    json_schema: Annotated[
        bool,
        typer.Option(
            "--json-schema",
            callback=_print_json_schema,
            is_eager=True,
            help="Print the JSON Schema of a verdict.",
        ),
    ] = False,
) -> None:
    """Does this physician meet the stated standard for spinal injections, and how do we know?

    Every verdict is one of meets, does_not_meet or unverified, and every word of it traces to a
    record of a named source. Start with: credcheck demo. For topics: credcheck help
    """
