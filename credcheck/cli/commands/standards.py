"""``credcheck standards``: the standards that come with credcheck, and the user's own."""

from typing import Annotated

import typer

from credcheck.cli.exit_codes import CliExit, Exit

app = typer.Typer(no_args_is_help=True, help="List, show and validate standards.")

_NAME = Annotated[
    str, typer.Argument(metavar="ID|FILE", help="A shipped standard, or a TOML file.")
]


@app.command("list")
def list_() -> None:
    """List the standards that come with credcheck."""
    from credcheck.cli.console import Screen, write_text
    from credcheck.reports.terminal.standards import standard_list
    from credcheck.standards.loader import load_standard, shipped

    standards = [load_standard(name) for name in shipped()]
    write_text(Screen().render(standard_list(standards)))


@app.command()
def show(
    standard: _NAME,
    toml: Annotated[bool, typer.Option("--toml", help="Show the file as it is.")] = False,
) -> None:
    """Show what a standard asks, by which rules, and on whose word."""
    from credcheck.cli.console import Screen, write_text
    from credcheck.reports.terminal.standards import standard_sheet
    from credcheck.standards.loader import StandardError, load_standard, source_text

    try:
        if toml:
            write_text(source_text(standard))
        else:
            write_text(Screen().render(standard_sheet(load_standard(standard))))
    except StandardError as error:
        raise CliExit(Exit.USAGE, str(error)) from error


@app.command()
def validate(standard: _NAME) -> None:
    """Check a standard to the last key, and print its id, version and digest."""
    from credcheck.cli.console import write_text
    from credcheck.standards.loader import StandardError, load_standard

    try:
        ref = load_standard(standard).ref
    except StandardError as error:
        raise CliExit(Exit.USAGE, str(error)) from error
    write_text(f"{ref.id} {ref.version} is valid; sha256 {ref.sha256}\n")
