"""``credcheck sources template``: a blank workbook for a kind of list, or for a roster."""

from typing import Annotated

import typer

from credcheck._util.errors import UsageError
from credcheck._util.suggest import did_you_mean
from credcheck.cli.console import print_error
from credcheck.cli.files import open_output
from credcheck.cli.paths import check_paths, known_inputs, output_file

KINDS = ("roster", "board-certificates", "fellowships", "training-programs")


def template(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of {', '.join(KINDS)}.")],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE.xlsx", help="The file to write.")
    ],
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
) -> None:
    """Write a blank workbook to fill in: headers, drop-down lists, notes and an explanation.

    credcheck reads it without any mapping.
    """
    if kind not in KINDS:
        known = ", ".join(KINDS)
        raise UsageError(f"no template {kind!r}{did_you_mean(kind, KINDS)}; use one of: {known}")
    check_paths(output_file("-o", output), [*known_inputs()], force=force)
    from credcheck.setup.template import make_template

    made = make_template(kind)
    with open_output(output) as out:
        out.write(made)
    if output != "-":
        print_error(f"wrote {output}; the gray example row is not read")
