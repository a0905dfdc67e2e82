"""``credcheck standards``: the standards that come with credcheck, and the user's own."""

from typing import Annotated

import typer

from credcheck.cli.console import Screen, write_text
from credcheck.reports.terminal.standards import standard_list, standard_sheet
from credcheck.standards.loader import list_shipped, load_standard, source_text

app = typer.Typer(no_args_is_help=True, help="List, show and validate standards.")

_NAME = Annotated[
    str, typer.Argument(metavar="ID|FILE", help="A shipped standard, or a TOML file.")
]


@app.command("list")
def list_() -> None:
    """List the standards that come with credcheck."""
    standards = [load_standard(name) for name in list_shipped()]
    write_text(Screen().render(standard_list(standards)))


@app.command()
def show(
    standard: _NAME,
    toml: Annotated[bool, typer.Option("--toml", help="Show the file as it is.")] = False,
) -> None:
    """Show what a standard asks, by which rules, and on whose word."""
    if toml:
        write_text(source_text(standard))
    else:
        write_text(Screen().render(standard_sheet(load_standard(standard))))


@app.command()
def validate(standard: _NAME) -> None:
    """Check a standard to the last key, and print its id, version and digest."""
    ref = load_standard(standard).ref
    write_text(f"{ref.id} {ref.version} is valid; sha256 {ref.sha256}\n")
