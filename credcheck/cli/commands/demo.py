"""``credcheck demo``: the whole tour on the built-in world."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from credcheck._util.errors import OutputError, UsageError
from credcheck.cli import options
from credcheck.cli.console import Screen, print_error, write_text
from credcheck.cli.session import open_session
from credcheck.demo import DEMO_AS_OF, demo_folder, demo_people
from credcheck.model import Query
from credcheck.model.npi import parse
from credcheck.reports.terminal.demo import tour
from credcheck.verify.pipeline import verify


def demo(
    copy: Annotated[
        Path | None,
        typer.Option(
            "--copy",
            metavar="DIR",
            help="Instead of the tour, copy the demo's files to a new folder to practice on.",
            show_default=False,
        ),
    ] = None,
    no_color: options.NoColor = False,
) -> None:
    """Take the tour: invented people, every outcome, no network and no configuration."""
    if copy is not None:
        _copy_world(copy)
        return
    screen = Screen(no_color=no_color)
    session = open_session(options.Request(demo=True))
    people = demo_people()
    queries = [Query(npi=parse(person.npi), row=row) for row, person in enumerate(people, 1)]
    verdicts = list(verify(queries, session.source_set, session.standard, session.as_of))
    write_text(screen.render(tour(people, verdicts, session.standard)))


def _copy_world(folder: Path) -> None:
    """Copy the world's files. Raises UsageError for a folder that is there, OutputError if it fails."""
    if folder.exists():
        raise UsageError(f"--copy {folder} already exists; name a new folder")
    try:
        folder.mkdir(mode=0o700)
        for file in sorted(demo_folder().iterdir()):
            if file.is_file():
                shutil.copyfile(file, folder / file.name)
    except OSError as error:
        raise OutputError(f"--copy {folder}: {error.strerror}") from error
    print_error(f"{folder}: invented people to practice on; their lists are dated {DEMO_AS_OF}")
