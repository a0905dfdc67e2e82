"""``credcheck init``: from a folder of spreadsheets to a configuration."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from credcheck._util.errors import InputError, UsageError
from credcheck._util.text import pluralize, quote_argument
from credcheck.cli.asking import Asker
from credcheck.cli.console import Screen, print_error, write_text
from credcheck.cli.exit_codes import CliExit, Exit
from credcheck.cli.look_at import InspectedFile, look_at_files
from credcheck.cli.options import NoColor
from credcheck.cli.set_up import SetUp
from credcheck.config import FILE_NAME
from credcheck.setup.document import ConfigDocument
from credcheck.setup.folder import list_tables

EXAMPLES = {
    "init": """Examples:

credcheck init

credcheck init roster.xlsx "Board Certs.xlsx" fellows.csv --dry-run

credcheck init --yes"""
}


def init(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Your spreadsheets. Default: all files in this folder.",
            show_default=False,
        ),
    ] = None,
    *,
    config: Annotated[
        Path,
        typer.Option("--config", metavar="FILE", help="The file to write."),
    ] = Path(FILE_NAME),
    yes: Annotated[
        bool,
        typer.Option("--yes", "-y", help="Do not ask: use what is certain and leave out the rest."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be written, without writing it.")
    ] = False,
    no_color: NoColor = False,
) -> None:
    """Look at your spreadsheets, show how each would be read, and write credcheck.toml.

    Only uncertain things are asked. It is up to you to declare that a list is complete or comes
    from the issuer. If you run it again, it adds what is new and keeps the rest, with your
    comments.

    Exit status: 0 everything is read, 3 something was left out or open, 2 wrong usage.
    """
    screen = Screen(no_color=no_color)
    asker = Asker(screen, is_on=not yes and not dry_run)
    document = ConfigDocument(config)
    given = files or list_tables(Path())
    if not given:
        raise InputError(
            "this folder holds no spreadsheet; name the files: credcheck init FILE ..."
        )
    for path in given:
        if not path.is_file():
            raise UsageError(f"{path}: no such file")
    set_up = SetUp(document, config.resolve().parent)
    found = look_at_files(set_up.remove_known(given), set_up.known, asker, screen)
    set_up.add_all(found)
    set_up.add_public_sources()
    if dry_run:
        write_text(document.text)
    elif set_up.is_changed:
        document.write()
    _print_end(found, set_up, config, screen, is_written=set_up.is_changed and not dry_run)
    if set_up.open or any(each.is_open for each in found):
        raise CliExit(Exit.UNVERIFIED)


def _print_end(
    found: Sequence[InspectedFile], set_up: SetUp, config: Path, screen: Screen, *, is_written: bool
) -> None:
    at = "" if config == Path(FILE_NAME) else f" --config {quote_argument(str(config))}"
    if is_written:
        print_error(f"wrote {config}: {pluralize(len(set_up.added), 'table')}")
        set_up.check(config, screen)
    elif not set_up.is_changed:
        print_error(f"nothing to add: {config} is not changed")
    for line in set_up.open:
        print_error(f"{line}{at}" if "credcheck " in line else line)
    left = [each for each in found if each.is_open]
    for each in left:
        print_error(f"{each.guess.path.name}: {each.open_point}")
    asked = [quote_argument(str(each.guess.path)) for each in left if each.may_be_asked]
    if asked:
        print_error(f"to be asked about what is skipped: credcheck init {' '.join(asked)}{at}")
    if set_up.advice:
        print_error(set_up.advice)
    if set_up.roster is None:
        print_error("no roster was found; check one physician: credcheck verify NPI")
        return
    roster = quote_argument(set_up.roster)
    print_error(f"next: credcheck batch {roster} -o results.xlsx{at}")
