"""``credcheck standards``: the standards that come with credcheck, and the user's own."""

from pathlib import Path
from typing import Annotated

import typer

from credcheck.cases.runner import find_cases, list_unmet_paths, load_cases, run_cases
from credcheck.cli.console import Screen, print_error, write_text
from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.reports.terminal.standards import (
    case_page,
    change_page,
    standard_list,
    standard_sheet,
)
from credcheck.standards.diff import diff_standards
from credcheck.standards.loader import list_shipped, list_unprotected, load_standard, source_text

app = typer.Typer(no_args_is_help=True, help="List, show, validate, compare and test standards.")

_NAME = Annotated[
    str, typer.Argument(metavar="ID|FILE", help="An included standard, or a TOML file.")
]


@app.command("list")
def list_() -> None:
    """List the included standards."""
    standards = [load_standard(name) for name in list_shipped()]
    write_text(Screen().render(standard_list(standards)))


@app.command()
def show(
    standard: _NAME,
    toml: Annotated[bool, typer.Option("--toml", help="Show the file itself.")] = False,
) -> None:
    """Show a standard's requirements, rules and citations."""
    if toml:
        write_text(source_text(standard))
    else:
        write_text(Screen().render(standard_sheet(load_standard(standard))))


@app.command()
def validate(standard: _NAME) -> None:
    """Check every key of a standard, and print its id, version and digest.

    It also says what the standard does not ask of everybody, so that somebody who is excluded, or
    whose license or Medicare enrollment is revoked, could meet it.
    """
    loaded = load_standard(standard)
    ref = loaded.ref
    write_text(f"{ref.id} {ref.version} is valid; SHA-256 {ref.sha256}\n")
    missing = list_unprotected(loaded)
    if missing:
        print_error(
            f"it does not check everyone for: {', '.join(missing)}; someone on such a list can meet it."
            ' To ask where a list is there: level = "blocking"'
        )


@app.command()
def diff(old: _NAME, new: _NAME) -> None:
    """Show what differs between two standards, including everything they extend.

    Exit status: 0 whether they differ or not, 2 if one cannot be used.
    """
    one, other = load_standard(old), load_standard(new)
    write_text(Screen().render(change_page(one, other, diff_standards(one, other))))


@app.command("test")
def run_test(
    standard: _NAME,
    cases: Annotated[
        Path | None,
        typer.Option(
            "--cases",
            metavar="FILE",
            help="The cases. Default: NAME.cases.toml beside NAME.toml.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Run a standard's test cases: invented people, and the expected results.

    Exit status: 0 every case gives the expected result, 4 some do not, 2 a file cannot be used.
    """
    loaded = load_standard(standard)
    path = cases or find_cases(standard)
    results = run_cases(load_cases(path, loaded), loaded)
    write_text(Screen().render(case_page(results, list_unmet_paths(results, loaded))))
    wrong = sum(bool(each.wrong) for each in results)
    if wrong:
        raise CliExit(
            Exit.DOES_NOT_MEET, f"{wrong} of {len(results)} cases did not turn out as expected"
        )
