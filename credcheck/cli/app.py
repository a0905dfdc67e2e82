"""The commands together."""

import importlib
import inspect
from collections.abc import Sequence
from types import ModuleType
from typing import Annotated

import typer

from credcheck import __version__
from credcheck.cli.exit_codes import CliExit, Exit

_VERIFY_EXAMPLES = """Examples:

credcheck verify 2000001075 --demo

credcheck verify 2000001075 --config credcheck.toml --as-of 2026-11-01

credcheck verify "Doe, Jane Q." --state OH --format json"""

_SEARCH_EXAMPLES = """Examples:

credcheck search "Xenia Xenakis" --demo

credcheck search "Doe, Jane" --state OH --specialty anesthesiology"""

_MATCH_EXAMPLES = """Examples:

credcheck match diplomates.csv --registry people.csv -o matched.csv

credcheck match diplomates.csv -o matched.csv --columns last_name='Diplomate Last Name'"""

_BATCH_EXAMPLES = """Examples:

credcheck batch roster.xlsx -o results.ndjson

credcheck batch roster.csv -o results.xlsx --columns npi='Provider Number' --as-of 2026-11-01

credcheck batch roster.csv -o results.ndjson --resume"""

_AUDIT_EXAMPLES = """Examples:

credcheck audit roster.csv -o november.ndjson --junit audit.xml

credcheck audit roster.csv --baseline october.ndjson --waivers waivers.toml

credcheck audit roster.csv --fail-on does_not_meet,expiring:60d"""

_DIFF_EXAMPLES = """Examples:

credcheck diff october.ndjson november.ndjson

credcheck diff october.ndjson november.ndjson --fail-on changed --format json"""

_REPORT_EXAMPLES = """Examples:

credcheck report november.ndjson

credcheck report november.ndjson -o november.xlsx"""

_REPLAY_EXAMPLES = """Examples:

credcheck replay november.ndjson

credcheck replay november.ndjson -o again.ndjson"""

_COMMANDS = {
    "verify": ("verify", _VERIFY_EXAMPLES),
    "search": ("search", _SEARCH_EXAMPLES),
    "match": ("match", _MATCH_EXAMPLES),
    "batch": ("batch", _BATCH_EXAMPLES),
    "audit": ("audit", _AUDIT_EXAMPLES),
    "diff": ("results", _DIFF_EXAMPLES),
    "report": ("results", _REPORT_EXAMPLES),
    "replay": ("results", _REPLAY_EXAMPLES),
    "demo": ("demo", None),
}
"""The commands, with the module that each is a function of, and their examples."""

_GROUPS = ("sources", "standards", "cache", "log")


def app_for(words: Sequence[str]) -> typer.Typer:
    """Return the command line for some words: with the one command that they begin with, or with all.

    To load all commands for each look-up takes longer than the look-up.
    """
    app = typer.Typer(
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(help=_unwrapped(credcheck.__doc__))(credcheck)
    known = words[0] if words and words[0] in (*_COMMANDS, *_GROUPS) else None
    for name, (module, examples) in _COMMANDS.items():
        if known in (None, name):
            app.command(name, epilog=examples)(getattr(_loaded(module), name))
    for name in _GROUPS:
        if known in (None, name):
            app.add_typer(_loaded(name).app, name=name)
    _unwrap_help(app)
    return app


def _unwrap_help(app: typer.Typer) -> None:
    for command in app.registered_commands:
        command.help = _unwrapped(command.help or command.callback.__doc__)
    for group in app.registered_groups:
        if group.typer_instance is not None:
            _unwrap_help(group.typer_instance)


def _unwrapped(written: str | None) -> str:
    """Return help with each paragraph on one line, for Typer to wrap as wide as the terminal is."""
    paragraphs = inspect.cleandoc(written or "").split("\n\n")
    return "\n\n".join(paragraph.replace("\n", " ") for paragraph in paragraphs)


def _loaded(module: str) -> ModuleType:
    return importlib.import_module(f"credcheck.cli.commands.{module}")


def _version(wanted: bool) -> None:
    if wanted:
        from credcheck.cli.console import write_text

        write_text(f"credcheck {__version__}\n")
        raise CliExit(Exit.MEETS)


def _json_schema(wanted: bool) -> None:
    if wanted:
        import json

        from credcheck.cli.console import write_text
        from credcheck.model import json_schema

        write_text(json.dumps(json_schema(), indent=2) + "\n")
        raise CliExit(Exit.MEETS)


def credcheck(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
    json_schema: Annotated[
        bool,
        typer.Option(
            "--json-schema",
            callback=_json_schema,
            is_eager=True,
            help="Print the JSON Schema of a verdict.",
        ),
    ] = False,
) -> None:
    """Does this physician meet the stated standard for spinal injections, and how do we know?

    Every verdict is one of meets, does_not_meet or unverified, and every word of it traces to a
    record of a named source. Start with: credcheck demo
    """
